//! How long answers took, and how much was said in that time.

use super::{Pace, Speaker, TurnKind, TurnView};

/// Counts the answers among turns in order. `paused` tells that the interview was paused at some time: then nobody knows how long an
/// answer took.
pub fn pace(turns: &[TurnView], paused: bool) -> Pace {
    let mut pace = Pace::default();
    let mut seconds = 0;
    let mut asked_at = None;
    for turn in turns {
        if turn.speaker == Speaker::Interviewer {
            asked_at = Some(turn.at);
        } else if turn.kind == TurnKind::Answer {
            seconds += asked_at.map_or(0, |asked| (turn.at - asked).num_seconds().max(0));
            pace.characters +=
                count(turn.text.chars().filter(|character| !character.is_whitespace()).count());
            pace.syllables +=
                count(turn.text.chars().filter(|character| ('가'..='힣').contains(character)).count());
            pace.words += count(turn.text.split_whitespace().count());
        }
    }
    pace.seconds = u32::try_from(seconds).ok().filter(|seconds| !paused && *seconds > 0);
    pace
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;
    use crate::interview::TurnStatus;

    fn turn(number: u32, after: i64, text: &str) -> TurnView {
        let asks = number.is_multiple_of(2);
        TurnView {
            number,
            position: 0,
            speaker: if asks { Speaker::Interviewer } else { Speaker::Candidate },
            kind: if asks { TurnKind::Probe } else { TurnKind::Answer },
            status: TurnStatus::Done,
            attempt: 1,
            text: text.to_owned(),
            problem: None,
            at: DateTime::UNIX_EPOCH + TimeDelta::seconds(after),
            cue: None,
        }
    }

    #[test]
    fn every_answer_counts_from_what_was_asked_last() {
        let turns =
            [turn(0, 0, "왜죠?"), turn(1, 20, "락 lock 때문"), turn(2, 25, "더요?"), turn(3, 35, "네.")];
        let expected = Pace { seconds: Some(30), characters: 9, syllables: 4, words: 4 };
        assert_eq!(pace(&turns, false), expected);
        assert_eq!(pace(&turns, true), Pace { seconds: None, ..expected });
        assert_eq!(pace(&[], false), Pace::default());
    }
}
