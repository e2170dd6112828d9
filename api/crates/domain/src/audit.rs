//! The chain of the audit: each row is bound to all rows before it by `SHA-256(previous ‖ JCS(row))`, so that whoever
//! changes, removes, adds or moves one afterwards would have to make every later link anew (`security.md` 1.7).
//! Rows and links are kept apart: a row is written once, and its link follows.

use std::collections::VecDeque;
use std::fmt;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::canon::{NoCanonicalForm, canonical_json, hex};
use crate::time::Timestamp;

#[cfg(test)]
mod tests;

/// A link: 32 bytes of SHA-256.
pub type Digest = [u8; 32];

/// What the first link is made on.
pub const GENESIS: Digest = [0; 32];

/// Seconds of wall time after which a row without a link is an alarm (`security.md` 1.7).
pub const UNLINKED_SECONDS: i64 = 60;

/// Whether a row written at `wall_at` should have had its link by `now`.
#[must_use]
pub fn is_overdue(wall_at: Timestamp, now: Timestamp) -> bool {
    now.micros_since(wall_at) > UNLINKED_SECONDS * 1_000_000
}

/// A row as it is hashed: every column there is, under its column's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// Case time, µs since 1970-01-01 UTC.
    pub case_at: i64,
    /// Wall time, the same.
    pub wall_at: i64,
    /// `staff`, `complainant`, `timer` or `operator`.
    pub actor: String,
    /// The account, with `staff`.
    pub actor_id: Option<String>,
    /// What was done.
    pub action: String,
    /// To what kind of thing.
    pub object: String,
    /// To which.
    pub object_id: String,
    /// In which case, where it was in one.
    pub case_id: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The thing before.
    pub before_sha256: Option<String>,
    /// The thing after.
    pub after_sha256: Option<String>,
}

/// The link of `row` on the one before it.
///
/// # Errors
/// [`NoCanonicalForm`], which a row read from a database does not meet.
pub fn link(prev: &Digest, row: &Row) -> Result<Digest, NoCanonicalForm> {
    let mut sha = Sha256::new();
    sha.update(prev);
    sha.update(canonical_json(row)?);
    Ok(sha.finalize().into())
}

/// A link as it is kept, with the row that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// 1, 2, … without a gap.
    pub seq: i64,
    /// The row it names.
    pub audit_id: String,
    /// The link.
    pub hash: Digest,
    /// That row, if it is there and can be read.
    pub row: Option<Row>,
    /// The row is there, and holds what is no text.
    pub spoilt: bool,
}

/// The end of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Links there are.
    pub seq: i64,
    /// The last one.
    pub hash: Digest,
}

impl Head {
    /// The end of a chain without links.
    pub const START: Self = Self {
        seq: 0,
        hash: GENESIS,
    };
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.seq, hex(&self.hash))
    }
}

/// What is wrong at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Links from this place up to another are gone.
    Missing {
        /// The last place without a link.
        until: i64,
    },
    /// The link is there, its row is gone.
    Removed,
    /// The row is not what was linked; or one was taken away before it and the places closed up, which looks alike.
    Changed,
    /// Another row belongs here, or this one elsewhere.
    Reordered,
    /// It was put between two that follow each other.
    Inserted,
    /// The row has waited too long for a link.
    Unlinked,
    /// The row has no link and waits for none: it did not come from the program.
    Stray,
    /// The link stands before the first there can be: it did not come from the program.
    Early,
    /// The row has its link, and a note says that it waits for one.
    Twice,
    /// The chain goes on, or ends otherwise, than where the program last left it.
    Head,
    /// Where the program last left the chain is gone, or cannot be read.
    NoHead,
}

impl Wrong {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing { .. } => "missing",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Reordered => "reordered",
            Self::Inserted => "inserted",
            Self::Unlinked => "unlinked",
            Self::Stray | Self::Early | Self::Twice => "stray",
            Self::Head | Self::NoHead => "head",
        }
    }
}

/// Something wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The place in the chain; 0 where the row has none.
    pub seq: i64,
    /// The row, where one is known.
    pub audit_id: Option<String>,
    /// What.
    pub wrong: Wrong,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.wrong.as_str())?;
        match self.wrong {
            Wrong::Missing { until } if until > self.seq => {
                write!(f, " links {} to {until} are gone", self.seq)?;
            }
            _ if self.seq == 0 && self.wrong != Wrong::Early => {}
            _ => write!(f, " link {}", self.seq)?,
        }
        if let Some(id) = &self.audit_id {
            // Whoever wrote it may have meant it for the terminal.
            let shown: String = id.chars().flat_map(readable).collect();
            write!(f, " row {shown}")?;
        }
        f.write_str(match self.wrong {
            Wrong::Missing { until } if until > self.seq => {
                ", and what is linked to them cannot be checked"
            }
            Wrong::Missing { .. } => " is gone, and what is linked to it cannot be checked",
            Wrong::Removed if self.seq == 0 => ": it waited for its link, and is gone",
            Wrong::Removed => ": the row that was linked is gone",
            Wrong::Changed if self.seq == 0 => ": it waits for its link, and cannot be read",
            Wrong::Changed => ": the row, or what stood before it, is not what was linked",
            Wrong::Reordered => ": another row was linked at this place",
            Wrong::Inserted => ": it stands between two that were linked to each other",
            Wrong::Unlinked => ": it waits for its link for more than a minute",
            Wrong::Twice => ": a note says that it waits for a link, and it has one",
            Wrong::Early => ": it stands before the first link there can be",
            Wrong::Stray => ": it has no link and waits for none",
            Wrong::Head => ": the chain does not end where the program left it",
            Wrong::NoHead => " where the program left the chain is gone, or cannot be read",
        })
    }
}

/// A character, and in its place an escape where it is none to be shown.
fn readable(c: char) -> impl Iterator<Item = char> {
    let escaped = c.is_control().then(|| c.escape_default());
    let shown = escaped.is_none().then_some(c);
    escaped.into_iter().flatten().chain(shown)
}

/// How many neighbours on each side are looked at to say what happened at a broken place.
const NEIGHBOURS: usize = 256;

/// A walk along a chain, link by link, in memory that does not grow with it.
#[derive(Debug, Default)]
pub struct Walk {
    behind: VecDeque<Link>,
    ahead: VecDeque<Link>,
    /// Where the program left the chain.
    end: Option<i64>,
}

impl Walk {
    /// Along a chain that the program left at this place, where it says so: every link behind that is named.
    #[must_use]
    pub fn to(head: Option<&Head>) -> Self {
        Self {
            end: head.map(|head| head.seq),
            ..Self::default()
        }
    }

    /// The next link, in the order of `seq`; what was found wrong further back.
    pub fn goes_to(&mut self, next: Link) -> Vec<Fault> {
        if next.seq < 1 {
            return vec![at(&next, Wrong::Early)];
        }
        self.ahead.push_back(next);
        if self.ahead.len() > NEIGHBOURS {
            self.check()
        } else {
            Vec::new()
        }
    }

    /// There are no more links, and the program says that this is the last, where it says so; what was found wrong at the
    /// end.
    pub fn ends_at(mut self, head: Option<Head>) -> Vec<Fault> {
        let mut faults = Vec::new();
        while !self.ahead.is_empty() {
            faults.extend(self.check());
        }
        let last = self.last();
        let Some(head) = head else {
            faults.push(Fault {
                seq: 0,
                audit_id: None,
                wrong: Wrong::NoHead,
            });
            return faults;
        };
        if last.seq < head.seq {
            faults.push(Fault {
                seq: last.seq + 1,
                audit_id: None,
                wrong: Wrong::Missing { until: head.seq },
            });
        } else if last.seq > head.seq && self.end.is_some() {
            // Each of them was named.
        } else if last != head {
            faults.push(Fault {
                seq: last.seq,
                audit_id: self.behind.back().map(|link| link.audit_id.clone()),
                wrong: Wrong::Head,
            });
        }
        faults
    }

    /// The last link that was looked at, as it is kept.
    fn last(&self) -> Head {
        self.behind.back().map_or(Head::START, |link| Head {
            seq: link.seq,
            hash: link.hash,
        })
    }

    /// Looks at the first link ahead, and steps over it.
    fn check(&mut self) -> Vec<Fault> {
        let Some(link) = self.ahead.pop_front() else {
            return Vec::new();
        };
        let last = self.last();
        let mut faults = Vec::new();
        let follows = link.seq == last.seq + 1;
        if !follows {
            faults.push(Fault {
                seq: last.seq + 1,
                audit_id: None,
                wrong: Wrong::Missing {
                    until: link.seq - 1,
                },
            });
        }
        let wrong = match &link.row {
            None if link.spoilt => vec![at(&link, Wrong::Changed)],
            None => vec![at(&link, Wrong::Removed)],
            // What it was linked to is gone: there is nothing to hold it against.
            Some(_) if !follows => Vec::new(),
            Some(row) if binds(&last.hash, row, &link.hash) => Vec::new(),
            Some(row) => self.what_happened(&last, row, &link),
        };
        // What is wrong with it otherwise names it, too.
        if wrong.is_empty() && self.end.is_some_and(|end| link.seq > end) {
            faults.push(at(&link, Wrong::Head));
        }
        faults.extend(wrong);
        self.behind.push_back(link);
        if self.behind.len() > NEIGHBOURS {
            self.behind.pop_front();
        }
        faults
    }

    /// The link does not bind its row to the one before: does it fit another row, or another link?
    fn what_happened(&self, last: &Head, row: &Row, link: &Link) -> Vec<Fault> {
        let mut rows = self.behind.iter().chain(&self.ahead);
        let belongs_here = rows.any(|other| {
            let other = other.row.as_ref();
            other.is_some_and(|other| binds(&last.hash, other, &link.hash))
        });
        let after = |other: &Link| binds(&other.hash, row, &link.hash);
        if belongs_here || self.ahead.iter().any(after) {
            return vec![at(link, Wrong::Reordered)];
        }
        // Linked to one further back: what stands between came later.
        let first = match self.behind.iter().position(after) {
            Some(place) => Some(place + 1),
            None => binds(&GENESIS, row, &link.hash).then_some(0),
        };
        let between = first
            .into_iter()
            .flat_map(|first| self.behind.iter().skip(first));
        let inserted: Vec<Fault> = between.map(|one| at(one, Wrong::Inserted)).collect();
        if inserted.is_empty() {
            return vec![at(link, Wrong::Changed)];
        }
        inserted
    }
}

fn at(link: &Link, wrong: Wrong) -> Fault {
    Fault {
        seq: link.seq,
        audit_id: Some(link.audit_id.clone()),
        wrong,
    }
}

fn binds(prev: &Digest, row: &Row, hash: &Digest) -> bool {
    link(prev, row).is_ok_and(|made| made == *hash)
}
