//! Questions of one bank that ask nearly the same: the cosine of their letter trigrams, weighed by rarity within their language.

use super::{Language, Question};
use crate::scoring::Rarity;

/// Two questions of a language that are as alike as this ask the same.
///
/// Measured on the bank of 132 questions. Nearest of different ones: 0.35 in Korean (automating toil, a model in production), 0.47 in
/// English (process and thread, WHERE and HAVING: "What is the difference between … and …"). Eleven of its questions asked again in
/// other words: eight of them at 0.40 or more in Korean, nine at 0.50 or more in English; what stays below has little more than one
/// short name in common (XSS, "과적합"). A question has both languages, so that one of them is enough to tell.
pub const fn limit(language: Language) -> f32 {
    match language {
        Language::Korean => 0.40,
        Language::English => 0.50,
    }
}

/// Two questions of one language, and how alike they are, from 0 to 1.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    pub one: &'a Question,
    pub other: &'a Question,
    pub alike: f32,
}

/// Every two questions of one language that are at least that alike, the nearest first.
pub fn pairs<'a>(questions: &[&'a Question], language: Language, least: f32) -> Vec<Pair<'a>> {
    let questions: Vec<&Question> =
        questions.iter().copied().filter(|question| question.language == language).collect();
    let rarity = Rarity::of(questions.iter().map(|question| question.question.as_str()));
    let texts: Vec<_> = questions.iter().map(|question| rarity.weigh(&question.question)).collect();
    let mut pairs = Vec::new();
    for (place, one) in questions.iter().enumerate() {
        for (before, other) in questions[..place].iter().enumerate() {
            let alike = texts[place].cosine(&texts[before]);
            if alike >= least {
                pairs.push(Pair { one, other, alike });
            }
        }
    }
    pairs.sort_by(|a, b| b.alike.total_cmp(&a.alike));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::Bank;

    /// Questions of the bank, asked again in other words.
    const AGAIN: &[(Language, &str, &str)] = &[
        (Language::Korean, "os/deadlock", "교착 상태는 왜 생기고, 어떻게 예방할 수 있나요?"),
        (Language::Korean, "os/process-vs-thread", "프로세스와 스레드의 차이점은 무엇인가요?"),
        (Language::Korean, "containers/container-or-vm", "컨테이너와 가상 머신의 차이는 무엇인가요?"),
        (
            Language::Korean,
            "persistence/connection-pool-size",
            "커넥션 풀의 크기는 어떤 기준으로 정하시나요?",
        ),
        (
            Language::Korean,
            "sql-and-modelling/where-or-having",
            "SQL의 WHERE 절과 HAVING 절은 무엇이 다른가요?",
        ),
        (Language::English, "os/process-vs-thread", "How does a process differ from a thread?"),
        (
            Language::English,
            "web-security/sql-injection",
            "What is SQL injection and how can it be prevented?",
        ),
        (
            Language::English,
            "containers/container-or-vm",
            "What is the difference between a container and a virtual machine?",
        ),
        (Language::English, "ml-basics/overfitting", "What is overfitting and how do you reduce it?"),
        (Language::English, "sql-and-modelling/where-or-having", "How do WHERE and HAVING differ in SQL?"),
    ];

    #[test]
    fn no_two_questions_of_the_bank_ask_the_same() {
        let bank = Bank::load(None).expect("valid");
        let questions: Vec<&Question> = bank.all().map(AsRef::as_ref).collect();
        for &language in Language::ALL {
            let found = pairs(&questions, language, limit(language));
            let told: Vec<_> = found.iter().map(|pair| (&pair.one.id, &pair.other.id, pair.alike)).collect();
            assert!(told.is_empty(), "{told:?}");
        }
    }

    #[test]
    fn a_question_asked_again_in_other_words_is_noticed() {
        let bank = Bank::load(None).expect("valid");
        for &(language, id, text) in AGAIN {
            let known = bank.get(id, language).expect("a question of the bank");
            let again = Question {
                id: "other/again".to_owned(),
                question: text.to_owned(),
                ..known.as_ref().clone()
            };
            let mut questions: Vec<&Question> = bank.all().map(AsRef::as_ref).collect();
            questions.push(&again);
            let found = pairs(&questions, language, limit(language));
            assert!(
                found.iter().any(|pair| pair.one.id == again.id && pair.other.id == id),
                "{text}: {:?}",
                pairs(&questions, language, 0.2)
                    .iter()
                    .filter(|pair| pair.one.id == again.id)
                    .map(|pair| (&pair.other.id, pair.alike))
                    .collect::<Vec<_>>(),
            );
        }
    }
}
