//! The permission table: every operation of both OpenAPI documents, who may call it, on which objects, and on what
//! further condition (`contract.md` 4). It is the only one: the guards of the server ask it on every request, and an
//! operation without a row lets nobody in; the page of rules and `openapi/permissions.md` print it; the matrix test
//! tries every row as every role.
//!
//! Which action needs which standing in a case is another table, [`crate::complaint::action`].

mod table;

use crate::role::{Permission, Role, can};

pub use table::{ACT_ON_DISCLOSURE, DECLARE_RELATION, TABLE};

/// Where the paths of the table begin.
pub const ROOT: &str = "/api/v1";

/// What is to be shown before an operation is there for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Nothing: it is there for everybody.
    Open,
    /// A receipt code (`X-Receipt-Code`), which opens one case.
    Receipt,
    /// What the request itself carries: password and code, a one-time link, the refresh cookie.
    Credentials,
    /// The access token of somebody whose role has this permission.
    Staff(Permission),
}

/// Of which objects an operation shows or changes anything. To whoever an object is not within reach, it is the same
/// 404 as one that does not exist, and no list holds or counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// What is published, and reference data.
    Published,
    /// The one case of the receipt code.
    OwnCase,
    /// One's own account and session.
    Oneself,
    /// Cases that one's unit takes part in, or to which it was called; none that one is recused from
    /// ([`crate::complaint::access::standing`]).
    Cases,
    /// The proposals of one's own person, and those offered to one's unit; about a case only where one knows of it.
    Proposals,
    /// What one asked for oneself and another person agreed to: identities, receipts, files of cases. Of a case, and of
    /// the cases in a file, only while one may know of it.
    Requests,
    /// The declarations of one's own person and of one's unit.
    Relations,
    /// Accounts of the villages in one's district, before and after they are published ([`crate::disclosure::reach::reaches`]).
    Drafts,
    /// What the villages of one's region must publish.
    Obligations,
    /// Accounts that work for one's region, and its units with their posts.
    RegionStaff,
    /// Zones of one's county.
    Zones,
    /// Power lists of one's own region, with what is being written at them.
    Powers,
    /// Policies and calendars: to be read by everybody who may call it, to be changed in one's own region.
    Configuration,
    /// What was done in one's region; in a case only where one may know of it.
    Audit,
    /// The whole installation; nothing of a case is in it.
    Installation,
}

impl Reach {
    /// All, in the order they are printed.
    pub const ALL: [Self; 15] = [
        Self::Published,
        Self::OwnCase,
        Self::Oneself,
        Self::Cases,
        Self::Proposals,
        Self::Requests,
        Self::Relations,
        Self::Drafts,
        Self::Obligations,
        Self::RegionStaff,
        Self::Zones,
        Self::Powers,
        Self::Configuration,
        Self::Audit,
        Self::Installation,
    ];
}

/// When a fresh code of the last five minutes is asked for too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepUp {
    /// Never.
    No,
    /// For some of what can be done: for a yes to what was itself asked for with one
    /// ([`crate::proposal::Subject::takes_fresh_code`]).
    Sometimes,
    /// Always.
    Always,
}

/// When another natural person is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Second {
    /// Never.
    No,
    /// For some of what can be asked: 202 then, and nothing has happened yet.
    Sometimes,
    /// Always: it only proposes.
    Always,
    /// It is itself what somebody else than the first does.
    Is,
}

/// A row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path below [`ROOT`], as the documents write it.
    pub path: &'static str,
    /// What is to be shown.
    pub door: Door,
    /// Of which objects.
    pub reach: Reach,
    /// Whether a fresh code is asked for too.
    pub step_up: StepUp,
    /// Whether it takes another person.
    pub second: Second,
    /// What within it asks for another permission than the row's, by the word the body names it with.
    pub acts: &'static [(&'static str, Permission)],
}

impl Operation {
    /// Whether a role may call it at all.
    #[must_use]
    pub fn is_for(&self, role: Role) -> bool {
        matches!(self.door, Door::Staff(permission) if can(role, permission))
    }

    /// The roles that may call it, in the order of [`Role::ALL`].
    pub fn roles(&self) -> impl Iterator<Item = Role> + '_ {
        Role::ALL.into_iter().filter(|role| self.is_for(*role))
    }

    /// Whether a role may do that within it.
    #[must_use]
    pub fn lets(&self, role: Role, act: &str) -> bool {
        let own = self.acts.iter().find(|(word, _)| *word == act);
        self.is_for(role) && own.is_none_or(|(_, permission)| can(role, *permission))
    }
}

/// The row of a request: by its method and the pattern of the route that took it.
#[must_use]
pub fn find(method: &str, pattern: &str) -> Option<&'static Operation> {
    let path = pattern.strip_prefix(ROOT)?;
    TABLE
        .iter()
        .find(|row| row.path == path && row.method == method)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operation_stands_there_once() {
        for (index, row) in TABLE.iter().enumerate() {
            let pattern = format!("{ROOT}{}", row.path);
            assert_eq!(find(row.method, &pattern), TABLE.get(index), "{row:?}");
        }
        assert_eq!(find("DELETE", "/api/v1/admin/complaints/{id}"), None);
        assert_eq!(find("GET", "/admin/complaints"), None);
    }

    #[test]
    fn the_staff_are_where_the_staff_are() {
        for row in TABLE {
            let of_staff = row.path.starts_with("/admin/") || row.path.starts_with("/auth/");
            let for_staff = matches!(row.door, Door::Staff(_));
            // Before there is a session, or where everybody may know: below `/auth` alone.
            assert!(
                for_staff == of_staff || !for_staff && row.path.starts_with("/auth/"),
                "{row:?}"
            );
            assert!(!for_staff || row.roles().next().is_some(), "{row:?}");
            // A fresh code, a second person and finer permissions are asked of staff.
            let plain =
                row.step_up == StepUp::No && row.second == Second::No && row.acts.is_empty();
            assert!(for_staff || plain, "{row:?}");
        }
    }

    #[test]
    fn cases_are_for_those_who_read_cases() {
        for row in TABLE.iter().filter(|row| row.reach == Reach::Cases) {
            assert!(
                row.roles().all(|role| can(role, Permission::ReadCases)),
                "{row:?}"
            );
        }
    }

    #[test]
    fn an_act_has_a_permission_of_its_own() {
        assert!(ACT_ON_DISCLOSURE.lets(Role::CommitteeMember, "sign"));
        assert!(!ACT_ON_DISCLOSURE.lets(Role::Publisher, "sign"));
        assert!(ACT_ON_DISCLOSURE.lets(Role::Publisher, "publish"));
        assert!(!ACT_ON_DISCLOSURE.lets(Role::VillageClerk, "publish"));
        assert!(DECLARE_RELATION.lets(Role::Auditor, "myself"));
        assert!(!DECLARE_RELATION.lets(Role::Auditor, "unit"));
        assert!(!DECLARE_RELATION.lets(Role::Publisher, "myself"));
    }
}
