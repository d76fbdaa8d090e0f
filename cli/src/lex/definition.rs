//! The bots' definition, in the property names that CloudFormation's `AWS::Lex::Bot` has, so that the same text later
//! stands in the template.
//!
//! A property that this stand-in doesn't know is an error: skipping it would play another bot than the one Lex builds.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use shared::json::{self, DecodeError};

use self::fulfillment::FulfillmentCodeHook;
use self::prompt::PromptSpecification;

pub mod fulfillment;
pub mod message_group;
pub mod prompt;

/// The intent that Lex takes where no other matches.
pub(crate) const FALLBACK_SIGNATURE: &str = "AMAZON.FallbackIntent";
/// The built-in slot type of a date.
pub(crate) const DATE_SLOT_TYPE: &str = "AMAZON.Date";

/// What the flow says itself, and the bots it puts callers through to.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Definition {
    /// What the flow says itself.
    pub flow: Flow,
    /// The bots by name.
    pub bots: BTreeMap<String, Bot>,
}

/// The prompts of the contact flow.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Flow {
    /// Said as the call is answered.
    pub greeting: String,
    /// Said to a caller who is verified.
    pub medications_prompt: String,
    /// Said before a caller is handed to a person.
    pub person_prompt: String,
    /// Said before hanging up.
    pub goodbye_prompt: String,
}

/// A bot.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Bot {
    /// Its name.
    pub name: String,
    /// Its languages.
    pub bot_locales: Vec<BotLocale>,
    /// A person at a terminal may think for as long as they like.
    #[serde(rename = "IdleSessionTTLInSeconds")]
    _idle_session_ttl_in_seconds: IgnoredAny,
    #[serde(rename = "DataPrivacy")]
    _data_privacy: IgnoredAny,
}

/// A bot in one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct BotLocale {
    /// The language, such as `en_US`.
    pub locale_id: String,
    /// An intent matched with less confidence than this comes after `FallbackIntent`.
    pub nlu_confidence_threshold: f64,
    /// The slot types of the bot's own.
    #[serde(default)]
    pub slot_types: Vec<SlotType>,
    /// What callers can want.
    pub intents: Vec<Intent>,
    #[serde(default, rename = "VoiceSettings")]
    _voice_settings: IgnoredAny,
    #[serde(default, rename = "Description")]
    _description: IgnoredAny,
}

/// A slot type: a list of values with other words for them.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct SlotType {
    /// Its name.
    pub name: String,
    /// How what is said becomes a value.
    pub value_selection_setting: ValueSelectionSetting,
    /// The values.
    pub slot_type_values: Vec<SlotTypeValue>,
    #[serde(default, rename = "Description")]
    _description: IgnoredAny,
}

/// How what is said becomes a value.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ValueSelectionSetting {
    /// The only strategy that this stand-in knows.
    pub resolution_strategy: ResolutionStrategy,
}

/// How what is said becomes a value.
#[derive(Debug, Clone, Copy, Deserialize)]
pub enum ResolutionStrategy {
    /// The value whose own or other word was said; nothing where none was.
    #[serde(rename = "TOP_RESOLUTION")]
    TopResolution,
}

/// A value with other words for it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct SlotTypeValue {
    /// The value.
    pub sample_value: Value,
    /// Other words for it.
    #[serde(default)]
    pub synonyms: Vec<Value>,
}

/// A text, as CloudFormation wraps it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Value {
    /// The text.
    pub value: String,
}

/// Something a caller can want.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Intent {
    /// Its name.
    pub name: String,
    /// Set for an intent that Lex builds itself.
    #[serde(default)]
    pub parent_intent_signature: Option<String>,
    /// What callers say who want it; `{Slot}` stands for a slot's value.
    #[serde(default)]
    pub sample_utterances: Vec<SampleUtterance>,
    /// In which order slots are asked for.
    #[serde(default)]
    pub slot_priorities: Vec<SlotPriority>,
    /// What it needs to know.
    #[serde(default)]
    pub slots: Vec<Slot>,
    /// Whether the function is asked at each turn.
    #[serde(default)]
    pub dialog_code_hook: DialogCodeHook,
    /// Whether the function is asked when all slots are filled.
    #[serde(default)]
    pub fulfillment_code_hook: FulfillmentCodeHook,
    #[serde(default, rename = "Description")]
    _description: IgnoredAny,
}

/// An example of what callers say.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct SampleUtterance {
    /// The words.
    pub utterance: String,
}

/// The place of a slot in the order of asking.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct SlotPriority {
    /// Lower is asked sooner.
    pub priority: u32,
    /// The slot.
    pub slot_name: String,
}

/// Something an intent needs to know.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Slot {
    /// Its name.
    pub name: String,
    /// `AMAZON.Date` or a slot type of the bot.
    pub slot_type_name: String,
    /// How it is asked for.
    pub value_elicitation_setting: ValueElicitationSetting,
    #[serde(default, rename = "ObfuscationSetting")]
    _obfuscation_setting: IgnoredAny,
    #[serde(default, rename = "Description")]
    _description: IgnoredAny,
}

/// How a slot is asked for.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct ValueElicitationSetting {
    /// Whether it must be filled.
    pub slot_constraint: SlotConstraint,
    /// The question.
    pub prompt_specification: PromptSpecification,
}

/// Whether a slot must be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum SlotConstraint {
    /// It is asked for until it is filled.
    Required,
    /// It is filled if the caller says it unasked.
    Optional,
}

/// Whether the function is asked at each turn.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DialogCodeHook {
    /// Whether it is.
    pub enabled: bool,
}

impl Definition {
    /// The bots that Careline is deployed with.
    ///
    /// # Errors
    /// [`DecodeError`] if the definition has a property that this stand-in doesn't know.
    pub fn deployed() -> Result<Self, DecodeError> {
        json::decode(include_bytes!("../../../functions/fulfillment/bots.json"))
    }
}

impl Bot {
    /// The bot in the language `locale_id`.
    pub fn locale(&self, locale_id: &str) -> Option<&BotLocale> {
        self.bot_locales.iter().find(|locale| locale.locale_id == locale_id)
    }
}

impl BotLocale {
    /// The intent of this name.
    pub(crate) fn intent(&self, name: &str) -> Option<&Intent> {
        self.intents.iter().find(|intent| intent.name == name)
    }

    /// The intent taken where no other matches. Lex requires one in each language.
    pub(crate) fn fallback(&self) -> Option<&Intent> {
        self.intents.iter().find(|intent| intent.is_fallback())
    }
}

impl Intent {
    /// Whether this is the intent taken where no other matches.
    pub(crate) fn is_fallback(&self) -> bool {
        self.parent_intent_signature.as_deref() == Some(FALLBACK_SIGNATURE)
    }

    /// The slot of this name.
    pub(crate) fn slot(&self, name: &str) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.name == name)
    }

    /// The required slots in the order of asking.
    pub(crate) fn slots_by_priority(&self) -> Vec<&Slot> {
        let mut priorities: Vec<_> = self.slot_priorities.iter().collect();
        priorities.sort_by_key(|priority| priority.priority);
        priorities
            .into_iter()
            .filter_map(|priority| self.slot(&priority.slot_name))
            .filter(|slot| slot.value_elicitation_setting.slot_constraint == SlotConstraint::Required)
            .collect()
    }
}
