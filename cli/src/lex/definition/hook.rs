//! The dialog hook: when the function is asked, and what is said where it fails.

use serde::Deserialize;

use super::fulfillment::Response;

/// One asking of the function.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DialogCodeHookInvocation {
    /// Whether the function is asked.
    pub enable_code_hook_invocation: bool,
    /// Whether any of this is done.
    pub is_active: bool,
    /// What comes after it.
    pub post_code_hook_specification: PostCodeHook,
}

/// What comes after the function was asked.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct PostCodeHook {
    /// Said where the function failed.
    #[serde(default)]
    pub failure_response: Option<Response>,
    /// Said where it took too long.
    #[serde(default)]
    pub timeout_response: Option<Response>,
    /// What follows where the function delegates.
    pub success_next_step: NextStep,
    /// What follows where the function failed.
    pub failure_next_step: NextStep,
    /// What follows where it took too long.
    pub timeout_next_step: NextStep,
}

/// What Lex does next.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct NextStep {
    /// The action.
    pub dialog_action: DialogAction,
}

/// An action.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DialogAction {
    /// Which.
    #[serde(rename = "Type")]
    pub kind: DialogActionType,
}

/// The actions that this stand-in takes, each in the one place where it has a meaning here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum DialogActionType {
    /// The function is asked: as an intent begins, and once a slot is filled.
    InvokeDialogCodeHook,
    /// Fulfillment: where the function delegates.
    FulfillIntent,
    /// The bot is done, and the flow goes on: where the function failed.
    EndConversation,
}

impl DialogCodeHookInvocation {
    /// Whether the function is asked.
    pub fn is_on(&self) -> bool {
        self.is_active && self.enable_code_hook_invocation
    }
}
