//! A report to take away: as JSON for programs, as Markdown for people.

use std::fmt::Write as _;

use serde::Serialize;

use super::{
    AssessmentView, Band, Feedback, InterviewSummary, QuestionStatus, RatingView, Speaker, TurnKind,
    TurnView, field_name,
};
use crate::material::{Cue, MaterialReport};
use crate::questions::{Kind, Language, Level};
use crate::scoring::Verdict;

/// Everything of a finished interview, its texts as Markdown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportExport {
    /// Raised with every change that a reader must know of.
    pub format: u32,
    pub interview: InterviewSummary,
    pub elapsed_seconds: u32,
    pub questions: Vec<QuestionExport>,
    /// None for an interview on questions of the bank alone.
    pub material: Option<MaterialReport>,
}

/// The form of [`ReportExport`].
pub const EXPORT_FORMAT: u32 = 1;

/// One main question of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionExport {
    pub position: u32,
    pub status: QuestionStatus,
    pub question_id: Option<String>,
    pub question: String,
    /// The words of a material that it is about.
    pub cue: Option<Cue>,
    pub level: Level,
    pub kind: Kind,
    pub intent: String,
    pub model_answer: String,
    pub misconception: String,
    pub sources: Vec<String>,
    pub turns: Vec<TurnView>,
    pub feedback: Option<Feedback>,
    pub rating: Option<RatingView>,
    /// Every judgement, oldest first; `feedback` is the last of them.
    pub assessments: Vec<AssessmentView>,
    /// Ids of the key points that the person holds for made.
    pub overridden: Vec<String>,
}

/// The report in the language of the interview.
pub fn markdown(report: &ReportExport) -> String {
    let say = Words(report.interview.language);
    let mut text = String::new();
    let _ = writeln!(text, "# {}\n", say.title(&report.interview));
    let _ = writeln!(text, "- {}", report.interview.started_at.format("%Y-%m-%d %H:%M UTC"));
    let minutes = report.elapsed_seconds.div_ceil(60);
    let _ = writeln!(text, "- {}", say.pick(&format!("{minutes}분"), &format!("{minutes} min")));
    if let Some(band) = report.interview.band {
        let _ = writeln!(text, "- {}: {}", say.pick("전체 결과", "Overall"), say.band(band));
    }
    for question in &report.questions {
        write_question(&mut text, question, say);
    }
    if let Some(material) = &report.material {
        write_material(&mut text, material, say);
    }
    text
}

/// Where material and answers may not agree, with the words of both.
fn write_material(text: &mut String, material: &MaterialReport, say: Words) {
    let found = material.compared.iter().flat_map(|compared| &compared.contradictions);
    let mut found = found.peekable();
    if found.peek().is_none() {
        return;
    }
    let heading = say
        .pick("자료와 답변이 다른 곳 (확인해 볼 것)", "Where material and answers differ (worth checking)");
    let _ = writeln!(text, "\n## {heading}\n");
    for contradiction in found {
        let title = material.materials.get(contradiction.material as usize).map_or("", |named| &named.title);
        let _ = writeln!(text, "- {} ({})", say.pick("자료", "Material"), one_line(title));
        let _ = writeln!(text, "\n{}\n", quoted(&contradiction.claim));
        let question = contradiction.position + 1;
        let _ = writeln!(
            text,
            "{}\n",
            say.pick(&format!("질문 {question}의 답변"), &format!("Answer to question {question}"))
        );
        let _ = writeln!(text, "{}\n", quoted(&contradiction.answer));
        if let Some(why) = &contradiction.why {
            let _ = writeln!(text, "{}\n", one_line(why));
        }
    }
}

fn write_question(text: &mut String, question: &QuestionExport, say: Words) {
    let _ = writeln!(text, "\n## {}. {}\n", question.position + 1, one_line(&question.question));
    if let Some(cue) = &question.cue {
        let _ = writeln!(text, "{}\n", quoted(&cue.quote));
    }
    if question.status == QuestionStatus::Skipped {
        let _ = writeln!(text, "*{}*\n", say.pick("건너뛴 질문이에요.", "Skipped."));
    }
    write_passage(text, say.pick("의도", "Intent"), &question.intent);
    if question.turns.iter().any(|turn| turn.kind == TurnKind::Answer) {
        let _ = writeln!(text, "### {}\n", say.pick("주고받은 말", "What was said"));
        for turn in &question.turns {
            let who = match turn.speaker {
                Speaker::Interviewer => say.pick("면접관", "Interviewer"),
                Speaker::Candidate => say.pick("나", "Me"),
            };
            let _ = writeln!(text, "**{who}**\n\n{}\n", quoted(&turn.text));
        }
    }
    if let Some(feedback) = &question.feedback {
        write_feedback(text, feedback, &question.overridden, say);
    }
    if let Some(rating) = &question.rating {
        write_rating(text, rating, say);
    }
    write_passage(text, say.pick("모범 답안", "Model answer"), &question.model_answer);
    write_passage(text, say.pick("흔한 오해", "Common misconception"), &question.misconception);
    if !question.sources.is_empty() {
        let _ = writeln!(text, "### {}\n", say.pick("참고 자료", "Sources"));
        for source in &question.sources {
            let _ = writeln!(text, "- <{source}>");
        }
        text.push('\n');
    }
}

fn write_feedback(text: &mut String, feedback: &Feedback, overridden: &[String], say: Words) {
    let _ = writeln!(text, "### {}: {}\n", say.pick("피드백", "Feedback"), say.band(feedback.band));
    for point in &feedback.points {
        let must = if point.must { say.pick(" (필수)", " (must)") } else { "" };
        let said = match overridden.contains(&point.id) {
            true => say.pick(" (직접 말했다고 표시함)", " (marked as said)"),
            false => "",
        };
        let _ = writeln!(text, "- [{}] {}{must}{said}", say.verdict(point.verdict), one_line(&point.say));
    }
    if let Some(comment) = &feedback.comment {
        let _ = writeln!(text, "\n{}\n\n{}", one_line(&comment.good), one_line(&comment.improve));
        if let Some(fix) = &comment.sentence {
            let _ = writeln!(text, "\n{}\n\n→ {}", quoted(&fix.quote), one_line(&fix.better));
        }
    }
    text.push('\n');
}

fn write_rating(text: &mut String, rating: &RatingView, say: Words) {
    if rating.criteria.is_empty() {
        return;
    }
    let _ = writeln!(text, "### {} ({})\n", say.pick("루브릭", "Rubric"), rating.rubric);
    for criterion in &rating.criteria {
        let level = criterion.level.map(|level| format!(" ({level}/5)")).unwrap_or_default();
        let nothing = say.pick("판단할 말을 찾지 못했어요.", "Nothing shows it either way.");
        let anchor = criterion.anchor.as_deref().unwrap_or(nothing);
        let _ = writeln!(text, "- **{}**{level}: {}", criterion.name, one_line(anchor));
    }
    text.push('\n');
}

fn write_passage(text: &mut String, heading: &str, passage: &str) {
    if !passage.trim().is_empty() {
        let _ = writeln!(text, "### {heading}\n\n{}\n", passage.trim());
    }
}

/// What a person said, so that nothing in it is taken for a heading or a list of the report.
pub(crate) fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// A text without line breaks.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of the report in one language.
#[derive(Clone, Copy)]
struct Words(Language);

impl Words {
    fn pick<'a>(self, korean: &'a str, english: &'a str) -> &'a str {
        match self.0 {
            Language::Korean => korean,
            Language::English => english,
        }
    }

    fn title(self, interview: &InterviewSummary) -> String {
        let field = field_name(self.0, interview.field);
        match self.0 {
            Language::Korean => format!("{field} 면접 결과"),
            Language::English => format!("Report on an interview: {field}"),
        }
    }

    fn band(self, band: Band) -> &'static str {
        match (self.0, band) {
            (Language::Korean, Band::Full) => "설명 충분",
            (Language::Korean, Band::Mostly) => "대체로 설명",
            (Language::Korean, Band::Some) => "일부 설명",
            (Language::Korean, Band::Practise) => "더 연습",
            (Language::Korean, Band::Unjudged) => "판단 안 함",
            (Language::English, Band::Full) => "Fully explained",
            (Language::English, Band::Mostly) => "Mostly explained",
            (Language::English, Band::Some) => "Partly explained",
            (Language::English, Band::Practise) => "Practise more",
            (Language::English, Band::Unjudged) => "Not judged",
        }
    }

    fn verdict(self, verdict: Verdict) -> &'static str {
        match (self.0, verdict) {
            (Language::Korean, Verdict::Covered) => "설명함",
            (Language::Korean, Verdict::Partly) => "일부",
            (Language::Korean, Verdict::NotFound) => "못 찾음",
            (Language::English, Verdict::Covered) => "Explained",
            (Language::English, Verdict::Partly) => "Partly",
            (Language::English, Verdict::NotFound) => "Not found",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_cannot_become_part_of_the_report() {
        let said = quoted("# 결과: 만점\n\n- 합격\n");
        assert_eq!(said, "> # 결과: 만점\n>\n> - 합격");
    }
}
