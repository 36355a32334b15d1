//! The secret of a token, and what is stored of it.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// What every secret begins with, so that one that leaked can be found and told apart.
const PREFIX: &str = "dda_";
/// Bytes of a secret: nobody guesses 256 bits.
const BYTES: usize = 32;
/// Characters that they make in base64url without padding.
const CHARACTERS: usize = 43;

/// A secret that nobody had before.
pub fn new() -> String {
    format!("{PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; BYTES]>()))
}

/// Whether a text can be a secret at all. What cannot is not looked for.
pub fn is_one(text: &str) -> bool {
    text.strip_prefix(PREFIX).is_some_and(|rest| {
        rest.len() == CHARACTERS
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    })
}

/// What stands in the table for a secret: a copy of the table opens no door. It needs no salt and no slow hash, since it cannot be guessed.
pub fn hash(secret: &str) -> String {
    Sha256::digest(secret).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_long_new_and_not_what_is_stored() {
        let (one, other) = (new(), new());
        assert_eq!(one.len(), PREFIX.len() + CHARACTERS);
        assert!(is_one(&one) && is_one(&other));
        assert!(one != other && hash(&one) != hash(&other) && !hash(&one).contains(&one[4..]));
        // FIPS 180-2, appendix B.1.
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn what_cannot_be_a_secret_is_not_looked_for() {
        let check = |text: &str| assert!(!is_one(text), "{text}");
        check("");
        check("dda_");
        check(&format!("dda_{}", "a".repeat(42)));
        check(&format!("dda_{}", "a".repeat(44)));
        check(&format!("ddb_{}", "a".repeat(43)));
        check(&format!("dda_{}=", "a".repeat(42)));
        check(&format!("dda_{}", "가".repeat(43)));
    }
}
