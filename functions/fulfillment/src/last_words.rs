//! What is said where even what answers a panic has panicked: the sentence of an outage, and a person.
//!
//! Nothing here looks at what the caller said or what a chart holds, cuts, counts or asks: texts of ours and what Lex sent
//! are put together as they are, so that there is nothing that could panic.

use shared::speech::Locale;

use crate::hand_over::HandOver;
use crate::lex::event::Event;
use crate::lex::response::Response;
use crate::session::Session;

/// The answer to `event` in plain words, which every channel takes. The attributes are those that came, so that the call can
/// go on, and tell the flow to whom.
pub(crate) fn of(hand_over: &HandOver, event: &Event) -> Response {
    let dialog = Locale::of_bot(event.bot.locale_id.as_deref()).dialog();
    let (status, next, number) = hand_over.next(dialog);
    let mut session = Session::of(event);
    session.set_status(Some(status));
    let next = number.map_or_else(|| next.to_owned(), |number| next.replace("{number}", number.as_str()));
    Response::in_plain_words(event, session, &[dialog.outage, &next])
}
