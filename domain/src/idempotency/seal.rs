//! The key of a request, and what is derived from it: nothing that is stored can be read, or guessed at, without the secret that the
//! request was sent with.

use chacha20poly1305::aead::Aead;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::{Digest, Sha256};

/// Bytes of a nonce: so many that random ones never meet.
const NONCE: usize = 24;
/// Longest key.
const KEY_MAX: usize = 255;

/// The key of a request, of one person and one token. It has no `Debug`, so that it cannot reach a log.
#[derive(Clone)]
pub struct Key {
    hash: String,
    sealing: [u8; 32],
    marking: [u8; 32],
}

impl Key {
    /// Parses a key that came with the secret of a token: 1 to 255 visible ASCII characters.
    pub fn parse(text: &str, secret: &str) -> Option<Self> {
        let fits = (1..=KEY_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if !fits {
            return None;
        }
        let derived = Hkdf::<Sha256>::new(Some(text.as_bytes()), secret.as_bytes());
        let (mut sealing, mut marking) = ([0; 32], [0; 32]);
        derived.expand(b"reply", &mut sealing).ok()?;
        derived.expand(b"request", &mut marking).ok()?;
        Some(Self { hash: hex(&Sha256::digest(text)), sealing, marking })
    }

    /// What the key is found by.
    pub(super) fn hash(&self) -> &str {
        &self.hash
    }

    /// What a request is known by. A password in it cannot be found by trying: that would need the secret.
    pub(super) fn mark(&self, request: &[&[u8]]) -> String {
        let mut digest = Sha256::new_with_prefix(self.marking);
        for part in request {
            // Of one length each, so that no part can pass for the end of another.
            digest.update(Sha256::digest(part));
        }
        hex(&digest.finalize())
    }

    /// Closes a text.
    pub(super) fn seal(&self, text: &[u8]) -> Option<Vec<u8>> {
        let nonce: [u8; NONCE] = rand::random();
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), text).ok()?;
        Some([&nonce[..], &sealed].concat())
    }

    /// Opens a text that was sealed under the same key and secret.
    pub(super) fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, text) = sealed.split_first_chunk::<NONCE>()?;
        self.cipher().decrypt(&XNonce::from(*nonce), text).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.sealing.into())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str, secret: &str) -> Key {
        Key::parse(text, secret).expect("a key")
    }

    #[test]
    fn keys_are_visible_and_short() {
        let check =
            |text: &str, expected: bool| assert_eq!(Key::parse(text, "s").is_some(), expected, "{text}");
        check("a", true);
        check("8e03978e-40d5-43e8-bc93-6894a57f9324", true);
        check(&"k".repeat(255), true);
        check("", false);
        check(&"k".repeat(256), false);
        check("two words", false);
        check("키", false);
        check("a\u{7}", false);
    }

    #[test]
    fn only_the_same_key_and_secret_open_a_text() {
        let sealed = key("one", "secret").seal(b"the token of a link").expect("sealed");
        assert_eq!(key("one", "secret").open(&sealed).as_deref(), Some(&b"the token of a link"[..]));
        assert_eq!(key("other", "secret").open(&sealed), None);
        assert_eq!(key("one", "another").open(&sealed), None);
        assert_eq!(key("one", "secret").open(&sealed[..10]), None);
        let contains = |needle: &[u8]| sealed.windows(needle.len()).any(|window| window == needle);
        assert!(!contains(b"token"));
        assert_ne!(key("one", "secret").seal(b"the token of a link").expect("sealed"), sealed);
    }

    #[test]
    fn a_request_is_known_by_all_of_it() {
        let check = |one: &[&[u8]], other: &[&[u8]], expected: bool| {
            let key = key("one", "secret");
            assert_eq!(key.mark(one) == key.mark(other), expected, "{one:?} {other:?}");
        };
        check(&[b"POST", b"/a", b"{}"], &[b"POST", b"/a", b"{}"], true);
        check(&[b"POST", b"/a", b"{}"], &[b"POST", b"/b", b"{}"], false);
        check(&[b"POST", b"/a", b"{}"], &[b"POST", b"/a", b"{ }"], false);
        check(&[b"POST", b"/ab", b""], &[b"POST", b"/a", b"b"], false);
        assert_ne!(key("one", "secret").mark(&[b"x"]), key("one", "another").mark(&[b"x"]));
    }
}
