//! SSML: sentences as they are handed to a voice. Whatever a chart holds, it is well-formed.

/// The entity that stands for `c`, where it would be read as markup.
pub fn entity(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&apos;"),
        _ => None,
    }
}

/// `text` as words within an element.
pub fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, c| {
        match entity(c) {
            Some(entity) => escaped.push_str(entity),
            None => escaped.push(c),
        }
        escaped
    })
}

/// `text` without what is not spoken and has no place in XML: line breaks, control characters, the two that are none.
pub fn clean(text: &str) -> String {
    let space = |c: char| c.is_control() || (u32::from(c) & 0xFFFE) == 0xFFFE;
    text.chars().map(|c| if space(c) { ' ' } else { c }).collect()
}

/// Sentences as one document.
pub fn speak(sentences: &[String]) -> String {
    format!("<speak>{}</speak>", escape(&clean(&sentences.join(" "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_markup_is_words() {
        let sentences = ["Take <2> & \"more\".".to_owned(), "It's\u{0}done\u{FFFE}.".to_owned()];
        let expected = "<speak>Take &lt;2&gt; &amp; &quot;more&quot;. It&apos;s done .</speak>";
        assert_eq!(speak(&sentences), expected);
    }
}
