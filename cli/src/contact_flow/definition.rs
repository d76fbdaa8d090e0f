//! The flow's definition: `AWS::Connect::ContactFlow` in `template.yaml`, with the bots that it puts callers through to.

use std::collections::BTreeMap;

use sam_template::{Template, Unresolved, YamlError};
use serde_json::Value;
use shared::json::DecodeError;

use super::content::{Content, ContentError};
use crate::lex::definition::{Bot, Definition, DefinitionError};

/// The flow's type in the template.
const CONTACT_FLOW: &str = "AWS::Connect::ContactFlow";
/// A bot's alias in the template.
const BOT_ALIAS: &str = "AWS::Lex::BotAlias";

/// A flow and its bots.
#[derive(Debug, Clone)]
pub struct FlowDefinition {
    /// The bots.
    pub bots: Definition,
    /// What the flow does.
    pub content: Content,
    /// The bots' logical ids by the ARNs of their aliases.
    aliases: BTreeMap<String, String>,
}

/// Why the template's flow can't be played.
#[derive(Debug, thiserror::Error)]
pub enum FlowDefinitionError {
    /// The template is none.
    #[error("it can't be read")]
    Yaml(#[source] YamlError),
    /// A bot can't be played.
    #[error("its bots can't be played")]
    Bots(#[source] DefinitionError),
    /// The template has something that only CloudFormation can work out.
    #[error("its contact flow can't be worked out")]
    Unresolved(#[source] Unresolved),
    /// There isn't one flow.
    #[error("it has {0} contact flows, not one")]
    Flows(usize),
    /// The flow's content is no JSON of a flow's form.
    #[error("its contact flow is not of Connect's form")]
    Form(#[source] DecodeError),
    /// An action is one that this stand-in doesn't know.
    #[error("its contact flow can't be played")]
    Content(#[source] ContentError),
}

impl FlowDefinition {
    /// The flow that Careline is deployed with, as a clinic with people at the telephone would have it.
    ///
    /// # Errors
    /// [`FlowDefinitionError`] if the template has something that the stand-ins don't know.
    pub fn deployed() -> Result<Self, FlowDefinitionError> {
        Self::with(&[])
    }

    /// As [`FlowDefinition::deployed`], with these parameters of the template.
    ///
    /// # Errors
    /// As there.
    pub fn with(parameters: &[(&str, &str)]) -> Result<Self, FlowDefinitionError> {
        let template = Template::careline().map_err(FlowDefinitionError::Yaml)?;
        let given = |name: &str| {
            let parameter = parameters.iter().find(|(parameter, _)| *parameter == name);
            parameter.map(|(_, value)| (*value).to_owned()).or_else(|| stand_in(&template, name))
        };
        let bots = Definition::of(&template, &given).map_err(FlowDefinitionError::Bots)?;
        let resolve = |value: &Value| template.resolve(value, &given).map_err(FlowDefinitionError::Unresolved);
        let mut aliases = BTreeMap::new();
        for (logical_id, alias) in template.of_type(BOT_ALIAS) {
            let bot = resolve(alias.get("BotId").unwrap_or(&Value::Null))?;
            aliases.insert(format!("{logical_id}.Arn"), bot.as_str().unwrap_or_default().to_owned());
        }
        let flows: Vec<_> = template.of_type(CONTACT_FLOW).collect();
        let [(_, flow)] = flows.as_slice() else { return Err(FlowDefinitionError::Flows(flows.len())) };
        let content = resolve(flow.get("Content").unwrap_or(&Value::Null))?;
        let content = Content::read(content.as_str().unwrap_or_default())?;
        Ok(Self { bots, content, aliases })
    }

    /// The bot that an alias stands for.
    pub fn bot(&self, alias_arn: &str) -> Option<&Bot> {
        self.bots.bots.get(self.aliases.get(alias_arn)?)
    }
}

/// What a parameter or a resource stands for, where CloudFormation would know. A parameter has its default, but for those
/// that make a line of people; a resource stands for itself.
fn stand_in(template: &Template, name: &str) -> Option<String> {
    match name {
        "AWS::StackName" => return Some("careline".to_owned()),
        "ClinicPhoneNumber" => return Some("+14695550100".to_owned()),
        "ConnectInstanceArn" | "PersonQueueArn" => return Some(name.to_owned()),
        _ => {}
    }
    let is_parameter = template.value().get("Parameters").is_some_and(|parameters| parameters.get(name).is_some());
    (!is_parameter).then(|| name.to_owned())
}
