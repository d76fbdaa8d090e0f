//! What a flow does, in Connect's flow language (developer guide, "Flow language"): actions, and where each goes next.
//!
//! An action or parameter that this stand-in doesn't know is an error: skipping it would play another call than Connect's.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use shared::json::{self, DecodeError};

use super::definition::FlowDefinitionError;

/// A flow.
#[derive(Debug, Clone)]
pub struct Content {
    /// The identifier of the first action.
    pub start: String,
    /// The actions by their identifiers.
    pub actions: BTreeMap<String, Action>,
}

/// An action.
#[derive(Debug, Clone)]
pub struct Action {
    /// Its name in the flow.
    pub identifier: String,
    /// What it does.
    pub kind: Kind,
    /// Where it goes next.
    pub transitions: Transitions,
}

/// What an action does: its type, and its parameters.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "Connect's own words")]
pub enum Kind {
    UpdateFlowLoggingBehavior(FlowLogging),
    UpdateContactRecordingAndAnalyticsBehavior(Recording),
    UpdateContactTextToSpeechVoice(Voice),
    UpdateContactData(ContactData),
    UpdateFlowAttributes(FlowAttributes),
    GetParticipantInput(Input),
    MessageParticipant(Prompt),
    ConnectParticipantWithLexBot(Box<LexBot>),
    Compare(Comparison),
    Loop(LoopCount),
    CheckHoursOfOperation(Hours),
    CheckMetricData(Metric),
    UpdateContactTargetQueue(Queue),
    TransferContactToQueue(Nothing),
    UpdateContactCallbackNumber(CallbackNumber),
    CreateCallbackContact(Callback),
    DisconnectParticipant(Nothing),
}

/// An action that this stand-in doesn't know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// Its type.
    #[error("{identifier}: no action is known as {kind}")]
    Type {
        /// Which action.
        identifier: String,
        /// Its type.
        kind: String,
    },
    /// Its parameters.
    #[error("{identifier}: its parameters are not known")]
    Parameters {
        /// Which action.
        identifier: String,
        /// Where, and what kind.
        #[source]
        source: DecodeError,
    },
    /// Two actions have a name.
    #[error("{0} stands twice")]
    Twice(String),
}

macro_rules! parameters {
    ($($(#[$about:meta])* $name:ident { $($(#[$field_about:meta])* $field:ident: $of:ty,)* })*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Deserialize)]
        #[serde(rename_all = "PascalCase", deny_unknown_fields)]
        pub struct $name { $($(#[$field_about])* pub $field: $of,)* }
    )*};
}

parameters! {
    /// No parameters.
    Nothing {}
    /// Whether the flow is logged.
    FlowLogging {
        /// `Enabled` or `Disabled`.
        flow_logging_behavior: String,
    }
    /// What is recorded.
    Recording {
        /// On the telephone.
        voice_behavior: VoiceBehavior,
    }
    /// What is recorded on the telephone.
    VoiceBehavior {
        /// By whom.
        voice_recording_behavior: VoiceRecording,
    }
    /// What is recorded on the telephone.
    VoiceRecording {
        /// With a person: `Agent`, `Customer`.
        recorded_participants: Vec<String>,
        /// With a bot: `Enabled` or `Disabled`.
        #[serde(rename = "IVRRecordingBehavior")]
        ivr_recording_behavior: String,
    }
    /// Who speaks.
    Voice {
        /// Polly's name of the voice.
        text_to_speech_voice: String,
        /// Polly's engine.
        text_to_speech_engine: String,
        /// `None`, or a style of the voice.
        text_to_speech_style: String,
    }
    /// What is known of the contact.
    ContactData {
        /// The language, such as `en-US`.
        language_code: String,
        /// `Current`.
        target_contact: String,
    }
    /// What the flow keeps for itself.
    FlowAttributes {
        /// Names and values.
        flow_attributes: BTreeMap<String, FlowAttribute>,
    }
    /// A value that the flow keeps.
    FlowAttribute {
        /// The value.
        value: String,
    }
    /// A question that is answered with one key.
    Input {
        /// The question.
        text: String,
        /// How long the first key may take.
        input_time_limit_seconds: String,
        /// `False`: the key decides where the flow goes.
        store_input: String,
    }
    /// What is said.
    Prompt {
        /// Words.
        #[serde(default)]
        text: Option<String>,
        /// Words with directions for speaking them: on the telephone only.
        #[serde(default, rename = "SSML")]
        ssml: Option<String>,
    }
    /// A talk with a bot.
    LexBot {
        /// What is said first: words.
        #[serde(default)]
        text: Option<String>,
        /// What is said first: words with directions for speaking them.
        #[serde(default, rename = "SSML")]
        ssml: Option<String>,
        /// The bot.
        lex_v2_bot: BotAlias,
        /// What the bot is told.
        lex_session_attributes: BTreeMap<String, String>,
        /// How long a chat may be silent.
        #[serde(default)]
        lex_timeout_seconds: Option<IgnoredAny>,
    }
    /// A bot.
    BotAlias {
        /// The ARN of its alias.
        alias_arn: String,
    }
    /// A value to decide by.
    Comparison {
        /// Where it is found.
        comparison_value: String,
    }
    /// How often a loop goes on.
    LoopCount {
        /// How often.
        loop_count: String,
    }
    /// When people are there.
    Hours {
        /// The hours; without them, those of the queue.
        #[serde(default)]
        hours_of_operation_id: Option<String>,
    }
    /// What is counted of the queue that is the contact's target.
    Metric {
        /// `NumberOfAgentsStaffed`: those who take calls, or are at one.
        metric_type: StaffMetric,
    }
    /// Where people wait for a person.
    Queue {
        /// The queue.
        queue_id: String,
    }
    /// Which number is called back.
    CallbackNumber {
        /// Where it is found.
        callback_number: String,
    }
    /// A call back.
    Callback {
        /// The queue of those who make it.
        queue_id: String,
        /// Not sooner.
        initial_call_delay_seconds: String,
        /// Not oftener.
        maximum_connection_attempts: String,
        /// Not sooner after one that nobody answered.
        retry_delay_seconds: String,
    }
    /// Where an action goes next.
    Transitions {
        /// Where nothing else applies.
        #[serde(default)]
        next_action: Option<String>,
        /// By the action's result.
        #[serde(default)]
        conditions: Vec<ConditionalTransition>,
        /// By what went wrong.
        #[serde(default)]
        errors: Vec<ErrorTransition>,
    }
    /// Where an action goes by its result.
    ConditionalTransition {
        /// Where.
        next_action: String,
        /// The condition.
        condition: Condition,
    }
    /// A condition.
    Condition {
        /// How.
        operator: Operator,
        /// With what.
        operands: Vec<String>,
    }
    /// Where an action goes when something went wrong.
    ErrorTransition {
        /// Where.
        next_action: String,
        /// What.
        error_type: String,
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Document {
    #[serde(rename = "Version")]
    _version: Version,
    start_action: String,
    actions: Vec<RawAction>,
}

/// The one version of the language.
#[derive(Deserialize)]
enum Version {
    #[serde(rename = "2019-10-30")]
    Only,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct RawAction {
    identifier: String,
    #[serde(rename = "Type")]
    kind: String,
    parameters: Value,
    transitions: Transitions,
}

/// How a result is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Operator {
    /// It is this.
    Equals,
    /// It is a number, and more than this.
    NumberGreaterThan,
}

/// What is counted of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum StaffMetric {
    /// Its people who are available, with a caller, or at the work that a call leaves.
    NumberOfAgentsStaffed,
}

impl Condition {
    /// Whether `result` is one that it is met by.
    fn is_met_by(&self, result: &str) -> bool {
        let more_than = |than: &String| Some(result.parse::<f64>().ok()? > than.parse::<f64>().ok()?);
        match self.operator {
            Operator::Equals => self.operands.iter().any(|operand| operand == result),
            Operator::NumberGreaterThan => self.operands.first().and_then(more_than).unwrap_or(false),
        }
    }
}

impl Content {
    /// Reads a flow.
    ///
    /// # Errors
    /// [`FlowDefinitionError`] where it is none, or has something that this stand-in doesn't know.
    pub(crate) fn read(text: &str) -> Result<Self, FlowDefinitionError> {
        let document: Document = json::decode(text.as_bytes()).map_err(FlowDefinitionError::Form)?;
        let mut actions = BTreeMap::new();
        for RawAction { identifier, kind, parameters, transitions } in document.actions {
            let kind = kind_of(&identifier, kind, &parameters).map_err(FlowDefinitionError::Content)?;
            let action = Action { identifier: identifier.clone(), kind, transitions };
            if actions.insert(identifier.clone(), action).is_some() {
                return Err(FlowDefinitionError::Content(ContentError::Twice(identifier)));
            }
        }
        Ok(Self { start: document.start_action, actions })
    }
}

fn kind_of(identifier: &str, kind: String, parameters: &Value) -> Result<Kind, ContentError> {
    let text = parameters.to_string();
    macro_rules! kinds {
        ($($name:ident)*) => {
            match kind.as_str() {
                $(stringify!($name) => json::decode(text.as_bytes()).map(Kind::$name),)*
                "ConnectParticipantWithLexBot" => {
                    json::decode(text.as_bytes()).map(|bot| Kind::ConnectParticipantWithLexBot(Box::new(bot)))
                }
                _ => return Err(ContentError::Type { identifier: identifier.to_owned(), kind }),
            }
        };
    }
    let read = kinds!(
        UpdateFlowLoggingBehavior
        UpdateContactRecordingAndAnalyticsBehavior
        UpdateContactTextToSpeechVoice
        UpdateContactData
        UpdateFlowAttributes
        GetParticipantInput
        MessageParticipant
        Compare
        Loop
        CheckHoursOfOperation
        CheckMetricData
        UpdateContactTargetQueue
        TransferContactToQueue
        UpdateContactCallbackNumber
        CreateCallbackContact
        DisconnectParticipant
    );
    read.map_err(|source| ContentError::Parameters { identifier: identifier.to_owned(), source })
}

impl Transitions {
    /// Where the action goes when something went wrong: the branch of this error, or the one of any.
    pub(crate) fn after_error(&self, error: &str) -> Option<&str> {
        let branch = |error: &str| self.errors.iter().find(|branch| branch.error_type == error);
        branch(error).or_else(|| branch("NoMatchingError")).map(|branch| branch.next_action.as_str())
    }

    /// Where the action goes by its result.
    pub(crate) fn by_result(&self, result: &str) -> Option<&str> {
        let matching = self.conditions.iter().find(|branch| branch.condition.is_met_by(result));
        let default = || self.errors.iter().find(|branch| branch.error_type == "NoMatchingCondition");
        matching
            .map(|branch| branch.next_action.as_str())
            .or_else(|| default().map(|branch| branch.next_action.as_str()))
            .or(self.next_action.as_deref())
    }
}
