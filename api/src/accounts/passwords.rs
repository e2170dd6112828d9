//! Passwords: which are taken, and how they are kept. Hashing is expensive on purpose, so it has a turn
//! for each core and a short queue; without them a flood of logins would stop everything else.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::role::Role;
use store::StoreError;
use unicode_normalization::UnicodeNormalization as _;

use super::easy::{is_common, is_known};
use crate::codes::Code;
use crate::error::ServiceError;
use crate::ports::ids::Ids;
use crate::turns::{self, Turns};

/// What a hash costs whoever makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Cost {
    /// OWASP's floor for Argon2id: 19 MiB, two passes, one lane.
    pub const FLOOR: Self = Self {
        memory_kib: 19_456,
        passes: 2,
    };

    /// That of a hash; `None` when it is none of ours.
    fn of(hash: &str) -> Option<Self> {
        let mut parts = hash.strip_prefix("$argon2id$v=19$")?.split(['$', ',']);
        let mut number = |name: &str| parts.next()?.strip_prefix(name)?.parse().ok();
        Some(Self {
            memory_kib: number("m=")?,
            passes: number("t=")?,
        })
    }

    fn engine(self) -> Result<Argon2<'static>, ServiceError> {
        let params = Params::new(self.memory_kib, self.passes, LANES, None)
            .map_err(|error| broken(&error))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

const LANES: u32 = 1;
/// The end of a hash nobody has a password for.
const NOBODY: &str = "p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// Hashes that may wait for a turn before callers are told to come back.
const WAITING: usize = 32;

/// Fewest characters of a password.
const SHORTEST: usize = 12;
/// Fewest characters of an administrator's.
const SHORTEST_OF_ADMINISTRATORS: usize = 15;
/// Most characters of a password.
const LONGEST: usize = 128;
/// The turns and the queue before them.
pub struct Hashing {
    cost: Cost,
    nobody: String,
    turns: Turns,
}

impl Hashing {
    /// So many at a time, at this cost each.
    #[must_use]
    pub fn new(at_a_time: usize, cost: Cost) -> Self {
        let Cost { memory_kib, passes } = cost;
        Self {
            cost,
            nobody: format!("$argon2id$v=19$m={memory_kib},t={passes},{NOBODY}"),
            turns: Turns::new(at_a_time, WAITING),
        }
    }

    /// A hash nobody has a password for, of the same cost: an unknown name takes as long as a known one.
    #[must_use]
    pub fn nobody(&self) -> &str {
        &self.nobody
    }

    /// Whether a hash was made when hashing cost less: it is to be made anew while its password is at hand.
    #[must_use]
    pub fn is_outgrown(&self, hash: &str) -> bool {
        Cost::of(hash).is_none_or(|cost| {
            cost.memory_kib < self.cost.memory_kib || cost.passes < self.cost.passes
        })
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`StoreError::Busy`] at once when the queue is full.
    pub async fn turn(&self) -> Result<Turn, StoreError> {
        Ok(Turn {
            cost: self.cost,
            _turn: self.turns.turn().await?,
        })
    }
}

/// The right to hash, until dropped. It goes with the work to the thread that does it, so that a caller
/// who hangs up meanwhile does not let one more in.
pub struct Turn {
    cost: Cost,
    _turn: turns::Turn,
}

impl Turn {
    /// Whether the hash is this password's; the turn comes back with the answer.
    ///
    /// # Errors
    /// [`ServiceError::Broken`] when the work could not be done.
    pub async fn verify(self, password: &str, hash: &str) -> Result<(Self, bool), ServiceError> {
        let (password, hash) = (normal(password), hash.to_owned());
        blocking(move || {
            // The hash says itself what it cost.
            let fits = self
                .cost
                .engine()?
                .verify_password(password.as_bytes(), hash.as_str())
                .is_ok();
            Ok((self, fits))
        })
        .await
    }

    /// The hash of a password, as a PHC string.
    ///
    /// # Errors
    /// [`ServiceError::Broken`] when the work could not be done.
    pub async fn hash(self, password: &str, ids: Ids) -> Result<String, ServiceError> {
        let (password, salt) = (normal(password), ids.bytes::<16>());
        blocking(move || {
            let turn = self;
            turn.cost
                .engine()?
                .hash_password_with_salt(password.as_bytes(), &salt)
                .map(|hash| hash.to_string())
                .map_err(|error| broken(&error))
        })
        .await
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ServiceError> + Send + 'static,
) -> Result<T, ServiceError> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(broken(&error)))
}

fn broken(error: &dyn std::fmt::Display) -> ServiceError {
    ServiceError::Broken(format!("hashing a password: {error}"))
}

/// One form of what different keyboards type (full-width letters, composed accents).
fn normal(password: &str) -> String {
    password.nfkc().collect()
}

/// Whether two are one password, whatever keyboards they were typed on.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    normal(one) == normal(other)
}

/// Whether a password may be chosen for an account; `places` are the names of those around, which everybody tries.
///
/// # Errors
/// The code that says why not.
pub fn check(password: &str, username: &str, role: Role, places: &[String]) -> Result<(), Code> {
    let password = normal(password);
    let count = password.chars().count();
    let shortest = if role == Role::Administrator {
        SHORTEST_OF_ADMINISTRATORS
    } else {
        SHORTEST
    };
    if count < shortest {
        Err(Code::PasswordTooShort)
    } else if count > LONGEST {
        Err(Code::PasswordTooLong)
    } else if is_known(&password) || is_common(&password.to_lowercase(), username, places) {
        Err(Code::PasswordTooCommon)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(password: &str) -> Option<Code> {
        let places = ["tuanjiezhen", "tuanjie"].map(ToOwned::to_owned);
        check(password, "zhang.wei", Role::Triage, &places).err()
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(refusal("Xq7-mulberry"), None);
        assert_eq!(refusal("Xq7-mulberr"), Some(Code::PasswordTooShort));
        assert_eq!(refusal("水渠东边第三棵老槐树下见"), None);
        assert_eq!(refusal("水渠东边第三棵老槐"), Some(Code::PasswordTooShort));
        let long: String = ('a'..='z').cycle().step_by(7).take(129).collect();
        assert_eq!(refusal(&long), Some(Code::PasswordTooLong));
        let admin = |text| check(text, "root", Role::Administrator, &[]).err();
        assert_eq!(admin("Xq7-mulberry-1"), Some(Code::PasswordTooShort));
        assert_eq!(admin("Xq7-mulberry-12"), None);
    }

    #[test]
    fn favourites_are_refused_however_written() {
        for password in [
            "woaini1314520",
            "WoAiNi1314520",
            "ｗｏａｉｎｉ1314520",
            "password1234",
            "1qaz2wsx3edc",
            "zhangwei1985",
            "wang20240101",
            "19900101zhang",
            "5201314520131",
            "abcd1234abcd",
            "wang@20240101",
            "WANG2024-01-01",
            "wang20240229x",
            "zhangsan20231231",
            "wangxiaoming900307",
            "WangXiaoMing1990",
            "0307wangxiaoming",
            "ouyangxiuwen901231",
            "li.xiao.hong.1224",
            "wangxiaoming123456",
            "li19900307li",
            "abcd1234!@#$",
            "13912345678a",
            "230104199001011234",
            "23010419900307000X",
            "wang23010419900307000X",
            "230104 19900307 000x!",
            "tuanjiezhen2026",
            "TuanJie202611",
            "20261128tuanjie",
            "5201314woaini",
            "aaaaaaaaaaaa",
            "abcabcabcabcab",
            "Tr0ub4d&Tr0ub4d&",
            "zhang.wei123456",
            "123456zhang.wei",
        ] {
            assert_eq!(
                refusal(password),
                Some(Code::PasswordTooCommon),
                "{password}"
            );
        }
    }

    #[actix_web::test]
    async fn a_hash_fits_its_own_password_only() {
        let hashing = Hashing::new(1, Cost::FLOOR);
        let hash = hashing
            .turn()
            .await
            .unwrap()
            .hash("Xq7-mulberry", Ids)
            .await
            .unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        let turn = hashing.turn().await.unwrap();
        let (turn, fits) = turn.verify("Ｘq7-mulberry", &hash).await.unwrap();
        assert!(fits);
        let (turn, fits) = turn.verify("xq7-mulberry", &hash).await.unwrap();
        assert!(!fits);
        let (_, fits) = turn.verify("", hashing.nobody()).await.unwrap();
        assert!(!fits);
    }

    #[actix_web::test]
    async fn a_hash_of_cheaper_days_still_fits_and_is_outgrown() {
        let cheap = Cost {
            memory_kib: 8_192,
            passes: 1,
        };
        let before = Hashing::new(1, cheap);
        let old = before.turn().await.unwrap();
        let old = old.hash("Xq7-mulberry", Ids).await.unwrap();
        assert!(!before.is_outgrown(&old) && !before.is_outgrown(before.nobody()));
        let now = Hashing::new(1, Cost::FLOOR);
        let turn = now.turn().await.unwrap();
        let (turn, fits) = turn.verify("Xq7-mulberry", &old).await.unwrap();
        assert!(fits && now.is_outgrown(&old));
        let new = turn.hash("Xq7-mulberry", Ids).await.unwrap();
        assert!(!now.is_outgrown(&new) && !now.is_outgrown(now.nobody()));
        // Costs go up; who configures less than before does not weaken what is there.
        assert!(!before.is_outgrown(&new));
        assert!(now.is_outgrown("nonsense"));
    }
}
