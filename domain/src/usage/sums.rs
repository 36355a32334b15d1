//! The counts of many rows as the figures of one day, of one model and purpose, or of all.

use super::steps::{Steps, percentile};
use super::{Cost, Failures, Figures, Price};
use crate::entities::model_usage::{Column, Model};

/// The columns of the steps of answers, in the order of [`super::STEPS_MS`].
pub const ANSWER_STEPS: [Column; 10] = [
    Column::AnswerQuarter,
    Column::AnswerHalf,
    Column::AnswerOne,
    Column::AnswerTwo,
    Column::AnswerFour,
    Column::AnswerEight,
    Column::AnswerSixteen,
    Column::AnswerThirtyTwo,
    Column::AnswerSixtyFour,
    Column::AnswerLonger,
];

/// The same for first words.
pub const FIRST_WORD_STEPS: [Column; 10] = [
    Column::FirstWordQuarter,
    Column::FirstWordHalf,
    Column::FirstWordOne,
    Column::FirstWordTwo,
    Column::FirstWordFour,
    Column::FirstWordEight,
    Column::FirstWordSixteen,
    Column::FirstWordThirtyTwo,
    Column::FirstWordSixtyFour,
    Column::FirstWordLonger,
];

/// Rows being added up.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    figures: Figures,
    answer_ms: u64,
    answers: Steps,
    first_word_ms: u64,
    first_words: Steps,
}

impl Sums {
    /// Adds a row, whose model has this price or none.
    pub fn add(&mut self, row: &Model, price: Option<Price>) {
        let count = |count: i64| u64::try_from(count).unwrap_or_default();
        let figures = &mut self.figures;
        figures.calls += count(row.calls);
        figures.cancelled += count(row.cancelled);
        figures.repairs += count(row.repairs);
        let Failures { unreachable, refused, limited, timed_out, broken } = &mut figures.failures;
        *unreachable += count(row.unreachable);
        *refused += count(row.refused);
        *limited += count(row.limited);
        *timed_out += count(row.timed_out);
        *broken += count(row.broken);
        let prompt = count(row.prompt_tokens) + count(row.estimated_prompt_tokens);
        let completion = count(row.completion_tokens) + count(row.estimated_completion_tokens);
        figures.prompt_tokens += prompt;
        figures.completion_tokens += completion;
        figures.estimated_tokens +=
            count(row.estimated_prompt_tokens) + count(row.estimated_completion_tokens);
        if prompt + completion > 0 {
            let Cost { dollars, without_price } = &mut figures.cost;
            match price {
                Some(price) => *dollars = Some(dollars.unwrap_or_default() + price.of(prompt, completion)),
                None => *without_price += prompt + completion,
            }
        }
        self.answer_ms += count(row.answer_ms);
        for (sum, more) in self.answers.iter_mut().zip(answers(row)) {
            *sum += count(more);
        }
        self.first_word_ms += count(row.first_word_ms);
        for (sum, more) in self.first_words.iter_mut().zip(first_words(row)) {
            *sum += count(more);
        }
    }

    /// What the rows come to.
    pub fn figures(&self) -> Figures {
        let mean = |ms: u64, steps: &Steps| {
            let mean = ms.checked_div(steps.iter().sum())?;
            Some(u32::try_from(mean).unwrap_or(u32::MAX))
        };
        Figures {
            answer_half: percentile(&self.answers, 50),
            answer_most: percentile(&self.answers, 95),
            answer_mean_ms: mean(self.answer_ms, &self.answers),
            first_word_half: percentile(&self.first_words, 50),
            first_word_most: percentile(&self.first_words, 95),
            first_word_mean_ms: mean(self.first_word_ms, &self.first_words),
            ..self.figures.clone()
        }
    }
}

fn answers(row: &Model) -> [i64; 10] {
    [
        row.answer_quarter,
        row.answer_half,
        row.answer_one,
        row.answer_two,
        row.answer_four,
        row.answer_eight,
        row.answer_sixteen,
        row.answer_thirty_two,
        row.answer_sixty_four,
        row.answer_longer,
    ]
}

fn first_words(row: &Model) -> [i64; 10] {
    [
        row.first_word_quarter,
        row.first_word_half,
        row.first_word_one,
        row.first_word_two,
        row.first_word_four,
        row.first_word_eight,
        row.first_word_sixteen,
        row.first_word_thirty_two,
        row.first_word_sixty_four,
        row.first_word_longer,
    ]
}
