//! Markdown of the bank and of models, to HTML that is safe to show.

use std::collections::HashSet;

use pulldown_cmark::{Event, Options, Parser, TagEnd, html};

/// How deep elements stand in each other at most. What is deeper stands there without them: a sanitiser looks through all that is around
/// an element, and a text of nothing but quotes in quotes would keep it busy for a quarter of a minute.
const DEPTH_MAX: usize = 32;

/// Renders Markdown. Raw HTML is shown as text, images are left out, links open apart and tell nobody where they were.
pub fn render(markdown: &str) -> String {
    let mut depth = 0_usize;
    let parser = Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES);
    let events = parser.filter_map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(_) => {
            depth += 1;
            (depth <= DEPTH_MAX).then_some(event)
        }
        Event::End(_) => {
            let begun = depth <= DEPTH_MAX;
            depth = depth.saturating_sub(1);
            begun.then_some(event)
        }
        other => Some(other),
    });
    let mut rendered = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut rendered, events);
    // Last, whatever came before: nothing passes but these.
    ammonia::Builder::default()
        .tags(HashSet::from([
            "p",
            "br",
            "em",
            "strong",
            "del",
            "code",
            "pre",
            "ul",
            "ol",
            "li",
            "blockquote",
            "a",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "h3",
            "h4",
            "hr",
        ]))
        .url_schemes(HashSet::from(["https"]))
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean(&rendered)
        .to_string()
}

/// The text of Markdown without its marks, as it is spoken.
pub fn plain(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for event in Parser::new(markdown) {
        match event {
            Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item)
                if !text.ends_with(' ') =>
            {
                text.push(' ');
            }
            _ => {}
        }
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{DEPTH_MAX, plain, render};

    #[test]
    fn quotes_in_quotes_keep_nobody_busy() {
        let began = Instant::now();
        for (mark, element) in [(">", "<blockquote>"), ("1. ", "<ol>"), ("> - ", "<ul>")] {
            let html = render(&format!("{}said", mark.repeat(20_000 / mark.len())));
            assert!(html.contains("said"), "{mark}: nothing of the text is lost");
            assert!((1..=DEPTH_MAX).contains(&html.matches(element).count()), "{mark}");
        }
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
        let nested = format!("{}a\n\nb **c** d", "> ".repeat(3));
        assert_eq!(render(&nested).matches("blockquote>").count(), 6);
    }

    #[test]
    fn spoken_text_has_no_marks() {
        assert_eq!(plain("Whether **you**\nknow `WAL`.\n\nAnd why."), "Whether you know WAL. And why.");
    }

    #[test]
    fn markdown_is_rendered_and_nothing_runs() {
        let check =
            |markdown: &str, expected: &str| assert_eq!(render(markdown).trim(), expected, "{markdown}");
        check("**굵게** `code`", "<p><strong>굵게</strong> <code>code</code></p>");
        check("[x](javascript:alert(1))", "<p><a rel=\"noopener noreferrer nofollow\">x</a></p>");
        check("![x](https://example.com/x.png)", "<p></p>");
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg/onload=alert(1)>",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "<a href=\"data:x\" onclick=\"alert(1)\">x</a>",
            "[x](https://example.com\"onclick=\"alert(1))",
            "</textarea><script>alert(1)</script>",
        ] {
            let html = render(hostile);
            // What stands between angle brackets is live, the rest is text.
            for element in html.split('<').skip(1).filter_map(|piece| piece.split('>').next()) {
                for wrong in ["script", "img", "svg", "data:", " onclick=", " onerror="] {
                    assert!(!element.contains(wrong), "{hostile} became {html}");
                }
            }
        }
    }
}
