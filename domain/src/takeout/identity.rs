//! Ids that come out of a file, and what they become where somebody else has them already.

use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use crate::notebook::MADE;

/// Before the key of a ledger line that came out of a file: it is history, and never takes the place of a line that is written here.
const MARK: &str = "imported:";

/// The key of an imported line.
pub fn marked(key: &str) -> String {
    format!("{MARK}{}", without_mark(key))
}

/// The key as it was where the line was written.
pub fn without_mark(key: &str) -> &str {
    key.strip_prefix(MARK).unwrap_or(key)
}

/// The id that a person's thing gets when its own belongs to somebody else. The same every time, so that importing twice changes nothing;
/// its time stays, since ids are in the order of time.
pub fn renamed(person: Uuid, id: Uuid) -> Uuid {
    let mut digest = Sha256::new();
    digest.update(b"daedap-takeout");
    digest.update(person.as_bytes());
    digest.update(id.as_bytes());
    let digest = digest.finalize();
    let mut bytes = *id.as_bytes();
    for (byte, other) in bytes.iter_mut().zip(digest.iter()).skip(6) {
        *byte = *other;
    }
    let builder = Builder::from_bytes(bytes).with_variant(uuid::Variant::RFC4122);
    builder.with_version(uuid::Version::SortRand).into_uuid()
}

/// The key of a question that a model made.
pub fn made_key(row: Uuid) -> String {
    format!("{MADE}{row}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_id_is_the_persons_own_and_always_the_same() {
        let (mina, jun) = (Uuid::now_v7(), Uuid::now_v7());
        let id = Uuid::now_v7();
        let renamed_for_mina = renamed(mina, id);
        assert_eq!(renamed_for_mina, renamed(mina, id));
        assert!(renamed_for_mina != id && renamed_for_mina != renamed(jun, id));
        assert_eq!(renamed_for_mina.as_bytes()[..6], id.as_bytes()[..6]);
        assert_eq!(renamed_for_mina.get_version_num(), 7);
    }

    #[test]
    fn a_line_is_marked_once() {
        assert_eq!(marked("started:1"), "imported:started:1");
        assert_eq!(marked(&marked("started:1")), "imported:started:1");
        assert_eq!(without_mark("imported:started:1"), "started:1");
    }
}
