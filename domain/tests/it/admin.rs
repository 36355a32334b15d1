//! What administrators see and do, and what they do not.

use domain::accounts::{ProfileEdit, service as accounts};
use domain::admin::service::{self, By};
use domain::admin::{INVITATIONS_MAX, LedgerFilter, USERS_PAGE, UserFilter};
use domain::audit::{AUDIT_DAYS, AuditAction, AuditFilter, Party, service as audit};
use domain::interview::service as interviews;
use domain::quotas::{LimitedAction, service as quotas};
use domain::settings::{Registration, service as settings};
use domain::{App, Error, InputField, Problem, Reason, Role, Viewer};
use testkit::{Fixture, PASSWORD, each_database};
use uuid::Uuid;

fn problem<T>(result: Result<T, Error>) -> Option<Problem> {
    result.err().map(Error::into_problem)
}

/// An administrator, made as the operator does.
async fn admin(fixture: &Fixture, name: &str) -> Viewer {
    let viewer = fixture.person(name).await;
    accounts::set_role(&fixture.app, viewer.id, Role::Admin).await.expect("an administrator");
    Viewer { role: Role::Admin, ..viewer }
}

/// The actions of the audit log, newest first.
async fn logged(app: &App, admin: &Viewer) -> Vec<AuditAction> {
    let page = audit::list(app, admin, &AuditFilter::default()).await.expect("the log");
    page.lines.iter().map(|line| line.action).collect()
}

#[tokio::test]
async fn a_member_does_nothing_here() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (member, other) = (fixture.person("mina").await, fixture.person("jun").await);
        let by = By::Viewer(&member);
        let forbidden = Some(Problem::Forbidden);
        assert_eq!(problem(service::users(app, by, &UserFilter::default()).await), forbidden);
        assert_eq!(problem(service::user(app, by, other.id).await), forbidden);
        assert_eq!(problem(service::ledger(app, &member, &LedgerFilter::default()).await), forbidden);
        assert_eq!(problem(service::set_limit(app, by, member.id, "interview", "100").await), forbidden);
        assert_eq!(problem(service::ban(app, by, other.id, "no reason").await), forbidden);
        assert_eq!(problem(service::unban(app, by, other.id).await), forbidden);
        assert_eq!(problem(service::delete(app, by, other.id).await), forbidden);
        assert_eq!(problem(service::set_role(app, by, member.id, Role::Admin).await), forbidden);
        assert_eq!(problem(service::reset_link(app, by, other.id).await), forbidden);
        assert_eq!(problem(service::invite(app, by, "7").await), forbidden);
        assert_eq!(problem(service::invitations(app, by).await), forbidden);
        assert_eq!(problem(service::revoke_invitation(app, by, Uuid::now_v7()).await), forbidden);
        assert_eq!(problem(settings::overview(app, &member).await), forbidden);
        assert_eq!(problem(settings::set_registration(app, &member, "closed").await), forbidden);
        assert_eq!(problem(settings::retention_effect(app, &member, "30").await), forbidden);
        assert_eq!(problem(settings::set_retention_max(app, &member, "30").await), forbidden);
        assert_eq!(problem(audit::list(app, &member, &AuditFilter::default()).await), forbidden);
        assert_eq!(domain::settings::registration(app).await.expect("read"), Registration::Open);
    })
    .await;
}

#[tokio::test]
async fn accounts_are_found_by_a_part_of_their_names() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let root = admin(&fixture, "root").await;
        for name in ["mina_1", "minax1", "김미나", "jun"] {
            fixture.person(name).await;
        }
        let found = async |text: &str| -> Vec<String> {
            let filter = UserFilter { text: Some(text.to_owned()), after: None };
            let page = service::users(app, By::Viewer(&root), &filter).await.expect("found");
            page.users.into_iter().map(|user| user.username).collect()
        };
        assert_eq!(found("MINA").await, ["minax1", "mina_1"]);
        assert_eq!(found("jun@EXAMPLE").await, ["jun"]);
        assert_eq!(found("미나").await, ["김미나"]);
        // A sign that means anything to the database is only itself.
        assert_eq!(found("mina_").await, ["mina_1"]);
        for nobody in ["%", "\\", "\0", "nobody", &"x".repeat(100_000)] {
            assert!(found(nobody).await.is_empty(), "{nobody:.10}");
        }
        assert_eq!(found("  ").await.len(), 5);
        let jun = accounts::sign_in(app, "jun", PASSWORD, None).await.expect("signed in").viewer;
        let edit = ProfileEdit {
            display_name: "Jun Park".to_owned(),
            language: "ko".to_owned(),
            time_zone: "Asia/Seoul".to_owned(),
            fields: vec![],
        };
        accounts::save_profile(app, &jun, edit).await.expect("saved");
        assert_eq!(found("pARK").await, ["jun"]);
    })
    .await;
}

#[tokio::test]
async fn pages_of_accounts_follow_each_other() {
    let fixture = Fixture::sqlite(None).await;
    let root = admin(&fixture, "root").await;
    for number in 0..=USERS_PAGE {
        fixture.person(&format!("person{number}")).await;
    }
    let by = By::Viewer(&root);
    let first = service::users(&fixture.app, by, &UserFilter::default()).await.expect("a page");
    assert_eq!(first.users.len(), USERS_PAGE as usize);
    assert_eq!(first.users[0].username, format!("person{USERS_PAGE}"), "newest first");
    let filter = UserFilter { text: None, after: first.next };
    let second = service::users(&fixture.app, by, &filter).await.expect("a page");
    let names: Vec<&str> = second.users.iter().map(|user| user.username.as_str()).collect();
    assert_eq!((names.as_slice(), second.next), (&["person0", "root"][..], None));
    assert!(second.users[1].is_own && !second.users[0].is_own);
}

#[tokio::test]
async fn activity_is_told_and_nothing_of_what_it_was() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (root, person) = (admin(&fixture, "root").await, fixture.person("mina").await);
        let canary = "canary-5e1c-nobody-else-reads-this";
        fixture.set_clock("2026-11-20T03:00:00Z");
        let (interview, _) = fixture.interview(&person, fixture.setup("en")).await;
        fixture.set_clock("2026-11-21T03:00:00Z");
        fixture.answer(&person, interview, canary).await;
        interviews::save_draft(app, &person, interview, canary.to_owned()).await.expect("saved");

        let by = By::Viewer(&root);
        let user = service::user(app, by, person.id).await.expect("the account");
        assert_eq!(user.active_at, Some("2026-11-21T03:00:00Z".parse().expect("a moment")));
        let users = service::users(app, by, &UserFilter::default()).await.expect("accounts");
        let ledger = service::ledger(app, &root, &LedgerFilter::default()).await.expect("the ledger");
        let log = audit::list(app, &root, &AuditFilter::default()).await.expect("the log");
        let told = serde_json::to_string(&(&user, &users, &ledger, &log)).expect("JSON");
        assert!(told.contains("mina"), "otherwise nothing was proved");
        assert!(!told.contains(canary) && !told.contains(&interview.to_string()), "{told}");
        // Being an administrator opens no interview.
        assert_eq!(problem(interviews::room(app, &root, interview).await), Some(Problem::NotFound));
        assert_eq!(problem(interviews::report(app, &root, interview).await), Some(Problem::NotFound));
    })
    .await;
}

#[tokio::test]
async fn a_suspended_account_is_out_until_it_is_let_in() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (root, person) = (admin(&fixture, "root").await, fixture.person("mina").await);
        let by = By::Viewer(&root);
        for (reason, why) in [(" ", Reason::Empty), (&*"x".repeat(201), Reason::TooLong { max: 200 })] {
            let refused = problem(service::ban(app, by, person.id, reason).await);
            assert_eq!(refused, Some(Problem::Invalid { field: InputField::BanReason, reason: why }));
        }
        assert!(accounts::resume(app, person.id, 0).await.expect("read").is_some());

        service::ban(app, by, person.id, " Spam. ").await.expect("suspended");
        assert!(accounts::resume(app, person.id, 0).await.expect("read").is_none(), "the session is dead");
        // Nobody else learns of it.
        let wrong = accounts::sign_in(app, "mina", "wrong password", None).await;
        assert_eq!(problem(wrong), Some(Problem::WrongCredentials));
        let right = accounts::sign_in(app, "mina", PASSWORD, None).await;
        assert_eq!(problem(right), Some(Problem::Banned));
        let user = service::user(app, by, person.id).await.expect("the account");
        assert_eq!(user.ban_reason.as_deref(), Some("Spam."));
        assert!(user.banned_at.is_some());

        service::unban(app, by, person.id).await.expect("let in");
        service::unban(app, by, person.id).await.expect("nothing to do");
        assert!(accounts::resume(app, person.id, 0).await.expect("read").is_none(), "it stays dead");
        let signed_in = accounts::sign_in(app, "mina", PASSWORD, None).await.expect("signed in");
        assert!(signed_in.credentials_rev > 0);
        use AuditAction::{Banned, RoleChanged, Unbanned};
        assert_eq!(logged(app, &root).await, [Unbanned, Banned, RoleChanged]);
    })
    .await;
}

#[tokio::test]
async fn somebody_always_looks_after_the_installation() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let root = admin(&fixture, "root").await;
        let last = Some(Problem::LastAdmin);
        assert_eq!(problem(accounts::set_role(app, root.id, Role::Member).await), last);
        assert_eq!(problem(service::ban(app, By::CommandLine, root.id, "x").await), last);
        assert_eq!(problem(service::delete(app, By::CommandLine, root.id).await), last);
        assert_eq!(problem(accounts::delete(app, &root, PASSWORD).await), last);
        let own = Some(Problem::OwnAccount);
        let by = By::Viewer(&root);
        assert_eq!(problem(service::set_role(app, by, root.id, Role::Member).await), own);
        assert_eq!(problem(service::ban(app, by, root.id, "x").await), own);

        // A suspended one looks after nothing.
        let second = admin(&fixture, "second").await;
        service::ban(app, by, second.id, "x").await.expect("suspended");
        assert_eq!(problem(accounts::set_role(app, root.id, Role::Member).await), last);
        assert_eq!(problem(accounts::delete(app, &root, PASSWORD).await), last);
        service::unban(app, by, second.id).await.expect("let in");
        accounts::set_role(app, root.id, Role::Member).await.expect("one is left");
        service::delete(app, By::Viewer(&second), root.id).await.expect("deleted");
        assert_eq!(accounts::list(app).await.expect("listed").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_administrators_who_remove_each_other_do_not_both_go() {
    each_database(|fixture| async move {
        let other_node = fixture.another(None).await;
        let (one, two) = (admin(&fixture, "one").await, admin(&fixture, "two").await);
        let (first, second) = futures::future::join(
            service::set_role(&fixture.app, By::Viewer(&one), two.id, Role::Member),
            service::set_role(&other_node.app, By::Viewer(&two), one.id, Role::Member),
        )
        .await;
        let gone = [&first, &second].iter().filter(|result| result.is_ok()).count();
        assert_eq!(gone, 1);
        let late = [first, second].into_iter().find_map(problem);
        assert!(matches!(late, Some(Problem::LastAdmin | Problem::Busy)), "{late:?}");
        let accounts = accounts::list(&fixture.app).await.expect("listed");
        assert_eq!(accounts.iter().filter(|account| account.role == Role::Admin).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_leaves_once_there_is_another_one() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (root, second) = (admin(&fixture, "root").await, admin(&fixture, "second").await);
        accounts::delete(app, &root, PASSWORD).await.expect("another one stays");
        assert_eq!(problem(accounts::delete(app, &second, PASSWORD).await), Some(Problem::LastAdmin));
        // What the refusal kept is all there.
        assert!(accounts::sign_in(app, "second", PASSWORD, None).await.is_ok());
        // Members come and go.
        let member = fixture.person("mina").await;
        accounts::delete(app, &member, PASSWORD).await.expect("nobody depends on a member");
    })
    .await;
}

#[tokio::test]
async fn two_administrators_who_leave_at_once_do_not_both_go() {
    each_database(|fixture| async move {
        let other_node = fixture.another(None).await;
        let (one, two) = (admin(&fixture, "one").await, admin(&fixture, "two").await);
        let (first, second) = futures::future::join(
            accounts::delete(&fixture.app, &one, PASSWORD),
            accounts::delete(&other_node.app, &two, PASSWORD),
        )
        .await;
        assert_eq!([&first, &second].iter().filter(|result| result.is_ok()).count(), 1);
        let late = [first, second].into_iter().find_map(problem);
        assert!(matches!(late, Some(Problem::LastAdmin | Problem::Busy)), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn limits_are_set_and_taken_away() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (root, person) = (admin(&fixture, "root").await, fixture.person("mina").await);
        let by = By::Viewer(&root);
        let limit = async || {
            let allowance = quotas::allowance(app, &person, LimitedAction::Interview).await.expect("read");
            let user = service::user(app, by, person.id).await.expect("the account");
            let interview = user.limits.iter().find(|limit| limit.action == LimitedAction::Interview);
            let interview = interview.expect("a limit");
            assert_eq!(interview.holds(), allowance.limit);
            (interview.own, allowance.limit)
        };
        assert_eq!(limit().await, (None, 5));
        service::set_limit(app, by, person.id, "interview", " 2 ").await.expect("set");
        assert_eq!(limit().await, (Some(2), 2));
        for wrong in ["-1", "1001", "two", "2.5"] {
            let refused = problem(service::set_limit(app, by, person.id, "interview", wrong).await);
            let (field, reason) = (InputField::DailyLimit, Reason::Malformed);
            assert_eq!(refused, Some(Problem::Invalid { field, reason }), "{wrong}");
        }
        let unknown = problem(service::set_limit(app, by, person.id, "everything", "2").await);
        assert_eq!(unknown, Some(Problem::NotFound));
        let nobody = problem(service::set_limit(app, by, Uuid::now_v7(), "interview", "2").await);
        assert_eq!(nobody, Some(Problem::NotFound));
        service::set_limit(app, By::CommandLine, person.id, "interview", "").await.expect("cleared");
        assert_eq!(limit().await, (None, 5));
        use AuditAction::{LimitCleared, LimitSet, RoleChanged};
        assert_eq!(logged(app, &root).await, [LimitCleared, LimitSet, RoleChanged]);
    })
    .await;
}

#[tokio::test]
async fn the_ledger_of_all_is_filtered_by_person_and_action() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let root = admin(&fixture, "root").await;
        for name in ["mina", "jun"] {
            let person = fixture.person(name).await;
            fixture.interview(&person, fixture.setup("ko")).await;
        }
        let found = async |who: Option<&str>, action: Option<&str>| -> Vec<String> {
            let own = |text: &str| text.to_owned();
            let filter = LedgerFilter { who: who.map(own), action: action.map(own), after: None };
            let page = service::ledger(app, &root, &filter).await.expect("a page");
            page.lines.into_iter().map(|line| line.username).collect()
        };
        assert_eq!(found(None, None).await, ["jun", "mina"]);
        assert_eq!(found(Some(" MINA "), Some("interview")).await, ["mina"]);
        assert_eq!(found(Some("jun@example.com"), None).await, ["jun"]);
        assert_eq!(found(None, Some("nonsense")).await.len(), 2);
        for nobody in ["min", "\0", "%"] {
            assert!(found(Some(nobody), None).await.is_empty(), "{nobody}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_deleted_account_has_no_name_in_the_log() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (root, person) = (admin(&fixture, "root").await, fixture.person("canaryperson").await);
        service::ban(app, By::Viewer(&root), person.id, "canaryreason").await.expect("suspended");
        service::unban(app, By::CommandLine, person.id).await.expect("let in");
        let before = audit::list(app, &root, &AuditFilter::default()).await.expect("the log");
        let (account, actor) = (&before.lines[0].subject, &before.lines[0].actor);
        assert!(matches!(account, Some(Party::Account { username, .. }) if username == "canaryperson"));
        assert_eq!(*actor, None, "the command line");

        accounts::delete(app, &person, PASSWORD).await.expect("deleted");
        let after = audit::list(app, &root, &AuditFilter::default()).await.expect("the log");
        assert_eq!(after.lines.len(), before.lines.len(), "no line goes");
        assert_eq!(after.lines[0].subject, Some(Party::Deleted));
        let told = serde_json::to_string(&after).expect("JSON");
        assert!(!told.contains("canary"), "{told}");

        let filter = AuditFilter { action: Some("banned".to_owned()), after: None };
        let banned = audit::list(app, &root, &filter).await.expect("the log");
        assert_eq!(banned.lines.iter().map(|line| line.action).collect::<Vec<_>>(), [AuditAction::Banned]);
    })
    .await;
}

#[tokio::test]
async fn a_line_of_the_log_goes_when_it_is_too_old_and_not_before() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        fixture.set_clock("2026-01-01T00:00:00Z");
        let root = admin(&fixture, "root").await;
        fixture.set_clock("2026-01-02T00:00:00Z");
        service::invite(app, By::Viewer(&root), "7").await.expect("an invitation");
        fixture.set_clock("2027-12-31T23:59:59Z");
        audit::delete_expired(app).await.expect("looked through");
        assert_eq!(logged(app, &root).await.len(), 2);
        fixture.set_clock("2028-01-01T00:00:00Z");
        assert_eq!(AUDIT_DAYS, 730);
        audit::delete_expired(app).await.expect("deleted");
        assert_eq!(logged(app, &root).await, [AuditAction::InvitationMade]);
    })
    .await;
}

#[tokio::test]
async fn invitations_are_listed_and_revoked() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let root = admin(&fixture, "root").await;
        let by = By::Viewer(&root);
        fixture.set_clock("2026-11-21T03:00:00Z");
        let token = service::invite(app, by, "1").await.expect("an invitation");
        service::invite(app, By::CommandLine, "30").await.expect("an invitation");
        let (field, reason) = (InputField::Days, Reason::NotOffered);
        assert_eq!(problem(service::invite(app, by, "365").await), Some(Problem::Invalid { field, reason }));
        let listed = service::invitations(app, by).await.expect("listed");
        assert_eq!(listed.len(), 2);
        assert!(!serde_json::to_string(&listed).expect("JSON").contains(&token));
        service::revoke_invitation(app, by, listed[0].id).await.expect("revoked");
        let again = service::revoke_invitation(app, by, listed[0].id).await;
        assert_eq!(problem(again), Some(Problem::NotFound));
        fixture.set_clock("2026-11-22T03:00:00Z");
        assert!(service::invitations(app, by).await.expect("listed").is_empty(), "the other one is over");
        for _ in 0..INVITATIONS_MAX {
            service::invite(app, by, "7").await.expect("an invitation");
        }
        let many = problem(service::invite(app, by, "7").await);
        assert_eq!(many, Some(Problem::TooManyInvitations { max: INVITATIONS_MAX }));
    })
    .await;
}

#[tokio::test]
async fn a_link_to_a_new_password_takes_the_one_before_along() {
    use domain::accounts::one_time_link::{LinkPurpose, is_live};
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (root, person) = (admin(&fixture, "root").await, fixture.person("mina").await);
        fixture.set_clock("2026-11-21T03:00:00Z");
        let first = service::reset_link(app, By::Viewer(&root), person.id).await.expect("a link");
        let second = service::reset_link(app, By::CommandLine, person.id).await.expect("a link");
        let works = async |token: &str| is_live(app, LinkPurpose::PasswordReset, token).await.expect("read");
        assert_eq!((works(&first).await, works(&second).await), (false, true));
        fixture.set_clock("2026-11-22T03:00:00Z");
        assert!(!works(&second).await, "a day is over");
        let nobody = service::reset_link(app, By::CommandLine, Uuid::now_v7()).await;
        assert_eq!(problem(nobody), Some(Problem::NotFound));
    })
    .await;
}
