//! How near a past question is to what somebody applies for: the company and the job of a letter, or a company that was chosen.

use super::PastQuestion;
use crate::letters::checks::same_company;

/// What somebody applies for. An empty part is near to nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aim {
    pub company: String,
    pub job: String,
}

/// The nearer, the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    Other,
    /// Another company asked it for the same job.
    Job,
    Company,
    Both,
}

/// How near a past question is to the nearest of the aims.
pub fn nearness(aims: &[Aim], past: &PastQuestion) -> Nearness {
    aims.iter().map(|aim| to(aim, past)).max().unwrap_or(Nearness::Other)
}

fn to(aim: &Aim, past: &PastQuestion) -> Nearness {
    match (same_company(&aim.company, &past.company), same_job(&aim.job, &past.job)) {
        (true, true) => Nearness::Both,
        (true, false) => Nearness::Company,
        (false, true) => Nearness::Job,
        (false, false) => Nearness::Other,
    }
}

/// Words that say of a job only that it is one.
const ANY_JOB: &[&str] =
    &["개발자", "개발", "엔지니어", "직무", "신입", "경력", "developer", "engineer", "junior", "senior"];

/// Fewest letters of a name that is looked for within another: what is shorter is part of too much.
const PART_MIN: usize = 3;

/// Whether two names are of one job: "백엔드 개발자" and "백엔드 엔지니어" are.
fn same_job(one: &str, other: &str) -> bool {
    let (one, other) = (job(one), job(other));
    let holds = |whole: &str, part: &str| part.chars().count() >= PART_MIN && whole.contains(part);
    !one.is_empty() && !other.is_empty() && (one == other || holds(&one, &other) || holds(&other, &one))
}

/// The name of a job as it is compared.
fn job(name: &str) -> String {
    let mut name = name.to_lowercase();
    for word in ANY_JOB {
        name = name.replace(word, " ");
    }
    name.chars().filter(|character| character.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_the_same_by_what_it_is_about() {
        let check = |one, other, expected| {
            assert_eq!(same_job(one, other), expected, "{one} {other}");
            assert_eq!(same_job(other, one), expected, "{other} {one}");
        };
        check("백엔드 개발자", "백엔드 엔지니어", true);
        check("Backend Developer", "backend engineer", true);
        check("서버/백엔드 개발", "백엔드", true);
        check("백엔드 개발자", "프론트엔드 개발자", false);
        check("개발자", "백엔드 개발자", false);
        check("", "백엔드 개발자", false);
        check("AI 엔지니어", "AI 연구원", false);
        check("", "", false);
    }

    #[test]
    fn the_company_is_nearer_than_the_job() {
        assert!(Nearness::Both > Nearness::Company);
        assert!(Nearness::Company > Nearness::Job);
        assert!(Nearness::Job > Nearness::Other);
    }
}
