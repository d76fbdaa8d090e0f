//! What answers words beside the matter: who needs a moment, thanks, calls for another, or asks what this line can't answer.

/// These sentences in one language. Behind each comes what can be said next, or the question that stands.
#[derive(Debug)]
pub struct AsideDialog {
    /// To who needs a moment.
    pub moment: &'static str,
    /// To thanks.
    pub thanks: &'static str,
    /// To who asks whether anybody is there.
    pub here: &'static str,
    /// To who asks whether this is a machine.
    pub machine: &'static str,
    /// To who can't use keys.
    pub no_keys: &'static str,
    /// To who calls for another.
    pub only_yourself: &'static str,
    /// To a question for a pharmacist or a doctor.
    pub ask_a_pharmacist: &'static str,
    /// To a question about something else than this line is for.
    pub not_here: &'static str,
    /// Before the question that stands, where a person could help.
    pub a_person_can: &'static str,
    /// Before the first question, where another stood and what was answered before it is lost.
    pub from_the_start: &'static str,
}
