//! Who the complainant is: why a sealed identity may be opened, who may ask for it, whether somebody at the counter is
//! the one who filed, and when the identity is erased (`security.md` 1.4.2).

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use super::access::Standing;
use super::intake::Identity;
use crate::time::Timestamp;

/// Fewest characters of the words that say why.
pub const REASON_MIN: usize = 10;
/// Most characters of them.
pub const REASON_MAX: usize = 2000;

/// Why an identity was opened, or held against what somebody showed. The complainant reads it, so it says what for
/// and nothing of who. The codes are our choice.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum IdentityReason {
    /// Something can only be cleared up by speaking with the complainant.
    Clarify,
    /// The answer is to be given in person or by telephone.
    DeliverAnswer,
    /// The complainant has to be protected.
    Protect,
    /// An organ that may ask by law has asked.
    LegalOrder,
    /// Somebody is to be found who knowingly accused falsely.
    FalseAccusation,
    /// A lost receipt was issued anew: the identity was compared and not shown.
    ReceiptReissued,
    /// Somebody asked for a new receipt and was not the one who filed: compared and not shown.
    ReissueRefused,
}

impl IdentityReason {
    /// All.
    pub const ALL: [Self; 7] = [
        Self::Clarify,
        Self::DeliverAnswer,
        Self::Protect,
        Self::LegalOrder,
        Self::FalseAccusation,
        Self::ReceiptReissued,
        Self::ReissueRefused,
    ];

    /// The word in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clarify => "clarify",
            Self::DeliverAnswer => "deliver_answer",
            Self::Protect => "protect",
            Self::LegalOrder => "legal_order",
            Self::FalseAccusation => "false_accusation",
            Self::ReceiptReissued => "receipt_reissued",
            Self::ReissueRefused => "reissue_refused",
        }
    }

    /// Reads [`IdentityReason::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }

    /// Whether somebody may ask for an identity with it; the others are what became of a re-issue.
    #[must_use]
    pub fn may_be_given(self) -> bool {
        !matches!(self, Self::ReceiptReissued | Self::ReissueRefused)
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = IdentityPurpose)]
pub enum Purpose {
    /// To read the identity, once.
    Reveal,
    /// A new receipt code for whoever shows to be the one who filed.
    Reissue,
}

impl Purpose {
    /// The word in tables and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reveal => "reveal",
            Self::Reissue => "reissue",
        }
    }

    /// Reads [`Purpose::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Reveal, Self::Reissue]
            .into_iter()
            .find(|one| one.as_str() == text)
    }
}

/// Whether somebody of this standing may ask: who supervises the case, there or in an organ to which it has come.
/// Whoever is only asked to be the second person may not, nor whoever does the work.
#[must_use]
pub fn may_ask(standing: Standing) -> bool {
    standing.supervising || standing.upper
}

/// Whether whoever shows `shown` is the one who filed as `sealed`: the name where one was given, else the telephone or
/// the address; and nothing of what is shown may differ from what was given.
#[must_use]
pub fn is_same_person(shown: &Identity, sealed: &Identity) -> bool {
    let pairs = [
        (&shown.name, &sealed.name, plain as fn(&str) -> String),
        (&shown.phone, &sealed.phone, digits as fn(&str) -> String),
        (&shown.email, &sealed.email, plain as fn(&str) -> String),
    ];
    let differs = pairs.iter().any(|(shown, sealed, form)| {
        let both = shown.as_deref().zip(sealed.as_deref());
        both.is_some_and(|(shown, sealed)| form(shown) != form(sealed))
    });
    let shows =
        |shown: &Option<String>, sealed: &Option<String>| shown.is_some() && sealed.is_some();
    let known = match sealed.name {
        Some(_) => shown.name.is_some(),
        None => shows(&shown.phone, &sealed.phone) || shows(&shown.email, &sealed.email),
    };
    known && !differs
}

/// One form of what people write in several: full width, spaces, capitals.
fn plain(text: &str) -> String {
    let one: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    one.to_lowercase()
}

/// The last eleven digits: a Chinese number with or without the country's code.
fn digits(text: &str) -> String {
    let all: Vec<char> = text.nfkc().filter(char::is_ascii_digit).collect();
    let from = all.len().saturating_sub(11);
    all.into_iter().skip(from).collect()
}

/// When the identity of a case that ended at `ended` is erased.
#[must_use]
pub fn erased_at(ended: Timestamp, retention_days: u32) -> Timestamp {
    ended.plus_seconds(i64::from(retention_days) * 86_400)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(name: &str, phone: &str, email: &str) -> Identity {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Identity {
            name: given(name),
            phone: given(phone),
            email: given(email),
        }
    }

    #[test]
    fn words_read_back() {
        for reason in IdentityReason::ALL {
            assert_eq!(IdentityReason::parse(reason.as_str()), Some(reason));
        }
        for purpose in [Purpose::Reveal, Purpose::Reissue] {
            assert_eq!(Purpose::parse(purpose.as_str()), Some(purpose));
        }
    }

    #[test]
    fn the_name_decides_where_there_is_one() {
        let sealed = who("演示甲", "138 0000 0000", "");
        assert!(is_same_person(&who("演示甲", "", ""), &sealed));
        assert!(is_same_person(
            &who(" 演示甲", "+86 １３８00000000", ""),
            &sealed
        ));
        assert!(!is_same_person(&who("", "13800000000", ""), &sealed));
        assert!(!is_same_person(&who("演示乙", "13800000000", ""), &sealed));
        // A right name with another's telephone is not the one who filed.
        assert!(!is_same_person(&who("演示甲", "13900000000", ""), &sealed));
        assert!(!is_same_person(&who("", "", ""), &sealed));
    }

    #[test]
    fn without_a_name_a_way_to_reach_him_does() {
        let sealed = who("", "13800000000", "a@example.invalid");
        assert!(is_same_person(&who("演示甲", "13800000000", ""), &sealed));
        assert!(is_same_person(&who("", "", "A@Example.invalid"), &sealed));
        assert!(!is_same_person(&who("演示甲", "", ""), &sealed));
        assert!(!is_same_person(
            &who("", "13800000001", "a@example.invalid"),
            &sealed
        ));
    }
}
