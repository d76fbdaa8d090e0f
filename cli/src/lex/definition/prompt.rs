//! How the bot asks.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::message_group::MessageGroup;

/// A question.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PromptSpecification {
    /// How often it is asked again.
    pub max_retries: u8,
    /// The words.
    pub message_groups_list: Vec<MessageGroup>,
    /// Settings of the first question (`Initial`) and the next ones (`Retry1`, …).
    #[serde(default)]
    pub prompt_attempts_specification: BTreeMap<String, PromptAttempt>,
    #[serde(default, rename = "AllowInterrupt")]
    _allow_interrupt: IgnoredAny,
}

/// Settings of one asking.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PromptAttempt {
    /// How keys and speech are taken.
    #[serde(default, rename = "AudioAndDTMFInputSpecification")]
    pub audio_and_dtmf_input_specification: Option<AudioAndDtmfInputSpecification>,
    #[serde(default, rename = "AllowInterrupt")]
    _allow_interrupt: IgnoredAny,
    #[serde(default, rename = "AllowedInputTypes")]
    _allowed_input_types: IgnoredAny,
    #[serde(default, rename = "TextInputSpecification")]
    _text_input_specification: IgnoredAny,
}

/// How keys and speech are taken.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct AudioAndDtmfInputSpecification {
    /// How keys are taken.
    #[serde(rename = "DTMFSpecification")]
    pub dtmf_specification: Option<DtmfSpecification>,
    #[serde(default, rename = "AudioSpecification")]
    _audio_specification: IgnoredAny,
    #[serde(default, rename = "StartTimeoutMs")]
    _start_timeout_ms: IgnoredAny,
}

/// How keys are taken.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DtmfSpecification {
    /// So many keys end the input.
    pub max_length: usize,
    /// This key drops what was keyed, and ends the input.
    pub deletion_character: char,
    /// This key ends the input.
    pub end_character: char,
    /// Keys come from a line of text here, with no time between them.
    #[serde(rename = "EndTimeoutMs")]
    _end_timeout_ms: IgnoredAny,
}
