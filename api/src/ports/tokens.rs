//! Access tokens: EdDSA and nothing else, ten minutes, one audience (RFC 9068 `at+jwt`). What a token may
//! do is asked of the database on every request; it only says who, and when that person last proved it was them.

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::id::StaffId;
use domain::time::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use super::ids::Ids;
use super::token_keys::{self, Rotation, TokenKeys};
use crate::codes::Code;
use crate::http::problem::Problem;

/// Seconds an access token lives.
pub const ACCESS_SECONDS: i64 = 600;
/// Seconds two clocks may differ.
const LEEWAY_SECONDS: i64 = 5;
/// Seconds by which another process's clock may be ahead of the command that retired its key.
const RETIRING_SECONDS: i64 = 60;
/// Seconds after its retirement in which a key's tokens can be alive.
const RETIRED_SECONDS: i64 = ACCESS_SECONDS + RETIRING_SECONDS + LEEWAY_SECONDS;
/// Seconds between two words in the log about a key that is not here.
const MISSED_SECONDS: i64 = 600;
const ISSUER: &str = "yidiantong";
const AUDIENCE: &str = "yidiantong-staff";
const TYPE: &str = "at+jwt";
const ALGORITHM: &str = "EdDSA";
/// More than any token of ours, in bytes.
const LONGEST: usize = 2048;

/// Who a token names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The account.
    pub staff: StaffId,
    /// Dies when the account's number moves on.
    pub token_version: i32,
    /// When its holder last proved, with a fresh code, to be the account's owner; to the second, in wall time.
    pub stepped_up_at: Option<Timestamp>,
}

/// What stands before the claims: these three fields and no other. So a token cannot bring its own key (`jwk`, `jku`,
/// `x5u`, `x5c`) or ask for what we do not understand (`crit`, `zip`, `b64`).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    alg: String,
    typ: String,
    kid: String,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    /// The account's token version.
    tv: i32,
    /// When its holder stepped up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sup: Option<i64>,
}

/// Signs and verifies access tokens.
pub struct Tokens {
    keys: TokenKeys,
    /// When it was last said that a token names a key that is not here, in microseconds of wall time.
    missed: AtomicI64,
}

impl Tokens {
    /// With the keys of the secrets directory.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn open(dir: &Path) -> Result<Self, String> {
        let keys = TokenKeys::open(dir).map_err(|error| format!("{}: {error}", dir.display()))?;
        Ok(Self {
            keys,
            missed: AtomicI64::new(i64::MIN),
        })
    }

    /// Says that a token names a key that is not here, which also one does that anybody made up: from time to time, then,
    /// and no more.
    fn misses_a_key(&self, now: Timestamp) {
        let last = self.missed.load(Ordering::Relaxed);
        if now.micros().saturating_sub(last) < MISSED_SECONDS * 1_000_000 {
            return;
        }
        self.missed.store(now.micros(), Ordering::Relaxed);
        tracing::warn!(
            "an access token names a key that is not here: forged, or the key was rotated where this process does not see it (then `secrets import --token-keys`)"
        );
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
            sup: named.stepped_up_at.map(Timestamp::seconds),
        };
        let keys = self.keys.now();
        let header = Header {
            typ: Some(TYPE.into()),
            kid: Some(keys.signing.id.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        jsonwebtoken::encode(&header, &claims, &keys.signing.private).map_err(|error| {
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
        let head = head(token).ok_or_else(refused)?;
        // Looked at each time: another process may sign with a key that came since, and one in wrong hands is dead.
        let keys = self.keys.now();
        let claims = if head.kid == keys.signing.id {
            claims(token, &keys.signing.public)
        } else {
            let Some(key) = keys.retired(&head.kid) else {
                self.misses_a_key(now);
                return Err(refused());
            };
            let dead = key.since.plus_seconds(RETIRED_SECONDS) < now;
            claims(token, &key.public)
                .filter(|claims| !dead && claims.iat <= key.since.seconds() + RETIRING_SECONDS)
        };
        let claims = claims.ok_or_else(refused)?;
        let at = now.seconds();
        if at > claims.exp.saturating_add(LEEWAY_SECONDS) {
            return Err(Problem::new(Code::TokenExpired));
        }
        let early = at + LEEWAY_SECONDS < claims.nbf.max(claims.iat);
        // Nothing of ours lives longer, whoever signed it.
        if early || claims.exp.saturating_sub(claims.iat) > ACCESS_SECONDS {
            return Err(refused());
        }
        let staff = StaffId::try_from(claims.sub).map_err(|_| refused())?;
        Ok(Named {
            staff,
            token_version: claims.tv,
            stepped_up_at: claims
                .sup
                .map(|at| Timestamp::from_micros(at.saturating_mul(1_000_000))),
        })
    }
}

/// The header of a token whose header is one of ours.
fn head(token: &str) -> Option<Head> {
    if token.len() > LONGEST {
        return None;
    }
    let (first, _) = token.split_once('.')?;
    let json = BASE64_URL_SAFE_NO_PAD.decode(first).ok()?;
    let head: Head = serde_json::from_slice(&json).ok()?;
    (head.alg == ALGORITHM && head.typ == TYPE).then_some(head)
}

/// What a key signed, for us.
fn claims(token: &str, key: &DecodingKey) -> Option<Claims> {
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.algorithms = vec![Algorithm::EdDSA];
    rules.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
    rules.set_issuer(&[ISSUER]);
    rules.set_audience(&[AUDIENCE]);
    // Times are compared by the caller, against the injected clock.
    rules.validate_exp = false;
    rules.validate_nbf = false;
    let read = jsonwebtoken::decode::<Claims>(token, key, &rules);
    Some(read.ok()?.claims)
}

/// When a token ends that was verified before: whoever answers for long must not outlive it.
#[must_use]
pub fn end_of(verified: &str) -> Option<Timestamp> {
    let payload = verified.split('.').nth(1)?;
    let json = BASE64_URL_SAFE_NO_PAD.decode(payload).ok()?;
    let claims: Claims = serde_json::from_slice(&json).ok()?;
    Some(Timestamp::from_micros(claims.exp.saturating_mul(1_000_000)))
}

/// Puts a new signing key in the present one's place, in the secrets directory; its id.
///
/// # Errors
/// A sentence for the operator.
pub fn rotate(dir: &Path, ids: Ids, rotation: Rotation, now: Timestamp) -> Result<String, String> {
    token_keys::rotate(dir, ids, rotation, now, RETIRED_SECONDS)
        .map_err(|error| format!("{}: {error}", dir.display()))
}

#[cfg(test)]
mod tests;
