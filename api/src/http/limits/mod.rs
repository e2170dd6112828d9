//! How much one source may ask (security.md 1.3 T1, T11; 1.4.3). A source is a network address, or a /64 of IPv6,
//! under a key that lives in memory for a day: what is remembered of it names nobody, and is gone with the process.
//!
//! The rates are for people, many of whom share one address: a village's only line, a county's office. They slow a
//! machine down that guesses or floods, and lock nobody out. `RATE_LIMIT_SCALE` is a factor to all of them.
//!
//! Receipt codes have two rates of their own, and only codes that were wrong count: ten in ten minutes from a source,
//! and three hundred a minute in all. A case is never locked.

mod source;
mod ticks;

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use governor::clock::Clock as _;
use governor::middleware::StateInformationMiddleware;
use governor::state::{InMemoryState, NotKeyed, keyed::DashMapStateStore};
use governor::{NotUntil, Quota, RateLimiter};

pub use source::{Network, Source, Sources};
pub use ticks::Ticks;

use domain::canon::hex;

use super::problem::Problem;
use crate::codes::Code;
use crate::ports::clock::Clocks;
use crate::ports::ids::Ids;

static POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
static STANDING: HeaderName = HeaderName::from_static("ratelimit");

/// What is counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Reading what is public.
    Read,
    /// Filing, and words to a case.
    Write,
    /// Password, code, link, refresh.
    Login,
    /// Whoever shows a token.
    Staff,
}

/// A rate: so many in a minute, and so many of them at once.
struct Rate {
    name: &'static str,
    a_minute: u32,
    at_once: u32,
}

const KINDS: [(Kind, Rate); 4] = [
    (
        Kind::Read,
        Rate {
            name: "read",
            a_minute: 1_200,
            at_once: 600,
        },
    ),
    (
        Kind::Write,
        Rate {
            name: "write",
            a_minute: 60,
            at_once: 30,
        },
    ),
    (
        Kind::Login,
        Rate {
            name: "login",
            a_minute: 60,
            at_once: 30,
        },
    ),
    (
        Kind::Staff,
        Rate {
            name: "staff",
            a_minute: 2_400,
            at_once: 600,
        },
    ),
];

/// Wrong receipt codes from one source: ten, and one more each minute.
const WRONG_AT_ONCE: u32 = 10;
const WRONG_EVERY: Duration = Duration::from_secs(60);
/// Wrong receipt codes a minute, whoever sends them.
const WRONG_IN_ALL: u32 = 300;
/// Sources that are held back at a time; beyond it those whose time is over are forgotten.
const HELD_BACK: usize = 10_000;
/// Answers after which sources that are as new are forgotten.
const TIDY_EVERY: u64 = 4_096;

type Keyed = RateLimiter<Source, DashMapStateStore<Source>, Ticks, StateInformationMiddleware>;
type Direct = RateLimiter<NotKeyed, InMemoryState, Ticks, StateInformationMiddleware>;

/// A quota under the name that the headers give it.
struct Budget {
    name: &'static str,
    quota: Quota,
    /// `RateLimit-Policy`, the same for everybody.
    policy: HeaderValue,
}

struct Counted {
    kind: Kind,
    budget: Budget,
    limiter: Keyed,
}

/// All that is counted in this process.
pub struct Limits {
    sources: Sources,
    ticks: Ticks,
    counted: Vec<Counted>,
    wrong: Keyed,
    wrong_budget: Budget,
    wrong_in_all: Direct,
    wrong_in_all_budget: Budget,
    /// Until which tick a source's receipt codes are not looked at.
    held_back: Mutex<HashMap<Source, u64>>,
    all_held_back: AtomicU64,
    asked: AtomicU64,
}

/// What a source has left, for the headers of an answer (draft-ietf-httpapi-ratelimit-headers).
pub struct Standing {
    name: &'static str,
    policy: HeaderValue,
    left: u32,
    /// Seconds until all is there again.
    whole: u64,
}

/// Too much.
pub struct Refused {
    standing: Standing,
    /// Seconds until it may be tried again.
    wait: u32,
}

impl Refused {
    /// The problem to answer with.
    #[must_use]
    pub fn problem(&self) -> Problem {
        Problem::new(Code::TooManyRequests).retry_after(self.wait)
    }

    /// Adds what a client slows down by.
    pub fn describe(&self, headers: &mut HeaderMap) {
        self.standing.describe(headers);
    }
}

impl Standing {
    /// Adds `RateLimit` and `RateLimit-Policy`.
    pub fn describe(&self, headers: &mut HeaderMap) {
        headers.insert(POLICY.clone(), self.policy.clone());
        let standing = format!("\"{}\";r={};t={}", self.name, self.left, self.whole);
        if let Ok(standing) = HeaderValue::try_from(standing) {
            headers.insert(STANDING.clone(), standing);
        }
    }
}

/// What there is at most, and the seconds in which all of it comes back, as the header says it: `RateLimit` counts in the
/// same, so that what is left is never more than the quota, and nobody waits longer than the window.
fn policy(name: &str, quota: Quota) -> HeaderValue {
    let most = quota.burst_size().get();
    let window = whole_seconds(quota.replenish_interval().saturating_mul(most));
    HeaderValue::try_from(format!("\"{name}\";q={most};w={window}"))
        .unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn scaled(number: u32, scale: u32) -> NonZeroU32 {
    NonZeroU32::new(number.saturating_mul(scale.max(1))).unwrap_or(NonZeroU32::MIN)
}

impl Limits {
    /// Counts from zero. `trusted`: the proxies whose word for a client's address is believed.
    #[must_use]
    pub fn new(trusted: Vec<Network>, scale: u32, clocks: &Clocks, ids: Ids) -> Self {
        let ticks = Ticks::of(clocks);
        let counted = KINDS.map(|(kind, rate)| {
            let quota = Quota::per_minute(scaled(rate.a_minute, scale))
                .allow_burst(scaled(rate.at_once, scale));
            Counted {
                kind,
                budget: Budget::new(rate.name, quota),
                limiter: keyed(quota, &ticks),
            }
        });
        let every = (WRONG_EVERY / scale.max(1)).max(Duration::from_nanos(1));
        let wrong = Quota::with_period(every)
            .unwrap_or_else(|| Quota::per_minute(NonZeroU32::MIN))
            .allow_burst(scaled(WRONG_AT_ONCE, scale));
        let in_all = Quota::per_minute(scaled(WRONG_IN_ALL, scale));
        Self {
            sources: Sources::new(trusted, ids),
            counted: counted.into(),
            wrong: keyed(wrong, &ticks),
            wrong_budget: Budget::new("receipt", wrong),
            wrong_in_all_budget: Budget::new("receipts", in_all),
            wrong_in_all: Direct::new(in_all, InMemoryState::default(), ticks.clone()),
            held_back: Mutex::default(),
            all_held_back: AtomicU64::new(0),
            asked: AtomicU64::new(0),
            ticks,
        }
    }

    /// Counts a request; `None` where nothing is counted.
    ///
    /// # Errors
    /// [`Refused`] when it is too much.
    pub fn admit(&self, req: &HttpRequest) -> Result<Option<Standing>, Refused> {
        let Some(kind) = kind_of(req) else {
            return Ok(None);
        };
        let source = self.sources.of(req, &self.ticks);
        self.tidy();
        if is_receipt(req.path()) {
            self.not_held_back(&source)?;
        }
        let Some(counted) = self.counted.iter().find(|one| one.kind == kind) else {
            return Ok(None);
        };
        match counted.limiter.check_key(&source) {
            Ok(state) => {
                let left = state.remaining_burst_capacity();
                Ok(Some(counted.budget.standing(left)))
            }
            Err(until) => Err(Refused {
                wait: self.seconds(&until),
                standing: counted.budget.standing(0),
            }),
        }
    }

    /// Who asks, as far as that may be known: the same word for everything of one source, for a day.
    #[must_use]
    pub fn asker(&self, req: &HttpRequest) -> String {
        hex(&self.sources.of(req, &self.ticks))
    }

    /// A receipt code was wrong.
    pub fn wrong_receipt(&self, req: &HttpRequest) {
        let source = self.sources.of(req, &self.ticks);
        let now = self.ticks.now();
        // The last one that may be wrong holds the source back until the next may.
        let wait = match self.wrong.check_key(&source) {
            Ok(state) if state.remaining_burst_capacity() > 0 => None,
            Ok(_) => Some(WRONG_EVERY),
            Err(until) => Some(until.wait_time_from(now)),
        };
        if let Some(wait) = wait {
            let mut held = self
                .held_back
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if held.len() >= HELD_BACK {
                held.retain(|_, until| *until > now.as_u64());
            }
            held.insert(source, now.as_u64().saturating_add(nanos(wait)));
        }
        if let Err(until) = self.wrong_in_all.check() {
            let until = now
                .as_u64()
                .saturating_add(nanos(until.wait_time_from(now)));
            self.all_held_back.fetch_max(until, Ordering::Relaxed);
        }
    }

    fn not_held_back(&self, source: &Source) -> Result<(), Refused> {
        let now = self.ticks.now().as_u64();
        let own = self
            .held_back
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(source)
            .copied()
            .unwrap_or(0);
        let all = self.all_held_back.load(Ordering::Relaxed);
        let until = own.max(all);
        if until <= now {
            return Ok(());
        }
        // Of the two, the one that holds for longer.
        let budget = match own < all {
            true => &self.wrong_in_all_budget,
            false => &self.wrong_budget,
        };
        Err(Refused {
            standing: budget.standing(0),
            wait: whole_seconds(Duration::from_nanos(until - now)),
        })
    }

    fn seconds(&self, until: &NotUntil<governor::nanos::Nanos>) -> u32 {
        whole_seconds(until.wait_time_from(self.ticks.now()))
    }

    /// Now and then what is as good as new is forgotten, so that a flood of addresses is not remembered for ever.
    fn tidy(&self) {
        if self.asked.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            for one in &self.counted {
                one.limiter.retain_recent();
            }
            self.wrong.retain_recent();
        }
    }
}

impl Budget {
    fn new(name: &'static str, quota: Quota) -> Self {
        Self {
            name,
            policy: policy(name, quota),
            quota,
        }
    }

    fn standing(&self, left: u32) -> Standing {
        let spent = self.quota.burst_size().get().saturating_sub(left);
        let whole = self.quota.replenish_interval().saturating_mul(spent);
        Standing {
            name: self.name,
            policy: self.policy.clone(),
            left,
            whole: u64::from(whole_seconds(whole)),
        }
    }
}

fn keyed(quota: Quota, ticks: &Ticks) -> Keyed {
    Keyed::new(quota, DashMapStateStore::default(), ticks.clone())
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// Rounded up, at least one.
fn whole_seconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_nanos().div_ceil(1_000_000_000).max(1)).unwrap_or(u32::MAX)
}

/// Whether an address is a complainant's own.
fn is_receipt(path: &str) -> bool {
    path.strip_prefix("/api/v1/receipt")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What a request counts as. Pages and files of the webs cost nothing to send, and what watches the machine is not
/// held up.
fn kind_of(req: &HttpRequest) -> Option<Kind> {
    let rest = req.path().strip_prefix("/api/v1/")?;
    if rest.starts_with("auth/") && req.method() != Method::GET {
        return Some(Kind::Login);
    }
    // By the path alone: a token that nobody has looked at yet must not buy what staff may do.
    if rest.starts_with("admin/") {
        return Some(Kind::Staff);
    }
    if matches!(*req.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        Some(Kind::Read)
    } else {
        Some(Kind::Write)
    }
}
