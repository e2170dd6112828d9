//! The receipt code: twenty digits, the last a Luhn check digit, in groups of four like a bank card, so
//! that an elderly villager can type or dictate it. Derived, never stored in clear: a retry with the same
//! `Idempotency-Key` derives the same code again.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization as _;

use crate::canon::hex;
use crate::id::{AttachmentId, ComplaintId};
use crate::tries::Slot;

/// Digits of a code, the check digit included.
pub const DIGITS: usize = 20;
/// 10^19: nineteen digits are drawn, about 63 bits.
const SPACE: u128 = 10_000_000_000_000_000_000;

/// The secret kept outside the database. Has no `Debug`: it must not reach a log.
#[derive(Clone)]
pub struct Pepper([u8; 32]);

impl Pepper {
    /// Takes the secret bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    fn mac(&self, purpose: &str, parts: &[&str]) -> [u8; 32] {
        // HMAC takes a key of any length, so this cannot fail; an all-zero key would only be found by tests.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0)
            .unwrap_or_else(|_| Hmac::<Sha256>::new(&hmac::digest::Key::<Hmac<Sha256>>::default()));
        mac.update(purpose.as_bytes());
        for part in parts {
            mac.update(&[0]);
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }

    /// How an `Idempotency-Key` is stored.
    #[must_use]
    pub fn idempotency_mac(&self, key: &str) -> String {
        hex(&self.mac("yidiantong/idempotency/v1", &[key]))
    }

    /// How the body of a filing is remembered, to tell a retry from another filing under the same key. Not a plain
    /// digest: a body holds name and telephone number of its writer beside words that the database has in clear, and
    /// whoever stole the database would try all numbers.
    #[must_use]
    pub fn body_mac(&self, canonical: &str) -> String {
        hex(&self.mac("yidiantong/filing-body/v1", &[canonical]))
    }

    /// How what was sent under an `Idempotency-Key` is told from something else: whoever has the photo but not the key
    /// and this secret cannot look for it.
    #[must_use]
    pub fn sent_mac(&self, key: &str, sha256: &str) -> String {
        hex(&self.mac("yidiantong/idempotency-sent/v1", &[key, sha256]))
    }

    /// The token of a photo that was sent under an `Idempotency-Key`: 256 bits, the same for the same key and photo.
    #[must_use]
    pub fn derive_photo_token(&self, key: &str, photo: &AttachmentId) -> [u8; 32] {
        self.mac("yidiantong/photo-token/v1", &[key, photo.as_str()])
    }

    /// Where failed logins with a name are counted, in the one form that all its spellings have.
    #[must_use]
    pub fn tries_slot(&self, username: &str) -> Slot {
        Slot::of(&self.mac("yidiantong/login-tries/v1", &[username]))
    }

    /// How a receipt code is stored.
    #[must_use]
    pub fn receipt_mac(&self, code: &ReceiptCode) -> String {
        hex(&self.mac("yidiantong/receipt/v1", &[&code.0]))
    }

    /// The code of a case, the same for the same key and case for ever.
    #[must_use]
    pub fn derive_receipt(&self, idempotency_key: &str, case: &ComplaintId) -> ReceiptCode {
        let mac = self.mac(
            "yidiantong/receipt-digits/v1",
            &[idempotency_key, case.as_str()],
        );
        let mut wide = [0_u8; 16];
        for (to, from) in wide.iter_mut().zip(mac) {
            *to = from;
        }
        // 128 bits onto 10^19 values: the bias is below 2^-64.
        let number = u128::from_be_bytes(wide) % SPACE;
        let digits = format!("{number:019}");
        let check = luhn_digit(&digits);
        ReceiptCode(format!("{digits}{check}"))
    }
}

/// A well-formed code. Has no `Debug` or `Display`: whoever shows it says so with [`ReceiptCode::reveal`].
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiptCode(String);

impl ReceiptCode {
    /// Reads what people type: full-width digits, spaces and hyphens are fine; a typo is `None`, found by
    /// the check digit before anything is looked up.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 200 {
            return None;
        }
        let digits: String = text
            .nfkc()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−'))
            .collect();
        if digits.len() != DIGITS || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let (body, check) = digits.split_at(DIGITS - 1);
        let genuine = luhn_digit(body).to_string() == check;
        genuine.then_some(Self(digits))
    }

    /// The twenty digits, for the one answer that shows them.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// The Luhn check digit (ISO/IEC 7812-1 Annex B) for `digits`.
fn luhn_digit(digits: &str) -> u32 {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte.wrapping_sub(b'0'));
            if place % 2 == 0 {
                let twice = digit * 2;
                if twice > 9 { twice - 9 } else { twice }
            } else {
                digit
            }
        })
        .sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pepper() -> Pepper {
        Pepper::new([7; 32])
    }

    fn case(id: &str) -> ComplaintId {
        ComplaintId::try_from(id).unwrap()
    }

    #[test]
    fn luhn_of_the_textbook() {
        assert_eq!(luhn_digit("7992739871"), 3);
    }

    #[test]
    fn full_width_and_spaces_are_read() {
        let code = pepper().derive_receipt("key", &case("a"));
        let wide: String = code
            .reveal()
            .chars()
            .map(|c| char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap())
            .collect();
        assert!(ReceiptCode::parse(&wide).unwrap() == code);
        let grouped: Vec<String> = code
            .reveal()
            .chars()
            .collect::<Vec<_>>()
            .chunks(4)
            .map(|c| c.iter().collect())
            .collect();
        assert!(ReceiptCode::parse(&grouped.join(" ")).unwrap() == code);
        assert!(ReceiptCode::parse(&grouped.join("-")).unwrap() == code);
    }

    proptest! {
        #[test]
        fn derived_codes_are_well_formed_and_stable(key in ".{1,40}", id in "[a-z0-9]{1,40}") {
            let one = pepper().derive_receipt(&key, &case(&id));
            prop_assert!(ReceiptCode::parse(one.reveal()).is_some());
            prop_assert!(one == pepper().derive_receipt(&key, &case(&id)));
            prop_assert!(one != pepper().derive_receipt(&(key.clone() + "x"), &case(&id)));
            prop_assert!(one != Pepper::new([8; 32]).derive_receipt(&key, &case(&id)));
        }

        #[test]
        fn every_single_wrong_digit_is_caught(key in "[a-z]{8}", place in 0_usize..20, other in 0_u8..10) {
            let code = pepper().derive_receipt(&key, &case("a"));
            let mut bytes = code.reveal().as_bytes().to_vec();
            prop_assume!(bytes[place] != b'0' + other);
            bytes[place] = b'0' + other;
            prop_assert!(ReceiptCode::parse(std::str::from_utf8(&bytes).unwrap()).is_none());
        }

        /// Luhn sees every transposition of neighbours but that of 0 and 9 (ISO/IEC 7812-1 promises no more).
        #[test]
        fn neighbours_changed_over_are_caught(key in "[a-z]{8}", place in 0_usize..19) {
            let code = pepper().derive_receipt(&key, &case("a"));
            let mut bytes = code.reveal().as_bytes().to_vec();
            let (one, other) = (bytes[place], bytes[place + 1]);
            prop_assume!(one != other);
            bytes.swap(place, place + 1);
            let blind = matches!((one, other), (b'0', b'9') | (b'9', b'0'));
            prop_assert_eq!(ReceiptCode::parse(std::str::from_utf8(&bytes).unwrap()).is_some(), blind);
        }

        #[test]
        fn however_it_is_written_it_is_the_same(
            key in "[a-z]{8}",
            wide in proptest::collection::vec(any::<bool>(), 20),
            between in proptest::collection::vec(prop_oneof![Just(""), Just(" "), Just("-"), Just("\u{3000}"), Just("—"), Just("－")], 20),
        ) {
            let code = pepper().derive_receipt(&key, &case("a"));
            let mut written = String::new();
            for ((c, wide), between) in code.reveal().chars().zip(wide).zip(between) {
                let c = if wide { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c };
                written.push(c);
                written.push_str(between);
            }
            prop_assert!(ReceiptCode::parse(&written).unwrap() == code);
            let stored = pepper().receipt_mac(&ReceiptCode::parse(&written).unwrap());
            prop_assert_eq!(stored, pepper().receipt_mac(&code));
        }

        #[test]
        fn only_twenty_digits_are_a_code(digits in "[0-9]{0,40}") {
            let parsed = ReceiptCode::parse(&digits);
            prop_assert!(parsed.is_none() || digits.len() == DIGITS);
        }

        #[test]
        fn nothing_typed_breaks_it(text in ".{0,300}") {
            let _ = ReceiptCode::parse(&text);
        }
    }
}
