//! Slot types of the bots' own.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::Value;

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
    /// Which.
    pub resolution_strategy: ResolutionStrategy,
}

/// How what is said becomes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum ResolutionStrategy {
    /// The value whose own or other word was said; nothing where none was.
    #[serde(rename = "TOP_RESOLUTION")]
    TopResolution,
    /// Whatever was said; the values are examples of it.
    #[serde(rename = "ORIGINAL_VALUE")]
    OriginalValue,
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
