//! The commands of the program, as an operator types them.

use std::process::{Output, Stdio};

use serde_json::json;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use crate::support::{Folder, PASSWORD, Person, Start};

fn lines(bytes: &[u8]) -> Vec<String> {
    String::from_utf8(bytes.to_vec()).expect("UTF-8").lines().map(str::to_owned).collect()
}

/// The one line that a command which did not work ends with.
fn refusal(output: &Output) -> String {
    assert!(!output.status.success());
    let lines = lines(&output.stderr);
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines[0].clone()
}

#[tokio::test]
async fn accounts_are_looked_after_while_the_program_serves() {
    let folder = Folder::new();
    let start = Start::on(&folder.url());
    let program = start.serve().await;
    let person = Person::register(&program, "mina").await;

    let with_password = start.clone().set("DAEDAP_ADMIN_PASSWORD", PASSWORD);
    let create = ["user", "create-admin", "--username", "root1", "--email", "root@example.com"];
    let created = with_password.run(&create).await;
    assert!(created.status.success(), "{:?}", lines(&created.stderr));
    assert_eq!(lines(&created.stdout), ["root1 is an administrator now"]);
    let taken = ["user", "create-admin", "--username", "root2", "--email", "root@example.com"];
    assert!(refusal(&with_password.run(&taken).await).contains("email is taken"));
    let short = start.clone().set("DAEDAP_ADMIN_PASSWORD", "short");
    let other = ["user", "create-admin", "--username", "root2", "--email", "root2@example.com"];
    assert!(
        refusal(&short.run(&other).await).contains("password is invalid: it needs at least 8 characters")
    );
    assert!(refusal(&start.run(&other).await).contains("password is invalid: it is empty"));
    let mut admin = Person::anonymous(&program, "root1");
    admin.enter("accounts/sign-in", json!({ "username": "root1", "password": PASSWORD })).await.yes();

    let chat = start.run(&["user", "set-limit", "mina", "7", "--action", "chat"]).await;
    assert!(chat.status.success(), "{}", String::from_utf8_lossy(&chat.stderr));
    let limited = start.run(&["user", "set-limit", "mina", "1"]).await;
    assert_eq!(lines(&limited.stdout), ["mina: interview: 1 a day"]);
    person.start(Uuid::now_v7()).await.id();
    assert_eq!(person.start(Uuid::now_v7()).await.no(), (200, "quota-reached"));
    assert!(refusal(&start.run(&["user", "set-limit", "nobody", "1"]).await).contains("no such account"));
    assert!(refusal(&start.run(&["user", "set-limit", "mina", "many"]).await).contains("UNITS"));

    let listed = lines(&start.run(&["user", "list"]).await.stdout);
    assert_eq!(listed.len(), 2);
    assert!(listed[0].starts_with("mina\tmina@example.com\tmember\t"), "{listed:?}");
    assert!(listed[1].starts_with("root1\troot@example.com\tadmin\t"), "{listed:?}");
}

#[tokio::test]
async fn accounts_are_suspended_invited_and_helped_from_the_command_line() {
    let folder = Folder::new();
    let start = Start::on(&folder.url()).set("DAEDAP_PUBLIC_URL", "https://daedap.example");
    let program = Start::on(&folder.url()).serve().await;
    let mina = Person::register(&program, "mina").await;
    let root = Person::register(&program, "root").await;
    let run = async |arguments: &[&str]| {
        let output = start.run(arguments).await;
        assert!(output.status.success(), "{:?}", lines(&output.stderr));
        lines(&output.stdout)
    };
    assert_eq!(run(&["user", "set-role", "root", "admin"]).await, ["root has the role admin now"]);
    assert!(
        refusal(&start.run(&["user", "set-role", "root", "member"]).await).contains("last administrator")
    );
    assert_eq!(run(&["user", "ban", "mina", "--reason", "Spam."]).await, ["mina is suspended now"]);
    assert_eq!(mina.ask("accounts/profile", json!({})).await.no(), (401, "sign-in-required"));
    assert!(run(&["user", "list"]).await[0].ends_with("\tsuspended"));
    let sign_in = json!({ "username": "mina", "password": PASSWORD });
    let mut again = Person::anonymous(&program, "mina");
    assert_eq!(again.enter("accounts/sign-in", sign_in.clone()).await.no(), (200, "banned"));
    assert_eq!(run(&["user", "unban", "mina"]).await, ["mina may sign in again"]);
    again.enter("accounts/sign-in", sign_in).await.yes();
    run(&["user", "set-limit", "mina", "0", "--action", "interview"]).await;
    assert_eq!(again.start(Uuid::now_v7()).await.no(), (200, "quota-reached"));
    run(&["user", "set-limit", "mina", "default"]).await;
    again.start(Uuid::now_v7()).await.id();

    for (arguments, begins) in [
        (&["user", "reset-link", "mina"][..], "https://daedap.example/reset/"),
        (&["invite", "--days", "1"], "https://daedap.example/register?invitation="),
    ] {
        let printed = run(arguments).await;
        let token = printed[0].strip_prefix(begins).expect("a link");
        assert_eq!((printed.len(), token.len()), (1, 64));
    }
    assert!(
        refusal(&start.run(&["user", "delete", "mina", "--really", "root"]).await).contains("nothing was")
    );
    let deleted = run(&["user", "delete", "mina", "--really", "mina"]).await;
    assert_eq!((deleted.len(), &*deleted[0]), (2, "mina is deleted, with everything of it"));
    assert!(deleted[1].starts_with("https://daedap.example/receipts/"), "{deleted:?}");
    assert_eq!(again.ask("accounts/profile", json!({})).await.no(), (401, "sign-in-required"));
    let log = root.ask("admin/audit", json!({ "filter": {} })).await.yes();
    let rows = log["rows"].as_array().expect("lines");
    let actions: Vec<&str> = rows.iter().filter_map(|row| row["line"]["action"].as_str()).collect();
    let expected = [
        "account-deleted",
        "invitation-made",
        "reset-link-made",
        "limit-cleared",
        "limit-set",
        "unbanned",
        "banned",
        "role-changed",
    ];
    assert_eq!(actions, expected);
    assert!(rows.iter().all(|row| row["line"]["actor"].is_null()), "the command line");
}

#[tokio::test]
async fn the_administrators_password_can_come_from_standard_input() {
    let folder = Folder::new();
    let start = Start::on(&folder.url());
    let mut command =
        start.command(&["user", "create-admin", "--username", "root1", "--email", "root@example.com"]);
    let mut child = command.stdin(Stdio::piped()).spawn().expect("it runs");
    let mut input = child.stdin.take().expect("piped");
    input.write_all(format!("{PASSWORD}\n").as_bytes()).await.expect("written");
    drop(input);
    let output = child.wait_with_output().await.expect("it ends");
    assert_eq!(lines(&output.stdout), ["root1 is an administrator now"], "{:?}", lines(&output.stderr));
}

#[tokio::test]
async fn an_account_that_is_there_becomes_an_administrators_and_keeps_its_password() {
    let folder = Folder::new();
    let start = Start::on(&folder.url());
    let program = start.serve().await;
    let person = Person::register(&program, "mina").await;
    assert_eq!(person.ask("score-check/state", json!({})).await.no(), (403, "forbidden"));

    let promote = ["user", "create-admin", "--username"];
    let run = async |more: &[&str]| start.run(&[promote.as_slice(), more].concat()).await;
    // Somebody else may have registered the name that the operator had in mind.
    let refused = refusal(&run(&["mina", "--email", "operator@example.com"]).await);
    assert!(refused.contains("another e-mail address"), "{refused}");
    assert!(refusal(&run(&["nobody"]).await).contains("a new one needs --email"));
    assert_eq!(person.ask("score-check/state", json!({})).await.no(), (403, "forbidden"));

    // Nothing is asked: its standard input is empty.
    for more in [&["MINA"][..], &["mina", "--email", "Mina@Example.com"]] {
        let done = run(more).await;
        assert_eq!(lines(&done.stdout), ["mina is an administrator now"], "{:?}", lines(&done.stderr));
    }
    assert_eq!(person.ask("score-check/state", json!({})).await.yes(), "idle");
    let mut again = Person::anonymous(&program, "mina");
    again.enter("accounts/sign-in", json!({ "username": "mina", "password": PASSWORD })).await.yes();
}

#[tokio::test]
async fn migrations_can_be_repeated() {
    let folder = Folder::new();
    let start = Start::on(&folder.url());
    for _ in 0..2 {
        let migrated = start.run(&["migrate"]).await;
        assert!(migrated.status.success(), "{:?}", lines(&migrated.stderr));
    }
    assert!(lines(&start.run(&["user", "list"]).await.stdout).is_empty());
}

#[tokio::test]
async fn questions_are_checked() {
    let folder = Folder::new();
    let start = Start::on(&folder.url());
    let checked = start.run(&["questions", "check"]).await;
    let found = lines(&checked.stdout);
    assert!(checked.status.success(), "{found:?}");
    assert!(found.last().is_some_and(|line| line.ends_with("files, 0 findings")), "{found:?}");

    let own = folder.path().join("own");
    std::fs::create_dir_all(own.join("os")).expect("a folder");
    std::fs::write(own.join("os/broken.ko.md"), "+++\nid = \"os/other\"\n+++\n").expect("written");
    let checked = start.run(&["questions", "check", &own.display().to_string()]).await;
    let found = lines(&checked.stdout);
    assert!(!checked.status.success(), "{found:?}");
    assert!(found.iter().any(|line| line.contains("os/broken.ko.md")), "{found:?}");
    assert!(!folder.database().exists(), "checking questions needs no database");
}

#[tokio::test]
async fn help_shows_every_option_with_its_environment_name() {
    let folder = Folder::new();
    let help = lines(&Start::on(&folder.url()).run(&["--help"]).await.stdout).join("\n");
    let options = help.matches("\n      --").count() + help.matches("\n  -").count();
    let own = ["help", "version"].len();
    let names = [
        "DATABASE_URL",
        "DAEDAP_ADDR",
        "DAEDAP_PUBLIC_URL",
        "DAEDAP_TRUSTED_PROXIES",
        "DAEDAP_CHAT_LIMIT",
        "DAEDAP_LETTER_LIMIT",
        "DAEDAP_GITHUB_PROFILES",
        "DAEDAP_GITHUB_TOKEN",
        "DAEDAP_DAILY_LIMIT",
        "DAEDAP_TIME_ZONE",
        "DAEDAP_QUESTIONS",
        "DAEDAP_MODEL",
        "DAEDAP_MODEL_PRICES",
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "OPENAI_SPEECH_MODEL",
        "OPENAI_SPEECH_VOICE",
    ];
    for name in names {
        assert!(help.contains(&format!("[env: {name}")), "{name} is not in\n{help}");
    }
    assert_eq!(options - own, help.matches("[env: ").count(), "every option has one:\n{help}");
    for command in ["serve", "migrate", "backup", "restore", "questions", "user"] {
        assert!(help.contains(&format!("\n  {command} ")), "{command} is not in\n{help}");
    }
}
