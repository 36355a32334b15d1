//! What the operator sets about other providers.

use anyhow::{Context, bail};
use clap::Args;
use domain::identities::Provider;
use secrecy::SecretString;
use url::Url;

use super::Logins;
use super::provider::{ConfiguredProvider, Endpoints, Kind};

/// Other providers that sign people in. Each is off until its client id is set.
#[derive(Clone, Debug, Default, Args)]
pub struct LoginSettings {
    /// Client id of the OAuth app at GitHub, which lets people sign in with GitHub
    #[arg(long, env = "DAEDAP_GITHUB_CLIENT_ID", value_name = "ID", global = true)]
    pub github_client_id: Option<String>,

    /// Client secret of the OAuth app at GitHub
    #[arg(
        long,
        env = "DAEDAP_GITHUB_CLIENT_SECRET",
        hide_env_values = true,
        value_name = "SECRET",
        global = true
    )]
    pub github_client_secret: Option<String>,

    /// Address of a GitHub Enterprise server
    #[arg(long, env = "DAEDAP_GITHUB_URL", default_value = GITHUB, value_name = "URL", global = true)]
    pub github_url: String,

    /// Address of its API, if it is not the usual one
    #[arg(long, env = "DAEDAP_GITHUB_API_URL", value_name = "URL", global = true)]
    pub github_api_url: Option<String>,

    /// REST API key of the app at Kakao Developers, which lets people sign in with Kakao
    #[arg(long, env = "DAEDAP_KAKAO_CLIENT_ID", value_name = "ID", global = true)]
    pub kakao_client_id: Option<String>,

    /// Client secret of the app at Kakao Developers
    #[arg(
        long,
        env = "DAEDAP_KAKAO_CLIENT_SECRET",
        hide_env_values = true,
        value_name = "SECRET",
        global = true
    )]
    pub kakao_client_secret: Option<String>,

    /// Address of Kakao's sign-in, for trials
    #[arg(
        long,
        env = "DAEDAP_KAKAO_URL",
        default_value = "https://kauth.kakao.com",
        value_name = "URL",
        global = true
    )]
    pub kakao_url: String,

    /// Address of Kakao's API, for trials
    #[arg(
        long,
        env = "DAEDAP_KAKAO_API_URL",
        default_value = "https://kapi.kakao.com",
        value_name = "URL",
        global = true
    )]
    pub kakao_api_url: String,

    /// Issuer of an OpenID Connect server, which lets people sign in with it
    #[arg(long, env = "DAEDAP_OIDC_ISSUER", value_name = "URL", global = true)]
    pub oidc_issuer: Option<String>,

    /// Client id at the OpenID Connect server
    #[arg(long, env = "DAEDAP_OIDC_CLIENT_ID", value_name = "ID", global = true)]
    pub oidc_client_id: Option<String>,

    /// Client secret at the OpenID Connect server
    #[arg(
        long,
        env = "DAEDAP_OIDC_CLIENT_SECRET",
        hide_env_values = true,
        value_name = "SECRET",
        global = true
    )]
    pub oidc_client_secret: Option<String>,

    /// What people call the OpenID Connect server; its host name if it is not set
    #[arg(long, env = "DAEDAP_OIDC_NAME", value_name = "NAME", global = true)]
    pub oidc_name: Option<String>,
}

const GITHUB: &str = "https://github.com";

impl LoginSettings {
    /// The hosts of the providers that are configured, with what people call them.
    pub fn hosts(&self) -> Vec<(String, String)> {
        let of = |id: &Option<String>, url: Option<&str>, name: Option<&str>| {
            set(id)?;
            let host = url?.parse::<Url>().ok()?.host_str()?.to_owned();
            let name = name.map_or_else(|| host.clone(), str::to_owned);
            Some((host, name))
        };
        let oidc = set(&self.oidc_name);
        let providers = [
            of(&self.github_client_id, Some(&self.github_url), Some("GitHub")),
            of(&self.kakao_client_id, Some(&self.kakao_url), Some("Kakao")),
            of(&self.oidc_client_id, self.oidc_issuer.as_deref(), oidc.as_deref()),
        ];
        providers.into_iter().flatten().collect()
    }

    /// The address of GitHub's API, where another one than GitHub's own is named.
    pub fn github_api(&self) -> Option<String> {
        let own = || {
            let base = self.github_url.trim_end_matches('/');
            (!base.is_empty() && base != GITHUB).then(|| format!("{base}/api/v3"))
        };
        set(&self.github_api_url).map(|api| api.trim_end_matches('/').to_owned()).or_else(own)
    }

    /// The providers that are configured. Nothing is contacted yet.
    ///
    /// # Errors
    /// With one line when a provider is half configured, or when the address that it sends people back to is not known. No secret is
    /// repeated.
    pub fn logins(&self, public_url: Option<&Url>) -> anyhow::Result<Logins> {
        let mut logins = Vec::new();
        let (id, secret) = (&self.github_client_id, &self.github_client_secret);
        if let [Some(id), Some(secret)] =
            all_or_none([("DAEDAP_GITHUB_CLIENT_ID", id), ("DAEDAP_GITHUB_CLIENT_SECRET", secret)])?
        {
            let base = self.github_url.trim_end_matches('/');
            let own_api = match base {
                GITHUB => "https://api.github.com".to_owned(),
                base => format!("{base}/api/v3"),
            };
            let api = set(&self.github_api_url).map_or(own_api, |api| api.trim_end_matches('/').to_owned());
            let endpoints = Endpoints::new(
                &format!("{base}/login/oauth/authorize"),
                &format!("{base}/login/oauth/access_token"),
                public_url,
                Provider::Github,
            )
            .context("cannot use GitHub (DAEDAP_GITHUB_URL, DAEDAP_GITHUB_API_URL)")?;
            let api = address(&api).context("cannot use GitHub (DAEDAP_GITHUB_API_URL)")?;
            logins.push(provider(Provider::Github, "GitHub", id, secret, Kind::Github { endpoints, api })?);
        }
        let (id, secret) = (&self.kakao_client_id, &self.kakao_client_secret);
        if let [Some(id), Some(secret)] =
            all_or_none([("DAEDAP_KAKAO_CLIENT_ID", id), ("DAEDAP_KAKAO_CLIENT_SECRET", secret)])?
        {
            let base = self.kakao_url.trim_end_matches('/');
            let endpoints = Endpoints::new(
                &format!("{base}/oauth/authorize"),
                &format!("{base}/oauth/token"),
                public_url,
                Provider::Kakao,
            )
            .context("cannot use Kakao (DAEDAP_KAKAO_URL)")?;
            let api = address(self.kakao_api_url.trim_end_matches('/'))
                .context("cannot use Kakao (DAEDAP_KAKAO_API_URL)")?;
            logins.push(provider(Provider::Kakao, "Kakao", id, secret, Kind::Kakao { endpoints, api })?);
        }
        if let [Some(issuer), Some(id), Some(secret)] = all_or_none([
            ("DAEDAP_OIDC_ISSUER", &self.oidc_issuer),
            ("DAEDAP_OIDC_CLIENT_ID", &self.oidc_client_id),
            ("DAEDAP_OIDC_CLIENT_SECRET", &self.oidc_client_secret),
        ])? {
            let url = address(&issuer).context("cannot use OpenID Connect (DAEDAP_OIDC_ISSUER)")?;
            let name =
                set(&self.oidc_name).unwrap_or_else(|| url.host_str().unwrap_or("OpenID Connect").to_owned());
            let redirect = super::provider::redirect(public_url, Provider::Oidc)
                .context("cannot use OpenID Connect (DAEDAP_OIDC_ISSUER)")?;
            let kind = Kind::Oidc(Box::new(super::oidc::Issuer::new(url, redirect)));
            logins.push(provider(Provider::Oidc, &name, id, secret, kind)?);
        }
        Ok(Logins(logins.into()))
    }
}

fn provider(
    provider: Provider,
    name: &str,
    id: String,
    secret: String,
    kind: Kind,
) -> anyhow::Result<ConfiguredProvider> {
    ConfiguredProvider::new(provider, name.to_owned(), id, SecretString::from(secret), kind)
}

/// A setting that says something: an empty variable is none.
fn set(setting: &Option<String>) -> Option<String> {
    setting.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// All of the settings, or none of them.
fn all_or_none<const N: usize>(
    settings: [(&'static str, &Option<String>); N],
) -> anyhow::Result<[Option<String>; N]> {
    let missing: Vec<&str> =
        settings.iter().filter(|(_, value)| set(value).is_none()).map(|(name, _)| *name).collect();
    if !missing.is_empty() && missing.len() < N {
        let given: Vec<&str> =
            settings.iter().map(|(name, _)| *name).filter(|name| !missing.contains(name)).collect();
        bail!("{} is set without {}", given.join(", "), missing.join(", "));
    }
    Ok(settings.map(|(_, value)| set(value)))
}

/// An address of a provider.
pub(super) fn address(text: &str) -> anyhow::Result<Url> {
    let url: Url = text.parse().context("it is no address")?;
    match matches!(url.scheme(), "http" | "https") && url.has_host() {
        true => Ok(url),
        false => bail!("an address must begin with https:// or http://"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn settings() -> LoginSettings {
        LoginSettings {
            github_url: GITHUB.to_owned(),
            kakao_url: "https://kauth.kakao.com".to_owned(),
            kakao_api_url: "https://kapi.kakao.com".to_owned(),
            ..LoginSettings::default()
        }
    }

    fn public() -> Url {
        "https://daedap.example".parse().expect("a URL")
    }

    #[test]
    fn only_what_is_configured_is_offered() {
        let none = settings().logins(None).expect("nothing to configure");
        assert!(none.offered().is_empty());
        let empty = LoginSettings { github_client_id: some(" "), ..settings() };
        assert!(empty.logins(None).expect("nothing to configure").offered().is_empty());
        let all = LoginSettings {
            github_client_id: some("id"),
            github_client_secret: some("hidden"),
            kakao_client_id: some("id"),
            kakao_client_secret: some("hidden"),
            oidc_issuer: some("https://id.example.com"),
            oidc_client_id: some("id"),
            oidc_client_secret: some("hidden"),
            ..settings()
        };
        let names: Vec<String> = all
            .logins(Some(&public()))
            .expect("configured")
            .offered()
            .into_iter()
            .map(|login| login.name)
            .collect();
        assert_eq!(names, ["GitHub", "Kakao", "id.example.com"]);
    }

    #[test]
    fn half_a_provider_is_refused_without_its_secret() {
        let check = |settings: LoginSettings, public: Option<&Url>, named: &str| {
            let error = settings.logins(public).err().expect("refused");
            let line = format!("{error:#}");
            assert!(line.contains(named) && !line.contains("hidden"), "{line}");
        };
        let url = public();
        let id_alone = LoginSettings { github_client_id: some("id"), ..settings() };
        check(id_alone, Some(&url), "DAEDAP_GITHUB_CLIENT_SECRET");
        let secret_alone = LoginSettings { kakao_client_secret: some("hidden"), ..settings() };
        check(secret_alone, Some(&url), "DAEDAP_KAKAO_CLIENT_ID");
        let no_secret = LoginSettings { oidc_issuer: some("https://x.example"), ..settings() };
        check(no_secret, Some(&url), "DAEDAP_OIDC_CLIENT_ID");
        let github = LoginSettings {
            github_client_id: some("id"),
            github_client_secret: some("hidden"),
            ..settings()
        };
        check(github.clone(), None, "DAEDAP_PUBLIC_URL");
        let elsewhere = LoginSettings { github_url: "ftp://github.example".to_owned(), ..github };
        check(elsewhere, Some(&url), "DAEDAP_GITHUB_URL");
    }
}
