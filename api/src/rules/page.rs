//! The page itself: tables made of what the domain says, in one language.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

use domain::complaint::action::ActionName;
use domain::complaint::decline::DeclineReason;
use domain::complaint::state::StateName;
use domain::complaint::table::{Actor, Table, table};
use domain::deadline::{Lang, Limit};
use domain::policy::sources::SOURCES;
use domain::policy::{Kind, Policy, Stage};
use domain::role::{Permission, Role, can};
use serde_json::Value;

use super::lexicon::word;
use super::{operations, words};

const STYLE: &str = include_str!("rules.css");

static PAGES: LazyLock<[String; 2]> = LazyLock::new(|| {
    let table = table();
    [write_page(&table, Lang::Zh), write_page(&table, Lang::En)]
});

/// The page in a language; written once, when the first reader comes.
pub fn page(lang: Lang) -> &'static str {
    let [zh, en] = &*PAGES;
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Writes in one language.
pub(super) struct Pen(Lang);

impl Pen {
    pub(super) fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    pub(super) fn pick<T: AsRef<str>>(&self, said: &[T; 2]) -> String {
        let [zh, en] = said;
        escape(self.say(zh.as_ref(), en.as_ref()))
    }

    /// A code with its word.
    fn code(&self, table: &str, code: &str) -> String {
        format!(
            "{} <code>{}</code>",
            self.pick(&word(table, code)),
            escape(code)
        )
    }

    fn word(&self, table: &str, code: &str) -> String {
        self.pick(&word(table, code))
    }

    pub(super) fn list(&self, words: impl Iterator<Item = String>) -> String {
        words.collect::<Vec<_>>().join(self.say("、", ", "))
    }

    pub(super) fn yes(&self, is: bool) -> String {
        match is {
            true => self.say("是", "yes").to_owned(),
            false => String::new(),
        }
    }
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A table with a caption; cells are HTML already, the first of a row is its heading.
pub(super) fn grid(id: &str, caption: &str, head: &[&str], rows: &[Vec<String>]) -> String {
    let mut html = format!(
        "<section id=\"{id}\"><h2>{}</h2><div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table><thead><tr>",
        escape(caption)
    );
    for cell in head {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escape(cell));
    }
    html.push_str("</tr></thead><tbody>");
    for row in rows {
        html.push_str("<tr>");
        for (index, cell) in row.iter().enumerate() {
            let _ = match index {
                0 => write!(html, "<th scope=\"row\">{cell}</th>"),
                _ => write!(html, "<td>{cell}</td>"),
            };
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table></div></section>");
    html
}

fn write_page(table: &Table, lang: Lang) -> String {
    let pen = Pen(lang);
    let title = pen.say("规则：由程序代码打印", "The rules, printed from the code");
    let intro = pen.say(
        "本页由程序在运行时从自身代码生成：状态、操作、计时、升级、权限和出厂时限办法，程序怎样做，这里就怎样写。各县可以依程序设立自己的时限办法，已经开始的事项仍按原办法。",
        "The program writes this page from its own code: states, actions, clocks, ladder, permissions and the shipped policy are what decides. A county may set a policy of its own; a case keeps the one it began under.",
    );
    let other = pen.say(
        "<a href=\"/api/docs/rules?lang=en\" hreflang=\"en\" lang=\"en\">English</a>",
        "<a href=\"/api/docs/rules?lang=zh\" hreflang=\"zh-CN\" lang=\"zh-CN\">中文</a>",
    );
    let sections = [
        states(&pen, table),
        actions(&pen, table),
        clocks(&pen, table),
        ladder(&pen),
        policy(&pen),
        permissions(&pen),
        operations::grid_of(&pen),
        declines(&pen),
    ];
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title} · 监督一点通</title><style>{STYLE}</style></head><body><main><header><p class=\"top\"><a href=\"/api/docs/\">{}</a> · {other}</p><h1>{title}</h1><p>{intro}</p></header>{}</main></body></html>",
        crate::http::lang::tag(lang),
        pen.say("接口文档", "API documents"),
        sections.concat()
    )
}

fn states(pen: &Pen, table: &Table) -> String {
    let rows: Vec<Vec<String>> = StateName::ALL
        .into_iter()
        .map(|state| {
            let group = match (state.is_open(), state.is_final()) {
                (true, _) => pen.say("在办", "open"),
                (_, true) => pen.say("终了", "final"),
                _ => pen.say("既非在办也非终了", "neither"),
            };
            let mut onward: BTreeMap<StateName, BTreeSet<ActionName>> = BTreeMap::new();
            let leaves =
                |one: &&domain::complaint::table::Move| one.from == state && one.to != state;
            for one in table.moves.iter().filter(leaves) {
                onward.entry(one.to).or_default().insert(one.action);
            }
            let lines = onward.into_iter().map(|(to, by)| {
                let by = pen.list(by.into_iter().map(|one| pen.word("actions", one.as_str())));
                format!("<li>{by} → <b>{}</b></li>", pen.word("states", to.as_str()))
            });
            vec![
                pen.code("states", state.as_str()),
                group.to_owned(),
                format!("<ul>{}</ul>", lines.collect::<String>()),
            ]
        })
        .collect();
    let head = [
        pen.say("状态", "State"),
        pen.say("类别", "Group"),
        pen.say("从这里去往", "What leads on"),
    ];
    grid("states", pen.say("状态", "States"), &head, &rows)
}

fn actions(pen: &Pen, table: &Table) -> String {
    let names: BTreeSet<ActionName> = table.moves.iter().map(|one| one.action).collect();
    let rows: Vec<Vec<String>> = names
        .into_iter()
        .map(|action| {
            let of = || table.moves.iter().filter(move |one| one.action == action);
            let who: BTreeSet<Actor> = of().map(|one| one.actor).collect();
            let mut ways: BTreeMap<Option<StateName>, BTreeSet<StateName>> = BTreeMap::new();
            for one in of() {
                let to = (one.to != one.from).then_some(one.to);
                ways.entry(to).or_default().insert(one.from);
            }
            let lines = ways.into_iter().map(|(to, from)| {
                let from = pen.list(from.into_iter().map(|one| pen.word("states", one.as_str())));
                let to = match to {
                    Some(to) => format!(" → <b>{}</b>", pen.word("states", to.as_str())),
                    None => pen.say("：状态不变", ": the state stays").to_owned(),
                };
                format!("<li>{from}{to}</li>")
            });
            vec![
                pen.code("actions", action.as_str()),
                pen.list(who.into_iter().map(|one| pen.pick(&words::actor(one)))),
                pen.yes(action.matter().is_some()),
                format!("<ul>{}</ul>", lines.collect::<String>()),
            ]
        })
        .collect();
    let head = [
        pen.say("操作", "Action"),
        pen.say("谁", "Who"),
        pen.say("须两人", "Two persons"),
        pen.say("从 → 到", "From → to"),
    ];
    grid("actions", pen.say("操作", "Actions"), &head, &rows)
}

fn clocks(pen: &Pen, table: &Table) -> String {
    let policy = Policy::default_policy();
    let of = |set: &BTreeSet<(Stage, ActionName)>, stage| {
        let names = set.iter().filter(move |(of, _)| *of == stage);
        let names: Vec<String> = names
            .map(|(_, action)| pen.word("actions", action.as_str()))
            .collect();
        names
    };
    let rows: Vec<Vec<String>> = Stage::ALL
        .into_iter()
        .map(|stage| {
            let mut starts = of(&table.starts, stage);
            if matches!(stage, Stage::Accept | Stage::Handle) {
                starts.insert(0, pen.word("actions", "file"));
            }
            let limits = Kind::ALL.into_iter().map(|kind| {
                let limit = pen.pick(&words::limit(&policy.limit(stage, kind)));
                format!("<li>{}: {limit}</li>", pen.word("kinds", kind.as_str()))
            });
            let paused = policy
                .pause
                .contains(&stage)
                .then(|| pen.word("states", StateName::AwaitingSupplement.as_str()));
            vec![
                pen.code("stages", stage.as_str()),
                pen.list(starts.into_iter()),
                pen.list(of(&table.stops, stage).into_iter()),
                format!("<ul>{}</ul>", limits.collect::<String>()),
                paused.unwrap_or_default(),
            ]
        })
        .collect();
    let head = [
        pen.say("环节", "Stage"),
        pen.say("起算", "Starts"),
        pen.say("停止", "Stops"),
        pen.say("出厂期限", "Shipped limit"),
        pen.say("暂停", "Paused"),
    ];
    grid("clocks", pen.say("计时", "Clocks"), &head, &rows)
}

fn ladder(pen: &Pen) -> String {
    let rungs = Policy::default_policy().ladder;
    let rows: Vec<Vec<String>> = rungs
        .iter()
        .map(|rung| {
            let when = match rung.after_working_days {
                Some(days) => format!(
                    "{}{days}{}",
                    pen.say("到期日后 ", "due date + "),
                    pen.say(" 个工作日", " working days")
                ),
                None => match rung.step.light() {
                    Some(light) => format!(
                        "{}{}",
                        pen.say("亮灯：", "light: "),
                        pen.code("lights", light.as_str())
                    ),
                    None => String::new(),
                },
            };
            vec![
                pen.code("steps", rung.step.as_str()),
                when,
                pen.list(
                    rung.to
                        .iter()
                        .map(|one| pen.word("recipients", one.as_str())),
                ),
            ]
        })
        .collect();
    let head = [
        pen.say("级", "Step"),
        pen.say("何时", "When"),
        pen.say("告知", "Told"),
    ];
    grid("ladder", pen.say("升级阶梯", "The ladder"), &head, &rows)
}

fn policy(pen: &Pen) -> String {
    let policy = serde_json::to_value(Policy::default_policy()).unwrap_or_default();
    let rows: Vec<Vec<String>> = SOURCES
        .iter()
        .filter_map(|source| {
            let value = policy.pointer(source.pointer)?;
            Some(vec![
                format!("<code>{}</code>", escape(source.pointer)),
                shown(pen, value),
                escape(pen.say(source.zh, source.en)),
            ])
        })
        .collect();
    let head = [
        pen.say("字段", "Field"),
        pen.say("值", "Value"),
        pen.say("出处", "Source"),
    ];
    let caption = pen.say(
        "出厂时限办法及每个数字的出处",
        "The shipped policy and the source of each number",
    );
    grid("policy", caption, &head, &rows)
}

/// A value of the policy: an amount of time in words, anything else by its fields.
fn shown(pen: &Pen, value: &Value) -> String {
    if let Ok(limit) = serde_json::from_value::<Limit>(value.clone()) {
        return pen.pick(&words::limit(&limit));
    }
    let plain = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    match value {
        Value::Object(fields) => {
            let lines = fields.iter().map(|(name, value)| {
                format!(
                    "<li><code>{}</code> {}</li>",
                    escape(name),
                    shown(pen, value)
                )
            });
            format!("<ul>{}</ul>", lines.collect::<String>())
        }
        // The ladder has a table of its own.
        Value::Array(items) if items.iter().any(Value::is_object) => format!(
            "<a href=\"#ladder\">{}</a>",
            pen.say("见升级阶梯", "see the ladder")
        ),
        Value::Array(items) => pen.list(items.iter().map(|item| escape(&plain(item)))),
        other => escape(&plain(other)),
    }
}

fn permissions(pen: &Pen) -> String {
    let roles: Vec<String> = Role::ALL
        .iter()
        .map(|role| {
            let [zh, en] = words::role(*role);
            pen.say(zh, en).to_owned()
        })
        .collect();
    let mut head = vec![pen.say("可以做什么", "What one may do")];
    head.extend(roles.iter().map(String::as_str));
    let rows: Vec<Vec<String>> = Permission::ALL
        .into_iter()
        .map(|permission| {
            let mark = |role: Role| match can(role, permission) {
                true => format!(
                    "<span class=\"yes\">✓<i>{}</i></span>",
                    pen.say("可以", "yes")
                ),
                false => String::new(),
            };
            let mut row = vec![pen.pick(&words::permission(permission))];
            row.extend(Role::ALL.into_iter().map(mark));
            row
        })
        .collect();
    let codes = Role::ALL.iter().map(|role| {
        format!(
            "<code>{}</code> {}",
            role.as_str(),
            pen.pick(&words::role(*role))
        )
    });
    let note = format!("<p class=\"note\">{}</p>", pen.list(codes));
    grid("permissions", pen.say("权限", "Permissions"), &head, &rows) + &note
}

fn declines(pen: &Pen) -> String {
    let rows: Vec<Vec<String>> = DeclineReason::ALL
        .into_iter()
        .map(|reason| {
            vec![
                format!("<code>{}</code>", reason.as_str()),
                pen.word("declineReasons", reason.as_str()),
            ]
        })
        .collect();
    let head = [pen.say("代码", "Code"), pen.say("说明", "Meaning")];
    let caption = pen.say("不予受理的理由", "Reasons for declining");
    grid("declines", caption, &head, &rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_names_everything_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let html = page(lang);
            let states = StateName::ALL.map(StateName::as_str);
            let stages = Stage::ALL.map(Stage::as_str);
            let roles = Role::ALL.map(Role::as_str);
            for row in domain::operation::TABLE {
                let called = format!("<code>{} {}</code>", row.method, row.path);
                assert!(html.contains(&called), "{called}");
            }
            let declines = DeclineReason::ALL.map(DeclineReason::as_str);
            let staff = ActionName::STAFF.map(ActionName::as_str);
            let all = states.iter().chain(&stages).chain(&roles);
            for code in all.chain(&declines).chain(&staff) {
                assert!(html.contains(&format!("<code>{code}</code>")), "{code}");
            }
        }
    }

    #[test]
    fn it_is_made_of_what_the_machine_does() {
        let whole = table();
        let mut less = whole.clone();
        less.moves.retain(|one| one.action != ActionName::Merge);
        let (before, after) = (write_page(&whole, Lang::En), write_page(&less, Lang::En));
        assert!(before.contains("<code>merge</code>"));
        assert!(!after.contains("<code>merge</code>"));
    }
}
