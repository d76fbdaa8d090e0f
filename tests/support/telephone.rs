//! A telephone to the deployed functions: the contact flow, the Lex stand-in and the Lambda API, as `careline call` has them.

use careline::contact_flow::definition::FlowDefinition;
use careline::contact_flow::{Caller, Channel, ContactFlow, Ending, Happening};
use careline::lambda::DeployedFunction;
use careline::local_stack::Function;
use careline::script::player::{Difference, compare};
use careline::script::{Number, Script, ScriptedCall};
use shared::clock::Clock;
use shared::randomness::Randomness;

use super::deployed::Deployed;

/// It rings at the deployed fulfillment.
pub struct Telephone {
    definition: FlowDefinition,
    fulfillment: DeployedFunction,
}

/// A call on it.
pub struct PhoneCall<'a> {
    flow: ContactFlow<'a>,
    fulfillment: &'a DeployedFunction,
    /// What was heard last, message by message.
    pub heard: Vec<String>,
}

impl Telephone {
    pub fn of(deployed: &Deployed) -> Self {
        let stack = &deployed.stack;
        Self {
            definition: FlowDefinition::deployed().expect("the flow and its bots"),
            fulfillment: DeployedFunction::new(&stack.aws(), stack.function_name(Function::Fulfillment)),
        }
    }

    /// Calls from `number`, by voice.
    pub fn call(&self, number: &str) -> PhoneCall<'_> {
        self.answer(Caller { number: Some(number.to_owned()), locale_id: "en_US".to_owned(), channel: Channel::Voice })
    }

    fn answer(&self, caller: Caller) -> PhoneCall<'_> {
        let mut heard = Vec::new();
        let services = (Clock::system(), Randomness::system());
        let flow =
            ContactFlow::answer(&self.definition, caller, services, &mut |happening| hear(&mut heard, happening))
                .expect("the bots speak the language");
        PhoneCall { flow, fulfillment: &self.fulfillment, heard }
    }

    /// Plays a script up to the first difference.
    pub async fn play(&self, script: &Script) -> Result<(), Difference> {
        for scripted in &script.calls {
            let mut call = self.answer(caller_of(scripted));
            compare(&call.heard, &scripted.greeting)?;
            for turn in &scripted.turns {
                if call.ended().is_some() {
                    return Err(Difference::Ended { line: turn.line, heard: call.heard.join(" ") });
                }
                call.say(&turn.says).await;
                compare(&call.heard, &turn.expectations)?;
            }
        }
        Ok(())
    }
}

impl PhoneCall<'_> {
    /// The caller says something; the messages that they hear.
    pub async fn say(&mut self, words: &str) -> &[String] {
        self.heard.clear();
        let heard = &mut self.heard;
        let function = async |payload| self.fulfillment.invoke(payload).await;
        self.flow.say(words, &function, &mut |happening| hear(heard, happening)).await;
        &self.heard
    }

    pub fn ended(&self) -> Option<Ending> {
        self.flow.ended()
    }
}

/// Keeps what is heard; nothing may fail.
pub fn hear(heard: &mut Vec<String>, happening: Happening<'_>) {
    match happening {
        Happening::Heard(words) => heard.push(words.to_owned()),
        Happening::Failed(failure) => panic!("Connect takes the error branch: {failure}"),
    }
}

/// Who calls in a script.
pub fn caller_of(scripted: &ScriptedCall) -> Caller {
    Caller {
        number: match &scripted.number {
            Some(Number::Given(number)) => Some(number.clone()),
            Some(Number::Anonymous) => None,
            // Camila Lopez's mobile phone, as the command has it.
            None => Some("+14694694321".to_owned()),
        },
        locale_id: scripted.locale_id.clone().unwrap_or_else(|| "en_US".to_owned()),
        channel: scripted.channel.unwrap_or(Channel::Voice),
    }
}
