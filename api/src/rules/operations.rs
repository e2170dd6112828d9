//! The permission table, printed: a table of the page of rules in the reader's language, and the document
//! `openapi/permissions.md`, in which a change of who may do what is read as a line that changed.

use std::fmt::Write as _;

use domain::operation::{Door, Operation, ROOT, TABLE};
use domain::role::Role;

use super::page::{Pen, escape, grid};
use super::words;

/// Who may call it, each with its word, and who may do what within it.
fn who(pen: &Pen, row: &Operation) -> Vec<String> {
    let Door::Staff(_) = row.door else {
        return vec![pen.pick(&words::door(row.door))];
    };
    let list = |may: &dyn Fn(Role) -> bool| {
        let roles = Role::ALL.into_iter().filter(|role| may(*role));
        pen.list(roles.map(|role| pen.pick(&words::role(role))))
    };
    let everybody = list(&|role| row.is_for(role));
    let acts = row.acts.iter().map(|(act, _)| {
        let may = list(&|role| row.lets(role, act));
        format!("<code>{}</code> {may}", escape(act))
    });
    std::iter::once(everybody).chain(acts).collect()
}

/// Who of the staff may call an operation and on what condition, as a paragraph of its description; nothing of one that is
/// no staff's.
#[must_use]
pub fn in_words(row: &Operation) -> Option<String> {
    let Door::Staff(_) = row.door else {
        return None;
    };
    let roles = |may: &dyn Fn(Role) -> bool| {
        let roles = Role::ALL.into_iter().filter(|role| may(*role));
        let named = roles.map(|role| format!("`{}`", role.as_str()));
        named.collect::<Vec<_>>().join(", ")
    };
    let mut text = format!("**Who may**: {}", roles(&|role| row.is_for(role)));
    for (act, _) in row.acts {
        let _ = write!(text, "; `{act}`: {}", roles(&|role| row.lets(role, act)));
    }
    let _ = write!(text, ". **Of what**: {}.", words::reach(row.reach)[1]);
    for (name, said) in [
        (
            "Fresh code (`POST /auth/step-up`)",
            words::step_up(row.step_up)[1],
        ),
        ("Second person", words::second(row.second)[1]),
    ] {
        if !said.is_empty() {
            let _ = write!(text, " **{name}**: {said}.");
        }
    }
    Some(text)
}

/// Every operation, for the page.
pub(super) fn grid_of(pen: &Pen) -> String {
    let rows: Vec<Vec<String>> = TABLE
        .iter()
        .map(|row| {
            let lines = who(pen, row).into_iter();
            vec![
                format!("<code>{} {}</code>", row.method, escape(row.path)),
                format!(
                    "<ul>{}</ul>",
                    lines
                        .map(|line| format!("<li>{line}</li>"))
                        .collect::<String>()
                ),
                pen.pick(&words::reach(row.reach)),
                pen.pick(&words::step_up(row.step_up)),
                pen.pick(&words::second(row.second)),
            ]
        })
        .collect();
    let head = [
        pen.say("接口", "Operation"),
        pen.say("谁可以调用", "Who may call it"),
        pen.say("范围", "Of what"),
        pen.say("须再次验证", "Fresh code"),
        pen.say("第二人", "Second person"),
    ];
    let caption = pen.say("每个接口的权限", "Permissions, operation by operation");
    grid("operations", caption, &head, &rows)
}

/// The same as a document of the repository, in the words of the API.
#[must_use]
pub fn markdown() -> String {
    let mut text = format!(
        "# Who may call what\n\n\
         Printed from the permission table (`api/crates/domain/src/operation/table.rs`), which the server's guards ask on\n\
         every request: `yidiantong openapi permissions`. Paths are below `{ROOT}`. What is not within reach is the same 404\n\
         as what does not exist; another role than these is refused with 403 `not_permitted`. What may be done in a case in\n\
         which state is a table of its own, at `/api/docs/rules`.\n\n\
         | operation | who | of what | fresh code | second person |\n| --- | --- | --- | --- | --- |\n"
    );
    for row in TABLE {
        let who = match row.door {
            Door::Staff(_) => {
                let words = |may: &dyn Fn(Role) -> bool| {
                    let roles = Role::ALL.into_iter().filter(|role| may(*role));
                    roles.map(Role::as_str).collect::<Vec<_>>().join(", ")
                };
                let acts = row.acts.iter().map(|(act, _)| {
                    let may = words(&|role| row.lets(role, act));
                    format!("`{act}`: {may}")
                });
                let all = words(&|role| row.is_for(role));
                std::iter::once(all)
                    .chain(acts)
                    .collect::<Vec<_>>()
                    .join("; ")
            }
            other => words::door(other)[1].to_owned(),
        };
        let _ = writeln!(
            text,
            "| `{} {}` | {who} | {} | {} | {} |",
            row.method,
            row.path,
            words::reach(row.reach)[1],
            words::step_up(row.step_up)[1],
            words::second(row.second)[1],
        );
    }
    text
}
