//! Says what is wrong with the files of a bank: everything that `questions/README.md` asks for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::bank::topic_of;
use super::check_points::check_points;
use super::duplicates::{limit, pairs};
use super::field::Language;
use super::parse::{is_slug, parse_question};
use super::question::{Question, When};
use super::source::Source;
use super::topic::Topic;
use super::topics::parse_topics;

/// One thing that is wrong with one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub path: String,
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path, self.message)
    }
}

/// Checks every file of a bank and returns the findings in the order of their paths. An empty list is a sound bank.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut report = |path: &str, message: String| findings.push(Finding { path: path.to_owned(), message });

    let mut topics: Vec<Topic> = Vec::new();
    match sources.iter().find(|source| source.is_topics()).map(|source| parse_topics(&source.text)) {
        Some(Ok(parsed)) => topics = parsed,
        Some(Err(reason)) => report("topics.toml", reason),
        None => report("topics.toml", "the file is missing".to_owned()),
    }

    let mut questions: BTreeMap<String, Vec<(&str, Question)>> = BTreeMap::new();
    for source in sources.iter().filter(|source| !source.is_topics() && !source.is_note()) {
        match parse_question(&source.path, &source.text) {
            Ok(question) => questions.entry(question.id.clone()).or_default().push((&source.path, question)),
            Err(error) => report(&error.path, error.reason),
        }
    }

    for files in questions.values() {
        for (path, question) in files {
            if !topics.iter().any(|topic| topic.id == topic_of(&question.id)) {
                report(path, format!("`{}` is no topic of topics.toml", topic_of(&question.id)));
            }
            check_form(question, &mut |message| report(path, message));
            check_points(question, &mut |message| report(path, message));
        }
        match files.as_slice() {
            [(_, first), (path, second)] => {
                check_languages(first, second, &mut |message| report(path, message))
            }
            [(path, only)] => {
                let missing = match only.language {
                    Language::Korean => Language::English,
                    Language::English => Language::Korean,
                };
                let unread = format!("{}.{missing}.md", only.id);
                if !sources.iter().any(|source| source.path == unread) {
                    report(path, format!("`{unread}` is missing"));
                }
            }
            _ => {}
        }
    }
    check_duplicates(&questions, &mut report);
    findings.sort();
    findings
}

/// Questions that ask nearly the same as another one of their language.
fn check_duplicates(
    questions: &BTreeMap<String, Vec<(&str, Question)>>,
    report: &mut dyn FnMut(&str, String),
) {
    let all: Vec<&Question> = questions.values().flatten().map(|(_, question)| question).collect();
    for &language in Language::ALL {
        for pair in pairs(&all, language, limit(language)) {
            let path = format!("{}.{language}.md", pair.one.id);
            report(
                &path,
                format!(
                    "asks nearly the same as `{}.{language}.md`: they are {:.2} alike, at {:.2} they count as one",
                    pair.other.id,
                    pair.alike,
                    limit(language)
                ),
            );
        }
    }
}

/// What can be said of one file without looking for points in texts.
fn check_form(question: &Question, report: &mut dyn FnMut(String)) {
    if !(2..=10).contains(&question.minutes) {
        report(format!("`minutes` is {}, not 2 to 10", question.minutes));
    }
    if question.rev == 0 {
        report("`rev` begins at 1".to_owned());
    }
    if !question.sources.iter().any(|source| source.starts_with("https://")) {
        report("no source begins with https://".to_owned());
    }
    for source in question.sources.iter().filter(|source| !source.starts_with("https://")) {
        report(format!("the source `{source}` does not begin with https://"));
    }
    if !(3..=6).contains(&question.points.len()) {
        report(format!("there are {} points, not 3 to 6", question.points.len()));
    }
    if !question.points.iter().any(|point| point.must) {
        report("no point has `must = true`".to_owned());
    }
    let mut names = BTreeSet::new();
    for point in &question.points {
        if !is_slug(&point.id) {
            report(format!(
                "the point id `{}` is not made of lower case letters, digits and hyphens",
                point.id
            ));
        }
        if !names.insert(point.id.as_str()) {
            report(format!("two points have the id `{}`", point.id));
        }
        if !(1..=3).contains(&point.weight) {
            report(format!("point `{}`: `weight` is {}, not 1 to 3", point.id, point.weight));
        }
        if point.say.trim().is_empty() {
            report(format!("point `{}`: `say` is empty", point.id));
        }
    }
    check_follow_ups(question, &names, report);
    if question.samples.len() < 2 {
        report(format!("there are {} samples, at least 2 are needed", question.samples.len()));
    }
    if question.samples.iter().all(|sample| sample.expect.len() >= question.points.len()) {
        report("no sample has an empty or partial `expect`".to_owned());
    }
    for (name, text) in [
        ("question", &question.question),
        ("intent", &question.intent),
        ("model answer", &question.model_answer),
        ("misconception", &question.misconception),
    ] {
        if let Some(tag) = raw_html(text) {
            report(format!("the {name} contains raw HTML: `{tag}`"));
        }
    }
    if question.question.contains("```") || question.question.contains("**") {
        report("the question is plain text, not Markdown".to_owned());
    }
}

fn check_follow_ups(question: &Question, points: &BTreeSet<&str>, report: &mut dyn FnMut(String)) {
    if question.follow_ups.len() < 3 {
        report(format!("there are {} follow-ups, at least 3 are needed", question.follow_ups.len()));
    }
    let depths: BTreeSet<_> = question.follow_ups.iter().map(|follow| follow.depth).collect();
    if depths.len() < 2 {
        report("the follow-ups go to one depth only, at least 2 are needed".to_owned());
    }
    for follow in &question.follow_ups {
        if follow.ask.trim().is_empty() {
            report("a follow-up asks nothing".to_owned());
        }
        if let When::Covered(point) | When::Missing(point) = &follow.when
            && !points.contains(point.as_str())
        {
            report(format!("the follow-up `{}` names the point `{point}`, which does not exist", follow.ask));
        }
    }
}

/// What must be equal in both languages.
fn check_languages(first: &Question, second: &Question, report: &mut dyn FnMut(String)) {
    let mut same = |what: &str, equal: bool| {
        if !equal {
            report(format!("{what} differs from the other language"));
        }
    };
    same("`level`", first.level == second.level);
    same("`kind`", first.kind == second.kind);
    same("`minutes`", first.minutes == second.minutes);
    same("`rev`", first.rev == second.rev);
    let points = |question: &Question| -> Vec<_> {
        question.points.iter().map(|point| (point.id.clone(), point.weight, point.must)).collect()
    };
    same("the list of points (id, order, weight or must)", points(first) == points(second));
    let follow_ups = |question: &Question| -> Vec<_> {
        question.follow_ups.iter().map(|follow| (follow.depth, String::from(follow.when.clone()))).collect()
    };
    same("the list of follow-ups (depth, when or order)", follow_ups(first) == follow_ups(second));
}

/// The first HTML tag outside code, if there is one.
fn raw_html(markdown: &str) -> Option<&str> {
    let mut in_block = false;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
            continue;
        }
        if in_block {
            continue;
        }
        for (index, part) in line.split('`').enumerate() {
            if index % 2 == 1 {
                continue;
            }
            for (place, _) in part.match_indices('<') {
                let rest = &part[place..];
                let name = rest[1..].trim_start_matches('/');
                if name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '!')
                    && let Some(end) = rest.find('>')
                    && !rest.starts_with("<http")
                {
                    return Some(&rest[..=end]);
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::parse::tests::DIRTY_READ_EN;

    const TOPICS: &str =
        "[[topic]]\nid = \"database\"\nfield = \"cs\"\nko = \"데이터베이스\"\nen = \"Databases\"\n";

    fn findings(english: &str) -> Vec<String> {
        let sources = [
            Source::new("topics.toml", TOPICS),
            Source::new("README.md", "a note"),
            Source::new("database/dirty-read.en.md", english.to_owned()),
            Source::new("database/dirty-read.ko.md", DIRTY_READ_KO),
        ];
        check(&sources).into_iter().map(|finding| finding.to_string()).collect()
    }

    #[track_caller]
    fn check_finding(from: &str, to: &str, expected: &str) {
        assert!(DIRTY_READ_EN.contains(from), "`{from}` is not in the file");
        let found = findings(&DIRTY_READ_EN.replacen(from, to, 1));
        assert!(found.iter().any(|finding| finding.contains(expected)), "{found:#?}");
    }

    #[test]
    fn a_sound_question_has_no_findings() {
        assert_eq!(findings(DIRTY_READ_EN), Vec::<String>::new());
    }

    #[test]
    fn finds_what_is_wrong_with_the_form() {
        check_finding("minutes = 4", "minutes = 11", "not 2 to 10");
        check_finding("weight = 3", "weight = 4", "not 1 to 3");
        check_finding("must = true", "must = false", "no point has `must = true`");
        check_finding("https://www", "http://www", "https://");
        check_finding("missing:uncommitted", "missing:nothing", "does not exist");
        check_finding("Many think", "<b>Many</b> think", "raw HTML");
        check_finding("Many think", "`a<b>` Many think<br/>", "raw HTML: `<br/>`");
        check_finding("id = \"rollback\"", "id = \"uncommitted\"", "two points");
        check_finding("id = \"rollback\"", "id = \"Roll\"", "lower case");
        check_finding("rev = 1", "rev = 0", "`rev`");
    }

    #[test]
    fn finds_what_differs_between_languages() {
        check_finding("\"junior\"", "\"senior\"", "`level` differs");
        check_finding("weight = 2", "weight = 1", "the list of points");
        check_finding("covered:uncommitted", "covered:level", "the list of follow-ups");
    }

    #[test]
    fn finds_what_the_engine_does_not_cover() {
        check_finding(
            "written but not committed. If",
            "written. If",
            "the model answer does not cover point `uncommitted`",
        );
        check_finding("expect = []", "expect = [\"level\"]", "sample 2");
        check_finding("expect = []", "expect = [\"nothing\"]", "does not exist");
        check_finding(
            "The interviewer wants",
            "You see uncommitted data. The interviewer wants",
            "the intent covers point `uncommitted`",
        );
    }

    #[test]
    fn both_languages_and_a_topic_are_needed() {
        let one = check(&[
            Source::new("topics.toml", TOPICS),
            Source::new("database/dirty-read.en.md", DIRTY_READ_EN),
        ]);
        assert!(
            one.iter().any(|finding| finding.message.contains("dirty-read.ko.md` is missing")),
            "{one:?}"
        );
        let none = check(&[Source::new("database/dirty-read.en.md", DIRTY_READ_EN)]);
        assert!(none.iter().any(|finding| finding.message.contains("no topic")), "{none:?}");
        assert!(none.iter().any(|finding| finding.path == "topics.toml"), "{none:?}");
    }

    const DIRTY_READ_KO: &str = r##"+++
id = "database/dirty-read"
lang = "ko"
level = "junior"
kind = "concept"
minutes = 4
tags = ["transaction", "isolation"]
sources = ["https://www.postgresql.org/docs/current/transaction-iso.html"]
rev = 1

[[point]]
id = "uncommitted"
weight = 3
must = true
say = "아직 커밋되지 않은 다른 트랜잭션의 데이터를 읽는 현상입니다."
accept = [["커밋", "않다|안|전", "읽다|보다|조회"]]

[[point]]
id = "rollback"
weight = 2
must = false
say = "쓴 쪽이 롤백하면 존재한 적 없는 값을 쓴 것이 됩니다."
accept = [["롤백|취소", "없다|사라지다|잘못된"]]

[[point]]
id = "level"
weight = 2
must = false
say = "READ COMMITTED 이상이면 막을 수 있습니다."
accept = [["read committed|커밋된 읽기", "막다|방지|발생하지 않는다"]]

[[follow]]
depth = "mechanism"
when = "missing:uncommitted"
ask = "읽는 순간 그 데이터는 어떤 상태인가요?"

[[follow]]
depth = "failure"
when = "covered:uncommitted"
ask = "읽은 쪽에는 어떤 문제가 생기나요?"

[[follow]]
depth = "trade-off"
when = "always"
ask = "더 엄격한 수준을 쓰면 무엇을 잃나요?"

[[sample]]
text = "다른 트랜잭션이 아직 커밋하지 않은 행을 제가 읽는 것입니다."
expect = ["uncommitted"]

[[sample]]
text = "데이터베이스에서 더러운 것을 읽는 것입니다."
expect = []
+++

# 질문

더티 리드가 무엇이고, 어떤 격리 수준부터 생기지 않나요?

# 의도

이름 뒤에 있는 위험을 말할 수 있는지 봅니다.

# 모범 답안

더티 리드는 다른 트랜잭션이 아직 커밋하지 않은 데이터를 읽는 현상입니다. 그 트랜잭션이 롤백되면 처음부터 없던 값을 읽은
것이 됩니다. READ COMMITTED 수준부터 이것을 막습니다.

# 흔한 오해

장애가 나야 생긴다고 생각하기 쉽지만, 평범한 롤백만으로도 생깁니다.
"##;
}
