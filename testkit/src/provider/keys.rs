//! The keys that the provider signs ID tokens with: one that it publishes, and one that it does not.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

/// The id of the published key.
const KEY_ID: &str = "scripted";

pub struct Keys {
    published: Vec<u8>,
    secret: Vec<u8>,
    point: Vec<u8>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Keys").finish_non_exhaustive()
    }
}

impl Keys {
    /// New keys.
    ///
    /// # Panics
    /// When the machine has no randomness.
    pub fn new() -> Self {
        let make = || {
            let document =
                EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
            document.expect("a key").as_ref().to_vec()
        };
        let (published, secret) = (make(), make());
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &published);
        let point = pair.expect("the same key").public_key().as_ref().to_vec();
        Self { published, secret, point }
    }

    /// The published key as a JWK set. The point is uncompressed: one byte, then two coordinates.
    pub fn set(&self) -> Value {
        let coordinate = |from: usize| URL_SAFE_NO_PAD.encode(&self.point[from..from + 32]);
        json!({ "keys": [{
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": KEY_ID,
            "x": coordinate(1), "y": coordinate(33),
        }] })
    }

    /// Signs claims: with the published key, or with another one under its name.
    ///
    /// # Panics
    /// When the claims cannot be encoded.
    pub fn sign(&self, claims: &Value, with_published: bool) -> String {
        let key = if with_published { &self.published } else { &self.secret };
        let header = Header { kid: Some(KEY_ID.to_owned()), ..Header::new(Algorithm::ES256) };
        encode(&header, claims, &EncodingKey::from_ec_der(key)).expect("a token")
    }

    /// The claims without a signature, as a token that says so itself.
    pub fn unsigned(claims: &Value) -> String {
        let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.", encoded(&json!({ "alg": "none", "typ": "JWT" })), encoded(claims))
    }
}
