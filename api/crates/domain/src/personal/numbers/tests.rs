use proptest::prelude::*;

use super::*;

/// A number of 18 with its check digit.
fn identity(body: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = body.chars().filter_map(|c| c.to_digit(10));
    let sum: u32 = digits.zip(weights).map(|(digit, w)| digit * w).sum();
    let check = ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"];
    format!("{body}{}", check[usize::try_from(sum % 11).unwrap()])
}

#[test]
fn sees_numbers_that_lead_to_somebody() {
    let eighteen = identity("23010419900101123");
    for (text, found) in [
        (eighteen.clone(), Trace::IdentityNumber),
        (format!("张三（{eighteen}）"), Trace::IdentityNumber),
        (
            eighteen
                .chars()
                .map(|c| match c {
                    '0'..='9' => char::from_u32(u32::from(c) - 0x30 + 0xff10).unwrap(),
                    c => c,
                })
                .collect(),
            Trace::IdentityNumber,
        ),
        (
            format!(
                "{} {} {}",
                &eighteen[..6],
                &eighteen[6..14],
                &eighteen[14..]
            ),
            Trace::IdentityNumber,
        ),
        ("230104900101123".to_owned(), Trace::IdentityNumber),
        ("6222020200112233446".to_owned(), Trace::BankCard),
        ("卡号4111 1111 1111 1111".to_owned(), Trace::BankCard),
        ("电话13812345678".to_owned(), Trace::Phone),
        ("+86 138-1234-5678".to_owned(), Trace::Phone),
        ("2026-10-03 13812345678".to_owned(), Trace::Phone),
        ("0451-87654321".to_owned(), Trace::Phone),
        ("(0451)87654321".to_owned(), Trace::Phone),
        ("138.1234.5678".to_owned(), Trace::Phone),
        ("139/1234/5678".to_owned(), Trace::Phone),
        ("139_1234_5678".to_owned(), Trace::Phone),
        ("138\n12345678".to_owned(), Trace::Phone),
        ("138 - 1234 - 5678".to_owned(), Trace::Phone),
        ("138\u{200b}1234\u{200b}5678".to_owned(), Trace::Phone),
        ("①38 1234 5678".replace('①', "𝟏"), Trace::Phone),
        ("6222.0202.0011.2233446".to_owned(), Trace::BankCard),
        ("622202·0200112233446".to_owned(), Trace::BankCard),
        ("6217-0000-1234-5678-904".to_owned(), Trace::BankCard),
    ] {
        assert_eq!(trace(&text), Some(found), "{text}");
        let all = traces(&text);
        let first = all.first().expect("found");
        let inside = text.get(first.bytes.clone()).expect("whole characters");
        assert_eq!(trace(inside), Some(found), "{text}: {inside}");
    }
}

#[test]
fn sees_numbers_in_characters() {
    let eighteen = identity("23010419900101123");
    let spelt = |digits: &str, set: &str| -> String {
        let set: Vec<char> = set.chars().collect();
        let place = |c: char| c.to_digit(10).map(|digit| set[digit as usize]);
        digits.chars().map(|c| place(c).unwrap_or(c)).collect()
    };
    for (text, inside, found) in [
        (
            "一三八，一二三四，五六七八".to_owned(),
            "一三八，一二三四，五六七八",
            Trace::Phone,
        ),
        (
            "电话一三八,一二三四,五六七八,谢谢".to_owned(),
            "一三八,一二三四,五六七八",
            Trace::Phone,
        ),
        (
            "电话一三八，一二三四，五六七八，二组".to_owned(),
            "一三八，一二三四，五六七八",
            Trace::Phone,
        ),
        (
            "手机幺三八一二三四五六七八。".to_owned(),
            "幺三八一二三四五六七八",
            Trace::Phone,
        ),
        (
            "壹叁捌 壹贰叁肆 伍陆柒捌".to_owned(),
            "壹叁捌 壹贰叁肆 伍陆柒捌",
            Trace::Phone,
        ),
        (
            "138一二三四5678".to_owned(),
            "138一二三四5678",
            Trace::Phone,
        ),
        (
            format!("号{}", spelt(&eighteen, "〇一二三四五六七八九")),
            "",
            Trace::IdentityNumber,
        ),
        (
            spelt(&eighteen, "零幺贰叁肆伍陆柒捌玖"),
            "",
            Trace::IdentityNumber,
        ),
        (
            spelt("6222020200112233446", "〇一二三四五六七八九"),
            "",
            Trace::BankCard,
        ),
    ] {
        assert_eq!(trace(&text), Some(found), "{text}");
        let all = traces(&text);
        let first = all.first().expect("found");
        let bytes = text.get(first.bytes.clone()).expect("whole characters");
        assert!(inside.is_empty() || bytes == inside, "{text}: {bytes}");
    }
    for text in [
        "一百二十三",
        "二〇二六年",
        "二〇二六年一月一日至二〇二六年十二月三十一日",
        "一组、二组、三组、四组、五组、六组、七组、八组、九组、一组",
        "人民币壹仟贰佰叁拾肆万伍仟陆佰柒拾捌元玖角壹分",
        "一、二、三、四、五、六、七、八、九、十组",
        "二〇二六年一期，2026年10月12日付1200元",
    ] {
        assert_eq!(trace(text), None, "{text}");
    }
}

#[test]
fn sees_both_in_their_order() {
    let text = "一三八一二三四五六七八，或13912345678，二组";
    let found: Vec<_> = traces(text)
        .into_iter()
        .map(|found| text.get(found.bytes))
        .collect();
    assert_eq!(found, [Some("一三八一二三四五六七八"), Some("13912345678")]);
}

#[test]
fn sees_telephones_in_groups() {
    for (text, inside) in [
        ("请打0451 8234 5678", "0451 8234 5678"),
        ("0451-8234-5678转2", "0451-8234-5678"),
        ("010 8234 5678", "010 8234 5678"),
        ("0451 823 4567", "0451 823 4567"),
    ] {
        let all = traces(text);
        let [one] = all.as_slice() else {
            panic!("{text}: {all:?}")
        };
        assert!(one.is_landline, "{text}");
        assert_eq!(text.get(one.bytes.clone()), Some(inside));
    }
    for text in [
        "0451 2026 1003",
        "0451 8234",
        "1451 8234 5678",
        "0451 8234.5678",
    ] {
        assert_eq!(trace(text), None, "{text}");
    }
    assert_eq!(private_trace("138 1234 5678 2组"), Some(Trace::Phone));
}

#[test]
fn sees_numbers_too_long_for_a_list() {
    for text in [
        "230104198001011234",
        "2301041980 0101123443",
        "230104 1980010 112344",
        "2301041980-0101123443",
        "2301041980 - 0101123443",
        "23010419800101****",
        "二三〇一〇四一九八〇〇一〇一",
    ] {
        assert!(has_long_number(text), "{text}");
    }
    for text in [
        "20260101 20261231",
        "20260101-20261231 20270101",
        "202601 202602 202603",
        "2026-10-03 1200 3400",
        "12345678901",
        "123456 12345678",
        "1234567890，1234567890",
        "二〇二六年一月一日至二〇二六年十二月三十一日",
    ] {
        assert!(!has_long_number(text), "{text}");
    }
}

#[test]
fn leaves_other_numbers_alone() {
    let wrong = identity("23010419901301123");
    for text in [
        "",
        "2026-10-03",
        "2026年10月3日，付12000元",
        "记-2026-10-000000001",
        "25232000000012345678",
        "2026100300000012",
        "12345678901",
        "合同 HT-2024-003",
        "1,234,567.89",
        "4111111111111112",
        wrong.as_str(),
        "2024-03-01至2029-02-28",
        "0451",
        "13812345.678",
        "138.12345678",
        "2026.10.03/12000.00",
        "2026/10/03 1200元",
    ] {
        assert_eq!(trace(text), None, "{text}");
    }
}

#[test]
fn an_office_has_a_telephone_of_its_own() {
    assert_eq!(private_trace("请打0451-87654321"), None);
    let both = "请打0451-87654321，或 138.1234.5678";
    assert_eq!(private_trace(both), Some(Trace::Phone));
}

proptest! {
    #[test]
    fn every_number_with_its_check_digit_is_seen(
        province in 11..65_u32, rest in 0..10_000_u32, year in 1930..2020_i32,
        month in 1..13_u32, day in 1..29_u32, tail in 0..1_000_u32,
        before in "[\u{4e00}-\u{9fa5}（，：]{0,5}", after in "[\u{4e00}-\u{9fa5}），。]{0,5}",
    ) {
        let body = format!("{province}{rest:04}{year:04}{month:02}{day:02}{tail:03}");
        let text = format!("{before}{}{after}", identity(&body));
        prop_assert_eq!(trace(&text), Some(Trace::IdentityNumber), "{}", text);
    }

    #[test]
    fn total(text in any::<String>()) {
        let _ = trace(&text);
        let _ = crate::personal::is_forbidden_heading(&text);
    }
}

#[test]
fn numbers_in_disguise() {
    for text in [
        "电话138,456,789,12",
        "联系138，4567，8912",
        "1、3、8、4、5、6、7、8、9、1、2",
        "幺三八四五六拐八九幺二",
        "138 点 4567 点 8912",
        "①③⑧④⑤⑥⑦⑧⑨①②",
        "¹³⁸⁴⁵⁶⁷⁸⁹¹²",
        "⑴⑶⑻⑷⑸⑹⑺⑻⑼⑴⑵",
        "١٣٨٤٥٦٧٨٩١٢",
        "手机138~1234~5678",
        "138。1234。5678",
        "138:1234:5678",
        "138’1234’5678",
        "138#1234#5678",
        "１３８＊１２３４＊５６７８",
        "+86*138*1234*5678",
    ] {
        assert_eq!(trace(text), Some(Trace::Phone), "{text}");
    }
    for (text, trace_of) in [
        ("230104#19680315#1234", Trace::IdentityNumber),
        ("23010419680315123×", Trace::IdentityNumber),
        ("23010419680315123Х", Trace::IdentityNumber),
        ("银行卡6217*0012*3456*7890*123", Trace::BankCard),
    ] {
        assert_eq!(trace(text), Some(trace_of), "{text}");
    }
    for text in [
        "门板1800*2400*150",
        "管材150×6000，共13200米",
        "15:30—16:30共100人次2026",
        "13:00;14:30;15:00;16:00",
        "1*3=3；8*12=96；34*5=170",
        "共13,845,678,912.00元",
        "13,845,678,912",
        "第1、3、5、7、8、9、10、12号票据",
        "2026-10-01,2026-10-02",
        "涵洞3处，勾缝12米，拐角1处",
    ] {
        assert_eq!(trace(text), None, "{text}");
    }
}
