//! Reads `topics.toml`, the list of topics in the order of the screen.

use serde::Deserialize;

use super::parse::is_slug;
use super::topic::Topic;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicsFile {
    #[serde(default)]
    topic: Vec<Topic>,
}

/// Parses the text of a `topics.toml`.
pub fn parse_topics(text: &str) -> Result<Vec<Topic>, String> {
    let file: TopicsFile = toml::from_str(text).map_err(|error| error.to_string().trim().to_owned())?;
    for (index, topic) in file.topic.iter().enumerate() {
        if !is_slug(&topic.id) {
            return Err(format!(
                "the id `{}` is not made of lower case letters, digits and hyphens",
                topic.id
            ));
        }
        if topic.ko.trim().is_empty() || topic.en.trim().is_empty() {
            return Err(format!("topic `{}` lacks a name", topic.id));
        }
        if file.topic[..index].iter().any(|earlier| earlier.id == topic.id) {
            return Err(format!("topic `{}` is listed twice", topic.id));
        }
    }
    Ok(file.topic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::{Field, Language};

    #[test]
    fn reads_topics_in_order() {
        let topics = parse_topics(
            "[[topic]]\nid = \"os\"\nfield = \"cs\"\nko = \"운영체제\"\nen = \"Operating systems\"\n\
             [[topic]]\nid = \"react\"\nfield = \"frontend\"\nko = \"리액트\"\nen = \"React\"\n",
        )
        .expect("valid");
        assert_eq!(topics.iter().map(|topic| topic.id.as_str()).collect::<Vec<_>>(), ["os", "react"]);
        assert_eq!(topics[0].field, Field::Cs);
        assert_eq!(topics[1].name(Language::Korean), "리액트");
    }

    #[test]
    fn refuses_unknown_keys_fields_and_repetition() {
        let topic = "[[topic]]\nid = \"os\"\nfield = \"cs\"\nko = \"운영체제\"\nen = \"OS\"\n";
        for bad in [
            format!("{topic}{topic}"),
            format!("{topic}colour = 1\n"),
            topic.replace("\"cs\"", "\"cooking\""),
            topic.replace("\"os\"", "\"Os\""),
            topic.replace("\"OS\"", "\"\""),
        ] {
            assert!(parse_topics(&bad).is_err(), "{bad}");
        }
    }
}
