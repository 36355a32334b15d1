//! What the letters say, in the language of their reader.

use crate::questions::Language;

/// The letter with a link for a new password: its subject and its text.
pub fn password_reset(language: Language, username: &str, link: &str) -> (String, String) {
    match language {
        Language::Korean => (
            "[대답] 새 비밀번호 설정".to_owned(),
            format!(
                "{username} 님, 안녕하세요.\n\n\
                 대답(Daedap)에서 새 비밀번호를 정하려면 아래 주소를 열어 주세요.\n\n\
                 {link}\n\n\
                 이 주소는 1시간 동안 한 번만 쓸 수 있어요. 새 비밀번호를 정하면 로그인되어 있던 모든 기기에서 로그아웃돼요.\n\n\
                 직접 요청하지 않았다면 이 메일을 무시해 주세요. 비밀번호는 바뀌지 않아요.\n"
            ),
        ),
        Language::English => (
            "[Daedap] Choose a new password".to_owned(),
            format!(
                "Hello {username},\n\n\
                 Open this address to choose a new password for Daedap:\n\n\
                 {link}\n\n\
                 It works once, within an hour. Once you have chosen a password, you are signed out on all your devices.\n\n\
                 If you did not ask for this, ignore this message: your password stays as it is.\n"
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_names_the_person_and_the_link_on_a_line_of_its_own() {
        for language in Language::ALL {
            let (subject, text) = password_reset(*language, "mina", "https://daedap.example/reset/abc");
            assert!(!subject.is_empty() && text.contains("mina"));
            assert!(text.lines().any(|line| line == "https://daedap.example/reset/abc"), "{text}");
        }
    }
}
