//! What the caller hears.

use serde::Deserialize;

/// A message of a bot.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Message {
    /// Which kind of text it is.
    pub(crate) content_type: ContentType,
    /// The text.
    #[serde(default)]
    pub(crate) content: String,
}

/// Which kind of text a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum ContentType {
    /// Words.
    PlainText,
    /// Words with directions for speaking them.
    #[serde(rename = "SSML")]
    Ssml,
    /// For a program of the client's: Connect has none.
    CustomPayload,
    /// A card, for chats that show them.
    ImageResponseCard,
}

impl ContentType {
    /// The name that the accept list has.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::PlainText => "PlainText",
            Self::Ssml => "SSML",
            Self::CustomPayload => "CustomPayload",
            Self::ImageResponseCard => "ImageResponseCard",
        }
    }
}

impl Message {
    /// What of it is heard: SSML without its tags.
    pub(crate) fn heard(&self) -> String {
        if self.content_type == ContentType::Ssml { without_tags(&self.content) } else { self.content.clone() }
    }
}

/// The words of SSML, its tags removed and its entities resolved.
pub(crate) fn without_tags(ssml: &str) -> String {
    let mut text = String::new();
    let mut within_tag = false;
    for c in ssml.chars() {
        match c {
            '<' => {
                within_tag = true;
                text.push(' ');
            }
            '>' if within_tag => within_tag = false,
            _ if !within_tag => text.push(c),
            _ => {}
        }
    }
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")] {
        text = text.replace(entity, character);
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // A tag before a full stop leaves a space that nobody hears.
    [" .", " ,", " ?", " !", " ;", " :"].into_iter().fold(text, |text, mark| text.replace(mark, mark.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_not_heard() {
        let ssml = "<speak>Take <emphasis>two</emphasis>.<break time=\"1s\"/> That&apos;s all &amp; done.</speak>";
        assert_eq!(without_tags(ssml), "Take two. That's all & done.");
    }
}
