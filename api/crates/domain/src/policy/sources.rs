//! Where each number of the shipped policy comes from. A law, a published practice, or our own choice: said
//! beside the number, in the documentation that is printed from here.

/// The source of one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// Where it stands in the policy, as a JSON pointer; a pointer covers what lies below it.
    pub pointer: &'static str,
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

const fn source(pointer: &'static str, zh: &'static str, en: &'static str) -> Source {
    Source { pointer, zh, en }
}

/// The source of every number of [`super::Policy::default_policy`] (`domain.md` 1.3, 2.1, 2.2).
pub const SOURCES: [Source; 19] = [
    source(
        "/stages/accept",
        "参照内江 24 小时内、淮北当日受理的做法",
        "After Neijiang (accepted within 24 hours) and Huaibei (the same day)",
    ),
    source(
        "/stages/dispatch",
        "比颍州“3 个工作日未动亮蓝牌”更严",
        "Stricter than Yingzhou's blue card after 3 working days",
    ),
    source(
        "/stages/handle",
        "四川省 12345 热线 2026 年规则：投诉 15 个工作日",
        "Sichuan's 12345 rules of 2026: 15 working days for a complaint",
    ),
    source(
        "/stages/review",
        "本系统自定，使三个环节合在群众看到的一个期限之内",
        "Our choice, so that three stages fit into the one the villager was told",
    ),
    source(
        "/stages/rework",
        "参照颍州“一周重办”",
        "After Yingzhou's week",
    ),
    source(
        "/stages/rate",
        "本系统自定：到期未评价自动办结，不计为满意",
        "Our choice: the case then closes unrated, never counted as satisfied",
    ),
    source(
        "/per_kind/question",
        "四川省 12345 热线 2026 年规则：咨询 3 个工作日；分办 1 个工作日为本系统自定",
        "Sichuan's 12345 rules of 2026: 3 working days for a question; 1 for its dispatch is our choice",
    ),
    source(
        "/per_kind/suggestion",
        "四川省 12345 热线 2026 年规则：建议 7 个工作日",
        "Sichuan's 12345 rules of 2026: 7 working days for a suggestion",
    ),
    source(
        "/per_kind/help",
        "四川省 12345 热线 2026 年规则：求助 7 个工作日",
        "Sichuan's 12345 rules of 2026: 7 working days for a request for help",
    ),
    source(
        "/warnings",
        "黄灯参照寿光：最后三分之一且至多三天；蓝灯参照颍州蓝牌：过半未动，比例为本系统自定",
        "Yellow after Shouguang: the last third, at most three days; blue after Yingzhou's blue card: half the \
         time without an action, the fraction being our choice",
    ),
    source(
        "/pause",
        "本系统自定：等群众补正期间停表",
        "Our choice: the clock stands still while the complainant has the word",
    ),
    source(
        "/extension",
        "《信访工作条例》第三十四条：60 日，延长不超过 30 日；至多两次参照颍州“超过两次亮红牌”",
        "Regulations on Letters and Visits, Art. 34: 60 days and at most 30 more; twice after Yingzhou's red \
         card for more than two",
    ),
    source(
        "/supplement",
        "本系统自定，参照浙江五日内决定是否受理",
        "Our choice, after the five days in which an organ decides on acceptance in Zhejiang",
    ),
    source(
        "/return_days",
        "《信访工作条例》第二十三条：5 个工作日内提出异议",
        "Regulations on Letters and Visits, Art. 23: an objection within 5 working days",
    ),
    source(
        "/returns_at_most",
        "本系统自定：全程至多退回两次",
        "Our choice: twice in a case's life",
    ),
    source(
        "/posting_days",
        "《村民委员会组织法》第三十五条的公示期限",
        "Organic Law of Villagers' Committees, Art. 35: the posting period",
    ),
    source(
        "/dispute_days",
        "《信访工作条例》第三十五条：30 日内请求复查",
        "Regulations on Letters and Visits, Art. 35: review may be asked for within 30 days",
    ),
    source(
        "/retention_days",
        "本系统自定：三年后删除加密保存的身份信息",
        "Our choice: the sealed identity is erased after three years",
    ),
    source(
        "/ladder",
        "某市 12345 规则：超期 5 个工作日以上通报批评；超期 3 个工作日上报县级为本系统自定",
        "A city's 12345 rule: public criticism over 5 working days late; the county after 3 is our choice",
    ),
];

/// The source of what stands at a pointer.
#[must_use]
pub fn source_of(pointer: &str) -> Option<&'static Source> {
    SOURCES.iter().find(|source| {
        pointer
            .strip_prefix(source.pointer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;
    use serde_json::Value;

    fn leaves(value: &Value, pointer: String, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    leaves(value, format!("{pointer}/{name}"), found);
                }
            }
            _ => found.push(pointer),
        }
    }

    #[test]
    fn every_number_of_the_shipped_policy_has_a_source() {
        let policy = serde_json::to_value(Policy::default_policy()).unwrap();
        let mut found = Vec::new();
        leaves(&policy, String::new(), &mut found);
        for pointer in found {
            if pointer != "/version" {
                assert!(source_of(&pointer).is_some(), "{pointer}");
            }
        }
    }

    #[test]
    fn no_source_is_about_nothing() {
        let policy = serde_json::to_value(Policy::default_policy()).unwrap();
        for source in SOURCES {
            assert!(policy.pointer(source.pointer).is_some(), "{source:?}");
        }
    }
}
