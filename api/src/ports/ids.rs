//! The dice: ids, numbers and tokens, all from the operating system's random source. Ids are random and
//! not by time, so that no case's id tells when it was filed, and no letter's or audit row's when somebody wrote.
//! Only what a clock brings about is named by its time ([`Ids::of_step`]): that is told to everybody anyway.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::time::Timestamp;

/// Crockford's alphabet: no I, L, O, U, so that a number can be read out over the telephone.
pub const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Makes ids.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ids;

impl Ids {
    /// Random bytes.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "the one adapter that may roll dice"
    )]
    pub fn bytes<const N: usize>(self) -> [u8; N] {
        use rand::Rng as _;
        let mut bytes = [0_u8; N];
        rand::rng().fill_bytes(&mut bytes);
        bytes
    }

    /// A new id.
    #[must_use]
    pub fn id(self) -> String {
        uuid::Builder::from_random_bytes(self.bytes())
            .into_uuid()
            .simple()
            .to_string()
    }

    /// A new id of what a clock brings about at `moment`, which it begins with. Steps come in crowds, and what a crowd
    /// writes lies side by side in the indexes then; of random ids each has a page of its own read, written and copied.
    #[must_use]
    pub fn of_step(self, moment: Timestamp) -> String {
        let millis = u64::try_from(moment.micros() / 1_000).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes())
            .into_uuid()
            .simple()
            .to_string()
    }

    /// A new id of a type.
    ///
    /// # Panics
    /// Never: 32 hexadecimal digits are an id.
    #[must_use]
    #[expect(
        clippy::expect_used,
        reason = "32 hexadecimal digits are well-formed, as the domain's tests hold"
    )]
    pub fn make<T: TryFrom<String>>(self) -> T {
        T::try_from(self.id())
            .ok()
            .expect("hexadecimal digits make an id")
    }

    /// The id of a request, to be named when asking for help.
    #[must_use]
    pub fn request_id(self) -> String {
        domain::canon::hex(&self.bytes::<8>())
    }

    /// A case's number: two groups of four Crockford characters.
    #[must_use]
    pub fn number(self) -> String {
        let mut number = String::with_capacity(9);
        for (place, byte) in self.bytes::<8>().into_iter().enumerate() {
            if place == 4 {
                number.push('-');
            }
            let index = usize::from(byte % 32);
            number.push(char::from(CROCKFORD.get(index).copied().unwrap_or(b'0')));
        }
        number
    }

    /// 256 random bits for a token that is kept only as its digest.
    #[must_use]
    pub fn token(self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.bytes::<32>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_clock_brings_about_is_named_by_its_time() {
        let (early, late) = (1_796_000_000_000_000, 1_796_000_000_001_000);
        let of = |micros| Ids.of_step(Timestamp::from_micros(micros));
        let steps = [of(early), of(late), of(late)];
        assert!(steps[0] < steps[1] && steps[0] < steps[2]);
        assert_ne!(steps[1], steps[2], "of one moment, and not the same");
        assert_eq!(steps[1].get(..12), steps[2].get(..12));
        assert_ne!(Ids.id().get(..12), Ids.id().get(..12));
        assert!(steps.iter().all(|id| id.len() == Ids.id().len()));
    }
}
