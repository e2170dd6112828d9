//! Objects made of others of which one is closed. `allOf` with a part that has `additionalProperties: false` is a
//! shape that nothing fits, because each part refuses the fields of the other; what is meant is one closed object with
//! the fields of both.

use std::collections::BTreeMap;

use utoipa::openapi::schema::AdditionalProperties;
use utoipa::openapi::{AllOf, Object, OpenApi as Document, RefOr, Schema};

type Known = BTreeMap<String, RefOr<Schema>>;

/// Writes every such object of the document as one.
pub(super) fn join(document: &mut Document) {
    if let Some(components) = &mut document.components {
        let known = components.schemas.clone();
        for schema in components.schemas.values_mut() {
            join_one(schema, &known);
        }
    }
}

fn join_one(schema: &mut RefOr<Schema>, known: &Known) {
    match schema {
        RefOr::T(Schema::OneOf(choice)) => {
            for one in &mut choice.items {
                join_one(one, known);
            }
        }
        RefOr::T(Schema::AllOf(all)) => {
            if let Some(whole) = whole(all, known) {
                *schema = RefOr::T(Schema::Object(whole));
            }
        }
        _ => {}
    }
}

/// The parts as one object, where all of them are objects and one is closed.
fn whole(all: &AllOf, known: &Known) -> Option<Object> {
    let mut whole = Object::new();
    whole.title.clone_from(&all.title);
    whole.description.clone_from(&all.description);
    let mut is_closed = false;
    for part in &all.items {
        let part = match part {
            RefOr::Ref(reference) => known.get(reference.ref_location.rsplit('/').next()?)?,
            inline => inline,
        };
        let RefOr::T(Schema::Object(part)) = part else {
            return None;
        };
        let closes = |more: &AdditionalProperties<Schema>| {
            matches!(more, AdditionalProperties::FreeForm(false))
        };
        is_closed |= part.additional_properties.as_deref().is_some_and(closes);
        whole.required.extend(part.required.iter().cloned());
        let fields = part.properties.iter();
        whole
            .properties
            .extend(fields.map(|(name, field)| (name.clone(), field.clone())));
    }
    whole.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
    is_closed.then_some(whole)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    /// What is left of `allOf` in a document has no closed part.
    fn joins_only_open_ones(value: &Value, document: &Value) {
        match value {
            Value::Object(map) => {
                for part in map
                    .get("allOf")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                {
                    let named = part.get("$ref").and_then(Value::as_str);
                    let part = named
                        .and_then(|place| document.pointer(place.trim_start_matches('#')))
                        .unwrap_or(part);
                    assert_ne!(
                        part.get("additionalProperties"),
                        Some(&Value::Bool(false)),
                        "{value}"
                    );
                }
                map.values()
                    .for_each(|inner| joins_only_open_ones(inner, document));
            }
            Value::Array(list) => list
                .iter()
                .for_each(|inner| joins_only_open_ones(inner, document)),
            _ => {}
        }
    }

    #[test]
    fn every_shape_can_be_met() {
        for document in [
            crate::openapi::public_document(),
            crate::openapi::admin_document(),
        ] {
            let document = serde_json::to_value(document).unwrap_or_default();
            let action = document.pointer("/components/schemas/ActionRequest/oneOf/0/properties");
            assert!(action.is_none_or(
                |fields| fields.get("action").is_some() && fields.get("note").is_some()
            ));
            joins_only_open_ones(&document, &document);
        }
    }
}
