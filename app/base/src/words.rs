//! The domain's closed lists in the language of the page.

use domain::audit::AuditAction;
use domain::documents::{DocumentFault, DocumentKind, FILE_MAX, FileKind, PAGES_MAX, TEXT_MAX};
use domain::drill::{CardState, Rating};
use domain::github::GithubFailure;
use domain::interview::{
    Band, InterviewerKind, InterviewerLabel, Mode, Occasion, QuestionStatus, Speaker, Status,
};
use domain::past_questions::{KeyFault, KeyFinding, PastStatus};
use domain::questions::{Depth, Field, Kind, Language, Level};
use domain::quotas::{EntryReason, LedgerEntryView, LimitedAction};
use domain::scoring::Verdict;
use domain::settings::Registration;
use domain::takeout::FileFault;
use domain::tokens::Scope;
use domain::{InputField, ModelFailure, Problem, Reason, Role};

use crate::AppError;

/// Days that people call a year.
const DAYS_OF_YEAR: u32 = 365;

/// The name of a field.
pub fn field(field: Field) -> &'static str {
    match field {
        Field::Cs => tr!(words.field_cs),
        Field::Backend => tr!(words.field_backend),
        Field::Frontend => tr!(words.field_frontend),
        Field::Mobile => tr!(words.field_mobile),
        Field::Devops => tr!(words.field_devops),
        Field::Data => tr!(words.field_data),
        Field::Ml => tr!(words.field_ml),
        Field::Security => tr!(words.field_security),
        Field::SystemDesign => tr!(words.field_system_design),
        Field::Person => tr!(words.field_person),
    }
}

/// A time of so many days, in years where it is whole ones.
pub fn days(days: u32) -> String {
    match (days / DAYS_OF_YEAR, days % DAYS_OF_YEAR) {
        (1, 0) => tr!(words.a_year).to_owned(),
        (years, 0) if years > 0 => tr!(words.years, n = years),
        _ if days == 1 => tr!(words.a_day).to_owned(),
        _ => tr!(words.days, n = days),
    }
}

/// The name of a career level.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Entry => tr!(words.level_entry),
        Level::Junior => tr!(words.level_junior),
        Level::Mid => tr!(words.level_mid),
        Level::Senior => tr!(words.level_senior),
    }
}

/// How many years a level means.
pub fn level_years(level: Level) -> &'static str {
    match level {
        Level::Entry => tr!(words.level_entry_years),
        Level::Junior => tr!(words.level_junior_years),
        Level::Mid => tr!(words.level_mid_years),
        Level::Senior => tr!(words.level_senior_years),
    }
}

/// A language is called by its own name everywhere.
pub fn language(language: Language) -> &'static str {
    match language {
        Language::Korean => "한국어",
        Language::English => "English",
    }
}

/// What a question asks for.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Concept => tr!(words.kind_concept),
        Kind::Tradeoff => tr!(words.kind_tradeoff),
        Kind::Debugging => tr!(words.kind_debugging),
        Kind::Experience => tr!(words.kind_experience),
    }
}

/// How deep a follow-up goes.
pub fn depth(depth: Depth) -> &'static str {
    match depth {
        Depth::Define => tr!(words.depth_define),
        Depth::Mechanism => tr!(words.depth_mechanism),
        Depth::Tradeoff => tr!(words.depth_tradeoff),
        Depth::Failure => tr!(words.depth_failure),
        Depth::Experience => tr!(words.depth_experience),
    }
}

/// What became of a past question.
pub fn past_status(status: PastStatus) -> &'static str {
    match status {
        PastStatus::Pending => tr!(words.past_pending),
        PastStatus::Approved => tr!(words.past_approved),
        PastStatus::Rejected => tr!(words.past_rejected),
        PastStatus::Kept => tr!(words.past_kept),
    }
}

/// What is wrong with an answer key, as a sentence.
pub fn key_finding(finding: KeyFinding) -> String {
    let n = finding.number.unwrap_or_default();
    match finding.fault {
        KeyFault::FewPoints => tr!(words.key_few_points).to_owned(),
        KeyFault::ManyPoints => tr!(words.key_many_points).to_owned(),
        KeyFault::NoMust => tr!(words.key_no_must).to_owned(),
        KeyFault::Say => tr!(words.key_say, n = n),
        KeyFault::Accept => tr!(words.key_accept, n = n),
        KeyFault::Weight => tr!(words.key_weight, n = n),
        KeyFault::Ask => tr!(words.key_ask, n = n),
        KeyFault::Passage => tr!(words.key_passage).to_owned(),
    }
}

/// When the feedback is read.
pub fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Coaching => tr!(words.mode_coaching),
        Mode::Realistic => tr!(words.mode_realistic),
    }
}

/// Why answers were judged.
pub fn occasion(occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::First => tr!(words.occasion_first),
        Occasion::Again => tr!(words.occasion_again),
        Occasion::Dispute => tr!(words.occasion_dispute),
    }
}

/// Where an interview stands.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Running => tr!(words.status_running),
        Status::Paused => tr!(words.status_paused),
        Status::Finished => tr!(words.status_finished),
        Status::Failed => tr!(words.status_failed),
    }
}

/// Where a question of an interview stands.
pub fn question_status(status: QuestionStatus) -> &'static str {
    match status {
        QuestionStatus::Pending => tr!(words.question_pending),
        QuestionStatus::Open => tr!(words.question_open),
        QuestionStatus::Answered => tr!(words.question_answered),
        QuestionStatus::Skipped => tr!(words.question_skipped),
    }
}

/// Who speaks.
pub fn speaker(speaker: Speaker) -> &'static str {
    match speaker {
        Speaker::Interviewer => tr!(words.speaker_interviewer),
        Speaker::Candidate => tr!(words.speaker_candidate),
    }
}

/// How far an answer or an interview went.
pub fn band(band: Band) -> &'static str {
    match band {
        Band::Full => tr!(words.band_full),
        Band::Mostly => tr!(words.band_mostly),
        Band::Some => tr!(words.band_some),
        Band::Practise => tr!(words.band_practise),
        Band::Unjudged => tr!(words.band_unjudged),
    }
}

/// What was found of a key point.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Covered => tr!(words.verdict_covered),
        Verdict::Partly => tr!(words.verdict_partly),
        Verdict::NotFound => tr!(words.verdict_not_found),
    }
}

/// How far a card of the drill has come.
pub fn card_state(state: CardState) -> &'static str {
    match state {
        CardState::New => tr!(drill.state_new),
        CardState::Learning => tr!(drill.state_learning),
        CardState::Review => tr!(drill.state_review),
        CardState::Relearning => tr!(drill.state_relearning),
    }
}

/// How well a point came to mind.
pub fn rating(rating: Rating) -> &'static str {
    match rating {
        Rating::Again => tr!(drill.rating_again),
        Rating::Hard => tr!(drill.rating_hard),
        Rating::Good => tr!(drill.rating_good),
        Rating::Easy => tr!(drill.rating_easy),
    }
}

/// Who interviews or judges.
pub fn interviewer(label: &InterviewerLabel) -> String {
    match (label.kind, &label.model) {
        (InterviewerKind::Builtin, _) => tr!(words.interviewer_builtin).to_owned(),
        (InterviewerKind::Model, Some(model)) => tr!(words.interviewer_model_named, model = model),
        (InterviewerKind::Model, None) => tr!(words.interviewer_model).to_owned(),
    }
}

/// What may be expected of the one who judges.
pub fn interviewer_limits(kind: InterviewerKind) -> &'static str {
    match kind {
        InterviewerKind::Builtin => tr!(words.limits_builtin),
        InterviewerKind::Model => tr!(words.limits_model),
    }
}

/// What an account may do.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Member => tr!(words.role_member),
        Role::Admin => tr!(words.role_admin),
    }
}

/// Who may make an account.
pub fn registration(registration: Registration) -> &'static str {
    match registration {
        Registration::Open => tr!(admin.registration_open),
        Registration::Invitation => tr!(admin.registration_invitation),
        Registration::Closed => tr!(admin.registration_closed),
    }
}

/// What a line of the audit log tells.
pub fn audit_action(action: AuditAction) -> &'static str {
    match action {
        AuditAction::AccountCreated => tr!(admin.did_account_created),
        AuditAction::AccountDeleted => tr!(admin.did_account_deleted),
        AuditAction::RoleChanged => tr!(admin.did_role_changed),
        AuditAction::Banned => tr!(admin.did_banned),
        AuditAction::Unbanned => tr!(admin.did_unbanned),
        AuditAction::LimitSet => tr!(admin.did_limit_set),
        AuditAction::LimitCleared => tr!(admin.did_limit_cleared),
        AuditAction::ResetLinkMade => tr!(admin.did_reset_link_made),
        AuditAction::PasswordReset => tr!(admin.did_password_reset),
        AuditAction::LoginLinked => tr!(admin.did_login_linked),
        AuditAction::LoginUnlinked => tr!(admin.did_login_unlinked),
        AuditAction::InvitationMade => tr!(admin.did_invitation_made),
        AuditAction::InvitationRevoked => tr!(admin.did_invitation_revoked),
        AuditAction::SettingChanged => tr!(admin.did_setting_changed),
        AuditAction::BackupMade => tr!(admin.did_backup_made),
        AuditAction::BackupRestored => tr!(admin.did_backup_restored),
        AuditAction::PastQuestionApproved => tr!(admin.did_past_question_approved),
        AuditAction::PastQuestionChanged => tr!(admin.did_past_question_changed),
        AuditAction::PastQuestionRejected => tr!(admin.did_past_question_rejected),
    }
}

/// What a unit of the allowance is used for.
pub fn action(action: LimitedAction) -> &'static str {
    match action {
        LimitedAction::Interview => tr!(words.action_interview),
        LimitedAction::Chat => tr!(words.action_chat),
        LimitedAction::LetterDraft => tr!(words.action_letter_draft),
    }
}

/// How far an API token goes.
pub fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => tr!(words.scope_read),
        Scope::Write => tr!(words.scope_write),
        Scope::Account => tr!(words.scope_account),
    }
}

/// What a token of a scope may do, as a sentence.
pub fn scope_reach(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => tr!(words.scope_read_reach),
        Scope::Write => tr!(words.scope_write_reach),
        Scope::Account => tr!(words.scope_account_reach),
    }
}

/// Why a line of the ledger was written.
pub fn entry_reason(reason: EntryReason) -> &'static str {
    match reason {
        EntryReason::Started => tr!(words.entry_started),
        EntryReason::Answered => tr!(words.entry_answered),
        EntryReason::Proposed => tr!(words.entry_proposed),
        EntryReason::Refunded => tr!(words.entry_refunded),
    }
}

/// Why this line of the ledger was written.
pub fn entry(entry: &LedgerEntryView) -> &'static str {
    match (entry.reason, entry.action) {
        (EntryReason::Refunded, LimitedAction::LetterDraft) => tr!(words.entry_refunded_letter),
        (reason, _) => entry_reason(reason),
    }
}

/// How a call to the model failed, as a sentence.
pub fn model_failure(failure: ModelFailure) -> &'static str {
    match failure {
        ModelFailure::Unreachable => tr!(words.model_unreachable),
        ModelFailure::Refused => tr!(words.model_refused),
        ModelFailure::Limited => tr!(words.model_limited),
        ModelFailure::TimedOut => tr!(words.model_timed_out),
        ModelFailure::Broken => tr!(words.model_broken),
    }
}

/// Why GitHub did not give something, as a sentence.
pub fn github_failure(failure: GithubFailure) -> &'static str {
    match failure {
        GithubFailure::NotFound => tr!(words.github_not_found),
        GithubFailure::Limited => tr!(words.github_limited),
        GithubFailure::SlowDown => tr!(words.github_slow_down),
        GithubFailure::Refused => tr!(words.github_refused),
        GithubFailure::OutOfOrder => tr!(words.github_out_of_order),
        GithubFailure::Unreachable => tr!(words.github_unreachable),
        GithubFailure::TimedOut => tr!(words.github_timed_out),
        GithubFailure::Broken => tr!(words.github_broken),
        GithubFailure::TooLarge => tr!(words.github_too_large),
        GithubFailure::Redirected => tr!(words.github_redirected),
        GithubFailure::SwitchedOff => tr!(words.github_switched_off),
    }
}

/// The same with the time to wait, if GitHub said how long.
fn github_unavailable(failure: GithubFailure, resets_at: Option<chrono::DateTime<chrono::Utc>>) -> String {
    let why = github_failure(failure);
    let Some(until) = resets_at else { return why.to_owned() };
    let seconds = (until - chrono::Utc::now()).num_seconds().clamp(1, 86_400);
    let wait = crate::time::duration(u32::try_from(seconds).unwrap_or(1));
    tr!(words.github_wait, why = why, wait = wait)
}

/// Why an input was refused, as a sentence beside its field.
fn reason(field: InputField, reason: Reason) -> String {
    match reason {
        Reason::Empty => tr!(words.reason_empty).to_owned(),
        Reason::TooShort { min } => tr!(words.reason_too_short, min = min),
        Reason::TooLong { max } => tr!(words.reason_too_long, max = max),
        Reason::Malformed => match field {
            InputField::Username => tr!(words.reason_malformed_username),
            InputField::Email => tr!(words.reason_malformed_email),
            InputField::DisplayName | InputField::Name => tr!(words.reason_malformed_display_name),
            InputField::TimeZone => tr!(words.reason_malformed_time_zone),
            InputField::GithubName => tr!(words.reason_malformed_github_name),
            InputField::AskedOn => tr!(words.reason_malformed_asked_on),
            InputField::SourceUrl => tr!(words.reason_malformed_source_url),
            InputField::RetentionMaxDays => tr!(words.reason_malformed_retention_max),
            _ => tr!(words.reason_malformed),
        }
        .to_owned(),
        Reason::Different => tr!(words.reason_different).to_owned(),
        Reason::TooCommon => tr!(words.reason_too_common).to_owned(),
        Reason::NotOffered if field == InputField::RetentionMaxDays => {
            tr!(words.reason_not_offered_retention_max).to_owned()
        }
        // It was offered when the page was opened.
        Reason::NotOffered if field == InputField::Company => {
            tr!(words.reason_not_offered_company).to_owned()
        }
        Reason::NotOffered => tr!(words.reason_not_offered).to_owned(),
        Reason::Wrong if field == InputField::Username => tr!(words.reason_wrong_username).to_owned(),
        Reason::Wrong => tr!(words.reason_wrong).to_owned(),
        Reason::NothingToAsk => tr!(words.reason_nothing_to_ask).to_owned(),
    }
}

/// Why a file cannot be imported, as a sentence.
fn file_fault(fault: FileFault) -> &'static str {
    match fault {
        FileFault::NotZip => tr!(words.file_not_zip),
        FileFault::TooLarge => tr!(words.file_too_large),
        FileFault::Damaged => tr!(words.file_damaged),
        FileFault::Foreign => tr!(words.file_foreign),
        FileFault::TooNew => tr!(words.file_too_new),
        FileFault::TooMuch => tr!(words.file_too_much),
        FileFault::Malformed => tr!(words.file_malformed),
    }
}

/// What a document is.
pub fn document_kind(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Resume => tr!(documents.kind_resume),
        DocumentKind::Posting => tr!(documents.kind_posting),
    }
}

/// What a file is.
pub fn file_kind(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Pdf => "PDF",
        FileKind::Docx => "DOCX",
        FileKind::Text => tr!(documents.file_text),
    }
}

/// Why a file cannot be read, as a sentence.
fn document_fault(fault: DocumentFault) -> String {
    match fault {
        DocumentFault::TooLarge => tr!(documents.fault_too_large, n = FILE_MAX / 1024 / 1024),
        DocumentFault::WrongKind => tr!(documents.fault_wrong_kind).to_owned(),
        DocumentFault::TooManyPages => tr!(documents.fault_too_many_pages, n = PAGES_MAX),
        DocumentFault::TooMuch => tr!(documents.fault_too_much).to_owned(),
        DocumentFault::TooLong => tr!(documents.fault_too_long, n = TEXT_MAX),
        DocumentFault::Encrypted => tr!(documents.fault_encrypted).to_owned(),
        DocumentFault::NoText => tr!(documents.fault_no_text).to_owned(),
        DocumentFault::Broken => tr!(documents.fault_broken).to_owned(),
    }
}

/// A problem as a sentence.
pub fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Invalid { field, reason: why } => reason(*field, *why),
        Problem::Taken { field: InputField::Username } => tr!(words.taken_username).to_owned(),
        Problem::Taken { field: InputField::Email } => tr!(words.taken_email).to_owned(),
        Problem::TooManyAttempts { retry_after_seconds } => {
            tr!(words.too_many_attempts, wait = crate::time::duration((*retry_after_seconds).max(1)))
        }
        Problem::ModelUnavailable { reason } => model_failure(*reason).to_owned(),
        Problem::Taken { .. } => tr!(words.taken).to_owned(),
        Problem::SignInRequired => tr!(words.sign_in_required).to_owned(),
        Problem::WrongCredentials => tr!(words.wrong_credentials).to_owned(),
        Problem::Banned => tr!(words.banned).to_owned(),
        Problem::SignInAgain => tr!(words.sign_in_again).to_owned(),
        Problem::LastLogin => tr!(words.last_login).to_owned(),
        Problem::Forbidden => tr!(words.forbidden).to_owned(),
        Problem::NotFound => tr!(words.not_found).to_owned(),
        Problem::OutOfDate => tr!(words.out_of_date).to_owned(),
        Problem::QuotaReached { .. } => tr!(words.quota_reached).to_owned(),
        Problem::TooManyShares { max } => tr!(words.too_many_shares, max = max),
        Problem::RegistrationClosed => tr!(words.registration_closed).to_owned(),
        Problem::InvitationNeeded => tr!(words.invitation_needed).to_owned(),
        Problem::TooManyInvitations { max } => tr!(words.too_many_invitations, max = max),
        Problem::OwnAccount => tr!(words.own_account).to_owned(),
        Problem::LastAdmin => tr!(words.last_admin).to_owned(),
        Problem::TooManyTokens { max } => tr!(words.too_many_tokens, max = max),
        Problem::TooManyLetters { max } => tr!(words.too_many_letters, max = max),
        Problem::TooManyWaiting { max } => tr!(words.too_many_waiting, max = max),
        Problem::WrongFile { fault } => file_fault(*fault).to_owned(),
        Problem::WrongDocument { fault } => document_fault(*fault),
        Problem::TooManyDocuments { max } => tr!(documents.too_many, max = max),
        Problem::GithubUnavailable { reason, resets_at } => github_unavailable(*reason, *resets_at),
        Problem::NoQuestions => tr!(words.no_questions).to_owned(),
        Problem::Busy => tr!(words.busy).to_owned(),
        Problem::Internal => tr!(words.internal).to_owned(),
    }
}

/// A failure as a sentence.
pub fn failure(error: &AppError) -> String {
    match error {
        AppError::Problem(kind) => problem(kind),
        AppError::ConnectionLost => tr!(words.connection_lost).to_owned(),
        AppError::Unreadable => tr!(words.unreadable).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_years_are_told_as_years() {
        let check = |given: u32, expected: &str| assert_eq!(days(given), expected);
        check(0, "0일");
        check(1, "1일");
        check(90, "90일");
        check(364, "364일");
        check(365, "1년");
        check(366, "366일");
        check(730, "2년");
        check(3650, "10년");
    }
}
