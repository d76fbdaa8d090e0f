//! CloudFormation's functions, worked out.

use serde_json::{Map, Value};

/// Something that can't be worked out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{function} can't be worked out: {of}")]
pub struct Unresolved {
    /// The function.
    pub function: String,
    /// What of.
    pub of: String,
}

/// Works `value` out: see [`crate::Template::resolve`].
pub(crate) fn resolve(
    template: &Value,
    value: &Value,
    given: &dyn Fn(&str) -> Option<String>,
) -> Result<Value, Unresolved> {
    let within = |value: &Value| resolve(template, value, given);
    match value {
        Value::Array(items) => items.iter().map(within).collect::<Result<Vec<_>, _>>().map(Value::Array),
        Value::Object(fields) => {
            if let Some((function, argument)) = intrinsic(fields) {
                return call(template, function, argument, given);
            }
            let fields = fields.iter().map(|(name, value)| Ok((name.clone(), within(value)?)));
            fields.collect::<Result<Map<_, _>, _>>().map(Value::Object)
        }
        other => Ok(other.clone()),
    }
}

fn intrinsic(fields: &Map<String, Value>) -> Option<(&str, &Value)> {
    let mut fields = fields.iter();
    let (name, argument) = fields.next().filter(|(name, _)| name.starts_with("Fn::") || *name == "Ref")?;
    fields.next().is_none().then_some((name.as_str(), argument))
}

fn call(
    template: &Value,
    function: &str,
    argument: &Value,
    given: &dyn Fn(&str) -> Option<String>,
) -> Result<Value, Unresolved> {
    let unresolved = |of: &str| Unresolved { function: function.to_owned(), of: of.to_owned() };
    let known = |name: &str| named(template, name, given).ok_or_else(|| unresolved(name));
    match (function, argument) {
        ("Ref", Value::String(name)) => known(name).map(Value::from),
        ("Fn::GetAtt", Value::Array(parts)) => {
            let parts: Vec<&str> = parts.iter().filter_map(Value::as_str).collect();
            known(&parts.join(".")).map(Value::from)
        }
        ("Fn::Sub", Value::String(text)) => substitute(text, &known).map(Value::from),
        ("Fn::Sub", Value::Array(parts)) => {
            let [Value::String(text), Value::Object(own)] = parts.as_slice() else {
                return Err(unresolved("not a text and its own variables"));
            };
            let known = |name: &str| match own.get(name) {
                None => known(name),
                Some(value) => match resolve(template, value, given)? {
                    Value::String(text) => Ok(text),
                    _ => Err(unresolved(name)),
                },
            };
            substitute(text, &known).map(Value::from)
        }
        ("Fn::If", Value::Array(parts)) => {
            let [Value::String(condition), yes, no] = parts.as_slice() else { return Err(unresolved("three parts")) };
            resolve(template, if holds(template, condition, given)? { yes } else { no }, given)
        }
        ("Fn::FindInMap", Value::Array(parts)) => {
            let keys = parts.iter().map(|part| resolve(template, part, given)).collect::<Result<Vec<_>, _>>()?;
            let mut found = template.get("Mappings");
            for key in &keys {
                found = found.and_then(|found| found.get(key.as_str()?));
            }
            let of = || keys.iter().map(|key| key.as_str().unwrap_or("?")).collect::<Vec<_>>().join(".");
            found.cloned().ok_or_else(|| unresolved(&of()))
        }
        _ => Err(unresolved("of a form that is not known here")),
    }
}

/// Whether one of the template's conditions holds.
fn holds(template: &Value, name: &str, given: &dyn Fn(&str) -> Option<String>) -> Result<bool, Unresolved> {
    let unresolved = || Unresolved { function: "Condition".to_owned(), of: name.to_owned() };
    let condition = template.get("Conditions").and_then(|conditions| conditions.get(name)).ok_or_else(unresolved)?;
    fn of(template: &Value, value: &Value, given: &dyn Fn(&str) -> Option<String>) -> Option<bool> {
        let (function, argument) = intrinsic(value.as_object()?)?;
        match (function, argument.as_array()?.as_slice()) {
            ("Fn::Not", [condition]) => of(template, condition, given).map(|holds| !holds),
            ("Fn::Equals", [one, other]) => {
                Some(resolve(template, one, given).ok()? == resolve(template, other, given).ok()?)
            }
            _ => None,
        }
    }
    of(template, condition, given).ok_or_else(unresolved)
}

/// What `name` stands for: as given, or a parameter's default.
fn named(template: &Value, name: &str, given: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let default = || {
        let default = template.get("Parameters")?.get(name)?.get("Default")?;
        Some(default.as_str().map_or_else(|| default.to_string(), str::to_owned))
    };
    given(name).or_else(default)
}

/// `text` with each `${Name}` replaced; `${!Name}` stays `${Name}`.
fn substitute(text: &str, known: &dyn Fn(&str) -> Result<String, Unresolved>) -> Result<String, Unresolved> {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, after)) = after.split_once('}') else { break };
        result.push_str(before);
        match name.strip_prefix('!') {
            Some(literal) => result.extend(["${", literal, "}"]),
            None => result.push_str(&known(name)?),
        }
        rest = after;
    }
    result.push_str(rest);
    Ok(result)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn worked_out(value: Value) -> Result<Value, Unresolved> {
        let template = json!({
            "Parameters": {"P": {"Default": "p"}, "N": {"Default": 2}},
            "Mappings": {"M": {"en": {"x": "words"}}},
            "Conditions": {"C": {"Fn::Not": [{"Fn::Equals": [{"Ref": "P"}, "p"]}]}},
        });
        let given = |name: &str| (name == "R.Arn").then(|| "arn".to_owned());
        resolve(&template, &value, &given)
    }

    #[test]
    fn functions_are_worked_out_wherever_they_stand() {
        let value =
            json!({"a": [{"Ref": "P"}, {"Fn::FindInMap": ["M", "en", "x"]}], "b": {"Fn::GetAtt": ["R", "Arn"]}});
        assert_eq!(worked_out(value).unwrap(), json!({"a": ["p", "words"], "b": "arn"}));
        assert_eq!(worked_out(json!({"Fn::Sub": "${P}-${R.Arn}-${!P}-${N}"})).unwrap(), json!("p-arn-${P}-2"));
        assert_eq!(worked_out(json!({"Fn::If": ["C", 1, {"Ref": "P"}]})).unwrap(), json!("p"));
        let own = json!({"Fn::Sub": ["${A} ${P}", {"A": {"Fn::If": ["C", "yes", "no"]}}]});
        assert_eq!(worked_out(own).unwrap(), json!("no p"));
    }

    #[test]
    fn what_is_not_known_is_named() {
        let error = worked_out(json!({"Fn::Sub": "${Unknown}"})).unwrap_err();
        assert_eq!((error.function.as_str(), error.of.as_str()), ("Fn::Sub", "Unknown"));
        assert!(worked_out(json!({"Fn::FindInMap": ["M", "en", "y"]})).is_err());
        assert!(worked_out(json!({"Fn::Select": [0, ["a"]]})).is_err());
    }
}
