//! Figures and closed lists as people read them.

use domain::ModelFailure;
use domain::usage::{Cost, Failures, Figures, Purpose, STEPS_MS, Span, Within};

use crate::words;

/// What a call is for.
pub fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Speak => tr!(usage.purpose_speak),
        Purpose::Assess => tr!(usage.purpose_assess),
        Purpose::Dispute => tr!(usage.purpose_dispute),
        Purpose::Rate => tr!(usage.purpose_rate),
        Purpose::Question => tr!(usage.purpose_question),
        Purpose::Key => tr!(usage.purpose_key),
        Purpose::LetterDraft => tr!(usage.purpose_letter_draft),
        Purpose::LetterPoints => tr!(usage.purpose_letter_points),
        Purpose::About => tr!(usage.purpose_about),
        Purpose::Compare => tr!(usage.purpose_compare),
        Purpose::ScoreCheck => tr!(usage.purpose_score_check),
        Purpose::Speech => tr!(usage.purpose_speech),
        Purpose::Trial => tr!(usage.purpose_trial),
    }
}

/// How far back the days go.
pub fn span(span: Span) -> String {
    tr!(usage.last_days, n = span.days())
}

/// A kind of failure in a word or two.
fn failure(kind: ModelFailure) -> &'static str {
    match kind {
        ModelFailure::Unreachable => tr!(usage.failure_unreachable),
        ModelFailure::Refused => tr!(usage.failure_refused),
        ModelFailure::Limited => tr!(usage.failure_limited),
        ModelFailure::TimedOut => tr!(usage.failure_timed_out),
        ModelFailure::Broken => tr!(usage.failure_broken),
    }
}

/// How a call failed, for those who can do something about it.
pub fn failure_for_operators(failure: ModelFailure) -> &'static str {
    match failure {
        ModelFailure::Refused => tr!(usage.key_refused),
        other => words::model_failure(other),
    }
}

/// How many calls failed, with the kinds that there are.
pub fn failures(failures: &Failures) -> String {
    let kinds = ModelFailure::ALL.iter().map(|kind| (failure(*kind), failures.of(*kind)));
    let kinds: Vec<String> = kinds
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| format!("{kind} {}", number(count)))
        .collect();
    match kinds.is_empty() {
        true => "0".to_owned(),
        false => format!("{} ({})", number(failures.all()), kinds.join(", ")),
    }
}

/// A number with its thousands set apart.
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Milliseconds as seconds, with as many digits as they need.
pub fn seconds(ms: u32) -> String {
    let text = format!("{}.{:03}", ms / 1000, ms % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What a share of the calls stayed within.
pub fn within(within: Option<Within>) -> String {
    match within {
        None => "–".to_owned(),
        Some(Within::Ms(ms)) => tr!(usage.within, n = seconds(ms)),
        Some(Within::Longer) => {
            tr!(usage.longer, n = seconds(STEPS_MS.last().copied().unwrap_or_default()))
        }
    }
}

/// US dollars.
pub fn dollars(dollars: f64) -> String {
    match dollars {
        _ if dollars == 0.0 => "$0".to_owned(),
        0.0..0.1 => format!("${dollars:.4}"),
        _ => format!("${dollars:.2}"),
    }
}

/// What calls cost, as far as their models have a price.
pub fn cost(cost: &Cost) -> String {
    match (cost.dollars, cost.without_price) {
        (None, 0) => "–".to_owned(),
        (None, _) => tr!(usage.no_price).to_owned(),
        (Some(sum), 0) => dollars(sum),
        (Some(sum), tokens) => tr!(usage.cost_partly, cost = dollars(sum), n = number(tokens)),
    }
}

/// Tokens, and how many of them are estimates.
pub fn tokens(figures: &Figures) -> String {
    let (sent, said) = (number(figures.prompt_tokens), number(figures.completion_tokens));
    match figures.estimated_tokens {
        0 => tr!(usage.tokens_told, sent = sent, said = said),
        estimated => tr!(usage.tokens_partly, sent = sent, said = said, n = number(estimated)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_readable() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(number), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([250, 1_000, 64_000, 1_204].map(seconds), ["0.25", "1", "64", "1.204"]);
        assert_eq!([0.0, 0.0123, 1.5, 1234.0].map(dollars), ["$0", "$0.0123", "$1.50", "$1234.00"]);
    }

    #[test]
    fn a_cost_without_prices_is_not_zero() {
        assert_eq!(cost(&Cost::default()), "–");
        assert_eq!(cost(&Cost { dollars: None, without_price: 5 }), "가격 미설정");
        assert_eq!(cost(&Cost { dollars: Some(0.0), without_price: 0 }), "$0");
        let partly = cost(&Cost { dollars: Some(1.5), without_price: 1_000 });
        assert!(partly.contains("$1.50") && partly.contains("1,000"), "{partly}");
    }

    #[test]
    fn failures_name_their_kinds() {
        assert_eq!(failures(&Failures::default()), "0");
        let some = Failures { limited: 2, timed_out: 1, ..Failures::default() };
        assert_eq!(failures(&some), "3 (호출 제한 2, 시간 초과 1)");
    }
}
