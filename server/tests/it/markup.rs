//! A page as a browser without JavaScript understands it, and what must not be in it.
//!
//! It is read by the parser of the HTML standard, because that decides what runs: `</textarea>` in a text area or an unquoted
//! attribute look harmless to a search for `<script>`.

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use crate::client::Reply;

/// Elements that Daedap never uses and that do something by being there.
const FORBIDDEN: &[&str] = &[
    "applet",
    "audio",
    "base",
    "embed",
    "frame",
    "frameset",
    "iframe",
    "image",
    "img",
    "marquee",
    "math",
    "object",
    "plaintext",
    "portal",
    "source",
    "style",
    "svg",
    "template",
    "track",
    "video",
    "xmp",
];

/// Attributes that hold an address.
const ADDRESSES: &[&str] = &[
    "action",
    "background",
    "cite",
    "data",
    "formaction",
    "href",
    "ping",
    "poster",
    "src",
    "srcset",
    "xlink:href",
];

/// A page, taken apart.
#[derive(Default)]
pub struct Page {
    elements: Vec<Element>,
    /// Everything that is no code.
    text: String,
    /// The code between script tags, the contents of its strings left out.
    code: String,
    nonce: Option<String>,
}

struct Element {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Page {
    pub fn of(reply: &Reply) -> Self {
        let policy = reply.header("content-security-policy").expect("a policy");
        let nonce =
            policy.split_once("'nonce-").and_then(|(_, rest)| rest.split_once('\'')).map(|(nonce, _)| nonce);
        match reply.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            true => Self::parse(reply.text(), nonce),
            false => Self::default(),
        }
    }

    fn parse(html: &str, nonce: Option<&str>) -> Self {
        let mut page = Self { nonce: nonce.map(str::to_owned), ..Self::default() };
        // What stands in `<noscript>` is text to one browser and elements to another.
        for scripting_enabled in [false, true] {
            let tree_builder = TreeBuilderOpts { scripting_enabled, ..TreeBuilderOpts::default() };
            let options = ParseOpts { tree_builder, ..ParseOpts::default() };
            page.take(&parse_document(RcDom::default(), options).one(html));
        }
        page
    }

    /// Adds what is in a document. It is held to the end: a node that is dropped takes its children apart, even those that others hold.
    fn take(&mut self, dom: &RcDom) {
        let mut waiting: Vec<(Handle, bool)> = vec![(dom.document.clone(), false)];
        while let Some((node, in_script)) = waiting.pop() {
            let mut is_script = in_script;
            match &node.data {
                NodeData::Text { contents } if in_script => {
                    self.code.push_str(&without_strings(&contents.borrow()))
                }
                NodeData::Text { contents } => self.text.push_str(&contents.borrow()),
                NodeData::Element { name, attrs, .. } => {
                    let name = name.local.to_string();
                    is_script = name == "script";
                    let attributes = attrs.borrow();
                    let pair = |attribute: &html5ever::Attribute| {
                        (attribute.name.local.to_string(), attribute.value.to_string())
                    };
                    self.elements.push(Element { name, attributes: attributes.iter().map(pair).collect() });
                }
                _ => {}
            }
            // Backwards, so that the first child is taken first.
            waiting.extend(node.children.borrow().iter().rev().map(|child| (child.clone(), is_script)));
        }
    }

    /// Everything that a person reads.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Values of an attribute of all elements of a name.
    pub fn values(&self, element: &str, attribute: &str) -> Vec<&str> {
        let elements = self.elements.iter().filter(|found| found.name == element);
        elements.filter_map(|found| found.attribute(attribute)).collect()
    }

    /// Fails when anything in the page could run or lead away that Daedap did not put there.
    pub fn assert_tame(&self, what: &str) {
        for element in &self.elements {
            let name = element.name.as_str();
            // The chart of results is drawn by Daedap, and so are bars.
            let is_chart = name == "svg" && element.attribute("aria-labelledby") == Some("scores");
            let is_bars = name == "svg"
                && ["bars-ticks", "bars-plot", "shares-bars", "shares-bar"]
                    .iter()
                    .any(|class| element.attribute("class") == Some(*class));
            assert!(is_chart || is_bars || !FORBIDDEN.contains(&name), "{what}: <{name}>");
            if name == "script" {
                let nonce = element.attribute("nonce");
                assert!(
                    nonce.is_some() && nonce == self.nonce.as_deref(),
                    "{what}: a script of nonce {nonce:?}"
                );
            }
            for (attribute, value) in &element.attributes {
                let attribute = attribute.as_str();
                assert!(!attribute.starts_with("on"), "{what}: <{name} {attribute}={value:?}>");
                assert!(
                    !matches!(attribute, "style" | "srcdoc" | "http-equiv"),
                    "{what}: <{name} {attribute}>"
                );
                if ADDRESSES.contains(&attribute) {
                    assert!(stays(element, value), "{what}: <{name} {attribute}={value:?}>");
                }
            }
        }
    }

    /// Fails when a word of a person or a model became part of the page's code or of the shape of the page.
    pub fn assert_only_text(&self, canary: &str, what: &str) {
        self.assert_tame(what);
        assert!(!self.code.contains(canary), "{what}: the canary is code: {}", self.code);
        for element in &self.elements {
            assert!(!element.name.contains(canary), "{what}: <{}>", element.name);
            for (attribute, _) in &element.attributes {
                assert!(!attribute.contains(canary), "{what}: <{} {attribute}>", element.name);
            }
        }
    }
}

/// Whether an address leads to this site, or is an ordinary link of the kind that tells nobody where it was.
fn stays(element: &Element, address: &str) -> bool {
    let here = address.starts_with('#')
        || (address.starts_with('/') && !address.starts_with("//") && !address.contains(['\\', '\t', '\n']));
    let link = element.name == "a"
        && address.starts_with("https://")
        && element.attribute("rel").is_some_and(|rel| rel.contains("noopener") && rel.contains("noreferrer"));
    here || link
}

/// JavaScript without what stands in its strings.
fn without_strings(code: &str) -> String {
    let mut outside = String::new();
    let mut quote = None;
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (Some(_), '\\') => {
                characters.next();
            }
            (Some(open), close) if open == close => quote = None,
            // These end a line, and so an open string, wherever they stand.
            (Some('"' | '\''), '\n') => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(character),
            (None, _) => outside.push(character),
        }
    }
    outside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> Page {
        Page::parse(body, Some("n"))
    }

    #[test]
    fn what_could_run_is_found() {
        for hostile in [
            "<script>canary</script>",
            "<script nonce=m>canary</script>",
            "<textarea></textarea><script>canary</script></textarea>",
            "<p title=x onclick=canary>",
            "<a href=javascript:canary>",
            "<a href=//evil.example/canary>",
            "<a href=https://evil.example/canary>",
            "<form action=https://evil.example/canary>",
            "<svg/onload=canary>",
            "<meta http-equiv=refresh content=canary>",
        ] {
            let result = std::panic::catch_unwind(|| page(hostile).assert_tame("it"));
            assert!(result.is_err(), "{hostile}");
        }
        page("<script nonce=n>let x = 1</script><a href=/x>canary</a>&lt;script>").assert_tame("it");
    }

    #[test]
    fn words_that_became_code_are_found() {
        for hostile in [
            "<script nonce=n>let x = \"\"; canary; \"\"</script>",
            "<script nonce=n>let x = \"\\\\\"; canary; \"\"</script>",
            "<script nonce=n>let x = '\n canary '</script>",
        ] {
            let result = std::panic::catch_unwind(|| page(hostile).assert_only_text("canary", "it"));
            assert!(result.is_err(), "{hostile}");
        }
        page("<script nonce=n>let x = \"\\\"; canary; \"</script>").assert_only_text("canary", "it");
    }
}
