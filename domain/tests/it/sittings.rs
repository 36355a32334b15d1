//! What several files of tests need to sit an interview on purpose.

use std::sync::Arc;

use domain::Viewer;
use domain::entities::interview_question;
use domain::interview::{RoomView, TurnKind};
use domain::questions::Question;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use testkit::Fixture;
use uuid::Uuid;

/// Long enough to be judged, and about nothing that any question asks.
pub const OFF_TOPIC: &str = "어제 점심에 친구와 맛있는 국수를 먹었고 오후에는 공원을 오래 걸었습니다. 날씨가 맑아서 기분이 참 \
    좋았고 저녁에는 영화를 보았습니다.";

/// The open question, as the bank has it.
pub fn question_asked(fixture: &Fixture, room: &RoomView) -> Arc<Question> {
    let asked = room.turns.iter().rfind(|turn| turn.kind == TurnKind::Question).expect("a question");
    fixture
        .app
        .bank
        .questions(room.interview.language, None, None, None)
        .find(|question| asked.text.ends_with(&question.question))
        .expect("a question of the bank")
        .clone()
}

/// The model answer of the open question, in the words of the bank.
pub fn model_answer(fixture: &Fixture, room: &RoomView) -> String {
    domain::markup::plain(&question_asked(fixture, room).model_answer)
}

/// Starts an interview that asks a question of the bank first, whatever it would have asked.
pub async fn ask(fixture: &Fixture, viewer: &Viewer, question_id: &str) -> (Uuid, Arc<Question>) {
    let (id, room) = fixture.interview(viewer, fixture.setup("ko")).await;
    let question = fixture.app.bank.get(question_id, room.interview.language).expect("of the bank").clone();
    interview_question::Entity::update_many()
        .col_expr(interview_question::Column::QuestionId, Expr::value(question_id))
        .col_expr(
            interview_question::Column::Question,
            Expr::value(serde_json::to_value(question.as_ref()).expect("JSON")),
        )
        .filter(interview_question::Column::InterviewId.eq(id))
        .filter(interview_question::Column::Position.eq(0))
        .exec(fixture.app.database.writer())
        .await
        .expect("changed");
    (id, question)
}
