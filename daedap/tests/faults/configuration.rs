//! A wrong setting stops the start with one line that names the setting and says what is wrong with it.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;

use crate::support::postgres::is_root;
use crate::support::{Folder, Start};

/// Serves with one setting changed, and gives the line that it ends with.
async fn refusal(start: &Start, name: &str, value: &str) -> String {
    let output = start.clone().set(name, value).run(&["serve"]).await;
    let text = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(!output.status.success(), "{name}={value} is taken");
    assert_eq!(text.lines().count(), 1, "{name}={value}: {text}");
    assert!(text.starts_with("daedap: "), "{name}={value}: {text}");
    assert!(output.stdout.is_empty(), "{name}={value}");
    text
}

#[tokio::test]
async fn a_wrong_value_is_named_with_its_reason() {
    let folder = Folder::new();
    let start = Start::on(&folder.url());
    let file = folder.path().join("file");
    std::fs::write(&file, "no folder").expect("written");
    let under_file = format!("sqlite://{}/daedap.db", file.display());
    let file = file.display().to_string();
    let check = async |name: &str, value: &str, reason: &str| {
        let line = refusal(&start, name, value).await;
        assert!(line.contains(name), "the setting is named: {line}");
        assert!(line.contains(reason), "the reason is given: {line}");
    };
    check("DATABASE_URL", "mysql://root:secret@localhost/daedap", "sqlite:// or postgres://").await;
    check("DATABASE_URL", "", "sqlite:// or postgres://").await;
    check("DATABASE_URL", "sqlite://", "must name a file").await;
    check("DATABASE_URL", "sqlite::memory:", "must name a file").await;
    check("DATABASE_URL", &under_file, "cannot make the folder").await;
    check("DATABASE_URL", "sqlite:///proc/daedap/daedap.db", "cannot make the folder").await;
    check("DATABASE_URL", &format!("sqlite://{}", folder.path().display()), "cannot open").await;
    check("DATABASE_URL", "postgres://daedap@127.0.0.1:1/daedap", "cannot connect to PostgreSQL").await;
    check("DAEDAP_ADDR", "localhost", "IP:PORT").await;
    check("DAEDAP_ADDR", "127.0.0.1:99999", "IP:PORT").await;
    check("DAEDAP_ADDR", "192.0.2.1:3000", "cannot listen").await;
    check("DAEDAP_DAILY_LIMIT", "five", "invalid digit").await;
    check("DAEDAP_DAILY_LIMIT", "-1", "0..=1000").await;
    check("DAEDAP_DAILY_LIMIT", "1001", "0..=1000").await;
    check("DAEDAP_TIME_ZONE", "Seoul", "IANA").await;
    check("DAEDAP_PUBLIC_URL", "interview.example.com", "").await;
    check("DAEDAP_PUBLIC_URL", "https://example.com/daedap", "bare origin").await;
    check("DAEDAP_PUBLIC_URL", "ftp://example.com", "http:// or https://").await;
    check("DAEDAP_TRUSTED_PROXIES", "10.0.0.0/8,everybody", "network").await;
    check("DAEDAP_CORS_ORIGINS", "https://app.example.com,*", "bare origin").await;
    check("DAEDAP_API_RATE", "0", "1 to 1000000").await;
    check("OPENAI_BASE_URL", "file:///etc/passwd", "http:// or https://").await;
    check("OPENAI_BASE_URL", "ollama", "").await;
    check("OPENAI_API_KEY", "sk-line\nbreak", "character").await;
    check("DAEDAP_MODEL_PRICES", "gpt-4.1-mini", "MODEL=PROMPT/COMPLETION").await;
    check("DAEDAP_MODEL_PRICES", "gpt-4.1-mini=0.40/cheap", "no price").await;
    check("DAEDAP_GITHUB_PROFILES", "git.example", "http:// or https://").await;
    check("DAEDAP_GITHUB_PROFILES", "https://mina:secret@git.example", "password").await;
    check("DAEDAP_GITHUB_TOKEN", "ghp_line\nbreak", "character").await;
    check("DAEDAP_QUESTIONS", "/nowhere", "is not a folder").await;
    check("DAEDAP_QUESTIONS", &file, "is not a folder").await;
    check("DAEDAP_GITHUB_CLIENT_ID", "id", "DAEDAP_GITHUB_CLIENT_SECRET").await;
    check("DAEDAP_KAKAO_CLIENT_SECRET", "secret", "DAEDAP_KAKAO_CLIENT_ID").await;
    check("DAEDAP_OIDC_ISSUER", "https://id.example.com", "DAEDAP_OIDC_CLIENT_ID").await;
    check("DAEDAP_SMTP_URL", "smtps://mail.example.com", "DAEDAP_MAIL_FROM").await;
}

#[tokio::test]
async fn logins_and_mail_need_the_public_address() {
    let folder = Folder::new();
    let start = Start::on(&folder.url())
        .set("DAEDAP_GITHUB_CLIENT_ID", "id")
        .set("DAEDAP_MAIL_FROM", "no-reply@example.com");
    let line = refusal(&start, "DAEDAP_GITHUB_CLIENT_SECRET", "hidden").await;
    assert!(line.contains("DAEDAP_PUBLIC_URL") && !line.contains("hidden"), "{line}");
    let start = Start::on(&folder.url()).set("DAEDAP_MAIL_FROM", "no-reply@example.com");
    let line = refusal(&start, "DAEDAP_SMTP_URL", "smtps://mina:hidden@mail.example.com").await;
    assert!(line.contains("DAEDAP_PUBLIC_URL") && !line.contains("hidden"), "{line}");
}

#[tokio::test]
async fn a_model_without_a_name_is_refused() {
    let folder = Folder::new();
    let start = Start::on(&folder.url()).set("OPENAI_API_KEY", "key");
    let line = refusal(&start, "DAEDAP_MODEL", " ").await;
    assert!(line.contains("DAEDAP_MODEL"), "{line}");
}

#[tokio::test]
async fn what_is_secret_is_not_repeated() {
    let folder = Folder::new();
    let start = Start::on(&folder.url());
    for (name, value) in [
        ("DATABASE_URL", "mysql://root:secret@localhost/daedap"),
        ("DATABASE_URL", "postgres://root:secret@127.0.0.1:1/daedap"),
        ("OPENAI_API_KEY", "secret\nsecret"),
        ("DAEDAP_SMTP_URL", "smtps://mina:secret@mail.example.com"),
        ("DAEDAP_OIDC_CLIENT_SECRET", "secret"),
    ] {
        let line = refusal(&start, name, value).await;
        assert!(!line.contains("secret"), "{line}");
    }
}

#[tokio::test]
async fn an_occupied_port_is_named() {
    let folder = Folder::new();
    let occupied = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = occupied.local_addr().expect("an address").to_string();
    let line = refusal(&Start::on(&folder.url()), "DAEDAP_ADDR", &address).await;
    assert!(line.contains("DAEDAP_ADDR") && line.contains(&address), "{line}");
    assert!(line.contains("in use"), "{line}");
}

#[tokio::test]
async fn questions_that_cannot_be_used_are_named() {
    let folder = Folder::new();
    let questions = folder.path().join("questions");
    std::fs::create_dir_all(questions.join("os")).expect("a folder");
    std::fs::write(questions.join("os/broken.ko.md"), "+++\nid = \n+++\n").expect("written");
    let start = Start::on(&folder.url());
    let line = refusal(&start, "DAEDAP_QUESTIONS", &questions.display().to_string()).await;
    assert!(line.contains("DAEDAP_QUESTIONS") && line.contains("broken.ko.md"), "{line}");
}

#[tokio::test]
async fn folders_without_permission_are_named() {
    let folder = Folder::new();
    let allow = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("permissions");
    };
    allow(folder.path(), 0o755);
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).expect("a folder");
    std::fs::write(closed.join("topics.toml"), "").expect("written");
    // Root may do everything, so somebody else has to try.
    let somebody = ["runuser", "-u", "nobody", "--"];
    let wrapper: &[&str] = if is_root() { &somebody } else { &[] };
    let start = Start::on("sqlite:///tmp/unused.db").through(wrapper).copied_to(folder.path());

    allow(&closed, 0o555);
    let url = format!("sqlite://{}/daedap.db", closed.display());
    let line = refusal(&start, "DATABASE_URL", &url).await;
    assert!(line.contains("DATABASE_URL") && line.contains("cannot open the database"), "{line}");
    let url = format!("sqlite://{}/data/daedap.db", closed.display());
    let line = refusal(&start, "DATABASE_URL", &url).await;
    assert!(line.contains("DATABASE_URL") && line.contains("ermission denied"), "{line}");

    allow(&closed, 0o000);
    let data = folder.path().join("data");
    std::fs::create_dir(&data).expect("a folder");
    allow(&data, 0o777);
    let start = start.set("DATABASE_URL", format!("sqlite://{}/daedap.db", data.display()));
    let line = refusal(&start, "DAEDAP_QUESTIONS", &closed.display().to_string()).await;
    assert!(line.contains("DAEDAP_QUESTIONS") && line.contains("ermission denied"), "{line}");
    allow(&closed, 0o755);
}
