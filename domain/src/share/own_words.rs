//! A report without the person's material: neither the words that questions were about, nor questions that have them.
//!
//! What the candidate answered stays as it is: it is what a report is shared for.

use crate::interview::store::Loaded;
use crate::interview::{ReportView, Speaker};
use crate::material;

/// Stands where words of the material stood.
const LEFT_OUT: &str = "…";

/// The questions about material without a word of it, by their position.
pub fn neutral_questions(loaded: &Loaded) -> Vec<(u32, &'static str)> {
    let neutral = loaded
        .questions
        .iter()
        .filter_map(|main| Some((main.position, material::neutral(main.question.as_ref()?)?)));
    neutral.collect()
}

/// Takes the material out of a report. `neutral` is what to say instead of the questions about it.
pub fn without_material(report: &mut ReportView, neutral: &[(u32, &'static str)]) {
    report.material = None;
    let cues = report.questions.iter().filter_map(|question| question.cue.as_ref());
    let quotes: Vec<String> = cues.map(|cue| cue.quote.clone()).filter(|quote| !quote.is_empty()).collect();
    for question in &mut report.questions {
        question.cue = None;
        // A follow-up may ask the question once more, or repeat what was read out.
        let turns = question.turns.iter_mut().filter(|turn| turn.speaker == Speaker::Interviewer);
        let told = neutral.iter().find(|(position, _)| *position == question.position);
        for turn in turns {
            if let Some((_, text)) = told.filter(|_| !question.question.is_empty()) {
                turn.text = turn.text.replace(question.question.as_str(), text);
            }
            for quote in &quotes {
                turn.text = turn.text.replace(quote.as_str(), LEFT_OUT);
            }
        }
        if let Some((_, text)) = told {
            (*text).clone_into(&mut question.question);
        }
    }
}
