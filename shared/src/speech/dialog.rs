//! What is said between the medications: greetings, questions, refusals, outages. Each language fills this in once
//! ([`super::en_us`]), so that none can lack a sentence.

pub mod appointments;
pub mod aside;
pub mod listening;
pub mod verification;

use self::appointments::AppointmentsDialog;
use self::aside::AsideDialog;
use self::listening::ListeningDialog;
use self::verification::VerificationDialog;

/// The dialog's sentences in one language. Each is plain text of whole sentences, far below Lex's limits.
///
/// A refusal is told in the same words whatever its reason, and a chart that is restricted in those of an outage
/// (design.md, promise 5): there are no others to choose from.
#[derive(Debug)]
pub struct Dialog {
    /// The caller is verified.
    pub verified: &'static str,
    /// Nobody was verified, and the caller may try again; the first question follows.
    pub refused_try_again: &'static str,
    /// Nobody was verified, for the last time.
    pub refused: &'static str,
    /// The calling number is withheld, or none that callers are verified by.
    pub number_not_usable: &'static str,
    /// Something is down; or the list can't be read, for whatever reason.
    pub outage: &'static str,
    /// A person takes over.
    pub to_a_person: &'static str,
    /// No person can take over.
    pub call_the_clinic: &'static str,
    /// The same, where the clinic's `{number}` is known.
    pub call_the_clinic_at: &'static str,
    /// The caller is to be verified (again) first.
    pub verify_first: &'static str,
    /// The end of the call.
    pub goodbye: &'static str,
    /// How many medications there are: their number, and whether the list is known to be whole.
    pub count: fn(usize, bool) -> String,
    /// Which of them come now: how many, of how many still to come, and whether they are the first.
    pub these: fn(usize, usize, bool) -> Option<String>,
    /// There are none.
    pub none: &'static str,
    /// None could be read, of a list that is not whole.
    pub none_read: &'static str,
    /// There are none but those that are not spoken on this line.
    pub none_spoken: &'static str,
    /// The list is not whole.
    pub partial: &'static str,
    /// There is more that is not spoken on this line.
    pub withheld: &'static str,
    /// What the list is, and is not.
    pub about_the_list: &'static str,
    /// What is said behind a medication, and needs saying once where several are spoken of in a turn.
    pub once_a_turn: &'static [&'static str],
    /// So many are still to come.
    pub more_to_come: fn(usize) -> String,
    /// The last one has been spoken.
    pub end_of_list: &'static str,
    /// What can be said next.
    pub what_next: &'static str,
    /// The questions by which callers are verified.
    pub verification: VerificationDialog,
    /// A medication's name as it is said within a sentence: strength and form in the language of the sentence.
    pub name: fn(&str) -> String,
    /// One medication's instructions are too long for a turn: its name as it is said, empty where it has none.
    pub too_long: fn(&str) -> String,
    /// What is said of appointments.
    pub appointments: AppointmentsDialog,
    /// Help, emergencies, and questions about one medication.
    pub listening: ListeningDialog,
    /// What answers words beside the matter.
    pub aside: AsideDialog,
}
