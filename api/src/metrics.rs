//! What an operator's machine asks for every few seconds, in OpenMetrics: histograms that the process keeps, and
//! gauges that are read when asked. Names and units follow Prometheus: seconds, bytes, `_total`. No label ever holds
//! what somebody wrote: routes are patterns, methods and statuses a short list.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use actix_web::http::Method;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::{Family, MetricConstructor};
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use store::{Db, outbox, timers};

use crate::app::App;
use crate::ports::clock::wall_jump_seconds;

/// The content type of [`gather`]'s text.
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Seconds: from what memory answers to what a client gives up on.
const LATENCY: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answer {
    method: &'static str,
    route: String,
    status: u16,
}

/// Where a public read was answered from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From memory.
    Memory,
    /// From what another request was reading just then.
    Waiting,
    /// By reading.
    Database,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Read {
    from: &'static str,
}

/// Public reads, each way's counter at hand.
struct Reads {
    all: Family<Read, Counter>,
    memory: Counter,
    waiting: Counter,
    database: Counter,
}

impl Reads {
    fn new() -> Self {
        let all = Family::<Read, Counter>::default();
        let of = |from| all.get_or_create_owned(&Read { from });
        Self {
            memory: of("memory"),
            waiting: of("waiting"),
            database: of("database"),
            all,
        }
    }
}

/// Where the requests of one public address are counted: found once, and kept with what is answered there.
#[derive(Clone)]
pub struct Route {
    good: Histogram,
    unchanged: Histogram,
}

impl Route {
    /// A request was answered.
    pub(crate) fn answered(&self, status: u16, took: Duration) {
        let counted = if status == 304 {
            &self.unchanged
        } else {
            &self.good
        };
        counted.observe(took.as_secs_f64());
    }
}

#[derive(Clone, Copy)]
struct Latency;

impl MetricConstructor<Histogram> for Latency {
    fn new_metric(&self) -> Histogram {
        Histogram::new(LATENCY)
    }
}

type Number = Gauge<f64, AtomicU64>;

/// A request that is in hand, whatever becomes of it.
pub(crate) struct UnderWay(Gauge);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Everything that is counted. A gauge that nobody can read (the database is away) is NaN.
pub struct Metrics {
    registry: Registry,
    answers: Family<Answer, Histogram, Latency>,
    under_way: Gauge,
    reads: Reads,
    reads_kept: Number,
    reads_memory: Number,
    steps: Histogram,
    fired: Counter,
    sent: Counter,
    retried: Counter,
    unsent: Counter,
    timers_due: Number,
    timer_lag: Number,
    timers_dead: Number,
    queue_up: Number,
    queue_depth: Number,
    letters_due: Number,
    letter_age: Number,
    letters_dead: Number,
    database_up: Number,
    audit_waiting: Number,
    audit_age: Number,
    audit_broken: Number,
    clock_jump: Number,
    memory: Number,
    open_files: Number,
}

impl Metrics {
    /// Counts from zero, and hears from the database how large its commits are.
    pub(crate) fn watching(db: &Db) -> Self {
        let mut registry = Registry::default();
        let batch = Histogram::new([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0]);
        let told = batch.clone();
        // At most 256 jobs.
        db.watch_groups(move |jobs| told.observe(f64::from(u32::try_from(jobs).unwrap_or(0))));
        let all = Self {
            answers: Family::new_with_constructor(Latency),
            under_way: Gauge::default(),
            reads: Reads::new(),
            reads_kept: Number::default(),
            reads_memory: Number::default(),
            steps: Histogram::new(LATENCY),
            fired: Counter::default(),
            sent: Counter::default(),
            retried: Counter::default(),
            unsent: Counter::default(),
            timers_due: Number::default(),
            timer_lag: Number::default(),
            timers_dead: Number::default(),
            queue_up: Number::default(),
            queue_depth: Number::default(),
            letters_due: Number::default(),
            letter_age: Number::default(),
            letters_dead: Number::default(),
            database_up: Number::default(),
            audit_waiting: Number::default(),
            audit_age: Number::default(),
            audit_broken: Number::default(),
            clock_jump: Number::default(),
            memory: Number::default(),
            open_files: Number::default(),
            registry: Registry::default(),
        };
        registry.register_with_unit(
            "http_request_duration",
            "Time from a request's head to its answer's, by method, route pattern and status",
            Unit::Seconds,
            all.answers.clone(),
        );
        registry.register(
            "http_requests_active",
            "Requests that a handler has in hand; this one is one of them",
            all.under_way.clone(),
        );
        registry.register_with_unit(
            "process_resident_memory",
            "Memory of the process that lies in RAM",
            Unit::Bytes,
            all.memory.clone(),
        );
        registry.register(
            "process_open_fds",
            "Open files and sockets",
            all.open_files.clone(),
        );
        let own = registry.sub_registry_with_prefix("yidiantong");
        let version = [("version", env!("CARGO_PKG_VERSION"))];
        own.register("build", "The program", Info::new(version));
        own.register(
            "public_reads",
            "Public reads answered from memory, from what another request was reading, or by reading the database",
            all.reads.all.clone(),
        );
        own.register(
            "public_reads_kept",
            "Public reads in memory",
            all.reads_kept.clone(),
        );
        own.register_with_unit(
            "public_reads_memory",
            "What the public reads in memory may come to, of READ_MEMORY_MIB",
            Unit::Bytes,
            all.reads_memory.clone(),
        );
        own.register(
            "writer_batch_size",
            "Writes in one commit of the SQLite writer; none on PostgreSQL, where each is its own",
            batch,
        );
        own.register_with_unit(
            "worker_step_duration",
            "Time of one sweep of this process's worker for clocks; letters go beside it",
            Unit::Seconds,
            all.steps.clone(),
        );
        own.register(
            "timers_fired",
            "Effects of clocks in this process",
            all.fired.clone(),
        );
        own.register(
            "letters_sent",
            "Letters that went from this process",
            all.sent.clone(),
        );
        own.register(
            "transactions_retried",
            "PostgreSQL transactions of this process begun again because others were at the same rows; its log has an error 40001 for each",
            all.retried.clone(),
        );
        own.register(
            "letters_failed",
            "Tries of this process to send a letter that did not succeed, for now or for good",
            all.unsent.clone(),
        );
        let gauges = [
            (
                "timers_due",
                "Timers whose mark has passed and that are not done",
                &all.timers_due,
            ),
            (
                "timers_dead",
                "Timers that failed too often",
                &all.timers_dead,
            ),
            ("queue_up", "1 while the queue answers", &all.queue_up),
            (
                "queue_depth",
                "Ids in the queue, due and to come",
                &all.queue_depth,
            ),
            (
                "outbox_due",
                "Letters whose time has come and that have not gone",
                &all.letters_due,
            ),
            (
                "outbox_dead",
                "Letters that failed too often",
                &all.letters_dead,
            ),
            (
                "database_up",
                "1 while the database answers",
                &all.database_up,
            ),
            (
                "audit_unlinked",
                "Audit rows that wait for their link in the chain",
                &all.audit_waiting,
            ),
            (
                "audit_broken",
                "1 when the audit's chain is not what the program made",
                &all.audit_broken,
            ),
        ];
        for (name, help, gauge) in gauges {
            own.register(name, help, gauge.clone());
        }
        let seconds = [
            (
                "timer_lag",
                "Case time since the mark that is longest overdue",
                &all.timer_lag,
            ),
            (
                "outbox_oldest_age",
                "Case time since the letter waiting longest could have gone",
                &all.letter_age,
            ),
            (
                "audit_unlinked_age",
                "Wall time since the audit row that waits longest was written",
                &all.audit_age,
            ),
            (
                "clock_jump",
                "How far the machine's clock was moved since the process began",
                &all.clock_jump,
            ),
        ];
        for (name, help, gauge) in seconds {
            own.register_with_unit(name, help, Unit::Seconds, gauge.clone());
        }
        Self { registry, ..all }
    }

    /// Where the requests of a public address are counted.
    pub(crate) fn route(&self, route: Option<&str>) -> Route {
        let of = |status| {
            self.answers.get_or_create_owned(&Answer {
                method: "GET",
                route: route.unwrap_or("none").to_owned(),
                status,
            })
        };
        Route {
            good: of(200),
            unchanged: of(304),
        }
    }

    /// A public read was answered.
    pub(crate) fn read(&self, way: Way) {
        let counter = match way {
            Way::Memory => &self.reads.memory,
            Way::Waiting => &self.reads.waiting,
            Way::Database => &self.reads.database,
        };
        counter.inc();
    }

    /// A request is in hand until what this gives is dropped.
    pub(crate) fn under_way(&self) -> UnderWay {
        self.under_way.inc();
        UnderWay(self.under_way.clone())
    }

    /// A request was answered. Without a route it met a web's page, or nothing.
    pub(crate) fn answered(
        &self,
        method: &Method,
        route: Option<&str>,
        status: u16,
        took: Duration,
    ) {
        // What a client invents must not make a series of its own.
        let method = match *method {
            Method::GET => "GET",
            Method::HEAD => "HEAD",
            Method::POST => "POST",
            Method::PUT => "PUT",
            Method::DELETE => "DELETE",
            Method::OPTIONS => "OPTIONS",
            _ => "OTHER",
        };
        let label = Answer {
            method,
            route: route.unwrap_or("none").to_owned(),
            status,
        };
        self.answers
            .get_or_create(&label)
            .observe(took.as_secs_f64());
    }

    /// A clock had its effect.
    pub(crate) fn clock_fired(&self) {
        self.fired.inc();
    }

    /// The worker ended a round of clocks.
    pub(crate) fn stepped(&self, took: Duration) {
        self.steps.observe(took.as_secs_f64());
    }

    /// A letter went, and is written down as gone.
    pub(crate) fn letter_went(&self) {
        self.sent.inc();
    }

    /// A letter was tried and did not go.
    pub(crate) fn letter_failed(&self) {
        self.unsent.inc();
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "gauges are floating numbers; beyond 2^53 nobody counts the last one"
)]
fn number(value: i64) -> f64 {
    value as f64
}

/// Reads the gauges and writes everything down.
///
/// # Errors
/// A formatter's, which does not happen.
pub async fn gather(app: &App) -> Result<String, std::fmt::Error> {
    let (now, metrics) = (app.clocks.case(), &app.metrics);
    let looked = app.db.look(move |tx| {
        let backlogs = (timers::backlog(tx, now)?, outbox::backlog(tx, now)?);
        // Last, because its failure ends the transaction.
        Ok((backlogs, store::audit::chain::condition(tx).ok()))
    });
    let (looked, queue) = futures_util::future::join(looked, app.queue.state()).await;
    let (backlogs, chain) = match looked {
        Ok((backlogs, chain)) => (Some(backlogs), chain),
        Err(_) => (None, None),
    };
    let since = |at: Option<domain::time::Timestamp>| {
        number(at.map_or(0, |at| now.micros_since(at).max(0))) / 1e6
    };
    let (values, up) = match backlogs {
        Some((timers, letters)) => (
            [
                number(timers.due),
                since(timers.oldest),
                number(timers.dead),
                number(letters.due),
                since(letters.oldest),
                number(letters.dead),
            ],
            1.0,
        ),
        None => ([f64::NAN; 6], 0.0),
    };
    let gauges = [
        &metrics.timers_due,
        &metrics.timer_lag,
        &metrics.timers_dead,
        &metrics.letters_due,
        &metrics.letter_age,
        &metrics.letters_dead,
    ];
    for (gauge, value) in gauges.into_iter().zip(values) {
        gauge.set(value);
    }
    metrics.database_up.set(up);
    audit(app, chain.as_ref());
    // Kept below, where no metrics are known; this only shows it.
    metrics
        .retried
        .inner()
        .store(app.db.retries(), Ordering::Relaxed);
    metrics.queue_up.set(f64::from(u8::from(queue.up)));
    let depth = queue.depth.and_then(|depth| i64::try_from(depth).ok());
    metrics.queue_depth.set(depth.map_or(f64::NAN, number));
    metrics.clock_jump.set(number(wall_jump_seconds()));
    metrics
        .memory
        .set(resident_bytes().map_or(f64::NAN, number));
    let files = std::fs::read_dir("/proc/self/fd").ok().map(Iterator::count);
    let files = files.and_then(|files| i64::try_from(files).ok());
    metrics.open_files.set(files.map_or(f64::NAN, number));
    let (kept, bytes) = app.memory.size();
    let count = |value: u64| i64::try_from(value).map_or(f64::NAN, number);
    metrics.reads_kept.set(count(kept));
    metrics.reads_memory.set(count(bytes));
    let mut text = String::new();
    encode(&mut text, &metrics.registry)?;
    Ok(text)
}

fn audit(app: &App, chain: Option<&store::audit::chain::Condition>) {
    let (waiting, age, broken) = chain.map_or((f64::NAN, f64::NAN, f64::NAN), |chain| {
        let wall = app.clocks.wall();
        let age = chain.oldest.map_or(0, |at| wall.micros_since(at).max(0));
        let broken = chain.off || chain.fault.is_some();
        (
            number(chain.waiting),
            number(age) / 1e6,
            f64::from(u8::from(broken)),
        )
    });
    app.metrics.audit_waiting.set(waiting);
    app.metrics.audit_age.set(age);
    app.metrics.audit_broken.set(broken);
}

/// Bytes in RAM, where the system tells.
fn resident_bytes() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: i64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kib.checked_mul(1024)
}
