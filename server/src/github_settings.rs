//! What the operator sets about public profiles at GitHub.

use anyhow::Context;
use clap::Args;
use domain::github::{Client, GITHUB_API, GithubConfig};
use secrecy::SecretString;
use url::Url;

use crate::oauth::LoginSettings;

/// Where public profiles are read.
#[derive(Clone, Debug, Default, Args)]
pub struct GithubSettings {
    /// Where public profiles are read: the address of the API of a GitHub Enterprise server, or `off`; without it where people sign in
    /// with GitHub
    #[arg(long, env = "DAEDAP_GITHUB_PROFILES", value_name = "URL", value_parser = profiles, global = true)]
    pub github_profiles: Option<Profiles>,

    /// Token for that API, without any permission: it raises GitHub's limit from 60 to 5,000 calls an hour
    #[arg(long, env = "DAEDAP_GITHUB_TOKEN", hide_env_values = true, value_name = "TOKEN", global = true)]
    pub github_token: Option<String>,
}

/// A setting that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Profiles {
    /// As if nothing had been set: an empty variable.
    Usual,
    Off,
    At(Url),
}

fn profiles(text: &str) -> Result<Profiles, String> {
    match text.trim() {
        "" => Ok(Profiles::Usual),
        "off" => Ok(Profiles::Off),
        text => {
            let url: Option<Url> = text.parse().ok();
            let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
            url.map(Profiles::At).ok_or("must be `off`, or begin with http:// or https://".to_owned())
        }
    }
}

impl GithubSettings {
    /// The address of the API, unless it is switched off.
    fn address(&self, logins: &LoginSettings) -> Option<String> {
        match &self.github_profiles {
            Some(Profiles::Off) => None,
            Some(Profiles::At(url)) => Some(url.as_str().to_owned()),
            Some(Profiles::Usual) | None => {
                Some(logins.github_api().unwrap_or_else(|| GITHUB_API.to_owned()))
            }
        }
    }

    /// The host that is asked, unless it is switched off.
    pub fn host(&self, logins: &LoginSettings) -> Option<String> {
        Some(self.address(logins)?.parse::<Url>().ok()?.host_str()?.to_owned())
    }

    /// What asks for profiles, unless it is switched off. Nothing is contacted yet.
    ///
    /// # Errors
    /// With one line when the address or the token cannot be used. The token is not repeated.
    pub fn client(&self, logins: &LoginSettings) -> anyhow::Result<Option<Client>> {
        let Some(address) = self.address(logins) else { return Ok(None) };
        let token = self.github_token.as_deref().map(str::trim).filter(|token| !token.is_empty());
        let config = GithubConfig { token: token.map(SecretString::from), ..GithubConfig::new(address) };
        let client = Client::new(config);
        Ok(Some(client.context("cannot read GitHub (DAEDAP_GITHUB_PROFILES, DAEDAP_GITHUB_TOKEN)")?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(github_profiles: Option<&str>, logins: &LoginSettings) -> Option<String> {
        let github_profiles = github_profiles.map(|text| profiles(text).expect("a setting"));
        GithubSettings { github_profiles, github_token: None }.host(logins)
    }

    #[test]
    fn profiles_are_read_where_people_sign_in_unless_another_place_is_named() {
        let logins = LoginSettings::default();
        assert_eq!(host(None, &logins).as_deref(), Some("api.github.com"));
        assert_eq!(host(Some(" "), &logins).as_deref(), Some("api.github.com"));
        assert_eq!(host(Some("https://git.example/api/v3"), &logins).as_deref(), Some("git.example"));
        assert_eq!(host(Some("off"), &logins), None);
        let github_url = "https://github.school.example".to_owned();
        let of_a_school = LoginSettings { github_url, ..LoginSettings::default() };
        assert_eq!(host(None, &of_a_school).as_deref(), Some("github.school.example"));
        assert_eq!(host(Some("https://api.github.com"), &of_a_school).as_deref(), Some("api.github.com"));
    }

    #[test]
    fn a_token_that_cannot_be_one_stops_the_start_and_is_not_told() {
        let logins = LoginSettings::default();
        let with = |token: &str| {
            let settings = GithubSettings { github_profiles: None, github_token: Some(token.to_owned()) };
            settings.client(&logins)
        };
        let line = format!("{:#}", with("hidden\u{7}key").expect_err("refused"));
        assert!(line.contains("DAEDAP_GITHUB_TOKEN") && !line.contains("hidden"), "{line}");
        assert!(with(" ").expect("no token").is_some_and(|client| !client.with_token()));
        assert!(with("ghp_0123").expect("a token").is_some_and(|client| client.with_token()));
    }
}
