//! How a caller reaches the bot.

/// Where the conversation takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// On the phone.
    Voice,
    /// In a chat.
    Chat,
}

impl Platform {
    /// Connect's name for it: `x-amz-lex:channels:platform`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Voice => "Connect",
            Self::Chat => "Connect Chat",
        }
    }

    /// What it can play: `x-amz-lex:accept-content-types`.
    pub(crate) fn accepted(self) -> &'static str {
        match self {
            Self::Voice => "PlainText,SSML",
            Self::Chat => "PlainText",
        }
    }
}

/// What a caller said, keyed or wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    /// The words or digits, as Lex understood them.
    pub(crate) transcript: String,
    /// How they came.
    pub(crate) mode: InputMode,
}

/// How an input came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum InputMode {
    Speech,
    Text,
    Dtmf {
        /// What was keyed: `x-amz-lex:dtmf-transcript`.
        transcript: String,
    },
}

impl InputMode {
    /// Its name in the event.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Speech => "Speech",
            Self::Text => "Text",
            Self::Dtmf { .. } => "DTMF",
        }
    }
}
