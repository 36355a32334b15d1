//! Cleaning text. What a person typed keeps its shape; what was read from a file loses what only its pages needed.

use unicode_normalization::UnicodeNormalization;

/// Text as it was typed, in composed characters and without those that nobody types: NUL, which PostgreSQL cannot store, and other
/// controls.
pub fn typed(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").nfc().filter(|character| may_stand(*character)).collect()
}

/// Text as it was read from a file: composed, without hyphens at the ends of lines, blanks at the ends of lines, and more than one
/// empty line in a row. Page numbers stay: they look like what somebody wrote.
pub fn read(text: &str) -> String {
    let text = text.replace(['\u{2028}', '\u{2029}', '\u{b}', '\u{c}'], "\n");
    // Bullets of fonts that have nothing else, in places that mean nothing elsewhere.
    let text = text.replace(['\u{f06c}', '\u{f06e}', '\u{f0a7}', '\u{f0b7}', '\u{f0d8}'], "•");
    let typed = typed(&text);
    let mut lines: Vec<String> = Vec::new();
    for line in typed.lines() {
        let line = line.replace(['\u{a0}', '\u{2007}', '\u{202f}'], " ");
        let line = line.trim_end();
        match lines.last_mut() {
            None if line.is_empty() => {}
            Some(last) if line.is_empty() && last.is_empty() => {}
            Some(last) if goes_on(last, line) => {
                last.truncate(last.len() - last.chars().last().map_or(0, char::len_utf8));
                last.push_str(line.trim_start());
            }
            _ => lines.push(line.to_owned()),
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n").replace('\u{ad}', "")
}

/// Whether a word was cut at the end of a line: letters of the same kind before the hyphen and after it, small ones.
fn goes_on(line: &str, next: &str) -> bool {
    let mut end = line.chars().rev();
    let hyphen = end.next().is_some_and(|last| matches!(last, '-' | '\u{2010}' | '\u{ad}'));
    let small = |character: Option<char>| character.is_some_and(|it| it.is_lowercase() && it.is_alphabetic());
    hyphen && small(end.next()) && small(next.trim_start().chars().next())
}

/// Whether a character may stand in a text: no controls but tab and line feed, no marks of direction that hide what follows, and
/// nothing that is no character.
fn may_stand(character: char) -> bool {
    match character {
        '\t' | '\n' => true,
        // Overrides and isolates of the direction: they can make a text read otherwise than it is stored.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{fffc}' => false,
        // A soft hyphen is seen at the end of a line alone; `read` needs it there.
        _ => !character.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_keeps_its_shape() {
        let check = |text: &str, expected: &str| assert_eq!(typed(text), expected, "{text:?}");
        check("a\r\nb\rc", "a\nb\nc");
        check("\u{1112}\u{1161}\u{11ab}글", "한글");
        check("a\0b\u{7}c\u{1b}[0m", "abc[0m");
        check("\u{feff}  두 칸\t탭  \n\n\n", "  두 칸\t탭  \n\n\n");
        check("gnp.\u{202e}exe", "gnp.exe");
        check("👩‍💻", "👩‍💻");
    }

    #[test]
    fn what_was_read_loses_what_its_pages_needed() {
        let check = |text: &str, expected: &str| assert_eq!(read(text), expected, "{text:?}");
        check("\n\n 경력  \n\n\n\n프로젝트\n\n", " 경력\n\n프로젝트");
        check("inter-\n  view and", "interview and");
        check("inter\u{ad}\nview", "interview");
        check("2021-\n2023", "2021-\n2023");
        check("TCP-\nIP", "TCP-\nIP");
        check("- 하나\n- 둘", "- 하나\n- 둘");
        check("한국어-\n다음", "한국어-\n다음");
        check("1쪽\u{c}2쪽", "1쪽\n2쪽");
        check("끝\n- 3 -\n", "끝\n- 3 -");
        check("a\u{a0}b", "a b");
        check("\u{f0b7} 하나\nco\u{ad}op", "• 하나\ncoop");
    }
}
