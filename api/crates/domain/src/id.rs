//! Text newtypes for identities. Made elsewhere (a generator needs dice); here they are only told apart,
//! so that a complaint's id can never be passed where a region's code is wanted.

use std::fmt;

/// The text cannot be an identity: empty, longer than 64 characters, or more than `[A-Za-z0-9_-]`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an id has 1 to 64 characters of A-Z, a-z, 0-9, - and _")]
pub struct BadId;

fn well_formed(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

macro_rules! text_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(try_from = "String", into = "String")]
        #[schema(value_type = String)]
        pub struct $name(String);

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                if well_formed(&text) { Ok(Self(text)) } else { Err(BadId) }
            }
        }

        impl TryFrom<&str> for $name {
            type Error = BadId;
            fn try_from(text: &str) -> Result<Self, BadId> {
                Self::try_from(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

text_ids! {
    /// A case. Random, so that it tells nobody when it was filed.
    ComplaintId,
    /// A disclosure: one kind of account of one village and period, through all its versions.
    DisclosureId,
    /// One line of one version of a ledger.
    LineId,
    /// An uploaded workbook that was checked but not yet kept as a draft.
    PreviewId,
    /// A unit: a committee, a government, a discipline organ, an agency.
    OrganisationId,
    /// A post in a unit; people hold it from one day to another.
    PostId,
    /// A natural person. One person may hold several posts, and at most one staff account in use.
    PersonId,
    /// An account of somebody who works here.
    StaffId,
    /// An item of a micro-power list.
    PowerId,
    /// A version of such an item that is being written.
    PowerDraftId,
    /// Something that waits for a second person.
    ProposalId,
    /// Townships that may look into each other's affairs (片区).
    ZoneId,
    /// A declared relation.
    RelationId,
    /// A picture that is kept: also its file's name, and what its contents are sealed to.
    AttachmentId,
    /// A picture of a voucher, through all its renderings; the public address of what is left of it.
    VoucherId,
    /// Cases that somebody asked for as a file.
    ExportId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_only_plain_ascii() {
        assert!(ComplaintId::try_from("3f1c-Ab_9").is_ok());
        for text in ["", "a b", "a\0", "村", "../x", &"x".repeat(65)] {
            assert_eq!(ComplaintId::try_from(text), Err(BadId), "{text:?}");
        }
    }
}
