//! Tables of what each byte is: a question about a byte is one look, whatever it depends on.
//! Made by [`byte_table`] where they are asked, when the program is compiled.

/// A table with what `$value` comes to for each `$byte`.
macro_rules! byte_table {
    ($byte:ident => $value:expr) => {{
        let mut table = {
            let $byte: u8 = 0;
            [$value; 256]
        };
        let mut at = 1;
        while at < 256 {
            let $byte = at as u8;
            table[at] = $value;
            at += 1;
        }
        table
    }};
}
pub(crate) use byte_table;
