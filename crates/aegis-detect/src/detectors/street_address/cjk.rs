//! Addresses of Japan, China and Korea: from the large to the small, the number last: `東京都港区芝3-6-10`, `北京市朝阳区建国路136号`.
//! Called by the street address detector for numbers right after a letter of such a script.
//! Invariant: the part before the number holds no blank, so that a stream holds it back by itself.

use super::Read;
use crate::site::Site;

/// Bytes before a number in which its address can begin: less than a stream holds back.
const REACH: usize = 60;
/// What stands before an address and is no part of it.
const LEADS: &[&str] = &[
    "住所は",
    "住所",
    "所在地は",
    "所在地",
    "地址是",
    "地址为",
    "地址",
    "住址",
    "现住",
    "家住",
    "居住在",
    "住在",
    "位于",
    "寄到",
    "送到",
    "在",
    "是",
    "为",
    "は",
    "の",
];
/// Areas of Japan that an address names, and those of China.
const AREAS: [char; 12] = ['都', '道', '府', '県', '市', '区', '町', '村', '郡', '县', '區', '省'];
/// What Chinese roads end with.
const ROADS: [char; 9] = ['路', '街', '道', '巷', '弄', '村', '里', '段', '苑'];
/// What may follow the parts of a number.
const PARTS: &[&str] = &[
    "丁目", "番地", "番", "号楼", "号室", "号", "號", "单元", "室", "楼", "层", "栋", "幢", "座", "弄", "の",
    "-",
];

/// Reads the address whose first number is at the anchor.
pub(super) fn read(site: &Site) -> Option<Read> {
    let number = site.anchor();
    let head = site.bytes(number.start.saturating_sub(REACH)..number.start);
    if !may_end(head) {
        return None;
    }
    let cut = head.iter().take_while(|byte| matches!(byte, 0x80..=0xBF)).count();
    let head = std::str::from_utf8(&head[cut..]).ok()?;
    let name = head.rfind(|c: char| !is_letter(c)).map_or(head, |at| {
        let len = head[at..].chars().next().map_or(1, char::len_utf8);
        &head[at + len..]
    });
    // most have neither
    if !(name.contains(AREAS) || name.ends_with(ROADS)) {
        return None;
    }
    let lead = LEADS.iter().filter_map(|lead| name.rfind(lead).map(|at| at + lead.len())).max();
    let name = &name[lead.unwrap_or(0)..];
    let areas = name.chars().filter(|c| AREAS.contains(c)).count();
    let road = name.ends_with(ROADS) && name.chars().count() >= 3;
    if areas == 0 && !road {
        return None;
    }
    let (end, signs, hyphens) = parts(site.bytes(number.end..number.end + 72));
    let prior = match (areas, hyphens, signs) {
        (1.., 2.., _) | (1.., _, 1..) => 0.80,
        // after its postal code, it is one
        (1.., 1, _) if is_posted(&head[..head.len() - name.len()]) => 0.80,
        (1.., 1, _) => 0.40,
        (0, _, 1..) => 0.62,
        _ => return None,
    };
    Some(Read { start: number.start - name.len(), end: number.end + end, prior, reason: "areas and number" })
}

/// `〒460-0008 `.
fn is_posted(head: &str) -> bool {
    let code = head.trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
    code.ends_with('〒') && head.trim_end().len() - code.len() >= 7
}

/// One of the letters that [`read`] looks at may end `head`, by its first byte.
pub(super) fn may_end(head: &[u8]) -> bool {
    matches!(head, [.., 0xE3..=0xE9, 0x80..=0xBF, 0x80..=0xBF])
}

/// A letter of these scripts.
fn is_letter(c: char) -> bool {
    matches!(u32::from(c), 0x3041..=0x30FF | 0x3400..=0x9FFF | 0x3005..=0x3007)
}

/// Where the number ends with all of its parts, how many of them have a sign behind them, and how many hyphens there are.
fn parts(text: &[u8]) -> (usize, usize, usize) {
    let (mut at, mut signs, mut hyphens) = (0, 0, 0);
    for _ in 0..6 {
        let Some(sign) = PARTS.iter().find(|sign| text[at..].starts_with(sign.as_bytes())) else { break };
        let after = at + sign.len();
        let digits = text[after..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let joins = matches!(*sign, "-" | "の");
        if joins && digits == 0 || digits > 5 {
            break;
        }
        // a count of houses or rooms ends with a sign: what only joins needs digits
        hyphens += usize::from(joins);
        signs += usize::from(!joins);
        at = after + digits;
        if digits == 0 {
            return (at, signs, hyphens);
        }
    }
    (at, signs, hyphens)
}
