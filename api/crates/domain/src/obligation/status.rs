//! How an obligation stands at an instant.

use serde::{Deserialize, Serialize};

use crate::time::{Day, Timestamp};

/// How it stands.
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
#[schema(as = ObligationStatus)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 按时公开: published before its due date had passed.
    OnTime,
    /// 待公开: not published, and still in time.
    Due,
    /// 逾期未公开: not published, and its due date has passed.
    Overdue,
    /// 缺失: overdue, and not published when the next period's was due either.
    Missing,
    /// 逾期后公开: published after its due date. Its overrun stays for ever.
    Late,
    /// 已注销: the event was written down by mistake, as two persons found. Nothing is owed; it stays to be read.
    Struck,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::OnTime,
        Self::Due,
        Self::Overdue,
        Self::Missing,
        Self::Late,
        Self::Struck,
    ];

    /// The word used in the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnTime => "on_time",
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::Missing => "missing",
            Self::Late => "late",
            Self::Struck => "struck",
        }
    }

    /// Reads [`Status::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// What a status is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The first instant that is late.
    pub due_at: Timestamp,
    /// The first instant at which it is missing.
    pub missing_at: Timestamp,
    /// When the publication that stands now was first published; `None` while there is none.
    pub settled_at: Option<Timestamp>,
    /// Whether its event was struck as a mistake: then nothing else counts.
    pub is_struck: bool,
}

impl Standing {
    /// The status at `now`.
    #[must_use]
    pub fn status(&self, now: Timestamp) -> Status {
        if self.is_struck {
            return Status::Struck;
        }
        match self.settled_at {
            Some(at) if at < self.due_at => Status::OnTime,
            Some(_) => Status::Late,
            None if now < self.due_at => Status::Due,
            None if now < self.missing_at => Status::Overdue,
            None => Status::Missing,
        }
    }

    /// Days from its due date to its publication, or to today while there is none; 0 while it is in time, and for
    /// what is owed no more.
    #[must_use]
    pub fn days_late(&self, now: Timestamp) -> i64 {
        if self.is_struck {
            return 0;
        }
        let due_date: Day = self.due_at.plus_micros(-1).day();
        let until = self.settled_at.unwrap_or(now);
        (until.day() - due_date).num_days().max(0)
    }
}

/// How many stand how. What was struck is owed by nobody, and counted nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, utoipa::ToSchema)]
#[schema(as = ObligationCounts)]
pub struct Counts {
    /// Published in time.
    pub on_time: u32,
    /// Not published, and still in time.
    pub due: u32,
    /// Not published, and late.
    pub overdue: u32,
    /// Overdue, and overtaken by the next period's due date.
    pub missing: u32,
    /// Published late.
    pub late: u32,
}

impl Counts {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            on_time: self.on_time + other.on_time,
            due: self.due + other.due,
            overdue: self.overdue + other.overdue,
            missing: self.missing + other.missing,
            late: self.late + other.late,
        }
    }

    /// One more, unless it was struck.
    pub fn add(&mut self, status: Status) {
        let of = match status {
            Status::OnTime => &mut self.on_time,
            Status::Due => &mut self.due,
            Status::Overdue => &mut self.overdue,
            Status::Missing => &mut self.missing,
            Status::Late => &mut self.late,
            Status::Struck => return,
        };
        *of += 1;
    }
}
