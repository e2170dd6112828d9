//! Access tokens: EdDSA and nothing else, ten minutes, one audience (RFC 9068 `at+jwt`). What a token may
//! do is asked of the database on every request; it only says who.

use domain::canon::sha256_hex;
use domain::id::StaffId;
use domain::time::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use crate::codes::Code;
use crate::http::problem::Problem;

/// Seconds an access token lives.
pub const ACCESS_SECONDS: i64 = 600;
/// Seconds two clocks may differ.
const LEEWAY_SECONDS: i64 = 5;
const ISSUER: &str = "yidiantong";
const AUDIENCE: &str = "yidiantong-staff";
const TYPE: &str = "at+jwt";
/// RFC 8410: the DER frame around a 32-byte Ed25519 seed.
const PKCS8_FRAME: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// Who a token names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The account.
    pub staff: StaffId,
    /// Dies when the account's number moves on.
    pub token_version: i32,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    tv: i32,
}

/// Signs and verifies access tokens.
#[derive(Clone)]
pub struct Tokens {
    signing: EncodingKey,
    verifying: DecodingKey,
    key_id: String,
}

impl Tokens {
    /// From the seed of the signing key.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn new(seed: &[u8; 32]) -> Result<Self, String> {
        use aws_lc_rs::signature::KeyPair as _;
        let pair = aws_lc_rs::signature::Ed25519KeyPair::from_seed_unchecked(seed)
            .map_err(|error| format!("the token signing key cannot be used: {error}"))?;
        let public = pair.public_key().as_ref().to_vec();
        let id = sha256_hex(&public);
        Ok(Self {
            signing: EncodingKey::from_ed_der(&[PKCS8_FRAME.as_slice(), seed].concat()),
            verifying: DecodingKey::from_ed_der(&public),
            key_id: id.get(..16).unwrap_or(&id).to_owned(),
        })
    }

    /// A token for an account.
    ///
    /// # Errors
    /// A problem when it cannot be signed.
    pub fn issue(&self, named: &Named, now: Timestamp) -> Result<String, Problem> {
        let at = now.seconds();
        let claims = Claims {
            iss: ISSUER.into(),
            aud: AUDIENCE.into(),
            sub: named.staff.to_string(),
            iat: at,
            nbf: at,
            exp: at + ACCESS_SECONDS,
            tv: named.token_version,
        };
        let header = Header {
            typ: Some(TYPE.into()),
            kid: Some(self.key_id.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        jsonwebtoken::encode(&header, &claims, &self.signing).map_err(|error| {
            tracing::error!(%error, "a token could not be signed");
            Problem::new(Code::Internal)
        })
    }

    /// Whom a token names, if it is ours and in time.
    ///
    /// # Errors
    /// 401 in every other case.
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<Named, Problem> {
        let refused = || Problem::new(Code::Unauthorized);
        let header = jsonwebtoken::decode_header(token).map_err(|_| refused())?;
        if header.typ.as_deref() != Some(TYPE)
            || header.kid.as_deref() != Some(self.key_id.as_str())
        {
            return Err(refused());
        }
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.algorithms = vec![Algorithm::EdDSA];
        rules.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        rules.set_issuer(&[ISSUER]);
        rules.set_audience(&[AUDIENCE]);
        // Times are compared below, against the injected clock.
        rules.validate_exp = false;
        rules.validate_nbf = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.verifying, &rules)
            .map_err(|_| refused())?
            .claims;
        let at = now.seconds();
        if at > claims.exp + LEEWAY_SECONDS {
            return Err(Problem::new(Code::TokenExpired));
        }
        if at + LEEWAY_SECONDS < claims.nbf {
            return Err(refused());
        }
        let staff = StaffId::try_from(claims.sub).map_err(|_| refused())?;
        Ok(Named {
            staff,
            token_version: claims.tv,
        })
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
    use proptest::prelude::*;

    use super::*;

    fn named() -> Named {
        Named {
            staff: StaffId::try_from("s1").unwrap(),
            token_version: 3,
        }
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn lives_ten_minutes() {
        let tokens = Tokens::new(&[1; 32]).unwrap();
        let token = tokens.issue(&named(), at(1_000_000)).unwrap();
        assert_eq!(tokens.verify(&token, at(1_000_600)).unwrap(), named());
        assert!(tokens.verify(&token, at(1_000_606)).is_err());
        assert!(tokens.verify(&token, at(999_000)).is_err());
    }

    proptest! {
        #[test]
        fn only_ones_own_tokens_are_taken(staff in "[a-z0-9-]{1,40}", version in any::<i32>(), at_s in 1_000_000_i64..4_000_000_000, late in -5_i64..=600) {
            let named = Named { staff: StaffId::try_from(staff).unwrap(), token_version: version };
            let ours = Tokens::new(&[1; 32]).unwrap();
            let token = ours.issue(&named, at(at_s)).unwrap();
            prop_assert_eq!(ours.verify(&token, at(at_s + late)).unwrap(), named);
            prop_assert!(Tokens::new(&[2; 32]).unwrap().verify(&token, at(at_s)).is_err());
        }

        #[test]
        fn one_changed_character_is_enough(place in 0_usize..400, to in "[A-Za-z0-9_.-]") {
            let ours = Tokens::new(&[1; 32]).unwrap();
            let token = ours.issue(&named(), at(1_000_000)).unwrap();
            let place = place % token.len();
            prop_assume!(token[place..=place] != to);
            let changed = format!("{}{to}{}", &token[..place], &token[place + 1..]);
            prop_assert!(ours.verify(&changed, at(1_000_000)).is_err(), "{changed}");
        }

        #[test]
        fn nothing_sent_breaks_it(token in any::<String>(), head in any::<String>(), alg in "EdDSA|none|HS256|ES256|x") {
            let ours = Tokens::new(&[1; 32]).unwrap();
            prop_assert!(ours.verify(&token, at(1)).is_err());
            let part = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
            let claims = serde_json::json!({"iss": ISSUER, "aud": AUDIENCE, "sub": "s1", "iat": 1, "nbf": 1, "exp": 9_999_999_999_i64, "tv": 3});
            let header = serde_json::json!({"typ": TYPE, "alg": alg, "kid": ours.key_id, "jwk": {"kty": head.clone()}, "crit": [head.clone()]});
            for (header, claims) in [
                (head.clone(), token.clone()),
                (header.to_string(), claims.to_string()),
                (header.to_string(), token.clone()),
            ] {
                for signature in ["", "AA", &part(&token), &part(&"x".repeat(64))] {
                    let forged = format!("{}.{}.{signature}", part(&header), part(&claims));
                    prop_assert!(ours.verify(&forged, at(1)).is_err());
                }
            }
        }
    }

    #[test]
    fn another_key_and_another_algorithm_are_refused() {
        let ours = Tokens::new(&[1; 32]).unwrap();
        let theirs = Tokens::new(&[2; 32]).unwrap();
        let token = theirs.issue(&named(), at(1_000_000)).unwrap();
        assert!(ours.verify(&token, at(1_000_000)).is_err());
        // HS256 with the public key as its secret: the classic confusion.
        let header = Header {
            typ: Some(TYPE.into()),
            kid: Some(ours.key_id.clone()),
            ..Header::new(Algorithm::HS256)
        };
        let claims = serde_json::json!({"iss": ISSUER, "aud": AUDIENCE, "sub": "s1", "iat": 1, "nbf": 1, "exp": 9_999_999_999_i64, "tv": 3});
        let forged =
            jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(b"x")).unwrap();
        assert!(ours.verify(&forged, at(1_000_000)).is_err());
        assert!(ours.verify("", at(0)).is_err());
    }
}
