//! A provider as it is configured: where it sends people, and how it says who they are.

use anyhow::Context;
use domain::identities::{Found, Provider};
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    ExtraTokenFields, HttpRequest, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError,
    Scope, StandardRevocableToken, StandardTokenResponse, TokenResponse, TokenUrl,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use super::http_client::{Failed, Http};
use super::oidc::Issuer;
use super::settings::address;

/// What a token endpoint says besides OAuth 2.0: OpenID Connect adds who it is.
#[derive(Debug, Deserialize, Serialize)]
pub struct IdToken {
    id_token: Option<String>,
}

impl ExtraTokenFields for IdToken {}

type Tokens = StandardTokenResponse<IdToken, BasicTokenType>;

type Client = oauth2::Client<
    BasicErrorResponse,
    Tokens,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// Where the three steps of OAuth 2.0 take place.
#[derive(Clone)]
pub struct Endpoints {
    pub authorize: Url,
    pub token: Url,
    pub redirect: Url,
    /// Whether the secret travels in the body of the request rather than in a header.
    pub secret_in_body: bool,
}

impl Endpoints {
    /// # Errors
    /// When one of the addresses cannot be used.
    pub fn new(
        authorize: &str,
        token: &str,
        public_url: Option<&Url>,
        provider: Provider,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            authorize: address(authorize)?,
            token: address(token)?,
            redirect: redirect(public_url, provider)?,
            secret_in_body: true,
        })
    }
}

/// The address that a provider sends browsers back to. It is registered there to the letter.
///
/// # Errors
/// When nobody said under which address browsers reach this server.
pub fn redirect(public_url: Option<&Url>, provider: Provider) -> anyhow::Result<Url> {
    let base = public_url.context("it needs DAEDAP_PUBLIC_URL, to say where people come back to")?;
    Ok(base.join(&format!("/oauth/{provider}/callback"))?)
}

/// How a provider says who somebody is.
pub enum Kind {
    Github { endpoints: Endpoints, api: Url },
    Kakao { endpoints: Endpoints, api: Url },
    Oidc(Box<Issuer>),
}

/// A provider that people can sign in with.
pub struct ConfiguredProvider {
    pub provider: Provider,
    pub name: String,
    id: String,
    secret: SecretString,
    kind: Kind,
    http: Http,
}

#[derive(Deserialize)]
struct GithubUser {
    id: u64,
    login: String,
    email: Option<String>,
}

#[derive(Deserialize)]
struct GithubEmail {
    email: String,
    #[serde(default)]
    primary: bool,
}

#[derive(Deserialize)]
struct KakaoUser {
    id: i64,
    kakao_account: Option<KakaoAccount>,
}

#[derive(Deserialize)]
struct KakaoAccount {
    email: Option<String>,
    profile: Option<KakaoProfile>,
}

#[derive(Deserialize)]
struct KakaoProfile {
    nickname: Option<String>,
}

impl ConfiguredProvider {
    /// # Errors
    /// When there is no TLS.
    pub fn new(
        provider: Provider,
        name: String,
        id: String,
        secret: SecretString,
        kind: Kind,
    ) -> anyhow::Result<Self> {
        let http = Http::new(match &kind {
            Kind::Github { endpoints, .. } | Kind::Kakao { endpoints, .. } => &endpoints.token,
            Kind::Oidc(issuer) => &issuer.url,
        })?;
        Ok(Self { provider, name, id, secret, kind, http })
    }

    fn client(&self, endpoints: &Endpoints) -> Client {
        let auth = if endpoints.secret_in_body { AuthType::RequestBody } else { AuthType::BasicAuth };
        oauth2::Client::new(ClientId::new(self.id.clone()))
            .set_client_secret(ClientSecret::new(self.secret.expose_secret().to_owned()))
            .set_auth_type(auth)
            .set_auth_uri(AuthUrl::from_url(endpoints.authorize.clone()))
            .set_token_uri(TokenUrl::from_url(endpoints.token.clone()))
            .set_redirect_uri(RedirectUrl::from_url(endpoints.redirect.clone()))
    }

    async fn endpoints(&self) -> Result<Endpoints, Failed> {
        match &self.kind {
            Kind::Github { endpoints, .. } | Kind::Kakao { endpoints, .. } => Ok(endpoints.clone()),
            Kind::Oidc(issuer) => issuer.endpoints(&self.http).await,
        }
    }

    /// Makes sure that the provider can be gone to.
    ///
    /// # Errors
    /// When it does not say where that is.
    pub async fn is_there(&self) -> Result<(), Failed> {
        self.endpoints().await.map(|_| ())
    }

    /// The address at the provider where a person says yes or no.
    ///
    /// # Errors
    /// When the provider does not say where that is.
    pub async fn page(
        &self,
        state: String,
        nonce: &str,
        challenge: PkceCodeChallenge,
    ) -> Result<Url, Failed> {
        let client = self.client(&self.endpoints().await?);
        let request = client.authorize_url(|| CsrfToken::new(state)).set_pkce_challenge(challenge);
        let request = match &self.kind {
            Kind::Github { .. } => request
                .add_scope(Scope::new("read:user".to_owned()))
                .add_scope(Scope::new("user:email".to_owned())),
            // What people are asked for is set at Kakao Developers; naming what is not set there would be refused.
            Kind::Kakao { .. } => request,
            Kind::Oidc(_) => ["openid", "profile", "email"]
                .into_iter()
                .fold(request, |request, scope| request.add_scope(Scope::new(scope.to_owned())))
                .add_extra_param("nonce", nonce),
        };
        Ok(request.url().0)
    }

    /// Whether an answer says that it comes from this provider, or does not say (RFC 9207).
    pub async fn is_from_here(&self, issuer: Option<&str>) -> bool {
        match (&self.kind, issuer) {
            (Kind::Oidc(own), Some(issuer)) => own.is(issuer, &self.http).await,
            // GitHub and Kakao name no issuer that was agreed upon.
            _ => true,
        }
    }

    /// Asks the provider who came with a code.
    ///
    /// # Errors
    /// When it does not say, or says what cannot be believed.
    pub async fn identify(&self, code: String, verifier: String, nonce: &str) -> Result<Found, Failed> {
        let client = self.client(&self.endpoints().await?);
        // Owned, since the compiler cannot tell for every lifetime that a borrowing future may change threads.
        let http = self.http.clone();
        let call = move |request: HttpRequest| {
            let http = http.clone();
            async move { http.send(request).await }
        };
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .request_async(&call)
            .await
            .map_err(|error| match error {
                RequestTokenError::Request(failed) => failed,
                RequestTokenError::ServerResponse(_) => Failed::Wrong("a refusal of the code"),
                RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                    Failed::Wrong("a token of another form")
                }
            })?;
        let token = tokens.access_token().secret();
        let found = match &self.kind {
            Kind::Github { api, .. } => self.github(api, token).await?,
            Kind::Kakao { api, .. } => self.kakao(api, token).await?,
            Kind::Oidc(issuer) => {
                let id_token = tokens.extra_fields().id_token.as_deref();
                let id_token = id_token.ok_or(Failed::Wrong("no ID token"))?;
                let claims = issuer.verify(&self.http, id_token, &self.id, nonce).await?;
                Found::new(Provider::Oidc, &claims.subject(), claims.name(), claims.email.as_deref())
            }
        };
        found.ok_or(Failed::Wrong("nobody's id"))
    }

    async fn github(&self, api: &Url, token: &str) -> Result<Option<Found>, Failed> {
        let api = api.as_str().trim_end_matches('/');
        let user: GithubUser = self.http.get(&format!("{api}/user"), Some(token)).await?;
        // Most people keep their address off their page. Without it they type one.
        let email = match user.email {
            Some(email) => Some(email),
            None => {
                let all = self.http.get::<Vec<GithubEmail>>(&format!("{api}/user/emails"), Some(token)).await;
                let primary = all.unwrap_or_default().into_iter().find(|email| email.primary);
                primary.map(|email| email.email)
            }
        };
        Ok(Found::new(Provider::Github, &user.id.to_string(), Some(&user.login), email.as_deref()))
    }

    async fn kakao(&self, api: &Url, token: &str) -> Result<Option<Found>, Failed> {
        let api = api.as_str().trim_end_matches('/');
        let user: KakaoUser = self.http.get(&format!("{api}/v2/user/me"), Some(token)).await?;
        let account = user.kakao_account.as_ref();
        let profile = account.and_then(|account| account.profile.as_ref());
        let nickname = profile.and_then(|profile| profile.nickname.as_deref());
        let email = account.and_then(|account| account.email.as_deref());
        Ok(Found::new(Provider::Kakao, &user.id.to_string(), nickname, email))
    }
}
