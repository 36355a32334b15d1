//! An OpenID Connect server: it says by itself where its endpoints are, and signs what it says about a person.

use std::time::{Duration, Instant};

use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Mutex;
use url::Url;

use super::http_client::{Failed, Http};
use super::provider::Endpoints;
use super::settings::address;

/// How long is believed what the server said about itself.
const KEPT: Duration = Duration::from_secs(3600);

/// Signatures that only the server can make. A shared secret is no signature to a browser's code.
const SIGNATURES: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// The server that the operator named.
pub struct Issuer {
    pub url: Url,
    redirect: Url,
    known: Mutex<Option<Known>>,
}

#[derive(Clone)]
struct Known {
    at: Instant,
    issuer: String,
    endpoints: Endpoints,
    keys_url: String,
    keys: JwkSet,
}

/// OpenID Connect Discovery 1.0, section 3, as far as it is used.
#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct PublishedKeys {
    keys: Vec<Value>,
}

/// What an ID token says.
#[derive(Deserialize)]
pub struct Claims {
    iss: String,
    sub: String,
    pub email: Option<String>,
    name: Option<String>,
    preferred_username: Option<String>,
    nonce: Option<String>,
    azp: Option<String>,
    aud: Value,
}

impl Claims {
    /// Who it is. Servers count people each for themselves (OpenID Connect Core 1.0, section 2): where the operator goes over to another
    /// server, its first person is not the first one of before.
    pub fn subject(&self) -> String {
        format!("{} {}", self.iss, self.sub)
    }

    /// What the person is called there.
    pub fn name(&self) -> Option<&str> {
        self.preferred_username.as_deref().or(self.name.as_deref())
    }
}

impl Issuer {
    /// A server that was not asked anything yet.
    pub fn new(url: Url, redirect: Url) -> Self {
        Self { url, redirect, known: Mutex::new(None) }
    }

    pub async fn endpoints(&self, http: &Http) -> Result<Endpoints, Failed> {
        Ok(self.known(http).await?.endpoints)
    }

    /// Whether this is how the server calls itself.
    pub async fn is(&self, issuer: &str, http: &Http) -> bool {
        self.known(http).await.is_ok_and(|known| known.issuer == issuer)
    }

    async fn known(&self, http: &Http) -> Result<Known, Failed> {
        let mut known = self.known.lock().await;
        if let Some(known) = known.as_ref().filter(|known| known.at.elapsed() < KEPT) {
            return Ok(known.clone());
        }
        let asked = self.discover(http).await?;
        *known = Some(asked.clone());
        Ok(asked)
    }

    async fn discover(&self, http: &Http) -> Result<Known, Failed> {
        let own = self.url.as_str().trim_end_matches('/');
        let found: Discovery = http.get(&format!("{own}/.well-known/openid-configuration"), None).await?;
        if found.issuer.trim_end_matches('/') != own {
            return Err(Failed::Wrong("another issuer"));
        }
        let endpoint = |text: &str| -> Result<Url, Failed> {
            let url = address(text).map_err(|_| Failed::Wrong("an endpoint without an address"))?;
            // A server that is safe itself does not lead out of safety.
            match self.url.scheme() == "https" && url.scheme() != "https" {
                true => Err(Failed::Wrong("an endpoint without TLS")),
                false => Ok(url),
            }
        };
        let methods = found.token_endpoint_auth_methods_supported.as_deref();
        let takes_header =
            methods.is_none_or(|methods| methods.iter().any(|method| method == "client_secret_basic"));
        let endpoints = Endpoints {
            authorize: endpoint(&found.authorization_endpoint)?,
            token: endpoint(&found.token_endpoint)?,
            redirect: self.redirect.clone(),
            secret_in_body: !takes_header,
        };
        let keys_url = endpoint(&found.jwks_uri)?.to_string();
        let keys = keys(http, &keys_url).await?;
        Ok(Known { at: Instant::now(), issuer: found.issuer, endpoints, keys_url, keys })
    }

    /// Reads an ID token: signed by this server, for this client, for this sign-in, and not over
    /// (OpenID Connect Core 1.0, section 3.1.3.7).
    ///
    /// # Errors
    /// When any of that does not hold.
    pub async fn verify(
        &self,
        http: &Http,
        id_token: &str,
        client_id: &str,
        nonce: &str,
    ) -> Result<Claims, Failed> {
        let header = decode_header(id_token).map_err(|_| Failed::Wrong("an ID token of another form"))?;
        if !SIGNATURES.contains(&header.alg) {
            return Err(Failed::Wrong("an ID token without a signature of the server"));
        }
        let known = self.known(http).await?;
        let key = match key_of(&known.keys, header.kid.as_deref()) {
            Some(key) => key.clone(),
            // The server may have a new one.
            None => {
                let keys = keys(http, &known.keys_url).await?;
                let key = key_of(&keys, header.kid.as_deref()).cloned();
                if let Some(known) = self.known.lock().await.as_mut() {
                    known.keys = keys;
                }
                key.ok_or(Failed::Wrong("an ID token signed with an unknown key"))?
            }
        };
        let key = DecodingKey::from_jwk(&key).map_err(|_| Failed::Wrong("a key that cannot be used"))?;
        let mut validation = Validation::new(header.alg);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.set_issuer(&[&known.issuer]);
        validation.set_audience(&[client_id]);
        validation.validate_nbf = true;
        let claims: Claims = decode(id_token, &key, &validation)
            .map_err(|_| Failed::Wrong("an ID token that does not hold"))?
            .claims;
        if claims.sub.is_empty() {
            return Err(Failed::Wrong("an ID token of nobody"));
        }
        if claims.nonce.as_deref() != Some(nonce) {
            return Err(Failed::Wrong("an ID token for another sign-in"));
        }
        let several = claims.aud.as_array().is_some_and(|audience| audience.len() > 1);
        if (several || claims.azp.is_some()) && claims.azp.as_deref() != Some(client_id) {
            return Err(Failed::Wrong("an ID token for another client"));
        }
        Ok(claims)
    }
}

/// The keys that a server publishes, without those that nothing here can read.
async fn keys(http: &Http, url: &str) -> Result<JwkSet, Failed> {
    let published: PublishedKeys = http.get(url, None).await?;
    let read = published.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok());
    Ok(JwkSet { keys: read.collect() })
}

/// The key of an id; without one, the only key that there is.
fn key_of<'a>(keys: &'a JwkSet, id: Option<&str>) -> Option<&'a Jwk> {
    match (id, keys.keys.as_slice()) {
        (Some(id), _) => keys.find(id),
        (None, [only]) => Some(only),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Claims;

    #[test]
    fn the_same_subject_of_two_servers_is_two_people() {
        let subject = |issuer: &str| {
            let told = json!({ "iss": issuer, "sub": "1", "aud": "daedap" });
            serde_json::from_value::<Claims>(told).expect("claims").subject()
        };
        assert_eq!(subject("https://one.example"), subject("https://one.example"));
        assert_ne!(subject("https://one.example"), subject("https://other.example"));
    }
}
