//! Vectors of 64 bytes, on processors that have them (AVX-512 with VBMI and VBMI2). Safe code has no way to ask them for one bit
//! a byte, so this file, and no other of the engine, has `unsafe` in it: see `docs/decisions/0003-engine.md`.
//! Invariant: an [`Avx512`] is made after the processor was asked, by the function at the end alone; so wherever one
//! is, or a block it has loaded, these instructions may be executed.
#![expect(unsafe_code, reason = "intrinsics; each use gives its proof")]

use super::{BLOCK, Bytes, HEAD, Plain, Sets, Vectors, Work};
use std::arch::x86_64::*;
use std::sync::LazyLock;

/// Vectors of 64 bytes whose answers are bits already.
#[derive(Clone, Copy)]
pub(super) struct Avx512(());

/// A block in one of them.
#[derive(Clone, Copy)]
pub(super) struct Whole(__m512i);

/// The numbers of the bytes of a block.
static NUMBERS: [u8; BLOCK] = {
    let mut numbers = [0; BLOCK];
    let mut at = 0;
    while at < BLOCK {
        numbers[at] = at as u8;
        at += 1;
    }
    numbers
};

/// Heads in a vector, and vectors of them that a block can have.
const HEADS: usize = BLOCK / HEAD;

/// For the heads of each vector, which of the places each of their bytes is counted from.
static WHOSE: [[u8; BLOCK]; HEADS] = {
    let mut whose = [[0; BLOCK]; HEADS];
    let mut at = 0;
    while at < HEADS * BLOCK {
        whose[at / BLOCK][at % BLOCK] = (at / HEAD) as u8;
        at += 1;
    }
    whose
};

/// Which byte of its head each byte is.
static WHICH: [u8; BLOCK] = {
    let mut which = [0; BLOCK];
    let mut at = 0;
    while at < BLOCK {
        which[at] = (at % HEAD) as u8;
        at += 1;
    }
    which
};

impl Vectors for Avx512 {
    const WIDE: bool = true;
    type Bytes = Whole;

    #[inline(always)]
    fn load(self, block: &[u8; BLOCK]) -> Whole {
        // SAFETY: an `Avx512` is proof of the instructions; a reference to 64 bytes may be read for 64 bytes, and the
        // load asks for no alignment.
        Whole(unsafe { _mm512_loadu_si512(block.as_ptr().cast()) })
    }

    #[inline(always)]
    fn places(self, bits: u64, base: u16, room: &mut [u16; BLOCK]) {
        let numbers = self.load(&NUMBERS);
        let (low, high) = room.split_at_mut(BLOCK / 2);
        // SAFETY: an `Avx512` is proof of the instructions; `low` and `high` are 32 places of two bytes each, which is
        // what each store writes, and stores ask for no alignment.
        unsafe {
            let base = _mm512_set1_epi16(base as i16);
            let places = _mm512_maskz_compress_epi8(bits, numbers.0);
            let first = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(places));
            _mm512_storeu_si512(low.as_mut_ptr().cast(), _mm512_add_epi16(first, base));
            if bits.count_ones() > BLOCK as u32 / 2 {
                let second = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64::<1>(places));
                _mm512_storeu_si512(high.as_mut_ptr().cast(), _mm512_add_epi16(second, base));
            }
        }
    }

    #[inline(always)]
    fn heads(self, bits: u64, blocks: &[u8; 2 * BLOCK], room: &mut [u64; BLOCK]) {
        let [first, second] = [0, 1].map(|n| self.load(&blocks.as_chunks().0[n]));
        let (numbers, which) = (self.load(&NUMBERS), self.load(&WHICH));
        // SAFETY: an `Avx512` is proof of the instructions.
        let places = unsafe { _mm512_maskz_compress_epi8(bits, numbers.0) };
        let vectors = bits.count_ones().div_ceil(HEADS as u32) as usize;
        for (n, (whose, room)) in WHOSE.iter().zip(room.as_chunks_mut::<HEADS>().0).enumerate() {
            // most blocks have two: some too many, for a branch would be guessed wrong
            if n >= vectors.max(2) {
                break;
            }
            let whose = self.load(whose);
            // SAFETY: an `Avx512` is proof of the instructions; `room` is eight places of eight bytes each, which is
            // what the store writes, and stores ask for no alignment.
            unsafe {
                let at = _mm512_add_epi8(_mm512_permutexvar_epi8(whose.0, places), which.0);
                let heads = _mm512_permutex2var_epi8(first.0, at, second.0);
                _mm512_storeu_si512(room.as_mut_ptr().cast(), heads);
            }
        }
    }
}

impl Bytes for Whole {
    #[inline(always)]
    fn range(self, low: u8, span: u8) -> u64 {
        // SAFETY: a `Whole` is made by an `Avx512`, which is proof of the instructions.
        unsafe {
            let from = _mm512_sub_epi8(self.0, _mm512_set1_epi8(low as i8));
            _mm512_cmplt_epu8_mask(from, _mm512_set1_epi8(span as i8))
        }
    }

    #[inline(always)]
    fn any<const N: usize>(self, of: [u8; N]) -> u64 {
        let mut found = 0;
        for byte in of {
            // SAFETY: a `Whole` is made by an `Avx512`, which is proof of the instructions.
            found |= unsafe { _mm512_cmpeq_epi8_mask(self.0, _mm512_set1_epi8(byte as i8)) };
        }
        found
    }

    #[inline(always)]
    fn letters(self) -> u64 {
        // SAFETY: a `Whole` is made by an `Avx512`, which is proof of the instructions.
        Whole(unsafe { _mm512_or_si512(self.0, _mm512_set1_epi8(0x20)) }).range(b'a', 26)
    }

    #[inline(always)]
    fn high(self) -> u64 {
        // SAFETY: a `Whole` is made by an `Avx512`, which is proof of the instructions.
        unsafe { _mm512_movepi8_mask(self.0) }
    }

    #[inline(always)]
    fn same(self, other: Self) -> u64 {
        // SAFETY: a `Whole` is made by an `Avx512`, which is proof of the instructions.
        unsafe { _mm512_cmpeq_epi8_mask(self.0, other.0) }
    }

    #[inline(always)]
    fn sets(self, sets: &Sets) -> Self {
        // SAFETY: a `Whole` is made by an `Avx512`, which is proof of the instructions; 16 bytes are read from 16
        // bytes, and the loads ask for no alignment.
        Whole(unsafe {
            let half = _mm512_set1_epi8(0x0F);
            let low = _mm512_broadcast_i32x4(_mm_loadu_si128(sets.low.as_ptr().cast()));
            let high = _mm512_broadcast_i32x4(_mm_loadu_si128(sets.high.as_ptr().cast()));
            let upper = _mm512_and_si512(_mm512_srli_epi16::<4>(self.0), half);
            let low = _mm512_shuffle_epi8(low, _mm512_and_si512(self.0, half));
            _mm512_and_si512(low, _mm512_shuffle_epi8(high, upper))
        })
    }

    #[inline(always)]
    fn and(self, other: Self) -> Self {
        // SAFETY: a `Whole` is made by an `Avx512`, which is proof of the instructions.
        Whole(unsafe { _mm512_and_si512(self.0, other.0) })
    }

    #[inline(always)]
    fn some(self) -> u64 {
        // SAFETY: a `Whole` is made by an `Avx512`, which is proof of the instructions.
        unsafe { _mm512_test_epi8_mask(self.0, self.0) }
    }

    #[inline(always)]
    fn fold(self, room: &mut [u8; BLOCK]) {
        let (upper, digit) = (self.range(b'A', 26), self.range(b'0', 10));
        // SAFETY: a `Whole` is made by an `Avx512`, which is proof of the instructions; 64 bytes are written to 64
        // bytes, and the store asks for no alignment.
        unsafe {
            let small = _mm512_mask_add_epi8(self.0, upper, self.0, _mm512_set1_epi8(0x20));
            let plain = _mm512_mask_mov_epi8(small, digit, _mm512_set1_epi8(b'0' as i8));
            _mm512_storeu_si512(room.as_mut_ptr().cast(), plain);
        }
    }
}

/// What this processor has, asked once.
static HAS: LazyLock<Has> = LazyLock::new(|| {
    let bits = is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("lzcnt")
        && is_x86_feature_detected!("popcnt");
    let avx512 = is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512vbmi")
        && is_x86_feature_detected!("avx512vbmi2");
    match bits {
        true if avx512 => Has::Avx512,
        true if is_x86_feature_detected!("avx2") => Has::Avx2,
        _ => Has::Least,
    }
});

/// The instructions there are for a work.
enum Has {
    /// All that [`with_avx512`] enables.
    Avx512,
    /// All that [`with_avx2`] enables.
    Avx2,
    /// What every processor has.
    Least,
}

/// Does `work` with the widest vectors there are.
#[inline]
pub(super) fn run<W: Work>(work: W) -> W::Output {
    match *HAS {
        // SAFETY: the processor was asked for all that the function enables.
        Has::Avx512 => unsafe { with_avx512(work) },
        // SAFETY: the processor was asked for all that the function enables.
        Has::Avx2 => unsafe { with_avx2(work) },
        Has::Least => work.run(Plain),
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
fn with_avx512<W: Work>(work: W) -> W::Output {
    work.run(Avx512(()))
}

/// The narrower vectors, in newer forms of the same instructions: bits are counted in one, not in a dozen.
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn with_avx2<W: Work>(work: W) -> W::Output {
    work.run(Plain)
}
