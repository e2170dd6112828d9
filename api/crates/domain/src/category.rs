//! What a complaint may be about, and which matters belong behind another door.
//!
//! The list is fixed: clients and statistics count by these codes. A redirecting category is there to be
//! chosen: somebody who looks for 检举 or 法院 finds it in the list, learns the right door before he has
//! typed a word, and has not told his story to people who must not hear it.

/// Another door for a matter that is not taken here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Redirect {
    /// Why: the code under which staff would decline the same matter.
    pub code: &'static str,
    /// Where to go instead, in Chinese.
    pub text_zh: &'static str,
    /// The same in English.
    pub text_en: &'static str,
    /// Numbers to call, the first the most likely one; empty where there is no single number.
    pub phones: &'static [&'static str],
}

impl Redirect {
    /// The number to show where there is room for one.
    #[must_use]
    pub fn phone(&self) -> Option<&'static str> {
        self.phones.first().copied()
    }
}

/// A category of complaints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Category {
    /// Its code in the API, in statistics and in the database.
    pub code: &'static str,
    /// Its name in Chinese.
    pub name_zh: &'static str,
    /// Its name in English.
    pub name_en: &'static str,
    /// What belongs here, in words that villagers use.
    pub hint_zh: &'static str,
    /// The same in English.
    pub hint_en: &'static str,
    /// Another door, when such matters are not taken here.
    pub redirect: Option<Redirect>,
}

/// Every category, in the order in which the form shows them.
pub static CATEGORIES: &[Category] = &[
    Category {
        code: "accounts",
        name_zh: "村里的账",
        name_en: "Village accounts",
        hint_zh: "收了多少、花了多少、花给谁；发票、误工补贴、报销有疑问",
        hint_en: "Income and spending of the village, receipts, absence pay, reimbursements",
        redirect: None,
    },
    Category {
        code: "assets_resources",
        name_zh: "集体的地和东西",
        name_en: "Collective assets and resources",
        hint_zh: "机动地、鱼塘、林地、房屋、机器的发包和出租，合同、租金",
        hint_en: "Leasing of collective land, ponds, woods, buildings and machines; contracts and rents",
        redirect: None,
    },
    Category {
        code: "projects",
        name_zh: "村里的工程",
        name_en: "Works and purchases",
        hint_zh: "修路、挖渠、装路灯、买东西：怎么定的、谁干的、花了多少、质量咋样",
        hint_en: "Roads, ditches, lamps, purchases: who decided, who built, cost and quality",
        redirect: None,
    },
    Category {
        code: "benefits",
        name_zh: "补贴和救助",
        name_en: "Subsidies and relief",
        hint_zh: "低保、临时救助、种地补贴、高龄津贴：没发、发错、发给了不该发的人",
        hint_en: "Relief and subsidies not paid, wrongly paid, or paid to the wrong person",
        redirect: None,
    },
    Category {
        code: "decisions",
        name_zh: "村里的大事怎么定的",
        name_en: "How decisions are made",
        hint_zh: "该开会没开会，该表决没表决，别人替签名，定了的事不办",
        hint_en: "Meetings not held, votes not taken, signatures given for others, decisions not carried out",
        redirect: None,
    },
    Category {
        code: "conduct",
        name_zh: "干部的作风",
        name_en: "Conduct of cadres",
        hint_zh: "态度差、推来推去、该管不管、优亲厚友。检举贪污受贿等违纪违法，请选“检举违纪违法”",
        hint_en: "Rudeness, buck-passing, inaction, favouring kin. For corruption choose the discipline entry",
        redirect: None,
    },
    Category {
        code: "service",
        name_zh: "办事和服务",
        name_en: "Services",
        hint_zh: "盖章、开证明、代办的事办得慢、要来回跑、不给说法",
        hint_en: "Seals, certificates and errands: slow, sent back and forth, no explanation",
        redirect: None,
    },
    Category {
        code: "environment",
        name_zh: "村里的环境",
        name_en: "Environment",
        hint_zh: "垃圾没清、水渠堵了、路上有雪有秸秆、路灯不亮",
        hint_en: "Rubbish, blocked ditches, snow or straw on the road, lamps that do not burn",
        redirect: None,
    },
    Category {
        code: "land_housing",
        name_zh: "土地和宅基地",
        name_en: "Land and homesteads",
        hint_zh: "承包地、宅基地申请、征地补偿的办理和分配",
        hint_en: "Contracted land, homestead applications, compensation for land taken",
        redirect: None,
    },
    Category {
        code: "disclosure",
        name_zh: "该公开的没公开",
        name_en: "Missing disclosure",
        hint_zh: "账没贴、贴晚了、没贴够15天、看不懂、跟实际对不上",
        hint_en: "Not published, late, taken down before 15 days, unclear or untrue",
        redirect: None,
    },
    Category {
        code: "other",
        name_zh: "其他的事",
        name_en: "Something else",
        hint_zh: "上面都不像，也可以写在这里，我们来分",
        hint_en: "None of the above: write it here and we will sort it",
        redirect: None,
    },
    Category {
        code: "discipline",
        name_zh: "检举违纪违法",
        name_en: "Report of corruption",
        hint_zh: "检举干部贪污、受贿、侵占等违纪违法或职务犯罪",
        hint_en: "Accusing an official of corruption, bribery or another offence in office",
        redirect: Some(Redirect {
            code: "discipline_12388",
            text_zh: "检举控告请直接找纪检监察机关：打12388，或登录12388举报网站。那里专人接、依法保密；在这里写，反而多一道手。",
            text_en: "Report this to the discipline inspection and supervision organs directly: call 12388 or use its website. They keep your report secret by law; fewer people see it than here.",
            phones: &["12388"],
        }),
    },
    Category {
        code: "court",
        name_zh: "打官司的事",
        name_en: "Litigation",
        hint_zh: "正在打官司、已经判了，或者应当由法院判的事",
        hint_en: "A matter before a court, decided by one, or for one to decide",
        redirect: Some(Redirect {
            code: "court",
            text_zh: "能打官司、正在打官司或已经判了的事，要由法院来定，这里改不了。请到有管辖权的人民法院办理。",
            text_en: "What a court decides, is deciding or has decided cannot be changed here. Please go to the competent people's court.",
            phones: &[],
        }),
    },
    Category {
        code: "arbitration",
        name_zh: "仲裁的事",
        name_en: "Arbitration",
        hint_zh: "承包地纠纷、劳动纠纷等能申请仲裁或正在仲裁的事",
        hint_en: "Disputes on contracted land, labour and the like that go to arbitration",
        redirect: Some(Redirect {
            code: "arbitration",
            text_zh: "能仲裁或正在仲裁的事，请找仲裁机构：承包地的事找农村土地承包仲裁委员会，干活工钱的事找劳动人事争议仲裁委员会。乡镇可以先帮着调解。",
            text_en: "Please apply to the arbitration body: the rural land contract arbitration commission, or the labour arbitration commission. The township can mediate first.",
            phones: &[],
        }),
    },
    Category {
        code: "administrative_review",
        name_zh: "行政复议的事",
        name_en: "Administrative review",
        hint_zh: "对政府的处罚、批复、征收等决定不服",
        hint_en: "Disagreeing with a decision of a government: a fine, a permit, an expropriation",
        redirect: Some(Redirect {
            code: "administrative_review",
            text_zh: "对政府作出的决定不服，可以申请行政复议，也可以到法院起诉，都有时限，请尽早。决定书上写着到哪里申请、几天之内。",
            text_en: "You may ask for administrative review or sue; both have time limits, so do it early. The decision itself says where and until when.",
            phones: &[],
        }),
    },
    Category {
        code: "city_services",
        name_zh: "水电气暖、公交等公共服务",
        name_en: "General city services",
        hint_zh: "停水停电、供暖、公交、噪声、物业等，不归村里和乡镇管的事",
        hint_en: "Water, power, heating, buses, noise and other matters outside village and township",
        redirect: Some(Redirect {
            code: "other_organ",
            text_zh: "这类事请打12345政务服务便民热线，由他们转给管这件事的单位，并给您回话。",
            text_en: "Please call the government service line 12345; they pass it to whoever is in charge and call you back.",
            phones: &["12345"],
        }),
    },
    Category {
        code: "emergency",
        name_zh: "正在发生的危险",
        name_en: "Emergency",
        hint_zh: "有人有危险、着火、有人受伤得急病",
        hint_en: "Somebody is in danger, something burns, somebody is hurt or ill",
        redirect: Some(Redirect {
            code: "emergency",
            text_zh: "别在这里写，马上打电话：有人有危险打110，着火打119，受伤得急病打120。",
            text_en: "Do not write here, call now: police 110, fire 119, ambulance 120.",
            phones: &["110", "119", "120"],
        }),
    },
];

/// The category of this code.
#[must_use]
pub fn find(code: &str) -> Option<&'static Category> {
    CATEGORIES.iter().find(|category| category.code == code)
}

/// Whether a village committee may be the responsible unit for such a matter, where nobody is accused.
/// Not for its own accounts, conduct, benefits and works; not for what is no category, or not taken here.
#[must_use]
pub fn allows_village_handling(code: &str) -> bool {
    find(code).is_some_and(|category| {
        category.redirect.is_none()
            && !matches!(code, "accounts" | "conduct" | "benefits" | "projects")
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const TAKEN: [&str; 11] = [
        "accounts",
        "assets_resources",
        "projects",
        "benefits",
        "decisions",
        "conduct",
        "service",
        "environment",
        "land_housing",
        "disclosure",
        "other",
    ];

    #[test]
    fn the_contracts_codes_are_taken_here_and_no_others() {
        let taken: Vec<&str> = CATEGORIES
            .iter()
            .filter(|category| category.redirect.is_none())
            .map(|category| category.code)
            .collect();
        assert_eq!(taken, TAKEN);
    }

    #[test]
    fn codes_are_told_apart_and_every_word_is_there() {
        let codes: HashSet<&str> = CATEGORIES.iter().map(|category| category.code).collect();
        assert_eq!(codes.len(), CATEGORIES.len());
        for category in CATEGORIES {
            for text in [
                category.name_zh,
                category.name_en,
                category.hint_zh,
                category.hint_en,
            ] {
                assert!(!text.is_empty(), "{}", category.code);
            }
            if let Some(redirect) = category.redirect {
                assert!(!redirect.text_zh.is_empty() && !redirect.text_en.is_empty());
            }
        }
    }

    #[test]
    fn redirects_speak_the_decline_codes() {
        for category in CATEGORIES {
            if let Some(redirect) = category.redirect {
                assert!(
                    [
                        "discipline_12388",
                        "court",
                        "arbitration",
                        "administrative_review",
                        "other_organ",
                        "emergency",
                    ]
                    .contains(&redirect.code),
                    "{}",
                    redirect.code
                );
            }
        }
        let phone = |code| find(code).unwrap().redirect.unwrap().phone();
        assert_eq!(phone("discipline"), Some("12388"));
        assert_eq!(phone("city_services"), Some("12345"));
        assert_eq!(phone("emergency"), Some("110"));
        assert_eq!(phone("court"), None);
    }

    #[test]
    fn a_village_does_not_judge_its_own_purse() {
        for code in ["accounts", "conduct", "benefits", "projects"] {
            assert!(!allows_village_handling(code), "{code}");
        }
        for code in ["environment", "service", "disclosure", "other"] {
            assert!(allows_village_handling(code), "{code}");
        }
        for code in ["discipline", "emergency", "", "Environment"] {
            assert!(!allows_village_handling(code), "{code}");
        }
    }

    #[test]
    fn the_demo_complains_about_what_is_taken_here() {
        let demo: serde_json::Value =
            serde_json::from_str(include_str!("../../../data/demo.json")).unwrap();
        for complaint in demo.get("complaints").unwrap().as_array().unwrap() {
            let code = complaint.get("category").unwrap().as_str().unwrap();
            assert!(TAKEN.contains(&code), "{code}");
        }
    }
}
