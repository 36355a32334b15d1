//! Five hundred people who sign in at the same moment.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Folder, PASSWORD, Person, Said, Start, http, percentile};

const LOGINS: usize = 500;

/// One hash for each core, and the requests. Five hundred hashes at once would be 9 GiB.
fn memory() -> u64 {
    let cores = std::thread::available_parallelism().map_or(2, usize::from) as u64;
    (cores * 19 + 90) << 20
}

/// The goal is 50 ms. The hashing takes every core that there is, beside this test and others.
const HEALTH: Duration = Duration::from_millis(250);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_logins_at_once_leave_memory_and_health_alone() {
    let folder = Folder::new();
    // Each comes from an address of its own, so that nothing but the hashing slows them down.
    let program = Start::on(&folder.url()).set("DAEDAP_TRUSTED_PROXIES", "127.0.0.1").serve().await;
    Person::register(&program, "mina").await;
    let before = program.memory();

    let client = http();
    let logins: Vec<_> = (0..LOGINS)
        .map(|number| {
            let name = if number % 2 == 0 { "mina".to_owned() } else { format!("nobody{number}") };
            let login = client
                .post(program.url("/web/accounts/sign-in"))
                .header("content-type", "application/json")
                .header("sec-fetch-site", "same-origin")
                .header("x-forwarded-for", format!("198.51.{}.{}", number / 250, number % 250))
                .body(json!({ "username": name, "password": PASSWORD }).to_string());
            tokio::spawn(async move { login.send().await.map(|response| response.status().as_u16()) })
        })
        .collect();

    let mut healthy = Vec::new();
    let mut most = before;
    while !logins.iter().all(|login| login.is_finished()) {
        let asked = Instant::now();
        let health = client.get(program.url("/healthz")).send().await.expect("it lives");
        assert_eq!(health.status().as_u16(), 200);
        healthy.push(asked.elapsed());
        most = most.max(program.memory());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let mut answers = std::collections::BTreeMap::new();
    for login in logins {
        let status = login.await.expect("no panic").expect("an answer");
        *answers.entry(status).or_insert(0) += 1;
    }
    let p99 = percentile(&mut healthy, 99);
    let grown = (most - before) >> 20;
    eprintln!(
        "{LOGINS} logins: {answers:?}, {grown} MiB, health p50 {:?} p99 {p99:?} of {}",
        percentile(&mut healthy, 50),
        healthy.len()
    );
    assert!(answers.keys().all(|status| matches!(status, 200 | 401 | 429 | 503)), "{answers:?}");
    assert!(most - before < memory(), "{grown} MiB more");
    assert!(p99 < HEALTH, "health takes {p99:?}");

    let mut person = Person::anonymous(&program, "mina");
    let said = person.enter("accounts/sign-in", json!({ "username": "mina", "password": PASSWORD })).await;
    // Half of them tried this account, from everywhere: it may be asked to wait, and nothing else.
    assert!(matches!(&said, Said::Yes(_)) || said.no().1 == "too-many-attempts", "{said:?}");
}
