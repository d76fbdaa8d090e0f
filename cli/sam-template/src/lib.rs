//! Reads `template.yaml` as CloudFormation does: YAML with short forms (`!Ref X` is `{"Ref": "X"}`), as JSON.
//!
//! The bots and the contact flow stand in that template, once. Whoever plays or checks them reads them here.

mod intrinsic;
mod yaml;

use serde_json::Value;

pub use self::intrinsic::Unresolved;
pub use self::yaml::YamlError;

/// The project's template, as it was when this was compiled.
const CARELINE: &str = include_str!("../../../template.yaml");

/// A template.
#[derive(Debug, Clone, PartialEq)]
pub struct Template(Value);

impl Template {
    /// The project's own `template.yaml`.
    ///
    /// # Errors
    /// As [`Template::parse`].
    pub fn careline() -> Result<Self, YamlError> {
        Self::parse(CARELINE)
    }

    /// Reads a template.
    ///
    /// # Errors
    /// [`YamlError`] where the text is no YAML, or has what CloudFormation or its YAML 1.1 reads otherwise.
    pub fn parse(text: &str) -> Result<Self, YamlError> {
        yaml::parse(text).map(Self)
    }

    /// The whole template.
    pub fn value(&self) -> &Value {
        &self.0
    }

    /// The resources of a type, by their logical ids, in alphabetical order.
    pub fn of_type<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let resources = self.0.get("Resources").and_then(Value::as_object).into_iter().flatten();
        resources
            .filter(move |(_, resource)| resource.get("Type").and_then(Value::as_str) == Some(kind))
            .filter_map(|(name, resource)| resource.get("Properties").map(|properties| (name.as_str(), properties)))
    }

    /// The properties of a resource.
    pub fn properties(&self, logical_id: &str) -> Option<&Value> {
        self.0.get("Resources")?.get(logical_id)?.get("Properties")
    }

    /// `value` with its intrinsic functions worked out: `Fn::FindInMap` from the mappings, `Fn::If` from the conditions,
    /// `Ref`, `Fn::GetAtt` and the `${…}` of `Fn::Sub` as `given` knows them (`Name`, `Name.Attribute`), and a parameter
    /// that isn't given as its default.
    ///
    /// # Errors
    /// [`Unresolved`] for what is none of these, or is not known.
    pub fn resolve(&self, value: &Value, given: &dyn Fn(&str) -> Option<String>) -> Result<Value, Unresolved> {
        intrinsic::resolve(&self.0, value, given)
    }
}
