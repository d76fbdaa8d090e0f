//! The contact flow: what Connect does between the caller and the two bots.
//!
//! It greets, puts the caller through to `PatientAuth`, and, once they are verified, to `HealthcareIVR` with a new
//! session that knows only what is handed over. Whatever goes wrong ends with a person, as the flow's error branches do.

use std::collections::BTreeMap;

use shared::clock::Clock;
use shared::randomness::Randomness;

use crate::lex::channel::Platform;
use crate::lex::conversation::{Conversation, Outcome, uuid};
use crate::lex::definition::{Bot, BotLocale, Definition};
use crate::lex::invocation::{Failure, Invocation};
use crate::lex::keys;

/// The bot that verifies callers.
const PATIENT_AUTH: &str = "PatientAuth";
/// The bot that tells them their medications.
const HEALTHCARE_IVR: &str = "HealthcareIVR";
/// The session attribute by which fulfillment tells the flow what comes next.
const STATUS: &str = "verificationStatus";
/// All that goes from one bot to the next.
const HANDED_OVER: [&str; 3] = ["callReference", "callingNumber", "contactId"];
/// What the flow says itself, in a language.
struct Prompts {
    greeting: &'static str,
    medications: &'static str,
    person: &'static str,
    goodbye: &'static str,
}

const ENGLISH: Prompts = Prompts {
    greeting: "Thank you for calling the medication line. Before I can tell you about your medications, I need to check who you are. If this is an emergency, hang up and call 9 1 1. To get started, say, verify me. For a person, say, a person please.",
    medications: "You can ask, what are my medications? To speak with a person, say, a person please.",
    person: "Please stay on the line.",
    goodbye: "Goodbye.",
};
const SPANISH: Prompts = Prompts {
    greeting: "Gracias por llamar a la línea de medicamentos. Antes de hablarle de sus medicamentos, necesito verificar su identidad. Si es una emergencia, cuelgue y llame al 9 1 1. Para comenzar, diga, verifíqueme. Para hablar con una persona, diga, una persona, por favor.",
    medications: "Puede preguntar, ¿cuáles son mis medicinas? Para hablar con una persona, diga, una persona, por favor.",
    person: "Por favor, no cuelgue.",
    goodbye: "Adiós.",
};

fn prompts(locale_id: &str) -> &'static Prompts {
    if locale_id.starts_with("es") { &SPANISH } else { &ENGLISH }
}

/// How often a caller whose call record has gone is verified anew.
const SENT_BACK_LIMIT: u8 = 1;

/// How a caller calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The calling number in E.164; none where it is withheld. A chat has none, whatever is given here.
    pub number: Option<String>,
    /// The language of the line, such as `en_US`.
    pub locale_id: String,
    /// By voice, keypad or chat.
    pub channel: Channel,
}

/// How a caller's words reach the bots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// Spoken.
    Voice,
    /// Keyed where they are digits, `#` and `*`; spoken otherwise.
    Keypad,
    /// Written.
    Chat,
}

/// Something that happens in a call.
#[derive(Debug, Clone, Copy)]
pub enum Happening<'e> {
    /// The caller hears this.
    Heard(&'e str),
    /// A bot failed, and the flow takes its error branch.
    Failed(&'e Failure),
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The caller was done.
    Goodbye,
    /// The caller was handed to a person.
    Person,
}

/// A call can't be answered with this definition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchBot {
    /// The definition has no such bot.
    #[error("the bots' definition has no bot {0}")]
    Bot(&'static str),
    /// The bots don't speak the language.
    #[error("the bots don't speak {asked}; they speak {spoken}")]
    Locale {
        /// The language asked for.
        asked: String,
        /// The languages there are.
        spoken: String,
    },
}

/// A call in the flow.
#[derive(Debug)]
pub struct ContactFlow<'a> {
    patient_auth: (&'a Bot, &'a BotLocale),
    healthcare_ivr: (&'a Bot, &'a BotLocale),
    caller: Caller,
    contact_id: String,
    block: Block<'a>,
    sent_back: u8,
    clock: Clock,
    randomness: Randomness,
}

#[derive(Debug)]
enum Block<'a> {
    PatientAuth(Conversation<'a>),
    HealthcareIvr(Conversation<'a>),
    Ended(Ending),
}

impl<'a> ContactFlow<'a> {
    /// Answers a call: the caller hears the greeting.
    ///
    /// # Errors
    /// [`NoSuchBot`] when the definition lacks a bot or the caller's language.
    pub fn answer(
        definition: &'a Definition,
        caller: Caller,
        (clock, randomness): (Clock, Randomness),
        tell: &mut dyn FnMut(Happening<'_>),
    ) -> Result<Self, NoSuchBot> {
        let contact_id = uuid(&randomness);
        let patient_auth = bot(definition, PATIENT_AUTH, &caller.locale_id)?;
        let healthcare_ivr = bot(definition, HEALTHCARE_IVR, &caller.locale_id)?;
        let attributes = attributes(&caller, &contact_id);
        let session = session(patient_auth, &caller, &contact_id, attributes, (&clock, &randomness));
        tell(Happening::Heard(prompts(&caller.locale_id).greeting));
        let block = Block::PatientAuth(session);
        Ok(Self { patient_auth, healthcare_ivr, caller, contact_id, block, sent_back: 0, clock, randomness })
    }

    /// How the call ended; none while it lasts.
    pub fn ended(&self) -> Option<Ending> {
        if let Block::Ended(ending) = self.block { Some(ending) } else { None }
    }

    /// The caller says (keys, writes) `line`; the bot that they are talking with invokes `function`.
    pub async fn say(
        &mut self,
        line: &str,
        function: &impl AsyncFn(Vec<u8>) -> Invocation,
        tell: &mut dyn FnMut(Happening<'_>),
    ) {
        let keypad = self.caller.channel == Channel::Keypad;
        let mut rest = line;
        loop {
            let (Block::PatientAuth(conversation) | Block::HealthcareIvr(conversation)) = &mut self.block else {
                return;
            };
            let mut hear = |text: &str| tell(Happening::Heard(text));
            let outcome = conversation.turn(&mut rest, keypad, function, &mut hear).await;
            self.go_on(outcome, tell);
            // Keys after the end key are the next input; other words are one.
            if !(keypad && keys::is_keys(rest)) {
                return;
            }
        }
    }

    fn go_on(&mut self, outcome: Outcome, tell: &mut dyn FnMut(Happening<'_>)) {
        let (Block::PatientAuth(conversation) | Block::HealthcareIvr(conversation)) = &self.block else { return };
        let flow = prompts(&self.caller.locale_id);
        let status = conversation.attributes().get(STATUS).map(String::as_str);
        let in_patient_auth = matches!(self.block, Block::PatientAuth(_));
        let next = match outcome {
            Outcome::Listening => return,
            Outcome::Failed(failure) => {
                tell(Happening::Failed(&failure));
                Next::Person
            }
            Outcome::Closed { .. } => match status {
                Some("verified") if in_patient_auth => Next::Medications,
                Some("required") if !in_patient_auth && self.sent_back < SENT_BACK_LIMIT => Next::Verification,
                // Nothing is left to do, or there is nobody to hand over to.
                None => Next::Goodbye,
                Some(_) => Next::Person,
            },
        };
        let services = (&self.clock, &self.randomness);
        self.block = match next {
            Next::Medications => {
                tell(Happening::Heard(flow.medications));
                let mut attributes = attributes(&self.caller, &self.contact_id);
                let before = conversation.attributes();
                attributes.extend(
                    HANDED_OVER.iter().filter_map(|name| Some(((*name).to_owned(), before.get(*name)?.clone()))),
                );
                let session = session(self.healthcare_ivr, &self.caller, &self.contact_id, attributes, services);
                Block::HealthcareIvr(session)
            }
            Next::Verification => {
                tell(Happening::Heard(flow.greeting));
                self.sent_back += 1;
                let attributes = attributes(&self.caller, &self.contact_id);
                Block::PatientAuth(session(self.patient_auth, &self.caller, &self.contact_id, attributes, services))
            }
            Next::Person => {
                tell(Happening::Heard(flow.person));
                Block::Ended(Ending::Person)
            }
            Next::Goodbye => {
                tell(Happening::Heard(flow.goodbye));
                Block::Ended(Ending::Goodbye)
            }
        };
    }
}

enum Next {
    Medications,
    Verification,
    Person,
    Goodbye,
}

/// What the flow knows of a caller by itself.
fn attributes(caller: &Caller, contact_id: &str) -> BTreeMap<String, String> {
    let number = caller
        .number
        .clone()
        .filter(|_| caller.channel != Channel::Chat)
        .map(|number| ("callingNumber".to_owned(), number));
    number.into_iter().chain([("contactId".to_owned(), contact_id.to_owned())]).collect()
}

fn session<'a>(
    (bot, locale): (&'a Bot, &'a BotLocale),
    caller: &Caller,
    contact_id: &str,
    attributes: BTreeMap<String, String>,
    (clock, randomness): (&Clock, &Randomness),
) -> Conversation<'a> {
    let platform = if caller.channel == Channel::Chat { Platform::Chat } else { Platform::Voice };
    Conversation::begin(bot, locale, platform, contact_id.to_owned(), attributes, (clock.clone(), randomness.clone()))
}

fn bot<'a>(
    definition: &'a Definition,
    name: &'static str,
    locale_id: &str,
) -> Result<(&'a Bot, &'a BotLocale), NoSuchBot> {
    let bot = definition.bots.get(name).ok_or(NoSuchBot::Bot(name))?;
    let locale = bot.locale(locale_id).ok_or_else(|| NoSuchBot::Locale {
        asked: locale_id.to_owned(),
        spoken: bot.bot_locales.iter().map(|locale| locale.locale_id.as_str()).collect::<Vec<_>>().join(", "),
    })?;
    Ok((bot, locale))
}

#[cfg(test)]
mod tests;
