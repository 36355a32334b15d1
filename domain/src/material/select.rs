//! Which statements of the materials an interview asks about, and what it asks of each.

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use super::{Cue, Link, Statement};

/// A statement, and what is asked about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Which of the statements.
    pub statement: usize,
    pub link: Link,
}

/// The order in which an interview asks: why somebody is here, then along the chain from the claim to what would be different.
const ORDER: [Link; 9] = [
    Link::WhyUs,
    Link::WhyNow,
    Link::Evidence,
    Link::OwnPart,
    Link::Basis,
    Link::Alternative,
    Link::Failure,
    Link::Change,
    Link::Fit,
];

/// Chooses up to `count` questions.
///
/// Each is about another statement, asks for something else and takes another material as long as there is a choice; what fits a
/// statement best is preferred. What was asked in the person's last interviews (`recent`) comes only when nothing else is left. The same
/// seed makes the same choice.
pub fn select(statements: &[Statement], recent: &[Cue], count: usize, seed: u64) -> Vec<Chosen> {
    let mut candidates: Vec<(usize, usize, Link)> = statements
        .iter()
        .enumerate()
        .flat_map(|(place, statement)| {
            statement.links.iter().enumerate().map(move |(rank, link)| (place, rank, *link))
        })
        .collect();
    candidates.shuffle(&mut StdRng::seed_from_u64(seed));
    let was_asked = |place: usize, link: Link| {
        recent.iter().any(|cue| cue.link == link && is_same(&cue.quote, &statements[place].quote))
    };
    let was_talked_about =
        |place: usize| recent.iter().any(|cue| is_same(&cue.quote, &statements[place].quote));
    let known: Vec<(bool, bool)> = candidates
        .iter()
        .map(|(place, _, link)| (was_asked(*place, *link), was_talked_about(*place)))
        .collect();
    let mut left: Vec<usize> = (0..candidates.len()).collect();
    let mut chosen: Vec<Chosen> = Vec::new();
    while chosen.len() < count {
        let cost = |candidate: usize| {
            let (place, rank, link) = candidates[candidate];
            let (asked, talked_about) = known[candidate];
            let of_statement = chosen.iter().filter(|other| other.statement == place).count();
            let of_link = chosen.iter().filter(|other| other.link == link).count();
            let of_material = chosen
                .iter()
                .filter(|other| statements[other.statement].material == statements[place].material)
                .count();
            (asked, of_statement, talked_about, of_link, of_material, rank)
        };
        let Some((at, _)) = left.iter().enumerate().min_by_key(|(_, candidate)| cost(**candidate)) else {
            break;
        };
        let (statement, _, link) = candidates[left.remove(at)];
        chosen.push(Chosen { statement, link });
    }
    chosen.sort_by_key(|chosen| ORDER.iter().position(|link| *link == chosen.link));
    chosen
}

/// Equal but for blanks: a letter may have been laid out anew since.
fn is_same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}
