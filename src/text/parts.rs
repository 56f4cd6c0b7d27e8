//! Several pieces of bytes in one, each with its length before it.

use std::io::{self, Write};

/// Writes a part.
pub(crate) fn put(to: &mut dyn Write, part: &[u8]) -> io::Result<()> {
    to.write_all(&(part.len() as u64).to_le_bytes())?;
    to.write_all(part)
}

/// Takes the first part off; `None` where it is not whole.
pub(crate) fn take<'a>(from: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = from.split_first_chunk()?;
    let (part, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    *from = rest;
    Some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_what_they_were_and_half_a_one_is_none() {
        let mut bytes = Vec::new();
        put(&mut bytes, b"one").expect("memory");
        put(&mut bytes, b"").expect("memory");
        let mut rest = bytes.as_slice();
        assert_eq!((take(&mut rest), take(&mut rest), take(&mut rest)), (Some(&b"one"[..]), Some(&b""[..]), None));
        assert_eq!(take(&mut &bytes[..10]), None);
    }
}
