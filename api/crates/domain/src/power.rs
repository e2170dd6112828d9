//! Micro-power lists (小微权力清单): what village cadres may do, in which steps, under whose eyes, and what
//! they must never do. A list is a file; a county's is the template of its villages, and a village may
//! write its own over single items.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::canon::{NoCanonicalForm, canonical_json, sha256_hex};
use crate::personal::private_trace;
use crate::region::RegionCode;
use crate::text::{self, BadText};

mod diff;
mod list;

pub use diff::{Change, changes};
pub use list::{ListKind, RedLineKind, VersionChange};

/// A list as it is imported: whose it is, where it comes from, and its items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PowerFile {
    /// The region it is for: a county (a template for its villages), a township or a village.
    pub region_code: RegionCode,
    /// Which of its lists; the powers, where nothing is said.
    #[serde(default, skip_serializing_if = "ListKind::is_power")]
    pub list: ListKind,
    /// Who made it from what; shown to everybody who reads an item.
    pub source: String,
    /// Under which terms others may use it.
    pub licence: String,
    /// The items, in the order in which the list shows them.
    pub items: Vec<PowerItem>,
}

/// One power: who may do what, how, and within which bounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PowerItem {
    /// Its code within the list, such as `expense-reimbursement`: an item of the same code lower down the
    /// tree stands in for this one.
    pub code: String,
    /// Its name, such as 村级财务支出报销.
    pub name: String,
    /// The area it belongs to, in the county's own words, such as 三资管理.
    pub category: String,
    /// Laws and rules it rests on, each with its article.
    pub legal_basis: Vec<String>,
    /// Who exercises it (责任主体).
    pub responsible_org: String,
    /// Who watches (监督主体).
    pub supervising_org: String,
    /// Who may ask for it, or start it; empty in a list of duties or bans, where nobody has to ask.
    #[serde(default)]
    #[schema(required = true)]
    pub who_can_apply: String,
    /// What to bring.
    #[serde(default)]
    pub materials: Vec<String>,
    /// What happens, in order; a duty or a ban may have no steps.
    #[serde(default)]
    #[schema(required = true)]
    pub steps: Vec<Step>,
    /// What must be posted, and for how long.
    #[serde(default)]
    pub publicity: Vec<Publicity>,
    /// What nobody may do (红线).
    #[serde(default)]
    pub red_lines: Vec<String>,
    /// What each of them is about, in their order; empty where nobody has sorted them yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub red_line_kinds: Vec<RedLineKind>,
    /// Where it goes wrong elsewhere (廉政风险点).
    #[serde(default)]
    pub risk_points: Vec<String>,
    /// Whom to call about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_phone: Option<String>,
    /// The whole of it in words that a reader of eighty understands.
    pub plain_language: String,
    /// What a reader should know about the item itself: which numbers come from elsewhere, what nobody has
    /// checked yet (待核实).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl PowerItem {
    /// The same without blanks around its texts: nobody sees them, and by them an item would be another.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        let tidy = |text: &mut String| {
            let trimmed = text.trim();
            if trimmed.len() != text.len() {
                *text = trimmed.to_owned();
            }
        };
        let whole = [
            &mut self.name,
            &mut self.category,
            &mut self.responsible_org,
            &mut self.supervising_org,
            &mut self.who_can_apply,
            &mut self.plain_language,
        ];
        let lists = [
            &mut self.legal_basis,
            &mut self.materials,
            &mut self.red_lines,
            &mut self.risk_points,
        ];
        let optional = [&mut self.contact_phone, &mut self.note];
        whole.into_iter().for_each(tidy);
        lists.into_iter().flatten().for_each(tidy);
        optional.into_iter().flatten().for_each(tidy);
        for step in &mut self.steps {
            tidy(&mut step.name);
            tidy(&mut step.actor);
            if let Some(Publish::Text(text)) = &mut step.publish {
                tidy(text);
            }
        }
        let posted = self.publicity.iter_mut();
        posted.for_each(|posted| tidy(&mut posted.what));
        self
    }
}

/// One step of a flow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PowerStep)]
pub struct Step {
    /// Its place, counted from 1.
    pub no: u32,
    /// What happens.
    pub name: String,
    /// Who does it.
    pub actor: String,
    /// How many of `limit_unit` it may take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// The unit of `limit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit_unit: Option<LimitUnit>,
    /// Whether the step is made public, or in which way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publish: Option<Publish>,
    /// Whether a record (minutes, signatures, photos) must be kept.
    pub record_required: bool,
}

/// The unit of a step's limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LimitUnit {
    /// 工作日
    WorkingDay,
    /// 日 (自然日)
    CalendarDay,
    /// 小时, day and night
    ClockHour,
}

/// Whether a step is made public: yes or no, or in words what, where and how long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum Publish {
    /// Yes or no.
    Flag(bool),
    /// In words.
    Text(String),
}

/// What must be posted for how long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Publicity {
    /// What is posted.
    pub what: String,
    /// For at least how many full days.
    pub min_days: u32,
}

/// Something wrong in a file, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = PowerFault)]
pub struct Fault {
    /// JSON pointer (RFC 6901) into the file, such as `/items/0/steps/2/name`.
    pub pointer: String,
    /// Its kind: `required, too_long, too_many, control_character, malformed, duplicate, out_of_order,
    /// out_of_range, incomplete, personal_number`.
    pub code: &'static str,
    /// What is wrong, in Chinese.
    pub detail: String,
    /// The same in English.
    pub detail_en: String,
}

/// More items than any list has (the largest known has 93 powers).
const MOST_ITEMS: usize = 1000;
/// More entries than any list within an item has.
const MOST_ENTRIES: usize = 50;
/// The longest time a step may take, in its unit.
const LONGEST_LIMIT: u32 = 400;
/// The longest posting: ten years.
const LONGEST_POSTING: u32 = 3650;

impl PowerFile {
    /// Everything wrong with the file, in the order of the file; empty when it may be imported.
    #[must_use]
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.line("/source", &self.source, 500);
        faults.line("/licence", &self.licence, 200);
        faults.count("/items", self.items.len(), 1, MOST_ITEMS);
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (index, item) in self.items.iter().enumerate() {
            let at = format!("/items/{index}");
            if let Some(first) = seen.get(item.code.as_str()) {
                faults.add(
                    format!("{at}/code"),
                    "duplicate",
                    format!("编码与第{}项重复", first + 1),
                    format!("the same code as item {}", first + 1),
                );
            } else {
                seen.insert(&item.code, index);
            }
            item.check_at(self.list, &at, &mut faults);
        }
        faults.0
    }

    /// SHA-256 over the canonical JSON of the whole list, in hexadecimal: the same list imported again is
    /// no new version.
    ///
    /// # Errors
    /// [`NoCanonicalForm`], which these types cannot cause.
    pub fn content_sha256(&self) -> Result<String, NoCanonicalForm> {
        Ok(sha256_hex(&canonical_json(self)?))
    }
}

impl PowerItem {
    /// Everything wrong with the item of a list, with pointers into the item itself; empty when it may be kept.
    #[must_use]
    pub fn check(&self, list: ListKind) -> Vec<Fault> {
        let mut faults = Faults::default();
        self.check_at(list, "", &mut faults);
        faults.0
    }

    /// SHA-256 over the canonical JSON of the item, in hexadecimal: what a version is known by.
    ///
    /// # Errors
    /// [`NoCanonicalForm`], which these types cannot cause.
    pub fn content_sha256(&self) -> Result<String, NoCanonicalForm> {
        Ok(sha256_hex(&canonical_json(self)?))
    }

    fn check_at(&self, list: ListKind, at: &str, faults: &mut Faults) {
        // A power has steps and somebody who may ask for it; a duty rests on a rule; a ban says what it bans.
        let (is_power, bans) = (list == ListKind::Power, list == ListKind::Negative);
        if !is_code(&self.code) {
            faults.add(
                format!("{at}/code"),
                "malformed",
                "编码为1至40个字母、数字、短横线或下划线",
                "a code has 1 to 40 characters of A-Z, a-z, 0-9, - and _",
            );
        }
        faults.line(&format!("{at}/name"), &self.name, 60);
        faults.line(&format!("{at}/category"), &self.category, 30);
        faults.lines(
            &format!("{at}/legal_basis"),
            &self.legal_basis,
            usize::from(!bans),
        );
        faults.line(&format!("{at}/responsible_org"), &self.responsible_org, 100);
        faults.line(&format!("{at}/supervising_org"), &self.supervising_org, 100);
        if is_power || !self.who_can_apply.is_empty() {
            faults.line(&format!("{at}/who_can_apply"), &self.who_can_apply, 200);
        }
        faults.lines(&format!("{at}/materials"), &self.materials, 0);
        let least = usize::from(is_power);
        faults.count(
            &format!("{at}/steps"),
            self.steps.len(),
            least,
            MOST_ENTRIES,
        );
        for (no, (index, step)) in (1..).zip(self.steps.iter().enumerate()) {
            step.check_at(&format!("{at}/steps/{index}"), no, faults);
        }
        faults.count(
            &format!("{at}/publicity"),
            self.publicity.len(),
            0,
            MOST_ENTRIES,
        );
        for (index, publicity) in self.publicity.iter().enumerate() {
            let at = format!("{at}/publicity/{index}");
            faults.line(&format!("{at}/what"), &publicity.what, 300);
            faults.range(
                &format!("{at}/min_days"),
                publicity.min_days,
                LONGEST_POSTING,
            );
        }
        faults.lines(
            &format!("{at}/red_lines"),
            &self.red_lines,
            usize::from(bans),
        );
        if !self.red_line_kinds.is_empty() && self.red_line_kinds.len() != self.red_lines.len() {
            faults.half_sorted(format!("{at}/red_line_kinds"));
        }
        faults.lines(&format!("{at}/risk_points"), &self.risk_points, 0);
        if let Some(phone) = &self.contact_phone
            && !is_phone(phone)
        {
            faults.add(
                format!("{at}/contact_phone"),
                "malformed",
                "电话为3至20位数字，可带短横线",
                "a phone number has 3 to 20 digits and hyphens",
            );
        }
        faults.body(&format!("{at}/plain_language"), &self.plain_language, 1000);
        if let Some(note) = &self.note {
            faults.body(&format!("{at}/note"), note, 1000);
        }
    }
}

impl Step {
    fn check_at(&self, at: &str, no: u32, faults: &mut Faults) {
        if self.no != no {
            faults.add(
                format!("{at}/no"),
                "out_of_order",
                format!("环节应从1起连续编号，这里应为{no}"),
                format!("steps are numbered from 1 without gaps; this one is {no}"),
            );
        }
        faults.line(&format!("{at}/name"), &self.name, 300);
        faults.line(&format!("{at}/actor"), &self.actor, 100);
        match (self.limit, self.limit_unit) {
            (Some(limit), Some(_)) => faults.range(&format!("{at}/limit"), limit, LONGEST_LIMIT),
            (None, None) => {}
            (Some(_), None) => faults.half(format!("{at}/limit_unit")),
            (None, Some(_)) => faults.half(format!("{at}/limit")),
        }
        if let Some(Publish::Text(text)) = &self.publish {
            faults.line(&format!("{at}/publish"), text, 300);
        }
    }
}

fn is_code(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn is_phone(text: &str) -> bool {
    (3..=20).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(|c: char| c.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// The faults found so far.
#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(
        &mut self,
        pointer: impl Into<String>,
        code: &'static str,
        detail: impl Into<String>,
        detail_en: impl Into<String>,
    ) {
        self.0.push(Fault {
            pointer: pointer.into(),
            code,
            detail: detail.into(),
            detail_en: detail_en.into(),
        });
    }

    fn required(&mut self, pointer: &str) {
        self.add(pointer, "required", "不能为空", "must not be empty");
    }

    fn half(&mut self, pointer: String) {
        self.add(
            pointer,
            "incomplete",
            "时限的数字和单位要么都写，要么都不写",
            "a limit has both a number and a unit, or neither",
        );
    }

    fn half_sorted(&mut self, pointer: String) {
        self.add(
            pointer,
            "incomplete",
            "红线的类别要么每条都写，要么都不写",
            "each red line has a kind, or none has",
        );
    }

    /// A list is read by everybody, and every version of it stays: no number in it leads to a person (PIPL Art. 5, 28).
    fn text(&mut self, pointer: &str, value: &str, outcome: Result<String, BadText>) {
        match outcome {
            Ok(_) if private_trace(value).is_some() => self.add(
                pointer,
                "personal_number",
                "大家都能看到的文字里不能有手机号、身份证号、银行卡号",
                "words for everybody may hold no mobile, identity card or bank card number",
            ),
            Ok(_) => {}
            Err(BadText::TooShort(_)) => self.required(pointer),
            Err(BadText::TooLong(most)) => self.add(
                pointer,
                "too_long",
                format!("最多{most}个字"),
                format!("at most {most} characters"),
            ),
            Err(BadText::Control) => self.add(
                pointer,
                "control_character",
                "不能含换行或控制字符",
                "line breaks or control characters are not allowed here",
            ),
        }
    }

    fn line(&mut self, pointer: &str, value: &str, most: usize) {
        self.text(pointer, value, text::line(value, 1, most));
    }

    fn body(&mut self, pointer: &str, value: &str, most: usize) {
        self.text(pointer, value, text::body(value, 1, most));
    }

    fn lines(&mut self, pointer: &str, values: &[String], least: usize) {
        self.count(pointer, values.len(), least, MOST_ENTRIES);
        for (index, value) in values.iter().enumerate() {
            self.line(&format!("{pointer}/{index}"), value, 300);
        }
    }

    fn count(&mut self, pointer: &str, count: usize, least: usize, most: usize) {
        if count < least {
            self.required(pointer);
        }
        if count > most {
            self.add(
                pointer,
                "too_many",
                format!("最多{most}条"),
                format!("at most {most} entries"),
            );
        }
    }

    fn range(&mut self, pointer: &str, value: u32, most: u32) {
        if !(1..=most).contains(&value) {
            self.add(
                pointer,
                "out_of_range",
                format!("应在1至{most}之间"),
                format!("must be from 1 to {most}"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn template() -> PowerFile {
        serde_json::from_str(include_str!("../../../data/powers-template.json")).unwrap()
    }

    fn item() -> PowerItem {
        serde_json::from_value(serde_json::json!({
            "code": "seal-use",
            "name": "印章使用",
            "category": "印章管理",
            "legal_basis": ["某规定第一条"],
            "responsible_org": "村民委员会",
            "supervising_org": "村务监督委员会",
            "who_can_apply": "村民",
            "steps": [
                { "no": 1, "name": "申请", "actor": "村民", "record_required": true },
                { "no": 2, "name": "审批", "actor": "主任", "limit": 1, "limit_unit": "working_day",
                  "publish": "张贴", "record_required": true },
            ],
            "publicity": [{ "what": "用印登记", "min_days": 15 }],
            "plain_language": "盖章前先登记。",
        }))
        .unwrap()
    }

    fn faults_of(items: Vec<PowerItem>) -> Vec<(String, &'static str)> {
        PowerFile {
            region_code: RegionCode::try_from("230104000000").unwrap(),
            list: ListKind::Power,
            source: "测试".to_owned(),
            licence: "CC0-1.0".to_owned(),
            items,
        }
        .check()
        .into_iter()
        .map(|fault| (fault.pointer, fault.code))
        .collect()
    }

    #[test]
    fn no_number_in_it_leads_to_a_person() {
        let mut one = item();
        one.note = Some("经办人身份证230104198001011234".to_owned());
        one.steps[0].actor = "老张13812345678".to_owned();
        // An office's telephone does, a year and a standard too.
        one.plain_language = "2026年起，有事打0451-57681234".to_owned();
        one.legal_basis = vec!["GB/T 41371-2022，2025年10月28日修改".to_owned()];
        assert_eq!(
            faults_of(vec![one]),
            [
                ("/items/0/steps/0/actor".to_owned(), "personal_number"),
                ("/items/0/note".to_owned(), "personal_number"),
            ]
        );
    }

    #[test]
    fn the_template_is_whole() {
        let file = template();
        assert_eq!(file.check(), []);
        assert_eq!(file.region_code.as_str(), "230104000000");
        assert!(
            file.source
                .contains("模板，依据公开资料整理，各县应按本地清单修订")
        );
        // The shape of 宁海's first list (`domain.md` 1.7): 36 items in 11 areas.
        let areas: BTreeSet<&str> = file.items.iter().map(|one| one.category.as_str()).collect();
        assert_eq!((file.items.len(), areas.len()), (36, 11), "{areas:?}");
        for item in &file.items {
            assert_eq!(
                item.red_line_kinds.len(),
                item.red_lines.len(),
                "{}",
                item.code
            );
            assert!(item.steps.len() >= 4, "{}", item.code);
            assert!(!item.publicity.is_empty(), "{}", item.code);
            assert!(!item.red_lines.is_empty(), "{}", item.code);
            assert!(!item.risk_points.is_empty(), "{}", item.code);
            // Who watches must not be who does it.
            assert_ne!(item.responsible_org, item.supervising_org, "{}", item.code);
        }
    }

    #[test]
    fn what_nobody_has_checked_says_so() {
        let file = template();
        for code in ["relief-application", "homestead", "benefit-declaration"] {
            let item = file.items.iter().find(|item| item.code == code).unwrap();
            assert!(item.note.as_deref().unwrap_or("").contains("待核实"));
        }
    }

    #[test]
    fn the_lists_of_duties_and_bans_are_whole() {
        for (text, list, count) in [
            (
                include_str!("../../../data/duties-template.json"),
                ListKind::Duty,
                6,
            ),
            (
                include_str!("../../../data/bans-template.json"),
                ListKind::Negative,
                6,
            ),
        ] {
            let file: PowerFile = serde_json::from_str(text).unwrap();
            assert_eq!(file.check(), []);
            assert_eq!((file.list, file.items.len()), (list, count));
            assert!(file.source.contains("模板"));
            for item in &file.items {
                assert_ne!(item.responsible_org, item.supervising_org, "{}", item.code);
                assert_eq!(
                    item.red_line_kinds.len(),
                    item.red_lines.len(),
                    "{}",
                    item.code
                );
            }
        }
    }

    /// What rests on no article named in `domain.md` has no limit of its own, and says that nobody has checked it.
    #[test]
    fn a_limit_rests_on_something() {
        for item in template().items {
            let named = item.steps.iter().any(|step| step.limit.is_some());
            let known = ["village-disclosure", "accounts-inspection"].contains(&item.code.as_str());
            assert!(!named || known, "{}", item.code);
        }
    }

    #[test]
    fn duties_and_bans_need_no_steps() {
        let bare = PowerItem {
            steps: vec![],
            who_can_apply: String::new(),
            ..item()
        };
        let codes = |list| -> Vec<String> {
            let found = bare.check(list).into_iter();
            found.map(|fault| fault.pointer).collect()
        };
        assert_eq!(codes(ListKind::Power), ["/who_can_apply", "/steps"]);
        assert_eq!(codes(ListKind::Duty), [""; 0]);
        assert_eq!(codes(ListKind::Negative), ["/red_lines"]);
        let half = PowerItem {
            red_lines: vec!["不得盖空白纸".to_owned(), "不得补记".to_owned()],
            red_line_kinds: vec![RedLineKind::Other],
            ..item()
        };
        let found = half.check(ListKind::Power);
        assert_eq!(found.len(), 1);
        assert!(found.iter().all(|one| one.pointer == "/red_line_kinds"));
    }

    #[test]
    fn only_the_two_national_lines_are_named() {
        for item in template().items {
            assert!(matches!(
                item.contact_phone.as_deref(),
                None | Some("12388" | "12345")
            ));
        }
    }

    #[test]
    fn says_where_it_is_wrong() {
        assert_eq!(faults_of(vec![item()]), []);
        assert_eq!(faults_of(vec![]), [("/items".to_owned(), "required")]);
        let broken = PowerItem {
            code: "印章".to_owned(),
            name: "  ".to_owned(),
            category: "类".repeat(31),
            legal_basis: vec![],
            who_can_apply: "村\n民".to_owned(),
            contact_phone: Some("问村长".to_owned()),
            publicity: vec![Publicity {
                what: "用印登记".to_owned(),
                min_days: 0,
            }],
            risk_points: vec!["公章由一人保管".to_owned(), String::new()],
            ..item()
        };
        let expected: Vec<(String, &str)> = [
            ("/items/0/code", "malformed"),
            ("/items/0/name", "required"),
            ("/items/0/category", "too_long"),
            ("/items/0/legal_basis", "required"),
            ("/items/0/who_can_apply", "control_character"),
            ("/items/0/publicity/0/min_days", "out_of_range"),
            ("/items/0/risk_points/1", "required"),
            ("/items/0/contact_phone", "malformed"),
        ]
        .map(|(pointer, code)| (pointer.to_owned(), code))
        .into();
        assert_eq!(faults_of(vec![broken]), expected);
    }

    #[test]
    fn a_code_stands_once() {
        assert_eq!(
            faults_of(vec![item(), item()]),
            [("/items/1/code".to_owned(), "duplicate")]
        );
    }

    #[test]
    fn steps_are_numbered_and_their_limits_whole() {
        let mut bad = item();
        for (step, no) in bad.steps.iter_mut().zip([2, 2]) {
            step.no = no;
            step.limit = Some(0);
        }
        let found = bad.check(ListKind::Power);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|fault| (fault.pointer.as_str(), fault.code))
            .collect();
        assert_eq!(
            found,
            [
                ("/steps/0/no", "out_of_order"),
                ("/steps/0/limit_unit", "incomplete"),
                ("/steps/1/limit", "out_of_range"),
            ]
        );
    }

    #[test]
    fn unknown_fields_are_refused() {
        let mut value = serde_json::to_value(item()).unwrap();
        assert_eq!(
            serde_json::from_value::<PowerItem>(value.clone()).unwrap(),
            item()
        );
        value
            .as_object_mut()
            .unwrap()
            .insert("contact".to_owned(), "12345".into());
        assert!(serde_json::from_value::<PowerItem>(value).is_err());
    }

    #[test]
    fn the_digest_follows_the_content() {
        let one = item();
        let other = PowerItem {
            name: "公章使用".to_owned(),
            ..item()
        };
        assert_eq!(
            one.content_sha256().unwrap(),
            item().content_sha256().unwrap()
        );
        assert_ne!(
            one.content_sha256().unwrap(),
            other.content_sha256().unwrap()
        );
        assert_eq!(template().content_sha256().unwrap().len(), 64);
    }
}
