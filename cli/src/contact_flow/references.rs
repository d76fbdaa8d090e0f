//! References: `$.Channel` and the like, in the place of which a flow has what it stands for.

use super::ContactFlow;

impl ContactFlow<'_> {
    /// What `text` stands for: a reference for its value, other text for itself. None where there is no such value.
    pub(super) fn resolve(&self, text: &str) -> Option<String> {
        let Some(path) = text.strip_prefix("$.") else { return Some(text.to_owned()) };
        let lex = self.lex.as_ref();
        let value = match path {
            "Channel" => Some(if self.is_chat() { "CHAT" } else { "VOICE" }),
            "ContactId" => Some(self.contact_id.as_str()),
            // A chat has no number, and a withheld one is none.
            "CustomerEndpoint.Address" => self.caller.number.as_deref().filter(|_| !self.is_chat()),
            "Lex.IntentName" => lex.map(|lex| lex.intent.as_str()),
            other => match other.split_once("SessionAttributes.").filter(|(before, _)| *before == "Lex.") {
                Some((_, name)) => lex.and_then(|lex| lex.session_attributes.get(name)).map(String::as_str),
                None => {
                    let name = other.strip_prefix("FlowAttributes.")?;
                    self.attributes.get(name).map(String::as_str)
                }
            },
        };
        value.map(str::to_owned)
    }
}
