//! Why a day did not count, in words.

use crate::calendar::RestReason;

/// The language of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// Why a day did not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SkipReason {
    /// Nobody works on it.
    Rest(RestReason),
    /// The clock stood still.
    Paused,
}

impl SkipReason {
    /// The reason in words: `周末`, `国庆节`, `暂停`; `weekend`, `National Day`, `paused`. A holiday
    /// without a known translation keeps its own name.
    #[must_use]
    pub fn reason_text(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Rest(RestReason::Weekend), Lang::Zh) => "周末".to_owned(),
            (Self::Rest(RestReason::Weekend), Lang::En) => "weekend".to_owned(),
            (Self::Rest(RestReason::Holiday(name)), Lang::Zh) => name.clone(),
            (Self::Rest(RestReason::Holiday(name)), Lang::En) => {
                let parts: Vec<&str> = name.split(['、', '，', '/']).map(english).collect();
                parts.join(", ")
            }
            (Self::Paused, Lang::Zh) => "暂停".to_owned(),
            (Self::Paused, Lang::En) => "paused".to_owned(),
        }
    }
}

/// A holiday's name in English, with or without the final 节.
fn english(name: &str) -> &str {
    match name.trim() {
        "元旦" | "元旦节" => "New Year's Day",
        "春节" => "Spring Festival",
        "清明" | "清明节" => "Tomb-Sweeping Day",
        "劳动" | "劳动节" => "Labour Day",
        "端午" | "端午节" => "Dragon Boat Festival",
        "中秋" | "中秋节" => "Mid-Autumn Festival",
        "国庆" | "国庆节" => "National Day",
        "中秋国庆" | "国庆中秋" => "National Day, Mid-Autumn Festival",
        "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日" => {
            "70th anniversary of victory in the War of Resistance"
        }
        other => other,
    }
}
