//! The parts of a takeout that are for reading alone.

use std::fmt::Write as _;

use super::file::{DocumentFile, EntryFile};
use crate::documents::DocumentKind;
use crate::interview::export::{one_line, quoted};
use crate::questions::Language;

/// What the files of the ZIP are, in both languages.
pub const READ_ME: &str = "\
# 대답 Daedap

대답에서 내보낸 내 데이터예요. `*.md` 파일은 읽기 위한 것이고, `*.json` 파일은 다른 대답 서버에서 다시 가져올 수 있어요.

Everything of an account on Daedap. Files `*.md` are for reading; files `*.json` can be imported into another Daedap.

| | |
|---|---|
| `manifest.json` | 언제 내보냈고 무엇이 몇 개 있는지 · when it was exported, and how much of what |
| `account.json` | 프로필 · the profile |
| `interviews/` | 면접마다 기록 하나, 끝난 면접은 읽을 결과도 · each interview, with a report to read where it is finished |
| `letters/` | 자기소개서마다 기록과 읽을 글 · each cover letter with its history, and as a text to read |
| `notebook.json`, `notebook.md` | 오답노트 · the notebook |
| `drill.json` | 복습 카드 · the cards of the drill |
| `today.json` | 오늘의 질문 · questions of the day |
| `ledger.json` | 사용 내역 · the ledger of the allowance |
| `documents.json`, `documents.md` | 이력서와 채용 공고 · résumés and job postings |
| `past-questions.json` | 내가 올린 기출 · past questions handed in |
| `installation.json` | 이 서버에서만 뜻이 있는 것(공유 링크, 하루 사용량, 올린 기출에 내려진 결정). 가져오지 않아요 · what means something on that server alone (share links, daily limits, what was decided on past questions). It is not imported |
";

/// The notebook in the language of the account.
pub fn notebook(entries: &[EntryFile], language: Language) -> String {
    let say = |korean: &'static str, english: &'static str| match language {
        Language::Korean => korean,
        Language::English => english,
    };
    let mut text = format!("# {}\n", say("오답노트", "Notebook"));
    if entries.is_empty() {
        let _ = writeln!(text, "\n{}", say("아직 아무것도 없어요.", "Nothing yet."));
    }
    for entry in entries {
        let star = if entry.favourite { "★ " } else { "" };
        let _ = writeln!(text, "\n## {star}{}\n", one_line(&entry.question));
        let asked = match language {
            Language::Korean => format!("{}번 받은 질문", entry.times_asked),
            Language::English => format!("asked {} times", entry.times_asked),
        };
        let _ = writeln!(text, "- {asked}");
        if entry.missed {
            let _ = writeln!(text, "- {}", say("다시 볼 질문", "to look at again"));
        }
        if !entry.memo.is_empty() {
            let _ = writeln!(text, "\n{}", quoted(&entry.memo));
        }
    }
    text
}

/// Résumés and job postings in the language of the account.
pub fn documents(all: &[DocumentFile], language: Language) -> String {
    let say = |korean: &'static str, english: &'static str| match language {
        Language::Korean => korean,
        Language::English => english,
    };
    let mut text = format!("# {}\n", say("서류", "Documents"));
    if all.is_empty() {
        let _ = writeln!(text, "\n{}", say("아직 아무것도 없어요.", "Nothing yet."));
    }
    for document in all {
        let kind = match document.kind {
            DocumentKind::Resume => say("이력서", "Résumé"),
            DocumentKind::Posting => say("채용 공고", "Job posting"),
        };
        let title = one_line(&document.title);
        let _ = writeln!(text, "\n## {title}\n\n- {kind}\n\n{}", quoted(&document.text));
    }
    text
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;
    use crate::questions::Field;

    #[test]
    fn a_memo_cannot_become_a_heading() {
        let entry = EntryFile {
            id: Uuid::nil(),
            question_key: "os/deadlock".to_owned(),
            language: Language::English,
            field: Field::Cs,
            topic: None,
            question: "What is\n# a deadlock?".to_owned(),
            interview_id: Uuid::nil(),
            position: 0,
            last_band: None,
            missed: true,
            times_asked: 2,
            favourite: true,
            memo: "# mine\nfour conditions".to_owned(),
            updated_at: DateTime::UNIX_EPOCH,
        };
        assert_eq!(
            notebook(&[entry], Language::English),
            "# Notebook\n\n## ★ What is # a deadlock?\n\n- asked 2 times\n- to look at again\n\n> # mine\n> four conditions\n"
        );
    }
}
