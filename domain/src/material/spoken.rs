//! How a question about a material is spoken: the words that it is about are read out first, to the letter.

use super::{Cue, Link, MaterialKind};
use crate::questions::Language;

/// The question with the words that it is about.
pub fn spoken(language: Language, cue: &Cue, question: &str) -> String {
    let quote = &cue.quote;
    let lead = match (language, cue.kind) {
        (Language::Korean, MaterialKind::Letter) => format!("자기소개서에 “{quote}”라고 쓰셨습니다."),
        (Language::Korean, MaterialKind::Resume) => format!("이력서에 “{quote}”라고 적으셨습니다."),
        (Language::Korean, MaterialKind::Posting) => format!("채용 공고에 “{quote}”라고 되어 있습니다."),
        (Language::Korean, MaterialKind::Github) => format!("공개하신 코드를 보았습니다. “{quote}”"),
        (Language::English, MaterialKind::Letter) => format!("In your cover letter you wrote: “{quote}”"),
        (Language::English, MaterialKind::Resume) => format!("Your résumé says: “{quote}”"),
        (Language::English, MaterialKind::Posting) => format!("The job posting says: “{quote}”"),
        (Language::English, MaterialKind::Github) => format!("I had a look at your public code. “{quote}”"),
    };
    let lead = match (language, cue.link, cue.kind) {
        // What the company wrote is not what the person wrote: the question goes back to the application.
        (Language::Korean, Link::WhyUs, MaterialKind::Posting) => {
            format!("{lead} 이 부분도 보고 지원하셨을 텐데요.")
        }
        _ => lead,
    };
    format!("{lead} {question}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::Level;

    #[test]
    fn the_words_are_read_out_to_the_letter_before_the_question() {
        for kind in MaterialKind::ALL {
            for link in Link::ALL {
                for language in Language::ALL {
                    let quote = "조회 시간을 40%  줄였습니다.";
                    let cue = Cue {
                        material: 0,
                        kind: *kind,
                        title: "백엔드".to_owned(),
                        quote: quote.to_owned(),
                        link: *link,
                        by: None,
                        instead_of_model: None,
                    };
                    let question = super::super::about(*link, *language, Level::Entry).expect("a question");
                    let text = spoken(*language, &cue, &question.question);
                    assert!(text.contains(quote) && text.ends_with(&question.question), "{text}");
                }
            }
        }
    }
}
