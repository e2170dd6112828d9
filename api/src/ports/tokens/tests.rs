//! What is refused, one reason at a time: a token that is right in all else.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use jsonwebtoken::EncodingKey;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;
use crate::ports::secrets::Secrets;

const NOW: i64 = 1_000_000;

struct Place {
    dir: TempDir,
    tokens: Tokens,
}

/// A place with a key of its own.
fn place() -> Place {
    let dir = tempfile::tempdir().unwrap();
    Secrets::load(dir.path(), Ids).unwrap();
    let tokens = Tokens::open(dir.path()).unwrap();
    Place { dir, tokens }
}

fn named() -> Named {
    Named {
        staff: StaffId::try_from("s1").unwrap(),
        token_version: 3,
        stepped_up_at: None,
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros(seconds * 1_000_000)
}

impl Place {
    fn pair(&self) -> Ed25519KeyPair {
        let seed = std::fs::read(self.dir.path().join("token-signing.key")).unwrap();
        Ed25519KeyPair::from_seed_unchecked(&seed).unwrap()
    }

    fn kid(&self) -> String {
        let id = domain::canon::sha256_hex(self.pair().public_key().as_ref());
        id[..16].to_owned()
    }

    fn head(&self) -> Value {
        json!({ "alg": "EdDSA", "typ": "at+jwt", "kid": self.kid() })
    }

    /// Signed with our key, whatever it says.
    fn signed(&self, head: &Value, claims: &Value) -> String {
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let words = format!("{}.{}", part(head), part(claims));
        let signature = self.pair().sign(words.as_bytes());
        format!(
            "{words}.{}",
            BASE64_URL_SAFE_NO_PAD.encode(signature.as_ref())
        )
    }

    fn code(&self, token: &str, now: i64) -> Result<Named, String> {
        self.tokens
            .verify(token, at(now))
            .map_err(|problem| problem.to_string())
    }
}

fn good() -> Value {
    json!({
        "iss": "yidiantong", "aud": "yidiantong-staff", "sub": "s1",
        "iat": NOW, "nbf": NOW, "exp": NOW + 600, "tv": 3,
    })
}

fn with(mut value: Value, name: &str, field: Value) -> Value {
    value[name] = field;
    value
}

fn without(mut value: Value, name: &str) -> Value {
    value.as_object_mut().unwrap().remove(name).unwrap();
    value
}

fn refused() -> Result<Named, String> {
    Err("unauthorized".to_owned())
}

#[test]
fn lives_ten_minutes_and_five_seconds_for_clocks() {
    let place = place();
    let token = place.tokens.issue(&named(), at(NOW)).unwrap();
    for now in [NOW - 5, NOW, NOW + 600, NOW + 605] {
        assert_eq!(place.code(&token, now), Ok(named()), "{now}");
    }
    assert_eq!(place.code(&token, NOW + 606), Err("token_expired".into()));
    assert_eq!(place.code(&token, NOW - 6), refused());
    // The one made by hand below differs in nothing.
    let by_hand = place.signed(&place.head(), &good());
    assert_eq!(place.code(&by_hand, NOW), Ok(named()));
}

#[test]
fn when_somebody_stepped_up_stands_in_it() {
    let place = place();
    let who = Named {
        stepped_up_at: Some(at(NOW - 7)),
        ..named()
    };
    let token = place.tokens.issue(&who, at(NOW)).unwrap();
    assert_eq!(place.code(&token, NOW), Ok(who));
}

#[test]
fn every_claim_is_held_to_its_word() {
    let place = place();
    for (name, value) in [
        ("iss", json!("somebody-else")),
        ("iss", json!(7)),
        ("aud", json!("yidiantong-public")),
        ("aud", json!(["yidiantong-public", "somebody-else"])),
        ("sub", json!("")),
        ("sub", json!("../s1")),
        ("nbf", json!(NOW + 6)),
        ("iat", json!(NOW + 6)),
        ("exp", json!(NOW + 601)),
        ("exp", json!("tomorrow")),
        ("tv", json!("3")),
    ] {
        let token = place.signed(&place.head(), &with(good(), name, value.clone()));
        assert_eq!(place.code(&token, NOW), refused(), "{name}: {value}");
    }
    for name in ["iss", "aud", "sub", "iat", "nbf", "exp", "tv"] {
        let token = place.signed(&place.head(), &without(good(), name));
        assert_eq!(place.code(&token, NOW), refused(), "without {name}");
    }
}

#[test]
fn every_header_is_held_to_its_word() {
    let place = place();
    for (name, value) in [
        ("alg", json!("none")),
        ("alg", json!("None")),
        ("alg", json!("HS256")),
        ("alg", json!("ES256")),
        ("alg", json!("Ed25519")),
        ("typ", json!("JWT")),
        ("typ", json!("application/at+jwt")),
        ("kid", json!("0000000000000000")),
        ("kid", json!("../../token-signing")),
        ("kid", json!("")),
        ("jku", json!("https://evil.example/keys")),
        ("x5u", json!("https://evil.example/chain")),
        ("x5c", json!(["AAAA"])),
        (
            "jwk",
            json!({ "kty": "OKP", "crv": "Ed25519", "x": "AAAA" }),
        ),
        ("crit", json!(["exp"])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("cty", json!("JWT")),
    ] {
        let token = place.signed(&with(place.head(), name, value.clone()), &good());
        assert_eq!(place.code(&token, NOW), refused(), "{name}: {value}");
    }
    for name in ["alg", "typ", "kid"] {
        let token = place.signed(&without(place.head(), name), &good());
        assert_eq!(place.code(&token, NOW), refused(), "without {name}");
    }
}

#[test]
fn no_signature_another_or_another_kind_of_one_is_refused() {
    let place = place();
    let token = place.signed(&place.head(), &good());
    let (words, signature) = token.rsplit_once('.').unwrap();
    let none = with(place.head(), "alg", json!("none"));
    let unsigned = place.signed(&none, &good());
    let unsigned = unsigned.rsplit_once('.').unwrap().0.to_owned();
    for forged in [
        String::new(),
        ".".into(),
        "..".into(),
        format!("{words}."),
        words.to_owned(),
        format!("{words}.{}", "A".repeat(signature.len())),
        format!("{unsigned}."),
        unsigned.clone(),
        format!("{unsigned}.{signature}"),
        format!("{token}.{signature}"),
        "x".repeat(100_000),
    ] {
        let start: String = forged.chars().take(40).collect();
        assert_eq!(place.code(&forged, NOW), refused(), "{start}");
    }
    // HS256 with the public key as its secret: the classic confusion.
    let header = Header {
        typ: Some(TYPE.into()),
        kid: Some(place.kid()),
        ..Header::new(Algorithm::HS256)
    };
    let pair = place.pair();
    let secret = EncodingKey::from_secret(pair.public_key().as_ref());
    let forged = jsonwebtoken::encode(&header, &good(), &secret).unwrap();
    assert_eq!(place.code(&forged, NOW), refused());
    // Another installation's, under our key's name.
    let other = self::place();
    let foreign = other.signed(&place.head(), &good());
    assert_eq!(place.code(&foreign, NOW), refused());
}

#[test]
fn a_new_key_is_taken_up_and_the_old_one_lives_as_long_as_its_tokens() {
    let place = place();
    let beside = Tokens::open(place.dir.path()).unwrap();
    let old_head = place.head();
    let old_pair = place.pair();
    let old = place.tokens.issue(&named(), at(NOW)).unwrap();
    let id = rotate(place.dir.path(), Ids, Rotation::Gently, at(NOW + 10)).unwrap();
    assert_eq!(id, place.kid());
    assert_ne!(old_head["kid"], id);
    // Each process takes it up by itself: one signs, the other meets the new name for the first time.
    let new = place.tokens.issue(&named(), at(NOW + 10)).unwrap();
    assert!(head(&new).is_some_and(|head| head.kid == id));
    assert_eq!(beside.verify(&new, at(NOW + 10)).ok(), Some(named()));
    for tokens in [&place.tokens, &beside] {
        assert_eq!(tokens.verify(&old, at(NOW + 600)).ok(), Some(named()));
        assert!(tokens.verify(&old, at(NOW + 606)).is_err());
    }
    // Who has stolen the old key signs nothing with it that is younger than its retirement.
    let by_thief = |claims: &Value| {
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let words = format!("{}.{}", part(&old_head), part(claims));
        let signature = old_pair.sign(words.as_bytes());
        format!(
            "{words}.{}",
            BASE64_URL_SAFE_NO_PAD.encode(signature.as_ref())
        )
    };
    assert_eq!(place.code(&by_thief(&good()), NOW + 10), Ok(named()));
    let later = json!({
        "iss": "yidiantong", "aud": "yidiantong-staff", "sub": "s1",
        "iat": NOW + 71, "nbf": NOW + 71, "exp": NOW + 671, "tv": 3,
    });
    assert_eq!(place.code(&by_thief(&later), NOW + 71), refused());
    // And no private half of it is left.
    let retired = place.dir.path().join(format!(
        "token-retired-{}.pub",
        old_head["kid"].as_str().unwrap()
    ));
    assert_eq!(
        std::fs::read(&retired).unwrap()[..32],
        *old_pair.public_key().as_ref()
    );
    // Once its tokens are dead it is taken away.
    rotate(place.dir.path(), Ids, Rotation::Gently, at(NOW + 10 + 666)).unwrap();
    assert!(!retired.exists());
}

#[test]
fn a_key_in_wrong_hands_is_dead_at_once() {
    let place = place();
    let first = place.tokens.issue(&named(), at(NOW)).unwrap();
    rotate(place.dir.path(), Ids, Rotation::Gently, at(NOW)).unwrap();
    let second = place.tokens.issue(&named(), at(NOW)).unwrap();
    rotate(place.dir.path(), Ids, Rotation::AtOnce, at(NOW)).unwrap();
    let third = place.tokens.issue(&named(), at(NOW)).unwrap();
    assert_eq!(place.code(&third, NOW), Ok(named()));
    assert_eq!(place.code(&first, NOW), refused());
    assert_eq!(place.code(&second, NOW), refused());
}
