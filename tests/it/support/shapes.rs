//! Reading answers, strict where the contract fixes a shape and lenient where it leaves one open.

use serde_json::Value;

/// The items of a list; there must be `items` and `next_cursor`.
#[track_caller]
pub fn items(list: &Value) -> Vec<Value> {
    assert!(list.get("next_cursor").is_some(), "{list}");
    list["items"]
        .as_array()
        .unwrap_or_else(|| panic!("no items: {list}"))
        .clone()
}

/// Every one of these fields is there.
#[track_caller]
pub fn has(value: &Value, fields: &str) {
    for field in fields.split([',', ' ']).filter(|field| !field.is_empty()) {
        assert!(value.get(field).is_some(), "no {field}: {value}");
    }
}

/// None of these fields is there.
#[track_caller]
pub fn has_not(value: &Value, fields: &str) {
    for field in fields.split([',', ' ']).filter(|field| !field.is_empty()) {
        assert!(value.get(field).is_none(), "{field} is there: {value}");
    }
}

/// A unit or a person in a view: the id itself, or an object that has one.
pub fn id_of(value: &Value) -> Option<String> {
    let id = value.get("id").unwrap_or(value);
    id.as_str().map(str::to_owned)
}

/// The timer of a stage and round.
#[track_caller]
pub fn timer(view: &Value, stage: &str, round: u32) -> Value {
    maybe_timer(view, stage, round).unwrap_or_else(|| panic!("no {stage} of round {round}: {view}"))
}

/// The same, if there is one.
pub fn maybe_timer(view: &Value, stage: &str, round: u32) -> Option<Value> {
    let timers = view["timers"].as_array().unwrap();
    timers
        .iter()
        .find(|timer| timer["stage"] == stage && timer["round"] == round)
        .cloned()
}

/// The words of a list of words.
#[track_caller]
pub fn words(value: &Value) -> Vec<String> {
    value
        .as_array()
        .unwrap_or_else(|| panic!("no list: {value}"))
        .iter()
        .map(|word| word.as_str().unwrap().to_owned())
        .collect()
}

/// The ladder's steps of a stage and round that were taken, with the times they were due.
pub fn steps(view: &Value, stage: &str, round: u32) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    view["escalations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|step| step["stage"] == stage && step["round"] == round)
        .map(|step| (text(&step["step"]), text(&step["due_at"])))
        .collect()
}

/// The actions of the events, in order.
pub fn history(view: &Value) -> Vec<String> {
    let events = view["events"].as_array().unwrap();
    events
        .iter()
        .map(|event| event["action"].as_str().unwrap().to_owned())
        .collect()
}
