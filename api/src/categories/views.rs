//! Kinds and categories as the API shows them.

use domain::category::{CATEGORIES, Category};
use domain::policy::Kind;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::lang::Lang;

/// A kind of matter.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KindView {
    /// What a program sends.
    pub code: Kind,
    /// What people read.
    pub name: String,
}

/// Another door.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RedirectView {
    /// Why: the code with which such a matter would be declined.
    pub code: String,
    /// Where to go instead.
    pub text: String,
    /// The number to call first; null where there is no single one.
    pub phone: Option<String>,
    /// Every number to call, the most likely first.
    pub phones: Vec<String>,
}

/// A category.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CategoryView {
    /// What a program sends.
    pub code: String,
    /// What people read.
    pub name: String,
    /// What belongs here, in words that villagers use.
    pub hint: String,
    /// Another door, when such matters are not taken here; to be shown before anything is typed.
    pub redirect: Option<RedirectView>,
}

/// Kinds and categories, in the order in which a form shows them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CategoriesView {
    /// The kinds.
    pub kinds: Vec<KindView>,
    /// The categories.
    pub categories: Vec<CategoryView>,
}

impl CategoriesView {
    /// All of them, in a language.
    #[must_use]
    pub fn in_lang(lang: Lang) -> Self {
        Self {
            kinds: Kind::ALL
                .into_iter()
                .map(|code| KindView {
                    code,
                    name: kind_name(code, lang).to_owned(),
                })
                .collect(),
            categories: CATEGORIES
                .iter()
                .map(|known| category(known, lang))
                .collect(),
        }
    }
}

fn kind_name(kind: Kind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (Kind::Complaint, Lang::Zh) => "投诉",
        (Kind::Complaint, Lang::En) => "Complaint",
        (Kind::Question, Lang::Zh) => "咨询",
        (Kind::Question, Lang::En) => "Question",
        (Kind::Suggestion, Lang::Zh) => "建议",
        (Kind::Suggestion, Lang::En) => "Suggestion",
        (Kind::Help, Lang::Zh) => "求助",
        (Kind::Help, Lang::En) => "Request for help",
    }
}

fn category(known: &Category, lang: Lang) -> CategoryView {
    let word = |zh: &str, en: &str| match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    };
    CategoryView {
        code: known.code.to_owned(),
        name: word(known.name_zh, known.name_en),
        hint: word(known.hint_zh, known.hint_en),
        redirect: known.redirect.as_ref().map(|door| RedirectView {
            code: door.code.to_owned(),
            text: word(door.text_zh, door.text_en),
            phone: door.phone().map(str::to_owned),
            phones: door
                .phones
                .iter()
                .map(|phone| (*phone).to_owned())
                .collect(),
        }),
    }
}
