//! Canonical bytes and their digests: what is hashed must have one form only (RFC 8785, JCS).

use serde::Serialize;
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

/// SHA-256 of `bytes`, in lower-case hexadecimal.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn digest_of_nothing_is_the_known_one() {
        assert_eq!(
            sha256_hex(b""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
