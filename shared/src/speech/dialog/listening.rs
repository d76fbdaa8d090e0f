//! What answers a caller who is not understood, asks for help, or is in danger; and who asks about one medication.

/// These sentences in one language. `{number}`, `{name}`, `{other}` and `{letters}` stand for what is put in their place.
#[derive(Debug)]
pub struct ListeningDialog {
    /// Someone may be in danger: says to dial `{number}`.
    pub emergency: &'static str,
    /// Beside it, where too much was taken: Poison Control's `{number}`.
    pub poison_control: &'static str,
    /// Beside it, where somebody may take their own life or hurt themselves: the crisis lifeline's `{number}`.
    pub crisis_lifeline: &'static str,
    /// Not understood, for the first time: short.
    pub not_understood: &'static str,
    /// Not understood again: what can be said follows.
    pub not_understood_again: &'static str,
    /// What can be said before verification.
    pub help_unverified: &'static str,
    /// And keyed.
    pub keys_unverified: &'static str,
    /// What can be said after it.
    pub help_verified: &'static str,
    /// And keyed.
    pub keys_verified: &'static str,
    /// Before the question of verification that stands: why it is asked.
    pub help_in_a_question: &'static str,
    /// Silence was asked for.
    pub stopped: &'static str,
    /// The medications can be heard.
    pub to_hear_them: &'static str,
    /// Asks which medication is meant.
    pub which_medication: &'static str,
    /// What was said is no medication of the list.
    pub not_on_the_list: &'static str,
    /// Two are meant, perhaps: asks which, `{name}` or `{other}`.
    pub which_of_two: &'static str,
    /// More are meant: asks for the whole name.
    pub which_of_many: &'static str,
    /// What follows is about `{name}`.
    pub about: &'static str,
    /// A medication without a name, in the place of `{name}`.
    pub this_medication: &'static str,
    /// The chart doesn't tell what `{name}` is for.
    pub purpose_unknown: &'static str,
    /// Spells a `{name}` in `{letters}`.
    pub spelled: &'static str,
    /// The medication has no name that can be spelled.
    pub not_spelled: &'static str,
}
