//! Which browser on which system somebody uses, as far as they need it to recognise it. No version, no model: nothing to track by.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::questions::words! {
    /// A browser by its name.
    Browser {
        Chrome = "chrome",
        Edge = "edge",
        Firefox = "firefox",
        Safari = "safari",
        Samsung = "samsung-internet",
        Whale = "whale",
        Opera = "opera",
        KakaoTalk = "kakaotalk",
        Other = "other",
    }
}

crate::questions::words! {
    /// An operating system by its name.
    System {
        Windows = "windows",
        Macos = "macos",
        Ios = "ios",
        Android = "android",
        ChromeOs = "chromeos",
        Linux = "linux",
        Other = "other",
    }
}

/// A browser on a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Device {
    pub browser: Browser,
    pub system: System,
}

impl Device {
    /// Nothing is known of it.
    pub const UNKNOWN: Self = Self { browser: Browser::Other, system: System::Other };

    /// Reads a `User-Agent`. Browsers name those that they are like, so the most particular name comes first.
    pub fn of(user_agent: &str) -> Self {
        let first = |marks: &[&str]| marks.iter().any(|mark| user_agent.contains(mark));
        let browser = match () {
            () if first(&["KAKAOTALK"]) => Browser::KakaoTalk,
            () if first(&["Whale/"]) => Browser::Whale,
            () if first(&["SamsungBrowser/"]) => Browser::Samsung,
            () if first(&["Edg/", "EdgA/", "EdgiOS/"]) => Browser::Edge,
            () if first(&["OPR/", "Opera"]) => Browser::Opera,
            () if first(&["Firefox/", "FxiOS/"]) => Browser::Firefox,
            () if first(&["Chrome/", "CriOS/", "Chromium/"]) => Browser::Chrome,
            () if first(&["Safari/"]) => Browser::Safari,
            () => Browser::Other,
        };
        let system = match () {
            () if first(&["iPhone", "iPad", "iPod"]) => System::Ios,
            () if first(&["Android"]) => System::Android,
            () if first(&["CrOS"]) => System::ChromeOs,
            () if first(&["Windows"]) => System::Windows,
            () if first(&["Mac OS X", "Macintosh"]) => System::Macos,
            () if first(&["Linux", "X11"]) => System::Linux,
            () => System::Other,
        };
        Self { browser, system }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_apart() {
        let check = |user_agent: &str, browser, system| {
            assert_eq!(Device::of(user_agent), Device { browser, system }, "{user_agent}");
        };
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        check(
            &format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/140.0.0.0 Safari/537.36"),
            Browser::Chrome,
            System::Windows,
        );
        check(
            &format!("Mozilla/5.0 (Windows NT 10.0) {webkit} Chrome/140.0 Safari/537.36 Edg/140.0"),
            Browser::Edge,
            System::Windows,
        );
        check(
            &format!("Mozilla/5.0 (Windows NT 10.0) {webkit} Chrome/138.0 Whale/4.33 Safari/537.36"),
            Browser::Whale,
            System::Windows,
        );
        check(
            &format!(
                "Mozilla/5.0 (Linux; Android 15; SM-S921N) {webkit} SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36"
            ),
            Browser::Samsung,
            System::Android,
        );
        check(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
            Browser::Safari,
            System::Macos,
        );
        check(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 KAKAOTALK 11.0",
            Browser::KakaoTalk,
            System::Ios,
        );
        check(
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            Browser::Firefox,
            System::Linux,
        );
        check("curl/8.0", Browser::Other, System::Other);
        check("", Browser::Other, System::Other);
    }
}
