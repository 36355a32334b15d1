//! Calls to model servers on one day, counted.

use sea_orm::entity::prelude::*;

/// What one model was asked for one purpose on one UTC day. Nothing of a person is in it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "model_usage")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Date,
    #[sea_orm(primary_key, auto_increment = false)]
    pub model: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub purpose: String,
    /// All calls, however they ended.
    pub calls: i64,
    /// Calls that were given up before their end, because nobody waited any more.
    pub cancelled: i64,
    /// Calls that asked again because the answer before them had the wrong form. They count among `calls`, too.
    pub repairs: i64,
    pub unreachable: i64,
    pub refused: i64,
    pub limited: i64,
    pub timed_out: i64,
    pub broken: i64,
    /// As the model server told.
    pub prompt_tokens: i64,
    pub completion_tokens: i64,
    /// For calls about which the model server told nothing.
    pub estimated_prompt_tokens: i64,
    pub estimated_completion_tokens: i64,
    /// Milliseconds of all answered calls together, and below it how many of them took how long.
    pub answer_ms: i64,
    pub answer_quarter: i64,
    pub answer_half: i64,
    pub answer_one: i64,
    pub answer_two: i64,
    pub answer_four: i64,
    pub answer_eight: i64,
    pub answer_sixteen: i64,
    pub answer_thirty_two: i64,
    pub answer_sixty_four: i64,
    pub answer_longer: i64,
    /// The same up to the first word of streams.
    pub first_word_ms: i64,
    pub first_word_quarter: i64,
    pub first_word_half: i64,
    pub first_word_one: i64,
    pub first_word_two: i64,
    pub first_word_four: i64,
    pub first_word_eight: i64,
    pub first_word_sixteen: i64,
    pub first_word_thirty_two: i64,
    pub first_word_sixty_four: i64,
    pub first_word_longer: i64,
    pub last_success_at: Option<DateTimeUtc>,
    pub last_failure_at: Option<DateTimeUtc>,
    /// A `ModelFailure`.
    pub last_failure: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
