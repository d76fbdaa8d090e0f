//! The bots' definition: `AWS::Lex::Bot` in `template.yaml`, as CloudFormation hands it to Lex.
//!
//! A property that this stand-in doesn't know is an error: skipping it would play another bot than the one Lex builds.

use std::collections::BTreeMap;

use sam_template::{Template, Unresolved};
use serde::Deserialize;
use serde::de::IgnoredAny;
use shared::json::{self, DecodeError};

use self::fulfillment::FulfillmentCodeHook;
use self::hook::{DialogCodeHookInvocation, NextStep};
use self::prompt::PromptSpecification;
use self::slot_type::SlotType;

pub mod fulfillment;
pub mod hook;
pub mod message_group;
pub mod prompt;
pub mod slot_type;

/// The intent that Lex takes where no other matches.
pub(crate) const FALLBACK_SIGNATURE: &str = "AMAZON.FallbackIntent";
/// A bot's type in the template.
const BOT: &str = "AWS::Lex::Bot";

/// The bots that the template has.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The bots by their logical ids.
    pub bots: BTreeMap<String, Bot>,
}

/// The bots don't speak a language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the bots don't speak {asked}; they speak {spoken}")]
pub struct NoSuchLanguage {
    /// The language asked for.
    pub asked: String,
    /// The languages there are.
    pub spoken: String,
}

/// Why the template's bots can't be played.
#[derive(Debug, thiserror::Error)]
pub enum DefinitionError {
    /// The template has something that only CloudFormation can work out.
    #[error("{logical_id}")]
    Unresolved {
        /// Where.
        logical_id: String,
        /// What.
        #[source]
        source: Unresolved,
    },
    /// A bot has something that this stand-in doesn't know.
    #[error("the stand-in for Lex can't play {logical_id}")]
    Unknown {
        /// Which bot.
        logical_id: String,
        /// What.
        #[source]
        source: DecodeError,
    },
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
    #[serde(default, rename = "Description")]
    _description: IgnoredAny,
    #[serde(rename = "RoleArn")]
    _role_arn: IgnoredAny,
    #[serde(default, rename = "AutoBuildBotLocales")]
    _auto_build_bot_locales: IgnoredAny,
    #[serde(default, rename = "BotTags")]
    _bot_tags: IgnoredAny,
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
    /// What is done as the intent begins; where there is nothing, the dialog hook is asked if it is enabled.
    #[serde(default)]
    pub initial_response_setting: Option<InitialResponseSetting>,
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
    /// One of Lex's own (`AMAZON.…`) or of the bot's.
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
    /// What is done once it is filled; where there is nothing, the dialog hook is asked if it is enabled.
    #[serde(default)]
    pub slot_capture_setting: Option<SlotCaptureSetting>,
}

/// What is done as an intent begins.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct InitialResponseSetting {
    /// The dialog hook.
    pub code_hook: DialogCodeHookInvocation,
    /// What comes first.
    pub next_step: NextStep,
}

/// What is done once a slot is filled.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct SlotCaptureSetting {
    /// The dialog hook.
    pub code_hook: DialogCodeHookInvocation,
    /// What comes first.
    pub capture_next_step: NextStep,
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
    /// The bots of a template, with what its parameters and resources stand for.
    ///
    /// # Errors
    /// [`DefinitionError`] if the template has something that this stand-in doesn't know.
    pub fn of(template: &Template, given: &dyn Fn(&str) -> Option<String>) -> Result<Self, DefinitionError> {
        let mut bots = BTreeMap::new();
        for (logical_id, properties) in template.of_type(BOT) {
            let named = || logical_id.to_owned();
            let properties = template
                .resolve(properties, given)
                .map_err(|source| DefinitionError::Unresolved { logical_id: named(), source })?;
            let bot = json::decode(properties.to_string().as_bytes())
                .map_err(|source| DefinitionError::Unknown { logical_id: named(), source })?;
            bots.insert(named(), bot);
        }
        Ok(Self { bots })
    }

    /// Whether every bot speaks a language.
    ///
    /// # Errors
    /// [`NoSuchLanguage`] where one doesn't.
    pub fn check_language(&self, asked: &str) -> Result<(), NoSuchLanguage> {
        let Some(bot) = self.bots.values().find(|bot| bot.locale(asked).is_none()) else { return Ok(()) };
        let spoken: Vec<_> = bot.bot_locales.iter().map(|locale| locale.locale_id.as_str()).collect();
        Err(NoSuchLanguage { asked: asked.to_owned(), spoken: spoken.join(", ") })
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

    /// What the bot says where the dialog hook fails: once a slot is asked for, what that slot says.
    pub(crate) fn after_dialog_hook(&self, asked: Option<&str>) -> Option<&hook::PostCodeHook> {
        let capture = asked.and_then(|asked| self.slot(asked)?.value_elicitation_setting.slot_capture_setting.as_ref());
        let hook = capture.map(|capture| &capture.code_hook);
        let hook = hook.or_else(|| self.initial_response_setting.as_ref().map(|initial| &initial.code_hook));
        hook.filter(|hook| hook.is_on()).map(|hook| &hook.post_code_hook_specification)
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
