//! What changed between two versions of an item, field by field, in words that can be shown as they are.

use serde::Serialize;
use serde_json::Value;

use super::PowerItem;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = PowerChange)]
pub struct Change {
    /// JSON pointer (RFC 6901) into the item, such as `/steps/2/limit`. An entry of a list of texts has the pointer of
    /// the list.
    pub field: String,
    /// What was there; null where something was added.
    pub before: Option<String>,
    /// What is there now; null where something was taken away.
    pub after: Option<String>,
}

/// What is other in `after` than in `before`, in the order of the fields' names; empty when they say the same.
#[must_use]
pub fn changes(before: &PowerItem, after: &PowerItem) -> Vec<Change> {
    let mut found = Vec::new();
    // A struct of texts, numbers and lists has a JSON value: there is nothing in it that could fail.
    let (Ok(before), Ok(after)) = (serde_json::to_value(before), serde_json::to_value(after))
    else {
        return found;
    };
    walk("", &before, &after, &mut found);
    found
}

fn walk(at: &str, before: &Value, after: &Value, found: &mut Vec<Change>) {
    if before == after {
        return;
    }
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
            names.sort_unstable();
            names.dedup();
            for name in names {
                let (old, new) = (old.get(name), new.get(name));
                walk(
                    &format!("{at}/{name}"),
                    old.unwrap_or(&Value::Null),
                    new.unwrap_or(&Value::Null),
                    found,
                );
            }
        }
        (Value::Array(old), new) if old.iter().chain(entries(new)).all(Value::is_string) => {
            texts(at, old, entries(new), found);
        }
        (Value::Null, Value::Array(new)) if new.iter().all(Value::is_string) => {
            texts(at, &[], new, found);
        }
        (Value::Array(old), Value::Array(new)) => {
            for index in 0..old.len().max(new.len()) {
                walk(
                    &format!("{at}/{index}"),
                    old.get(index).unwrap_or(&Value::Null),
                    new.get(index).unwrap_or(&Value::Null),
                    found,
                );
            }
        }
        _ => found.push(Change {
            field: at.to_owned(),
            before: words(before),
            after: words(after),
        }),
    }
}

fn entries(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Texts that went and texts that came; where only their order changed, the list before and the list after.
fn texts(at: &str, old: &[Value], new: &[Value], found: &mut Vec<Change>) {
    let gone = old.iter().filter(|text| !new.contains(text));
    let come = new.iter().filter(|text| !old.contains(text));
    let known = found.len();
    found.extend(gone.map(|text| Change {
        field: at.to_owned(),
        before: words(text),
        after: None,
    }));
    found.extend(come.map(|text| Change {
        field: at.to_owned(),
        before: None,
        after: words(text),
    }));
    if found.len() == known {
        let joined = |all: &[Value]| {
            let all: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
            Some(all.join("；"))
        };
        found.push(Change {
            field: at.to_owned(),
            before: joined(old),
            after: joined(new),
        });
    }
}

/// A value as people read it: of a step or a posting, what it is called.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Object(fields) => {
            let called = fields.get("name").or_else(|| fields.get("what"));
            Some(
                called
                    .and_then(Value::as_str)
                    .map_or_else(|| value.to_string(), str::to_owned),
            )
        }
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item() -> PowerItem {
        serde_json::from_value(serde_json::json!({
            "code": "seal-use", "name": "印章使用", "category": "印章管理",
            "legal_basis": ["某规定第一条"], "responsible_org": "村民委员会",
            "supervising_org": "村务监督委员会", "who_can_apply": "村民",
            "materials": ["文件原件", "身份证明"],
            "steps": [
                { "no": 1, "name": "申请", "actor": "村民", "record_required": true },
                { "no": 2, "name": "审批", "actor": "主任", "limit": 1, "limit_unit": "working_day",
                  "record_required": true },
            ],
            "plain_language": "盖章前先登记。",
        }))
        .unwrap()
    }

    fn change(field: &str, before: Option<&str>, after: Option<&str>) -> Change {
        Change {
            field: field.to_owned(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        }
    }

    #[test]
    fn the_same_has_no_changes() {
        assert_eq!(changes(&item(), &item()), []);
    }

    #[test]
    fn each_field_says_what_it_was() {
        let mut after = item();
        after.name = "公章使用".to_owned();
        after.materials = vec!["文件原件".to_owned(), "会议决议".to_owned()];
        after.red_lines = vec!["不得盖空白纸".to_owned()];
        after.contact_phone = Some("12345".to_owned());
        if let Some(step) = after.steps.get_mut(1) {
            step.limit = Some(2);
        }
        let mut more = after.steps.first().unwrap().clone();
        (more.no, more.name) = (3, "登记".to_owned());
        after.steps.push(more);
        assert_eq!(
            changes(&item(), &after),
            [
                change("/contact_phone", None, Some("12345")),
                change("/materials", Some("身份证明"), None),
                change("/materials", None, Some("会议决议")),
                change("/name", Some("印章使用"), Some("公章使用")),
                change("/red_lines", None, Some("不得盖空白纸")),
                change("/steps/1/limit", Some("1"), Some("2")),
                change("/steps/2", None, Some("登记")),
            ]
        );
        let back = changes(&after, &item());
        assert_eq!(back.last(), Some(&change("/steps/2", Some("登记"), None)));
    }

    #[test]
    fn another_order_is_a_change() {
        let mut after = item();
        after.materials.reverse();
        assert_eq!(
            changes(&item(), &after),
            [change(
                "/materials",
                Some("文件原件；身份证明"),
                Some("身份证明；文件原件")
            )]
        );
    }
}
