//! The points of a question, compiled, and which of them a set of answers makes.

use super::negation;
use super::orders::without_orders;
use super::pattern::{Hit, Term};
use super::text::Text;
use super::topic::Topic;
use std::collections::BTreeSet;

use super::view::{Coverage, PointCoverage, Span, Verdict};
use crate::questions::{Point, Question, TermGroup, without_marks};

/// A group must hit within this sentence and so many that follow.
const WINDOW: usize = 1;
/// A trap must stand in one sentence: two that merely follow each other show no misconception.
const TRAP_WINDOW: usize = 0;
/// A hit that is alone in its group counts in part only with so many other words of the point nearby.
const CONTEXT: usize = 2;
/// Fewer words of meaning than this are too few to judge.
const SHORT: usize = 8;
/// An answer of whose words of meaning a smaller share belongs to the question is about something else. Of 240 golden answers to
/// technical questions nearly all that make a point have more; of answers to other questions nineteen in twenty have less.
const ON_TOPIC: f32 = 0.28;
/// So many words in a row without a single inflection or function word are a list of keywords.
const LIST: usize = 6;

/// The points of one question, ready to be looked for. Compile it once and use it for every answer.
#[derive(Clone, Debug)]
pub struct KeyPoints {
    points: Vec<CompiledPoint>,
    /// None where everybody tells a story of their own.
    topic: Option<Topic>,
}

#[derive(Clone, Debug)]
struct CompiledPoint {
    id: String,
    accept: Vec<Group>,
    trap: Vec<Group>,
    /// The words of `say` that the question does not have: they show that a lone hit means the point.
    context: Vec<Term>,
}

#[derive(Clone, Debug)]
struct Group {
    terms: Vec<Term>,
    /// The model answer or the point itself says it in a negation, so that a negation is no warning.
    negative: bool,
}

/// The best place where a text meets a group.
#[derive(Clone, Debug)]
struct Found {
    /// One for each term; `None` is a term that is missing there.
    hits: Vec<Option<Hit>>,
    negated: bool,
    listed: bool,
}

impl KeyPoints {
    /// Compiles the points of a question. What the question itself says earns nothing.
    pub fn new(question: &Question) -> Self {
        let asked = Text::new(&question.question);
        let model = Text::new(&without_marks(&question.model_answer));
        let points = question.points.iter().map(|point| CompiledPoint::new(point, &asked, &model)).collect();
        let topic = Topic::of(question);
        Self { points, topic }
    }

    /// The same, looked for in whatever a text is about: for texts that are no answers.
    pub fn in_any_text(self) -> Self {
        Self { topic: None, ..self }
    }

    /// What each group of each point finds in one text, for the author of a question.
    pub fn trace(&self, text: &str) -> Vec<PointTrace> {
        let read = Text::new(text);
        let trace_group = |group: &Group, window| group.trace(text, &read, window);
        self.points
            .iter()
            .map(|point| PointTrace {
                point: point.id.clone(),
                accept: point.accept.iter().map(|group| trace_group(group, WINDOW)).collect(),
                trap: point.trap.iter().map(|group| trace_group(group, TRAP_WINDOW)).collect(),
            })
            .collect()
    }
}

/// What the groups of one point find in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointTrace {
    pub point: String,
    pub accept: Vec<GroupTrace>,
    pub trap: Vec<GroupTrace>,
}

/// What one group finds in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupTrace {
    pub terms: Vec<TermTrace>,
    /// Every term stands in one window and one of them is no word of the question.
    pub complete: bool,
    /// From the first to the last hit of the best window.
    pub quote: Option<String>,
    pub negated: bool,
    pub listed: bool,
}

/// What one term finds in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermTrace {
    pub term: String,
    /// Everything that matches anywhere in the text.
    pub everywhere: Vec<String>,
    /// What stands in the best window.
    pub in_window: Option<String>,
    /// It only repeats the question.
    pub echo: bool,
}

/// Which points the answers make. The first answer comes first, answers to probes follow and add to it.
pub fn cover(key_points: &KeyPoints, answers: &[&str]) -> Coverage {
    let texts: Vec<Text> = answers.iter().map(|answer| Text::new(&without_orders(answer))).collect();
    let mut points: Vec<PointCoverage> = key_points.points.iter().map(|point| point.cover(&texts)).collect();
    let words = texts.iter().map(Text::content_words).sum::<usize>();
    let too_short = words < SHORT;
    // Somebody who makes two points is on the topic, however much else is said.
    let few = points.iter().filter(|point| point.verdict == Verdict::Covered).count() < 2;
    let topic = key_points.topic.as_ref().filter(|_| !too_short && few);
    let off_topic = topic.is_some_and(|topic| topic.share(&texts) < ON_TOPIC);
    if off_topic {
        points.iter_mut().for_each(forget);
    }
    Coverage { points, content_words: u32::try_from(words).unwrap_or(u32::MAX), too_short, off_topic }
}

/// Takes back what was found.
fn forget(point: &mut PointCoverage) {
    (point.verdict, point.after) = (Verdict::NotFound, 0);
    (point.negated, point.trapped) = (false, false);
    point.spans.clear();
}

impl CompiledPoint {
    fn new(point: &Point, asked: &Text, model: &Text) -> Self {
        let say = Text::new(&point.say);
        let words: BTreeSet<&str> =
            say.tokens.iter().filter(|token| !token.light).map(|token| token.text.as_str()).collect();
        Self {
            id: point.id.clone(),
            accept: point.accept.iter().map(|terms| Group::new(terms, asked, &[model, &say])).collect(),
            trap: point.trap.iter().map(|terms| Group::compile(terms, asked)).collect(),
            context: words.iter().map(|word| Term::new(word, asked)).filter(|term| !term.is_echo()).collect(),
        }
    }

    fn cover(&self, texts: &[Text]) -> PointCoverage {
        let mut result = PointCoverage {
            point: self.id.clone(),
            verdict: Verdict::NotFound,
            spans: Vec::new(),
            negated: false,
            trapped: false,
            after: 0,
        };
        for (answer, text) in (0_u32..).zip(texts) {
            let trapped = self.trap.iter().any(|group| {
                group.find(text, TRAP_WINDOW).is_some_and(|found| found.is_complete() && !found.negated)
            });
            let best = self
                .accept
                .iter()
                .filter_map(|group| group.find(text, WINDOW))
                .filter_map(|found| found.verdict().map(|verdict| (verdict, found)))
                .filter(|(_, found)| {
                    found.is_complete() || found.count() > 1 || self.has_context(text, found)
                })
                .max_by(|(a_verdict, a), (b_verdict, b)| {
                    let rank =
                        |verdict: &Verdict, found: &Found| (worth(*verdict), !found.negated, found.count());
                    // Of equals the earlier and tighter one is kept.
                    rank(a_verdict, a).cmp(&rank(b_verdict, b)).then_with(|| b.bounds().cmp(&a.bounds()))
                });
            if let Some((mut verdict, found)) = best {
                let negated = found.is_complete() && found.negated;
                if trapped {
                    verdict = Verdict::Partly;
                }
                // A later answer improves on an earlier one; it never takes back what was made clear.
                if worth(verdict) > worth(result.verdict) {
                    result.spans = found.span(text, answer).into_iter().collect();
                    result.after = answer;
                    result.verdict = verdict;
                    result.negated = negated;
                }
                if verdict == Verdict::Covered {
                    result.trapped = false;
                    continue;
                }
            }
            if trapped {
                result.trapped = true;
                if result.verdict == Verdict::Covered {
                    result.verdict = Verdict::Partly;
                }
            }
        }
        result
    }
}

impl CompiledPoint {
    /// Whether enough other words of the point stand near a hit that is alone.
    fn has_context(&self, text: &Text, found: &Found) -> bool {
        let Some((first, last)) = found.bounds() else { return false };
        if text.tokens[first..=last].iter().all(|token| token.light) {
            return false;
        }
        let sentences =
            text.tokens[first].sentence.saturating_sub(WINDOW)..=text.tokens[last].sentence + WINDOW;
        let near = self.context.iter().filter(|term| {
            term.find(text)
                .iter()
                .any(|hit| sentences.contains(&hit.sentence) && (hit.last < first || hit.first > last))
        });
        // A short `say` has few words to spare.
        let needed = if self.context.len() > CONTEXT + 1 { CONTEXT } else { 1 };
        near.take(needed).count() == needed
    }
}

impl Group {
    fn compile(terms: &TermGroup, asked: &Text) -> Self {
        Self { terms: terms.iter().map(|term| Term::new(term, asked)).collect(), negative: false }
    }

    fn new(terms: &TermGroup, asked: &Text, references: &[&Text]) -> Self {
        let mut group = Self::compile(terms, asked);
        group.negative = references.iter().any(|reference| {
            group.find(reference, WINDOW).is_some_and(|found| found.is_complete() && found.negated)
        });
        group
    }

    /// The place that meets most terms: not negated rather than negated, and tight rather than wide.
    fn find(&self, text: &Text, window: usize) -> Option<Found> {
        let all: Vec<Vec<Hit>> = self.terms.iter().map(|term| term.find(text)).collect();
        let mut starts: Vec<usize> = all.iter().flatten().map(|hit| hit.sentence).collect();
        starts.sort_unstable();
        starts.dedup();
        let mut best: Option<Found> = None;
        for start in starts {
            for anchor in all.iter().flatten().filter(|hit| hit.sentence == start) {
                let found = self.around(text, &all, *anchor, start..=start + window);
                let better = best.as_ref().is_none_or(|best| found.rank() > best.rank());
                if better && found.earns() {
                    best = Some(found);
                }
            }
        }
        best
    }

    /// For each term the hit nearest to the anchor among those in the sentences.
    fn around(
        &self,
        text: &Text,
        all: &[Vec<Hit>],
        anchor: Hit,
        sentences: std::ops::RangeInclusive<usize>,
    ) -> Found {
        let distance = |hit: &Hit| {
            if hit.first > anchor.last {
                hit.first - anchor.last
            } else {
                anchor.first.saturating_sub(hit.last)
            }
        };
        let hits: Vec<Option<Hit>> = all
            .iter()
            .map(|hits| {
                hits.iter()
                    .filter(|hit| sentences.contains(&hit.sentence))
                    .min_by_key(|hit| (hit.echo, distance(hit), hit.first))
                    .copied()
            })
            .collect();
        let chosen: Vec<Hit> = hits.iter().flatten().copied().collect();
        // A negation that is itself one of the terms turns nothing round.
        let negated = !self.negative
            && chosen.iter().any(|hit| {
                negation::negations(text, hit.first, hit.last)
                    .iter()
                    .any(|place| !chosen.iter().any(|other| (other.first..=other.last).contains(place)))
            });
        let first = chosen.iter().map(|hit| hit.first).min().unwrap_or(anchor.first);
        let last = chosen.iter().map(|hit| hit.last).max().unwrap_or(anchor.last);
        Found { listed: is_list(text, first, last), hits, negated }
    }

    fn trace(&self, original: &str, text: &Text, window: usize) -> GroupTrace {
        let found = self.find(text, window);
        let quote = |hit: Hit| {
            let (start, end) = (text.tokens[hit.first].start, text.tokens[hit.last].end);
            original.get(start..end).unwrap_or_default().to_owned()
        };
        let terms = self
            .terms
            .iter()
            .enumerate()
            .map(|(index, term)| TermTrace {
                term: term.source.clone(),
                everywhere: term.find(text).into_iter().map(quote).collect(),
                in_window: found.as_ref().and_then(|found| found.hits[index]).map(quote),
                echo: term.is_echo(),
            })
            .collect();
        GroupTrace {
            terms,
            complete: found.as_ref().is_some_and(Found::is_complete),
            quote: found
                .as_ref()
                .and_then(Found::bounds)
                .map(|(first, last)| quote(Hit { first, last, sentence: 0, echo: false })),
            negated: found.as_ref().is_some_and(|found| found.negated),
            listed: found.as_ref().is_some_and(|found| found.listed),
        }
    }
}

impl Found {
    fn count(&self) -> usize {
        self.hits.iter().flatten().count()
    }

    fn is_complete(&self) -> bool {
        self.count() == self.hits.len()
    }

    /// Some hit is more than a word of the question.
    fn earns(&self) -> bool {
        self.hits.iter().flatten().any(|hit| !hit.echo)
    }

    fn verdict(&self) -> Option<Verdict> {
        if self.is_complete() && !self.negated && !self.listed {
            Some(Verdict::Covered)
        } else if self.count() * 2 >= self.hits.len() {
            Some(Verdict::Partly)
        } else {
            None
        }
    }

    /// First and last word of the evidence.
    fn bounds(&self) -> Option<(usize, usize)> {
        let first = self.hits.iter().flatten().map(|hit| hit.first).min()?;
        let last = self.hits.iter().flatten().map(|hit| hit.last).max()?;
        Some((first, last))
    }

    fn rank(&self) -> (bool, usize, bool, std::cmp::Reverse<usize>) {
        let width = self.bounds().map_or(0, |(first, last)| last - first);
        (self.earns(), self.count(), !self.negated && !self.listed, std::cmp::Reverse(width))
    }

    fn span(&self, text: &Text, answer: u32) -> Option<Span> {
        let (first, last) = self.bounds()?;
        let start = u32::try_from(text.tokens[first].start).ok()?;
        let end = u32::try_from(text.tokens[last].end).ok()?;
        Some(Span { answer, start, end })
    }
}

/// Verdicts from nothing upwards.
fn worth(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::NotFound => 0,
        Verdict::Partly => 1,
        Verdict::Covered => 2,
    }
}

/// Whether the sentences of the evidence are a mere list of keywords.
fn is_list(text: &Text, first: usize, last: usize) -> bool {
    let sentences = text.tokens[first].sentence..=text.tokens[last].sentence;
    let mut words = 0;
    for token in text.tokens.iter().filter(|token| sentences.contains(&token.sentence)) {
        if token.inflected || negation::is_negation(token) {
            return false;
        }
        words += 1;
    }
    words >= LIST
}
