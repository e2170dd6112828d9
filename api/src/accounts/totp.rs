//! Codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds), and how their secrets are kept:
//! sealed under a key that is not in the database, each bound to its account.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use domain::id::StaffId;
use domain::time::Timestamp;
use hkdf::Hkdf;
use sha2::Sha256;
use totp_rs::{Algorithm, Builder, Secret, Totp};
use unicode_normalization::UnicodeNormalization as _;

use crate::error::ServiceError;
use crate::ports::ids::Ids;

/// RFC 4226 asks for 160 bits.
pub const SECRET_BYTES: usize = 20;
const STEP_SECONDS: u64 = 30;
/// Steps a phone's clock may be off, either way.
const SKEW: u16 = 1;
const NONCE_BYTES: usize = 12;
/// What the authenticator app shows beside the code.
const ISSUER: &str = "监督一点通";

/// A secret shared with one phone. Has no `Debug`: it must not reach a log.
#[derive(Clone, Copy)]
pub struct TotpSecret([u8; SECRET_BYTES]);

impl TotpSecret {
    /// A secret that is known already (a demo's).
    #[must_use]
    pub fn new(bytes: [u8; SECRET_BYTES]) -> Self {
        Self(bytes)
    }

    /// A new one.
    #[must_use]
    pub fn roll(ids: Ids) -> Self {
        Self(ids.bytes())
    }

    /// The secret of one device, of a link's seed (HKDF-SHA-256). Nobody who knows another device's, or the seed's own
    /// codes, knows it without the device's name.
    ///
    /// # Errors
    /// [`ServiceError::Broken`], which a length of 160 bits never causes.
    pub fn of_device(&self, device: &str) -> Result<Self, ServiceError> {
        let mut bytes = [0; SECRET_BYTES];
        Hkdf::<Sha256>::new(Some(b"ydt-enrol"), &self.0)
            .expand(device.as_bytes(), &mut bytes)
            .map_err(|error| ServiceError::Broken(error.to_string()))?;
        Ok(Self(bytes))
    }

    /// As typed into an app by hand.
    #[must_use]
    pub fn base32(&self) -> String {
        Secret::new_stack(self.0).to_base32()
    }

    /// Reads [`TotpSecret::base32`]; `None` when the text holds no 160 bits.
    #[must_use]
    pub fn from_base32(text: &str) -> Option<Self> {
        let secret = Secret::try_from_base32(text).ok()?;
        Some(Self(secret.as_bytes().try_into().ok()?))
    }

    fn totp(&self, username: &str) -> Totp {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_skew(SKEW)
            .with_step_duration(STEP_SECONDS)
            .with_secret(Secret::new_stack(self.0))
            .with_issuer(Some(ISSUER))
            .with_account_name(username)
            .build_noncompliant()
    }

    /// What the QR code of the enrolment page says.
    ///
    /// # Errors
    /// [`ServiceError::Broken`] for a name no app could show.
    pub fn uri(&self, username: &str) -> Result<String, ServiceError> {
        self.totp(username)
            .to_url()
            .map_err(|error| ServiceError::Broken(format!("an otpauth address: {error}")))
    }

    /// The code of an instant of wall time.
    #[must_use]
    pub fn code(&self, at: Timestamp) -> String {
        self.totp("").generate(seconds(at)).to_string()
    }

    /// The step (30 s since 1970) for which `code` is right about now, if any. Full-width digits, as Chinese keyboards
    /// type them, and blanks are fine.
    #[must_use]
    pub fn step_of(&self, code: &str, now: Timestamp) -> Option<i64> {
        let digits: String = code.nfkc().filter(|c| !c.is_whitespace()).collect();
        let step = self.totp("").check(&digits, seconds(now))?;
        i64::try_from(step).ok()
    }

    /// The latest step whose code is right about now, on a phone that is as early as is allowed.
    #[must_use]
    pub fn newest_step(now: Timestamp) -> i64 {
        let step = seconds(now) / STEP_SECONDS + u64::from(SKEW);
        i64::try_from(step).unwrap_or(i64::MAX)
    }

    /// Sealed for one account: nonce, then ciphertext.
    ///
    /// # Errors
    /// [`ServiceError::Broken`] when it cannot be.
    pub fn seal(&self, key: &[u8; 32], owner: &StaffId, ids: Ids) -> Result<Vec<u8>, ServiceError> {
        let nonce: [u8; NONCE_BYTES] = ids.bytes();
        let payload = Payload {
            msg: &self.0,
            aad: owner.as_str().as_bytes(),
        };
        let sealed = ChaCha20Poly1305::new(&Key::from(*key))
            .encrypt(&Nonce::from(nonce), payload)
            .map_err(|_| ServiceError::Broken("a TOTP secret could not be sealed".into()))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// The secret sealed for this account.
    ///
    /// # Errors
    /// [`ServiceError::Broken`] when it was sealed with another key or for another account, or changed.
    pub fn open(key: &[u8; 32], owner: &StaffId, sealed: &[u8]) -> Result<Self, ServiceError> {
        let broken =
            || ServiceError::Broken(format!("the TOTP secret of {owner} cannot be opened"));
        let (nonce, ciphertext) = sealed
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or_else(broken)?;
        let payload = Payload {
            msg: ciphertext,
            aad: owner.as_str().as_bytes(),
        };
        let clear = ChaCha20Poly1305::new(&Key::from(*key))
            .decrypt(&Nonce::from(*nonce), payload)
            .map_err(|_| broken())?;
        clear.try_into().map(Self).map_err(|_| broken())
    }
}

fn seconds(at: Timestamp) -> u64 {
    u64::try_from(at.seconds()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        let secret = TotpSecret::new(*b"12345678901234567890");
        assert_eq!(secret.base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(secret.code(at(59)), "287082");
        assert_eq!(secret.code(at(1_111_111_109)), "081804");
        let uri = secret.uri("zhang.wei").unwrap();
        assert!(
            uri.starts_with("otpauth://totp/") && uri.contains("GEZDGNBV"),
            "{uri}"
        );
    }

    #[test]
    fn one_step_early_or_late_is_taken_and_named() {
        let secret = TotpSecret::new([7; SECRET_BYTES]);
        let code = secret.code(at(3_000));
        for (now, step) in [
            (2_970, Some(100)),
            (3_059, Some(100)),
            (2_969, None),
            (3_060, None),
        ] {
            assert_eq!(secret.step_of(&code, at(now)), step, "{now}");
        }
        assert_eq!(TotpSecret::newest_step(at(2_999)), 100);
        assert_eq!(TotpSecret::newest_step(at(3_000)), 101);
        let spaced = format!("{} {}", &code[..3], &code[3..]);
        assert_eq!(secret.step_of(&spaced, at(3_000)), Some(100));
        let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0);
        let wide: String = code.chars().filter_map(wide).collect();
        assert_eq!(secret.step_of(&wide, at(3_000)), Some(100), "{wide}");
        for wrong in ["", "1", "+12345", "１２３４５６", "abcdef"] {
            assert_eq!(secret.step_of(wrong, at(3_000)), None);
        }
    }

    #[test]
    fn only_the_right_key_and_account_open_a_secret() {
        let (ours, theirs) = (
            StaffId::try_from("a").unwrap(),
            StaffId::try_from("b").unwrap(),
        );
        let secret = TotpSecret::new([7; SECRET_BYTES]);
        let sealed = secret.seal(&[1; 32], &ours, Ids).unwrap();
        assert!(
            !sealed
                .windows(SECRET_BYTES)
                .any(|part| part == [7; SECRET_BYTES])
        );
        assert_ne!(sealed, secret.seal(&[1; 32], &ours, Ids).unwrap());
        let opened = TotpSecret::open(&[1; 32], &ours, &sealed).unwrap();
        assert_eq!(opened.base32(), secret.base32());
        assert!(TotpSecret::open(&[2; 32], &ours, &sealed).is_err());
        assert!(TotpSecret::open(&[1; 32], &theirs, &sealed).is_err());
        let mut bent = sealed;
        *bent.last_mut().unwrap() ^= 1;
        assert!(TotpSecret::open(&[1; 32], &ours, &bent).is_err());
        assert!(TotpSecret::open(&[1; 32], &ours, &[]).is_err());
    }
}
