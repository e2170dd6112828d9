//! How a line of the log looks, and what may stand in it: fields that are named here. One that is not, because
//! somebody logged a thing in passing or a library is talkative, is left out, so that no name, phone or text of a
//! complaint gets there by a slip.

use std::fmt::{self, Write as _};

use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::field::RecordFields;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::{FormatTime as _, SystemTime};
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, FormattedFields};
use tracing_subscriber::registry::LookupSpan;

/// What is logged without `RUST_LOG`: of ours what happens, of libraries what goes wrong.
///
/// The HTTP library calls every connection on which somebody speaks nonsense an error: those are that client's, and
/// anybody can make as many as they like.
pub const DEFAULT: &str = "warn,yidiantong=info,store=info,domain=info,actix_http::h1::dispatcher=off,actix_http::h2::dispatcher=off";

/// Ids, words of our own, numbers, and the words of an error.
const ALLOWED: [&str; 17] = [
    "message",
    "addresses",
    "complaint",
    "count",
    "engine",
    "error",
    "jobs",
    "other",
    "owner",
    "place",
    "queue",
    "reason",
    "roles",
    "stage",
    "staff",
    "unit",
    "version",
];
/// The one field of a span that is written, on every line of the request.
const REQUEST: &str = "request_id";
/// An error's words are cut here: a database may quote a whole statement.
const LONGEST: usize = 500;

/// The format of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

impl Lines {
    /// The format called so; text without a name.
    ///
    /// # Errors
    /// One sentence naming the setting.
    pub fn named(name: Option<&str>) -> Result<Self, String> {
        match name {
            None | Some("" | "text") => Ok(Self::Text),
            Some("json") => Ok(Self::Json),
            Some(other) => Err(format!("LOG_FORMAT: {other:?} is neither text nor json")),
        }
    }
}

/// The fields that may stand there, in the order in which they were given.
#[derive(Default)]
struct Kept(Vec<(&'static str, Value)>);

impl Kept {
    fn keep(&mut self, field: &Field, value: Value) {
        if ALLOWED.contains(&field.name()) {
            self.0.push((field.name(), value));
        }
    }

    fn keep_text(&mut self, field: &Field, text: &str) {
        self.keep(field, text.chars().take(LONGEST).collect::<String>().into());
    }
}

impl Visit for Kept {
    fn record_i64(&mut self, field: &Field, value: i64) {
        self.keep(field, value.into());
    }
    fn record_u64(&mut self, field: &Field, value: u64) {
        self.keep(field, value.into());
    }
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.keep(field, value.into());
    }
    fn record_str(&mut self, field: &Field, value: &str) {
        self.keep_text(field, value);
    }
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.keep_text(field, &format!("{value:?}"));
    }
}

/// Of a span's fields, the id of the request that it is about.
#[derive(Debug, Clone, Copy)]
pub struct RequestId;

struct Found(Option<String>);

impl Visit for Found {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == REQUEST {
            self.0 = Some(value.to_owned());
        }
    }
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}

impl<'w> FormatFields<'w> for RequestId {
    fn format_fields<R: RecordFields>(&self, mut to: Writer<'w>, fields: R) -> fmt::Result {
        let mut found = Found(None);
        fields.record(&mut found);
        to.write_str(&found.0.unwrap_or_default())
    }
}

/// The id of the request that an event belongs to.
fn request_of<S>(ctx: &FmtContext<'_, S, RequestId>) -> Option<String>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    ctx.event_scope()?.find_map(|span| {
        let kept = span.extensions();
        let id = &kept.get::<FormattedFields<RequestId>>()?.fields;
        (!id.is_empty()).then(|| id.clone())
    })
}

impl<S> FormatEvent<S, RequestId> for Lines
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn format_event(
        &self,
        ctx: &FmtContext<'_, S, RequestId>,
        mut to: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut kept = Kept::default();
        event.record(&mut kept);
        if let Some(id) = request_of(ctx) {
            kept.0.push((REQUEST, id.into()));
        }
        let mut at = String::new();
        SystemTime.format_time(&mut Writer::new(&mut at))?;
        let about = event.metadata();
        match self {
            Self::Text => {
                write!(to, "{at} {:>5} {}:", about.level(), about.target())?;
                for (name, value) in kept.0 {
                    match (name, &value) {
                        ("message", Value::String(text)) => write!(to, " {}", one_line(text))?,
                        (_, Value::String(text)) => write!(to, " {name}={}", one_line(text))?,
                        _ => write!(to, " {name}={value}")?,
                    }
                }
                writeln!(to)
            }
            Self::Json => {
                let mut line = Map::new();
                line.insert("timestamp".into(), at.into());
                line.insert("level".into(), about.level().as_str().into());
                line.insert("target".into(), about.target().into());
                for (name, value) in kept.0 {
                    line.insert(name.into(), value);
                }
                writeln!(to, "{}", Value::Object(line))
            }
        }
    }
}

/// A line break inside would let an error's words look like a line of their own.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    for c in text.chars() {
        if c.is_control() {
            let _ = write!(line, "{}", c.escape_default());
        } else {
            line.push(c);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex, PoisonError};

    use super::*;

    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            all.extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(lines: Lines) -> String {
        let paper = Paper::default();
        let writer = paper.clone();
        let subscriber = tracing_subscriber::fmt()
            .fmt_fields(RequestId)
            .event_format(lines)
            .with_writer(move || writer.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, || {
            tracing::error!(complaint = "c-1", phone = "13900000000", count = 3, error = %"a\nb", "went wrong");
        });
        let bytes = paper.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8(bytes.clone()).unwrap()
    }

    #[test]
    fn what_is_not_allowed_is_left_out() {
        let text = logged(Lines::Text);
        assert!(
            text.ends_with(
                "yidiantong::log::tests: went wrong complaint=c-1 count=3 error=a\\nb\n"
            ),
            "{text}"
        );
        assert!(!text.contains("13900000000"), "{text}");
        assert_eq!(text.lines().count(), 1);
    }

    #[test]
    fn every_line_of_a_request_names_it() {
        let paper = Paper::default();
        let writer = paper.clone();
        let subscriber = tracing_subscriber::fmt()
            .fmt_fields(RequestId)
            .event_format(Lines::Text)
            .with_writer(move || writer.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, || {
            let request =
                tracing::error_span!("request", request_id = %"r-1", phone = "13900000000");
            let _inside = request.enter();
            tracing::error_span!("deeper", phone = "13900000000")
                .in_scope(|| tracing::error!(reason = "none", "a request failed"));
        });
        let bytes = paper.0.lock().unwrap_or_else(PoisonError::into_inner);
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(
            text.ends_with("a request failed reason=none request_id=r-1\n"),
            "{text}"
        );
        assert!(!text.contains("13900000000"), "{text}");
    }

    #[test]
    fn machines_read_json() {
        let text = logged(Lines::Json);
        let line: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(line["level"], "ERROR");
        assert_eq!(line["message"], "went wrong");
        assert_eq!(line["count"], 3);
        assert_eq!(line["error"], "a\nb");
        assert!(!text.contains("13900000000"), "{text}");
        assert!(Lines::named(Some("xml")).is_err());
    }
}
