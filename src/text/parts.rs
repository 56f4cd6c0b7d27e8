//! Several pieces of bytes in one, each with its length before it.

use std::io::{self, Write};

use bytes::{Buf, Bytes};

/// Writes a part.
pub(crate) fn put(to: &mut dyn Write, part: &[u8]) -> io::Result<()> {
    to.write_all(&(part.len() as u64).to_le_bytes())?;
    to.write_all(part)
}

/// Takes the first part off, which stays where it is; `None` where it is not whole.
pub(crate) fn take(from: &mut Bytes) -> Option<Bytes> {
    let length = usize::try_from(from.try_get_u64_le().ok()?).ok()?;
    (length <= from.len()).then(|| from.split_to(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_what_they_were_and_half_a_one_is_none() {
        let mut bytes = Vec::new();
        put(&mut bytes, b"one").expect("memory");
        put(&mut bytes, b"").expect("memory");
        let mut rest = Bytes::from(bytes.clone());
        let taken = [take(&mut rest), take(&mut rest), take(&mut rest)];
        assert_eq!(taken.map(|part| part.map(Vec::from)), [Some(b"one".to_vec()), Some(Vec::new()), None]);
        assert_eq!(take(&mut Bytes::from(bytes[..10].to_vec())), None);
    }
}
