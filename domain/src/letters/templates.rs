//! The items that most forms ask for, with what is good to remember while answering them.

use serde::{Deserialize, Serialize};

use super::{Counting, Limit};
use crate::questions::Language;

crate::questions::words! {
    /// A usual item.
    Template {
        /// 지원동기.
        Motive = "motive",
        /// 성장과정.
        Background = "background",
        /// 성격의 장단점.
        Character = "character",
        /// 직무역량.
        Skills = "skills",
        /// 협업과 갈등.
        Teamwork = "teamwork",
        /// 실패와 극복.
        Failure = "failure",
        /// 입사 후 포부.
        Future = "future",
    }
}

/// The limit that a template brings: what most forms set.
pub const USUAL_LIMIT: Limit = Limit { max: 700, counting: Counting::USUAL };

impl Template {
    /// The short name of the item.
    pub const fn name(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Motive, Language::Korean) => "지원동기",
            (Self::Motive, Language::English) => "Why this company",
            (Self::Background, Language::Korean) => "성장과정",
            (Self::Background, Language::English) => "Background",
            (Self::Character, Language::Korean) => "성격의 장단점",
            (Self::Character, Language::English) => "Strengths and weaknesses",
            (Self::Skills, Language::Korean) => "직무역량",
            (Self::Skills, Language::English) => "Skills for the role",
            (Self::Teamwork, Language::Korean) => "협업과 갈등",
            (Self::Teamwork, Language::English) => "Teamwork and conflict",
            (Self::Failure, Language::Korean) => "실패와 극복",
            (Self::Failure, Language::English) => "Failure and recovery",
            (Self::Future, Language::Korean) => "입사 후 포부",
            (Self::Future, Language::English) => "Plans after joining",
        }
    }

    /// The item as a form asks it.
    pub const fn question(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Motive, Language::Korean) => "우리 회사와 이 직무에 지원한 동기를 적어 주세요.",
            (Self::Motive, Language::English) => "Why do you want to join this company, in this role?",
            (Self::Background, Language::Korean) => "지금의 나를 만든 성장과정을 적어 주세요.",
            (Self::Background, Language::English) => "What has shaped the way you work?",
            (Self::Character, Language::Korean) => "성격의 장점과 단점을 사례와 함께 적어 주세요.",
            (Self::Character, Language::English) => {
                "What are your strengths and weaknesses? Give an example of each."
            }
            (Self::Skills, Language::Korean) => {
                "지원한 직무에 필요한 역량과, 그 역량을 기른 경험을 적어 주세요."
            }
            (Self::Skills, Language::English) => {
                "Which skills do you bring to the role, and how did you gain them?"
            }
            (Self::Teamwork, Language::Korean) => "다른 사람과 협업하며 갈등을 해결한 경험을 적어 주세요.",
            (Self::Teamwork, Language::English) => {
                "Describe a conflict in a team that you worked in, and how you resolved it."
            }
            (Self::Failure, Language::Korean) => "실패한 경험과 그것을 극복한 과정을 적어 주세요.",
            (Self::Failure, Language::English) => "Describe a failure, and what you did to recover from it.",
            (Self::Future, Language::Korean) => "입사 후 이루고 싶은 목표와 그 계획을 적어 주세요.",
            (Self::Future, Language::English) => "What do you want to achieve after joining, and how?",
        }
    }

    /// What is good to remember while answering it.
    pub const fn tip(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Motive, Language::Korean) => {
                "이 회사가 아니면 안 되는 이유 하나와, 그 이유를 뒷받침하는 내 경험 하나면 충분해요."
            }
            (Self::Motive, Language::English) => {
                "One reason that fits only this company, and one experience of yours that makes it believable."
            }
            (Self::Background, Language::Korean) => {
                "가족이나 학교 이야기 대신, 일하는 방식이 바뀐 순간 하나를 골라 지금과 이어 보세요."
            }
            (Self::Background, Language::English) => {
                "Pick one moment that changed how you work and connect it to now. Leave out family and schools."
            }
            (Self::Character, Language::Korean) => {
                "장점은 일에서 드러난 장면으로, 단점은 고치려고 실제로 하고 있는 행동까지 적어 주세요."
            }
            (Self::Character, Language::English) => {
                "Show the strength at work, and say what you really do about the weakness."
            }
            (Self::Skills, Language::Korean) => {
                "공고에 나온 요구 역량의 단어를 그대로 쓰고, 무엇을 어디까지 직접 했는지 숫자로 적어 주세요."
            }
            (Self::Skills, Language::English) => {
                "Use the words of the posting, and say with numbers what exactly you did yourself."
            }
            (Self::Teamwork, Language::Korean) => {
                "상대의 입장을 먼저 한 문장으로 적고, 내가 제안한 것과 그 뒤에 달라진 것을 나눠 적어 주세요."
            }
            (Self::Teamwork, Language::English) => {
                "First the other side in one sentence; then what you proposed, and what changed because of it."
            }
            (Self::Failure, Language::Korean) => {
                "실패의 원인 가운데 내 몫을 먼저 적고, 그 뒤로 무엇을 다르게 하는지로 마무리해 보세요."
            }
            (Self::Failure, Language::English) => {
                "Name your own part in it first, and end with what you do differently since."
            }
            (Self::Future, Language::Korean) => {
                "첫 3개월, 1년, 3년으로 나누면 구체적으로 적기 쉬워요. 공고의 업무에서 출발해 보세요."
            }
            (Self::Future, Language::English) => {
                "Three months, one year and three years make it concrete. Start from the work in the posting."
            }
        }
    }

    /// The item that a question asks for, by its words; none when they say nothing.
    pub fn of_question(question: &str) -> Option<Self> {
        let question = question.to_lowercase();
        // The more particular come first: a question on a failed project asks for the failure.
        const WORDS: &[(Template, &[&str])] = &[
            (
                Template::Future,
                &["포부", "입사 후", "입사후", "after joining", "plans", "achieve after", "five years"],
            ),
            (
                Template::Failure,
                &["실패", "극복", "좌절", "어려움", "failure", "failed", "setback", "recover"],
            ),
            (
                Template::Teamwork,
                &["협업", "갈등", "팀워크", "공동", "협력", "conflict", "team", "collaborat"],
            ),
            (
                Template::Character,
                &["성격", "장단점", "장점", "단점", "strengths", "weakness", "personality"],
            ),
            (
                Template::Motive,
                &[
                    "동기",
                    "지원한 이유",
                    "지원 이유",
                    "지원하게",
                    "why do you want",
                    "why are you",
                    "why this",
                    "motivat",
                ],
            ),
            (
                Template::Skills,
                &["역량", "직무", "기술", "전문성", "강점", "skill", "qualif", "experience with"],
            ),
            (
                Template::Background,
                &["성장과정", "성장 과정", "가치관", "자기소개", "background", "shaped", "yourself"],
            ),
        ];
        WORDS
            .iter()
            .find(|(_, words)| words.iter().any(|word| question.contains(word)))
            .map(|(template, _)| *template)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_known_by_its_own_question_and_name() {
        for template in Template::ALL {
            for language in Language::ALL {
                for text in [template.question(*language), template.name(*language)] {
                    assert_eq!(Template::of_question(text), Some(*template), "{text}");
                }
                assert!(!template.tip(*language).is_empty());
            }
        }
        assert_eq!(Template::of_question("좋아하는 색은 무엇인가요?"), None);
    }
}
