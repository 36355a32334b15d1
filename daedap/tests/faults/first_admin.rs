//! The link that the first start shows: it makes one administrator, however many use it, and then it is gone.

use std::time::Duration;

use serde_json::json;

use crate::support::{Folder, PASSWORD, Person, Program, Said, Start, until};

/// What the program printed behind `/setup/`.
fn tokens(program: &Program) -> Vec<String> {
    let log = program.log();
    let after = log.split("/setup/").skip(1);
    let tokens = after.map(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).collect::<String>());
    // A masked path has none.
    tokens.filter(|token| token.len() == 64).collect()
}

fn arguments(token: &str, name: &str) -> serde_json::Value {
    json!({ "token": token, "account": {
        "username": name, "email": format!("{name}@example.com"), "language": "ko",
        "password": PASSWORD, "password_confirmation": PASSWORD,
    } })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thirty_uses_at_once_make_one_administrator() {
    let folder = Folder::new();
    let start = Start::on(&folder.url()).set("RUST_LOG", "debug,sqlx=warn,sea_orm_migration=warn");
    let program = start.serve().await;
    // Whoever registers first is nobody special.
    let first = Person::register(&program, "first").await;
    assert_eq!(first.ask("score-check/state", json!({})).await.no(), (403, "forbidden"));

    let shown = until_shown(&program).await;
    let uses: Vec<_> = (0..30)
        .map(|number| {
            let mut person = Person::anonymous(&program, &format!("person{number}"));
            let arguments = arguments(&shown, &person.name);
            tokio::spawn(async move {
                let said = person.enter("accounts/set-up", arguments).await;
                (person, said)
            })
        })
        .collect();
    let mut administrators = Vec::new();
    for used in uses {
        let (person, said) = used.await.expect("no panic");
        match said {
            Said::Yes(_) => administrators.push(person),
            refused => assert!(matches!(refused.no(), (404, "not-found") | (503, "busy")), "{refused:?}"),
        }
    }
    assert_eq!(administrators.len(), 1);
    administrators[0].ask("score-check/state", json!({})).await.yes();
    let page = first.page(&format!("/setup/{shown}")).await.expect("an answer");
    assert_eq!(page.0, 404);
    assert_eq!(program.log().matches(&shown).count(), 1, "it is told once; requests for its page are masked");
    assert!(program.log().contains("/setup/(token)"), "otherwise nothing was proved:\n{}", program.log());

    program.kill().await;
    let again = start.serve().await;
    let person = first.at(&again);
    assert_eq!(person.ask("score-check/state", json!({})).await.no(), (403, "forbidden"));
    assert!(tokens(&again).is_empty(), "there is an administrator");
}

#[tokio::test]
async fn every_start_shows_a_link_until_there_is_an_administrator() {
    let folder = Folder::new();
    let start = Start::on(&folder.url());
    let program = start.serve().await;
    let first = until_shown(&program).await;
    program.kill().await;
    let program = start.serve().await;
    let second = until_shown(&program).await;
    assert_ne!(first, second);
    let mut person = Person::anonymous(&program, "operator");
    person.enter("accounts/set-up", arguments(&first, "operator")).await.yes();
    let late = Person::anonymous(&program, "late").ask("accounts/set-up", arguments(&second, "late")).await;
    assert_eq!(late.no(), (404, "not-found"), "the other link has nothing to open any more");
}

/// The token, once it is printed: that is a moment after the program listens.
async fn until_shown(program: &Program) -> String {
    until("the link is shown", Duration::from_secs(10), async || !tokens(program).is_empty()).await;
    tokens(program).remove(0)
}
