//! Addresses down to the house.

use unicode_normalization::UnicodeNormalization as _;

use crate::mask;

/// Streets, whose numbers are houses whatever follows.
const STREETS: [&str; 6] = ["街", "巷", "胡同", "弄", "小区", "大院"];
/// What stands before a house's number besides, where it may be a day's or a thing's.
const PLACES: [&str; 9] = ["组", "屯", "路", "道", "村", "庄", "堡", "坊", "寨"];
/// What numbers count that are no houses, as it follows 号.
const THINGS: [&str; 30] = [
    "井", "机", "线", "路", "桥", "泵", "地", "坝", "库", "棚", "大棚", "变", "台", "渠", "沟",
    "塘", "鱼", "林", "标", "文", "令", "车", "闸", "点", "垃圾", "灯", "杆", "电", "厕", "公",
];
/// What happens on a day, as it follows 号.
const ON_A_DAY: [&str; 28] = [
    "发", "前", "后", "起", "止", "至", "到", "以", "下午", "上午", "晚", "早", "开", "领", "取",
    "付", "支", "施", "完", "竣", "报", "当", "日", "收", "交", "召", "入", "公示",
];
/// Days of a month.
const LAST_DAY: usize = 31;

/// Whether a sentence tells an address down to the house: `二组12号`, `建设街8号`, `2号楼3单元`. Days of a month and numbers of
/// papers are none.
#[must_use]
pub fn house(text: &str) -> bool {
    // Nearly every cell ends here.
    if !text.contains(['号', '元', '牌', '栋', '幢', '-', '－', '室']) {
        return false;
    }
    let plain: Vec<char> = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let mut start = 0;
    while let Some(offset) = plain
        .get(start..)
        .and_then(|rest| rest.iter().position(|c| is_figure(*c)))
    {
        let begin = start + offset;
        let rest = plain.get(begin..).unwrap_or_default();
        let width = rest.iter().take_while(|c| is_figure(**c)).count();
        let before: String = plain
            .get(begin.saturating_sub(4)..begin)
            .unwrap_or_default()
            .iter()
            .collect();
        let number: String = rest.iter().take(width).collect();
        let after: String = rest.iter().skip(width).take(8).collect();
        if is_house(&before, &number, &after) {
            return true;
        }
        start = begin + width;
    }
    false
}

/// Words by which a sentence is about somebody or his household.
const ABOUT: [&str; 16] = [
    "住", "户", "家", "慰问", "救助", "走访", "看望", "困难", "五保", "低保", "特困", "残疾",
    "老人", "村民", "本人", "＊",
];

/// Whether a sentence tells where somebody lives, down to the house: `慰问王五（东风村二组15号）`. A works at a house's
/// number (`建设街8号排水`) tells of nobody.
#[must_use]
pub fn house_of_somebody(text: &str) -> bool {
    house(text)
        && (ABOUT.iter().any(|word| text.contains(word))
            || mask::names(text) != text
            || text
                .split(['(', '（', ',', '，', '、', ' '])
                .any(|part| mask::names(part) != part))
}

/// A digit as it stands in the number of a house.
fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十百".contains(c)
}

fn is_house(before: &str, number: &str, after: &str) -> bool {
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    let starts = |words: &[&str], text: &str| words.iter().any(|word| text.starts_with(word));
    if before.ends_with("门牌")
        || before.ends_with("门牌号")
        || before
            .trim_end_matches([':', '是', '为'])
            .ends_with("门牌号")
    {
        return true;
    }
    let figure = |text: &str| text.starts_with(is_figure);
    if before.ends_with('第') {
        return false;
    }
    // 2号楼3单元, 3单元501, 2栋3号
    if after.starts_with("单元") {
        return true;
    }
    let building = ["号楼", "栋", "幢"]
        .iter()
        .find_map(|word| after.strip_prefix(word));
    if building.is_some_and(figure) {
        return true;
    }
    let street = ends(&STREETS);
    // 建设街8-3-501
    if let Some(rest) = after.strip_prefix('-') {
        return street && figure(rest);
    }
    let Some(rest) = after.strip_prefix('号') else {
        return false;
    };
    if starts(&THINGS, rest) {
        return false;
    }
    let day = value(number).is_some_and(|number| number <= LAST_DAY) && starts(&ON_A_DAY, rest);
    street || ends(&PLACES) && !day
}

/// A number as figures or in characters; of hundreds only that they are no day's.
fn value(number: &str) -> Option<usize> {
    let digit = |c: char| {
        c.to_digit(10).or_else(|| {
            "零一二三四五六七八九"
                .chars()
                .zip(0..)
                .find(|(one, _)| *one == c)
                .map(|(_, digit)| digit)
        })
    };
    if number.contains('百') {
        return Some(LAST_DAY + 1);
    }
    let mut sum = 0_usize;
    for (place, c) in number.chars().enumerate() {
        if c == '十' {
            sum = sum.max(1).checked_mul(10)?;
            continue;
        }
        let digit = usize::try_from(digit(c)?).ok()?;
        let tens = place > 0 && number.contains('十');
        sum = if tens {
            sum + digit
        } else {
            sum.checked_mul(10)?.checked_add(digit)?
        };
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_houses() {
        for text in [
            "二组12号",
            "三屯5号",
            "建设街8号",
            "2号楼3单元",
            "门牌12",
            "门牌号：12",
            "住东风村二组１２号",
            "三组十二号",
            "张家屯 25 号住户",
            "建设街8-3-501",
            "和平小区3栋2单元",
            "二组112号发放",
            "幸福胡同3号领取",
        ] {
            assert!(house(text), "{text}");
        }
    }

    #[test]
    fn days_papers_and_things_are_no_houses() {
        for text in [
            "",
            "10月12号",
            "文件12号",
            "12号发放",
            "第12号文",
            "二组12号发放",
            "东风村3号机井",
            "东风路5号路灯",
            "2号楼维修",
            "第3单元",
            "黑农〔2026〕12号",
            "二组3户",
            "2026-10-12",
            "三组十二号前领取",
            "公路12号开工",
        ] {
            assert!(!house(text), "{text}");
        }
    }

    #[test]
    fn somebodys_house_is_told_from_a_works_at_one() {
        for text in [
            "慰问王五（东风村二组15号）",
            "王＊，住3单元201",
            "王五 东大街32号301室",
            "低保户建设街8号",
        ] {
            assert!(house_of_somebody(text), "{text}");
        }
        for text in [
            "建设街8号门前排水维修",
            "二组12号发放",
            "和平小区3栋2单元楼道粉刷",
        ] {
            assert!(!house_of_somebody(text), "{text}");
        }
    }

    #[test]
    fn reads_numbers_of_days() {
        for (text, number) in [
            ("12", 12),
            ("十二", 12),
            ("二十", 20),
            ("三十一", 31),
            ("十", 10),
            ("三", 3),
            ("百", 32),
        ] {
            assert_eq!(value(text), Some(number), "{text}");
        }
    }
}
