//! Canonical bytes and their digests: what is hashed must have one form only (RFC 8785, JCS).

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// The value has no canonical form (a map key that is no string, a number beyond I-JSON).
#[derive(Debug, thiserror::Error)]
#[error("no canonical JSON form: {0}")]
pub struct NoCanonicalForm(String);

/// RFC 8785 bytes of `value`.
///
/// # Errors
/// [`NoCanonicalForm`] when JSON cannot carry the value.
pub fn canonical_json<T: Serialize>(value: &T) -> Result<Vec<u8>, NoCanonicalForm> {
    serde_json_canonicalizer::to_vec(value).map_err(|error| NoCanonicalForm(error.to_string()))
}

/// SHA-256, in lower-case hexadecimal, of the RFC 8785 bytes of the object `head` with one more member: `items` as a
/// list under `key`. The bytes are never held together: of a long list they are a hundred megabytes.
///
/// # Errors
/// [`NoCanonicalForm`] when JSON cannot carry the value, or `head` is no object.
pub fn sha256_hex_with_list<H: Serialize, T: Serialize>(
    head: &H,
    key: &str,
    items: impl Iterator<Item = T>,
) -> Result<String, NoCanonicalForm> {
    let broken = |error: &dyn std::fmt::Display| NoCanonicalForm(error.to_string());
    let head = match serde_json::to_value(head).map_err(|error| broken(&error))? {
        Value::Object(members) if !members.contains_key(key) => members,
        _ => return Err(broken(&"no object to which the list could be added")),
    };
    // RFC 8785 3.2.3: in the order of UTF-16 units.
    let order = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
    let mut members: Vec<(&str, Option<&Value>)> = vec![(key, None)];
    members.extend(
        head.iter()
            .map(|(name, value)| (name.as_str(), Some(value))),
    );
    members.sort_by_key(|(name, _)| order(name));
    let mut items = Some(items);
    let (mut sha, mut mark) = (Sha256::new(), "{");
    for (name, value) in members {
        sha.update(mark);
        sha.update(canonical_json(&name)?);
        sha.update(":");
        match value {
            Some(value) => sha.update(canonical_json(value)?),
            None => {
                sha.update("[");
                for (at, item) in items.take().into_iter().flatten().enumerate() {
                    if at > 0 {
                        sha.update(",");
                    }
                    sha.update(canonical_json(&item)?);
                }
                sha.update("]");
            }
        }
        mark = ",";
    }
    sha.update("}");
    Ok(hex(&sha.finalize()))
}

/// Digest of a value as this program writes it, for telling one state of a thing from another. Nobody else can
/// recompute it, as they can what [`canonical_json`] gives; it costs a tenth.
///
/// # Errors
/// [`NoCanonicalForm`] when JSON cannot carry the value.
pub fn state_sha256_hex<T: Serialize>(value: &T) -> Result<String, NoCanonicalForm> {
    let bytes = serde_json::to_vec(value).map_err(|error| NoCanonicalForm(error.to_string()))?;
    Ok(sha256_hex(&bytes))
}

/// SHA-256 of `bytes`, in lower-case hexadecimal.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(u32::from(four), 16);
    let pairs = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    pairs.filter_map(digit).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn order_of_keys_changes_nothing() {
        let one: serde_json::Value = serde_json::from_str(r#"{"b":1,"a":"村"}"#).unwrap();
        let two: serde_json::Value = serde_json::from_str(r#"{ "a": "村", "b": 1 }"#).unwrap();
        assert_eq!(canonical_json(&one).unwrap(), canonical_json(&two).unwrap());
        assert_eq!(
            canonical_json(&one).unwrap(),
            r#"{"a":"村","b":1}"#.as_bytes()
        );
    }

    /// Any JSON value that I-JSON can carry (RFC 7493): of numbers, those that a double holds exactly.
    fn value() -> impl Strategy<Value = Value> {
        let number = prop_oneof![
            (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
            any::<f64>()
                .prop_filter("finite", |number| number.is_finite())
                .prop_map(Value::from),
        ];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            number,
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 48, 6, |inner| {
            let pairs = proptest::collection::vec((any::<String>(), inner.clone()), 0..6);
            prop_oneof![
                proptest::collection::vec(inner, 0..6).prop_map(Value::from),
                pairs.prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
            ]
        })
    }

    /// The same value with the keys of every object in the opposite order.
    fn reversed(value: &Value) -> Value {
        match value {
            Value::Array(list) => list.iter().map(reversed).collect(),
            Value::Object(map) => {
                let pairs = map.iter().rev();
                Value::Object(
                    pairs
                        .map(|(key, inner)| (key.clone(), reversed(inner)))
                        .collect(),
                )
            }
            other => other.clone(),
        }
    }

    /// Whether the keys of every object rise in the order of their UTF-16 units (RFC 8785 3.2.3).
    fn is_ordered(value: &Value) -> bool {
        match value {
            Value::Array(list) => list.iter().all(is_ordered),
            Value::Object(map) => {
                let keys: Vec<Vec<u16>> =
                    map.keys().map(|key| key.encode_utf16().collect()).collect();
                keys.is_sorted() && map.values().all(is_ordered)
            }
            _ => true,
        }
    }

    proptest! {
        #[test]
        fn one_form_for_one_value(value in value()) {
            let bytes = canonical_json(&value).unwrap();
            prop_assert_eq!(&bytes, &canonical_json(&reversed(&value)).unwrap());
            let again: Value = serde_json::from_slice(&bytes).unwrap();
            prop_assert!(is_ordered(&again));
            prop_assert_eq!(&bytes, &canonical_json(&again).unwrap());
            // Nothing between the tokens: without its strings it has no blank.
            let text = String::from_utf8(bytes).unwrap();
            let bare = text.split('"').step_by(2).all(|part| !part.contains([' ', '\n', '\t']));
            prop_assert!(bare || text.contains('\\'));
        }

        #[test]
        fn a_list_by_its_items_has_the_digest_of_the_whole(
            head in proptest::collection::btree_map("[a-z_村𠀀ﬀ]{1,3}", value(), 0..5),
            key in "[a-z_村𠀀ﬀ]{4}",
            items in proptest::collection::vec(value(), 0..5),
        ) {
            let by_item = sha256_hex_with_list(&head, &key, items.iter()).unwrap();
            let mut whole = head;
            whole.insert(key, Value::Array(items));
            prop_assert_eq!(by_item, sha256_hex(&canonical_json(&whole).unwrap()));
        }

        #[test]
        fn another_text_another_form(one in any::<String>(), other in any::<String>()) {
            let same = canonical_json(&one).unwrap() == canonical_json(&other).unwrap();
            prop_assert_eq!(same, one == other);
        }

        #[test]
        fn a_number_has_one_form(number in -9_007_199_254_740_991_i64..=9_007_199_254_740_991) {
            let text = canonical_json(&number).unwrap();
            let shown = number.to_string();
            prop_assert_eq!(&text, shown.as_bytes());
            #[expect(clippy::cast_precision_loss, reason = "a double holds every integer up to 2^53")]
            let double = number as f64;
            prop_assert_eq!(text, canonical_json(&double).unwrap());
        }
    }

    #[test]
    fn digest_of_nothing_is_the_known_one() {
        assert_eq!(
            sha256_hex(b""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
