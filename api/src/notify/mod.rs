//! Letters: who is told what, put into the outbox in the transaction that caused it. Subjects are neutral
//! and no letter carries a case's content.

pub mod admin;
pub mod dead;
pub mod told;

use std::collections::BTreeMap;

use domain::calendar::WorkCalendar;
use domain::id::StaffId;
use domain::time::Timestamp;
use store::outbox::{self, NewLetter};
use store::{StoreError, Tx};

/// The letters we write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// A new case for the supervising unit.
    Filed,
    /// Work for the responsible unit.
    Dispatched,
    /// Nothing happened for a while.
    Remind,
    /// Nearly due.
    Warn,
    /// Overdue.
    Red,
    /// Overdue, and come up to this organ.
    Climbed,
    /// A formal order from above (督办函).
    Supervised,
    /// A second person is asked for.
    Proposal,
    /// Above the city there is nobody: a line for each overdue case, every working day.
    Above,
    /// For operators: a unit has nobody to receive what climbs.
    Nobody,
    /// Something happened to the reader's own account.
    Account,
    /// An administrator made or changed somebody's account alone.
    Colleague,
    /// An administrator founded, changed or closed a unit alone.
    Unit,
    /// Something must soon be published.
    ObligationDue,
    /// Something was to be published and was not.
    ObligationLate,
}

macro_rules! words {
    ($($variant:ident => $name:literal),+ $(,)?) => {
        impl Template {
            /// Its name in the outbox, which is its folder's.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            fn parse(text: &str) -> Option<Self> {
                match text { $($name => Some(Self::$variant),)+ _ => None }
            }

            fn files(self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$variant => (
                        include_str!(concat!("templates/", $name, "/zh-CN.txt")),
                        include_str!(concat!("templates/", $name, "/en.txt")),
                    ),)+
                }
            }
        }
    };
}

words! {
    Filed => "filed",
    Dispatched => "dispatched",
    Remind => "remind",
    Warn => "warn",
    Red => "red",
    Climbed => "climbed",
    Supervised => "supervised",
    Proposal => "proposal",
    Above => "above",
    Nobody => "nobody",
    Account => "account",
    Colleague => "colleague",
    Unit => "unit",
    ObligationDue => "obligation_due",
    ObligationLate => "obligation_late",
}

/// Whether a letter tells of a step of the ladder: organs above and the zone's lead are told of those, too, though they
/// take no part in the case.
#[must_use]
pub fn is_of_ladder(template: &str) -> bool {
    matches!(
        Template::parse(template),
        Some(
            Template::Remind | Template::Warn | Template::Red | Template::Climbed | Template::Above
        )
    )
}

/// What fills a template.
pub type Params = BTreeMap<&'static str, String>;

/// Puts a letter to each recipient into the outbox, named by `id`, to go out when the office is open.
///
/// # Errors
/// [`StoreError`].
pub fn write(
    tx: &mut Tx<'_>,
    id: impl Fn() -> String,
    recipients: &[StaffId],
    template: Template,
    params: &Params,
    calendar: &WorkCalendar,
    now: Timestamp,
) -> Result<(), StoreError> {
    let params = serde_json::to_string(params)
        .map_err(|_| StoreError::Corrupt("outbox", "params".into()))?;
    let not_before = calendar.next_office_instant(now);
    for staff in recipients {
        let letter = NewLetter {
            id: id(),
            staff: staff.clone(),
            template: template.as_str(),
            params: params.clone(),
            created_at: now,
            not_before,
        };
        outbox::put(tx, &letter)?;
    }
    Ok(())
}

/// Subject and body of a letter, in Chinese and below it in English: the same letter serves everybody, and
/// no language has to be asked for. `None` when the outbox row names no template of ours.
#[must_use]
pub fn render(template: &str, params: &str) -> Option<(String, String)> {
    let (zh, en) = Template::parse(template)?.files();
    let params: BTreeMap<String, String> = serde_json::from_str(params).ok()?;
    let fill = |text: &str| {
        params.iter().fold(text.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
    };
    // A file is a subject, an empty line, and the words.
    let (subject, zh) = zh.split_once("\n\n")?;
    let (subject_en, en) = en.split_once("\n\n")?;
    let subject = format!("{} / {}", fill(subject).trim(), fill(subject_en).trim());
    Some((subject, format!("{}\n{}", fill(zh), fill(en))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_filled_completely() {
        let params = r#"{"number":"AAAA-BBBB","due":"2026-11-27","stage":"受理","stage_en":"accept","unit":"演示单位","url":"http://x","lines":"AAAA-BBBB 2026-11-27","name":"zhang","by":"admin","what":"改了","what_en":"changed","at":"2026-11-27","village":"演示村","title":"财务收支逐笔公开"}"#;
        for name in [
            "filed",
            "dispatched",
            "remind",
            "warn",
            "red",
            "climbed",
            "supervised",
            "proposal",
            "nobody",
            "above",
            "proposal",
            "account",
            "colleague",
            "unit",
            "obligation_due",
            "obligation_late",
        ] {
            let rendered = render(name, params);
            assert!(
                rendered
                    .as_ref()
                    .is_some_and(|(subject, body)| !subject.is_empty() && !body.contains('{')),
                "{name}: {rendered:?}"
            );
            // A subject is seen on locked screens and by mail servers.
            assert!(
                rendered.is_some_and(|(subject, _)| !subject.contains("AAAA")),
                "{name}"
            );
        }
        assert_eq!(render("nonsense", params), None);
    }
}
