//! What the bot itself says, as CloudFormation wraps it.

use serde::Deserialize;

use super::Value;

/// One message. (Variations are not known here: Lex picks one at random.)
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct MessageGroup {
    /// The message.
    pub message: MessageProperty,
}

/// A message in plain text.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct MessageProperty {
    /// The words.
    pub plain_text_message: Value,
}

/// The texts of message groups, in order.
pub(crate) fn texts(groups: &[MessageGroup]) -> impl Iterator<Item = &str> {
    groups.iter().map(|group| group.message.plain_text_message.value.as_str())
}
