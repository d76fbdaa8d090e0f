//! `careline call`: a phone call on this machine, with the deployed functions behind it.

mod error;
mod key_set;
mod options;
mod phone;
mod sample;
mod screen;
mod setting_up;
mod step;
mod terminal;
mod token;

use std::io::{self, IsTerminal as _, Write};
use std::path::Path;

use shared::clock::Clock;
use shared::randomness::Randomness;

pub use self::error::CallError;
pub use self::options::Options;
use self::phone::Phone;
use self::screen::Screen;
use self::setting_up::Line;
use crate::contact_flow::definition::FlowDefinition;
use crate::script::Script;

/// Sets up a line and answers calls on it: those of a script, those of a person at the terminal, or the sample.
///
/// # Errors
/// [`CallError`]: what could not be set up, or how a played call differed from what it should be.
pub async fn run(options: &Options, checkout: &Path, out: &mut dyn Write) -> Result<(), CallError> {
    // What can be wrong without setting anything up comes first.
    let script = options.script.as_deref().map(|path| read_script(path).map(|script| (path, script))).transpose()?;
    let definition = FlowDefinition::deployed().map_err(CallError::Definition)?;
    options.check_locales(&definition.bots, script.as_ref().map(|(_, script)| script))?;

    let mut screen = Screen::new(out);
    let line = Line::set_up(options, checkout, &mut screen).await?;
    let mut phone = Phone::new(&definition, &line, (Clock::system(), Randomness::system()), &mut screen);
    let at_terminal = io::stdin().is_terminal();
    let played = match token::obtain(&mut phone, &line, at_terminal).await {
        Err(error) => Err(error),
        Ok(()) => match &script {
            Some((path, script)) => phone.play(script, path, options).await.map(|()| {
                phone.screen().line("Every reply was as the script says.");
            }),
            None if at_terminal && !options.sample => terminal::talk(&mut phone, options).await,
            None => sample::play(&mut phone, options).await,
        },
    };
    line.stop().await;
    played
}

fn read_script(path: &Path) -> Result<Script, CallError> {
    let failed = |source| CallError::ReadScript { path: path.to_owned(), source };
    let text = if path == Path::new("-") { io::read_to_string(io::stdin()) } else { std::fs::read_to_string(path) };
    let text = text.map_err(failed)?;
    Script::parse(&text).map_err(|error| CallError::Script { path: path.to_owned(), source: error })
}
