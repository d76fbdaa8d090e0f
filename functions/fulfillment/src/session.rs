//! The session's attributes: what the flow and the two bots tell each other through Lex. Text only, and nothing of the
//! patient's but the number they call from, which the flow put there (design.md, promise 6). In a chat there is no such
//! number, whatever its attribute says (promise 5).
//!
//! Attributes that a reply carries replace Lex's whole set, so a reply carries them all; Lex's own (`x-amz-lex:…`) too.

use std::collections::BTreeMap;

use shared::call_record::CallReference;
use shared::phi::Phi;

use crate::lex::event::Event;
use crate::lex::messages::Rate;

/// The attributes' names: the contract with the contact flow.
pub(crate) mod attribute {
    /// Set by the flow: the number called from, in E.164 where it is known.
    pub(crate) const CALLING_NUMBER: &str = "callingNumber";
    /// Set by the flow: the connection whose line it is. A deployment of one connection needs none.
    pub(crate) const CONNECTION: &str = "connection";
    /// Set by the flow: Connect's id of this contact.
    pub(crate) const CONTACT_ID: &str = "contactId";
    /// Set here, once the caller is verified: the reference of the call record.
    pub(crate) const CALL_REFERENCE: &str = "callReference";
    /// Set here: what the flow does when the bot's part is over.
    pub(crate) const VERIFICATION_STATUS: &str = "verificationStatus";
    /// Set here: how many times verification was tried and refused.
    pub(crate) const VERIFICATION_TRY: &str = "verificationTry";
    /// Set here: the index of the medication that "more" goes on with.
    pub(crate) const MEDICATIONS_SPOKEN: &str = "medicationsSpoken";
    /// Set here: how many times in a row the caller was not understood.
    pub(crate) const NOT_UNDERSTOOD: &str = "notUnderstood";
    /// Set here: what was answered last, so that it can be repeated: an intent, and an index.
    pub(crate) const LAST_TURN: &str = "lastTurn";
    /// Set here: the index of the medication that was spoken of last.
    pub(crate) const LAST_MEDICATION: &str = "lastMedication";
    /// Set here: the indices of the medications of which the caller was asked which one they mean.
    pub(crate) const ASKED_OF: &str = "askedOf";
    /// Set here: how much slower than usual the caller wants to be spoken to.
    pub(crate) const SLOWER: &str = "slower";
    /// Set here: the slot that was asked for last.
    pub(crate) const ASKED: &str = "asked";
    /// Set here: whether the birth date was read back, and found right.
    pub(crate) const READ_BACK: &str = "birthDateReadBack";
    /// Set here: how many times the birth date that was read back was not right.
    pub(crate) const CORRECTIONS: &str = "birthDateCorrections";
    /// Set here: that the caller says the number on their chart, which is another than they call from.
    pub(crate) const NUMBER_SAID: &str = "numberSaid";
    /// Set here: the slots that the caller can't answer.
    pub(crate) const NOT_KNOWN: &str = "notKnown";
}

/// What the flow does when the bot's part is over. Where there is none, the bot's part broke off, and a person takes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerificationStatus {
    /// Goes on to the medications.
    Verified,
    /// Hands over to a person.
    Person,
    /// Goes (back) to verification: there is no valid call record.
    Required,
    /// Says goodbye: the caller did, or was told whom to call.
    Ended,
}

impl VerificationStatus {
    /// The attribute's value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Person => "person",
            Self::Required => "required",
            Self::Ended => "ended",
        }
    }
}

/// The attributes of one turn.
#[derive(Debug, Clone)]
pub struct Session {
    attributes: Phi<BTreeMap<String, String>>,
    is_phone_call: bool,
    changed: bool,
}

impl Session {
    /// The attributes that came with `event`.
    pub fn of(event: &Event) -> Self {
        let attributes = event.session_state.session_attributes.clone();
        Self { attributes, is_phone_call: event.is_phone_call(), changed: false }
    }

    /// The number called from, as the flow gave it: withheld, foreign or malformed perhaps. `None` outside a phone call:
    /// there it is a claim of whoever writes, which anybody can make.
    pub fn calling_number(&self) -> Option<Phi<&str>> {
        self.get(attribute::CALLING_NUMBER).filter(|_| self.is_phone_call).map(Phi::new)
    }

    /// The connection whose line it is, as the flow named it.
    pub fn connection(&self) -> Option<&str> {
        self.get(attribute::CONNECTION)
    }

    /// Connect's id of this contact.
    pub fn contact_id(&self) -> Option<&str> {
        self.get(attribute::CONTACT_ID)
    }

    /// The call record's reference, if there is one of the right form. It proves nothing until the record is read.
    pub fn call_reference(&self) -> Option<CallReference> {
        CallReference::parse(self.get(attribute::CALL_REFERENCE)?).ok()
    }

    /// A word of ours; `None` where there is none.
    pub(crate) fn word(&self, name: &str) -> Option<&str> {
        self.get(name)
    }

    /// Sets a word of ours, or takes it away.
    pub(crate) fn set_word(&mut self, name: &str, word: Option<&str>) {
        self.set(name, word.map(str::to_owned));
    }

    /// A count; 0 where there is none. What is no count is the largest there is: a limit then holds, a list is at its end.
    pub fn count(&self, name: &str) -> usize {
        self.get(name).map_or(0, |text| text.parse().unwrap_or(usize::MAX))
    }

    /// Sets a count.
    pub fn set_count(&mut self, name: &str, count: usize) {
        self.set(name, Some(count.to_string()));
    }

    /// An index; `None` where there is none.
    pub(crate) fn index(&self, name: &str) -> Option<usize> {
        self.get(name)?.parse().ok()
    }

    /// What was answered last.
    pub(crate) fn last_turn(&self) -> Option<&str> {
        self.get(attribute::LAST_TURN)
    }

    /// Sets what was answered last.
    pub(crate) fn set_last_turn(&mut self, turn: String) {
        self.set(attribute::LAST_TURN, Some(turn));
    }

    /// How fast the caller is spoken to.
    pub(crate) fn rate(&self) -> Rate {
        match self.count(attribute::SLOWER) {
            0 => Rate::Normal,
            1 => Rate::Slow,
            _ => Rate::Slowest,
        }
    }

    /// Sets, or takes away, the reference of a verified caller's call.
    pub fn set_call_reference(&mut self, call: Option<&CallReference>) {
        self.set(attribute::CALL_REFERENCE, call.map(|call| call.as_str().to_owned()));
    }

    /// Sets, or takes away, what the flow does next.
    pub fn set_status(&mut self, status: Option<VerificationStatus>) {
        self.set(attribute::VERIFICATION_STATUS, status.map(|status| status.as_str().to_owned()));
    }

    /// All attributes, for the reply. `None` where there never were any: an empty map would erase Lex's.
    pub fn into_attributes(self) -> Option<Phi<BTreeMap<String, String>>> {
        (self.changed || !self.attributes.expose().is_empty()).then_some(self.attributes)
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.expose().get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    fn set(&mut self, name: &str, value: Option<String>) {
        let mut attributes = std::mem::take(&mut self.attributes).into_exposed();
        let before = match value.clone() {
            Some(value) => attributes.insert(name.to_owned(), value),
            None => attributes.remove(name),
        };
        self.changed |= before != value;
        self.attributes = Phi::new(attributes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(attributes: &str) -> Session {
        let event = format!(r#"{{"sessionState": {{"sessionAttributes": {attributes}}}}}"#);
        Session::of(&shared::json::decode(event.as_bytes()).unwrap())
    }

    #[test]
    fn a_number_is_called_from_on_the_phone_only() {
        let number = |platform: &str| {
            let event = format!(
                r#"{{"sessionState": {{"sessionAttributes": {{"callingNumber": "+14695555555"}}}},
                    "requestAttributes": {{"x-amz-lex:channels:platform": "{platform}"}}}}"#
            );
            let session = Session::of(&shared::json::decode(event.as_bytes()).unwrap());
            session.calling_number().is_some()
        };
        assert!(number("Connect") && !number("Connect Chat") && !number(""));
    }

    #[test]
    fn all_attributes_come_back_and_lexs_own_too() {
        let mut session =
            session(r#"{"x-amz-lex:connect-originating-request-id": "r", "callingNumber": "+14695555555"}"#);
        session.set_status(Some(VerificationStatus::Person));
        let attributes = session.into_attributes().unwrap().into_exposed();
        assert_eq!(attributes["x-amz-lex:connect-originating-request-id"], "r");
        assert_eq!(attributes["callingNumber"], "+14695555555");
        assert_eq!(attributes["verificationStatus"], "person");
    }

    #[test]
    fn no_attributes_stay_no_attributes_so_that_lexs_are_not_erased() {
        for attributes in ["{}", "null"] {
            let mut session = session(attributes);
            session.set_status(None);
            assert!(session.into_attributes().is_none());
        }
    }

    #[test]
    fn the_last_attribute_can_be_taken_away() {
        let mut session = session(r#"{"verificationStatus": "person"}"#);
        session.set_status(None);
        assert_eq!(session.into_attributes(), Some(Phi::new(BTreeMap::new())));
    }

    #[test]
    fn a_count_that_is_none_is_the_largest() {
        let session = session(r#"{"verificationTry": "many", "medicationsSpoken": "3"}"#);
        assert_eq!(session.count(attribute::VERIFICATION_TRY), usize::MAX);
        assert_eq!(session.count(attribute::MEDICATIONS_SPOKEN), 3);
        assert_eq!(session.count(attribute::NOT_UNDERSTOOD), 0);
    }

    #[test]
    fn debug_text_holds_no_number() {
        assert!(!format!("{:?}", session(r#"{"callingNumber": "+14695555555"}"#)).contains("469"));
    }
}
