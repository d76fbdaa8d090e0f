//! What the bot says around fulfillment.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::message_group::MessageGroup;

/// Whether the function is asked when all slots are filled, and what is said around it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct FulfillmentCodeHook {
    /// Whether it is.
    pub enabled: bool,
    /// What is said while it takes its time.
    #[serde(default)]
    pub fulfillment_updates_specification: Option<FulfillmentUpdates>,
    /// What is said after it.
    #[serde(default)]
    pub post_fulfillment_status_specification: PostFulfillmentStatus,
}

/// What is said while fulfillment takes its time.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct FulfillmentUpdates {
    /// Whether anything is.
    pub active: bool,
    /// After so long it has failed.
    pub timeout_in_seconds: u64,
    /// Said once.
    pub start_response: Option<StartResponse>,
    /// Said again and again.
    pub update_response: Option<UpdateResponse>,
}

/// Said once, when fulfillment takes longer than its delay.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct StartResponse {
    /// The delay.
    pub delay_in_seconds: u64,
    /// The words.
    pub message_groups: Vec<MessageGroup>,
    #[serde(default, rename = "AllowInterrupt")]
    _allow_interrupt: IgnoredAny,
}

/// Said again and again.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct UpdateResponse {
    /// How long from one to the next.
    pub frequency_in_seconds: u64,
    /// The words.
    pub message_groups: Vec<MessageGroup>,
    #[serde(default, rename = "AllowInterrupt")]
    _allow_interrupt: IgnoredAny,
}

/// What is said after fulfillment where the function gave no words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PostFulfillmentStatus {
    /// The intent is fulfilled.
    #[serde(default)]
    pub success_response: Option<Response>,
    /// The function failed, or said that the intent did.
    #[serde(default)]
    pub failure_response: Option<Response>,
    /// It took too long.
    #[serde(default)]
    pub timeout_response: Option<Response>,
}

/// Words.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Response {
    /// The words.
    pub message_groups_list: Vec<MessageGroup>,
    #[serde(default, rename = "AllowInterrupt")]
    _allow_interrupt: IgnoredAny,
}
