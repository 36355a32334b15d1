//! The secret of a link, and what is stored of it.

use sha2::{Digest, Sha256};

/// Bytes of a token: nobody guesses 256 bits.
const BYTES: usize = 32;

/// A token that nobody had before.
pub fn new() -> String {
    hex(&rand::random::<[u8; BYTES]>())
}

/// What stands in the table for a token: a copy of the table opens no report.
pub fn hash(token: &str) -> String {
    hex(&Sha256::digest(token))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_long_new_and_not_what_is_stored() {
        let (one, other) = (new(), new());
        assert_eq!(one.len(), 2 * BYTES);
        assert!(one != other && hash(&one) != hash(&other) && hash(&one) != one);
        // FIPS 180-2, appendix B.1.
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
