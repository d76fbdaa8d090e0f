//! Chart text made into plain text: nothing that a speech engine would take for markup, nothing unprintable, nothing lost.

use super::signs;

/// Where something stood that must not be spoken, such as a web address.
pub(super) const NOT_SPOKEN: &str = "(something that can't be read out)";

/// Tags that charts carry over from rich text. Any other `<` is a sign of its own: "if sugar <70".
/// Those within a line change nothing; those of speech markup would change how we sound.
const TAGS_IN_LINE: [&str; 17] = [
    "a", "b", "em", "font", "i", "span", "strong", "u", "speak", "break", "say-as", "prosody", "voice", "audio",
    "phoneme", "emphasis", "mark",
];
/// And those that begin another line. Not `s`, `sup` and their like: without them "10<sup>6</sup>" is another number.
const TAGS_BETWEEN_LINES: [&str; 12] = ["br", "div", "h1", "h2", "h3", "li", "ol", "p", "table", "td", "tr", "ul"];

/// A longer text is no name and no instruction: nobody writes one, nobody listens to one, and what reads it needs time that
/// grows faster than it does.
pub(super) const LONGEST: usize = 4_000;

/// `text` without tags and entities, its signs spelled, its spaces single. `None` where a part of it was lost before it
/// came to us (control characters, U+FFFD), or would be lost by us: markup that we don't know, a sign of several
/// meanings; and where it is longer than any.
pub(super) fn plain(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let plain = lines(&escapes(&entities(&without_tags(&entities(text)))))?;
    if has_entity(&plain) {
        return None;
    }
    let words = plain.split_whitespace().map(|word| if is_address(word) { NOT_SPOKEN } else { word });
    let plain = words.collect::<Vec<_>>().join(" ");
    if signs::are_unclear(&plain) {
        return None;
    }
    Some(signs::named(&plain).split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "("))
}

/// Whether [`plain`] had to leave something unspoken.
pub(super) fn has_unspoken(plain: &str) -> bool {
    plain.contains(NOT_SPOKEN)
}

/// One line without formatting characters; `None` with other control characters, which stand where something was. A
/// line's end is a sentence's.
fn lines(text: &str) -> Option<String> {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                if line.trim_end().ends_with(char::is_alphanumeric) {
                    line.push('.');
                }
                line.push(' ');
            }
            '\u{2010}'..='\u{2015}' | '\u{2212}' => line.push('-'),
            c if is_unseen(c) => {}
            c if c.is_whitespace() => line.push(' '),
            c if c.is_control() || c == '\u{FFFD}' => return None,
            c => line.push(c),
        }
    }
    Some(line)
}

/// Whether a character only tells how others look.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Whether an entity is left that we don't know: `&frac12;`, `&#8805;`.
fn has_entity(text: &str) -> bool {
    text.split('&').skip(1).any(|after| {
        let name = after.split_once(';').map_or("", |(name, _)| name);
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    })
}

/// Ends of lines that an interface wrote as letters: `\n`, and HL7's `\.br\`.
fn escapes(text: &str) -> String {
    let ends = [r"\.br\", r"\r\n", r"\n", r"\r"];
    ends.iter().fold(text.to_owned(), |text, end| text.replace(end, "\n")).replace(r"\t", " ")
}

fn entities(text: &str) -> String {
    text.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        let tag = after.split_once('>').and_then(|(tag, after_tag)| Some((replacement(tag)?, after_tag)));
        match tag {
            Some((replacement, after_tag)) => {
                plain.push_str(replacement);
                rest = after_tag;
            }
            None => {
                plain.push('<');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// What stands in a tag's place, if it is one that we know.
fn replacement(tag: &str) -> Option<&'static str> {
    let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default().to_ascii_lowercase();
    if TAGS_IN_LINE.contains(&name.as_str()) {
        Some("")
    } else {
        TAGS_BETWEEN_LINES.contains(&name.as_str()).then_some("\n")
    }
}

/// A web address or an id: nothing that a listener can use.
fn is_address(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    // Where a scheme begins the word: "heartburn:" has none.
    let opened = lower.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let address = lower.contains("://")
        || ["http:", "https:", "www.", "urn:", "mailto:", "ftp:"].iter().any(|scheme| opened.starts_with(scheme));
    // A UUID, or a long run in which letters and digits mix.
    let run = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let digits = run.chars().filter(char::is_ascii_digit).count();
    let letters = run.chars().filter(char::is_ascii_alphabetic).count();
    let id = run.len() >= 24
        && digits >= 4
        && letters >= 4
        && run.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    address || id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_words_or_goes_and_nothing_else_does() {
        for (text, spoken) in [
            ("<b>Take</b> 1 tablet<br/>daily", "Take 1 tablet. daily"),
            ("<b>1</b>0 mg", "10 mg"),
            ("<p>Take 1</p><p>2 days</p>", "Take 1. 2 days."),
            ("if sugar <70 or >300", "if sugar less than 70 or greater than 300"),
            ("<speak>Take</speak> 2 &amp; rest", "Take 2 and rest"),
            ("pain &gt;= 4", "pain at least 4"),
            ("line one\nline two", "line one. line two"),
            (r"line one\nline two\r\nline three\.br\line four\tend", "line one. line two. line three. line four end"),
            ("ab\u{200B}c\u{a0}d\te", "abc d e"),
            ("1–2 tablets", "1-2 tablets"),
        ] {
            assert_eq!(plain(text).unwrap(), spoken);
        }
    }

    #[test]
    fn addresses_and_ids_are_not_spoken_and_that_is_said() {
        for text in ["See https://example.org/x?y for more", "Ref 3f2b8c1e-77aa-4e0c-9b1d-0a1b2c3d4e5f here"] {
            let plain = plain(text).unwrap();
            assert!(has_unspoken(&plain) && !plain.contains("example.org") && !plain.contains("3f2b"), "{plain}");
        }
    }

    #[test]
    fn a_word_that_only_ends_like_a_scheme_is_spoken() {
        for text in ["For heartburn: take 1 tablet", "Apply to burn:twice daily", "Return: as needed"] {
            assert_eq!(plain(text).unwrap(), text);
        }
        for text in ["(see https://example.org)", "Leaflet:http://example.org", "\"urn:oid:1.2.3\""] {
            assert!(has_unspoken(&plain(text).unwrap()), "{text}");
        }
    }

    #[test]
    fn a_sign_of_several_meanings_makes_the_text_unreadable() {
        for text in ["Call if blood sugar => 300", "Call if =< 70", "Take 2 * 250 mg daily", "Take 1 tab -> 2 tabs"] {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn text_that_lost_characters_is_not_read() {
        for text in ["Take \u{FFFD} tablets", "Take 1\u{0}0 mg", "don\u{92}t take", "1\u{1b}[31m tab"] {
            assert_eq!(plain(text), None, "{text:?}");
        }
    }

    #[test]
    fn markup_that_would_leave_another_number_or_meaning_is_not_read() {
        for text in [
            "10<sup>6</sup> units",
            "<s>2</s> 1 tablet",
            "<del>2 tablets</del> 1 tablet",
            "Take &frac12; tablet",
            "pain &#8805;4",
            "5*10 mg",
            "1|2 tablets",
        ] {
            assert_eq!(plain(text), None, "{text}");
        }
        assert_eq!(plain("*Take* 2 *tablets* & rest").unwrap(), "Take 2 tablets and rest");
    }
}
