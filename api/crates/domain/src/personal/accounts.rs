//! What leads to a person and is written in letters: electronic mail, accounts of chats, passports.

use unicode_normalization::UnicodeNormalization as _;

use super::numbers::digit;
use crate::time::Day;

/// Chats, by what they are called in a note, in small letters.
const CHATS: [&str; 11] = [
    "微信", "薇信", "威信", "v信", "qq", "扣扣", "wechat", "weixin", "vx", "wx号", "钉钉",
];
/// What may stand between the name of a chat and an account of it.
const BETWEEN: [&str; 14] = [
    "账号", "帐号", "号码", "联系", "号", "id", "是", "为", "加", "：", ":", "=", "(", "（",
];
/// Words in letters beside a chat's name that are no account of it.
const NO_ACCOUNT: [&str; 8] = [
    "wechat",
    "weixin",
    "wechatpay",
    "alipay",
    "payment",
    "android",
    "iphone",
    "version",
];

/// Whether a text has an address of electronic mail, an account of a chat, the number of an account at a bank or of a
/// passport. The bare words (`微信支付`, `一卡通发放`, `护照工本费`) are none.
#[must_use]
pub fn account(text: &str) -> bool {
    // Nearly every cell ends here.
    let hints = [
        '@', '＠', '信', 'q', 'Q', 'ｑ', 'Ｑ', '扣', 'w', 'W', 'v', 'V', '钉', '照', '卡', '折',
        '账', '帐', '电', '机', 't', 'T', 'ｔ', 'Ｔ',
    ];
    if !text.contains(hints) {
        return false;
    }
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.to_lowercase();
    is_mail(&text.nfkc().collect::<String>())
        || is_chat(&plain)
        || is_passport(&plain)
        || is_of_bank(&plain)
        || is_local_call(&plain)
}

/// Before 电话, whose it is: an office's own is for everybody.
const OFFICES: [&str; 9] = [
    "监督", "举报", "咨询", "服务", "办公", "值班", "投诉", "公开", "热线",
];

/// The word for a telephone and a number without its area: `电话86512345`.
fn is_local_call(plain: &str) -> bool {
    ["电话", "座机", "手机", "tel"].iter().any(|word| {
        plain.match_indices(word).any(|(at, _)| {
            let before = plain.get(..at).unwrap_or_default();
            let rest = plain.get(at + word.len()..).unwrap_or_default();
            let rest = rest.trim_start_matches(|c: char| "号码是为:：(（.".contains(c));
            let (digits, rest) = number_at(rest);
            let day = digits.len() == 8 && Day::parse_from_str(&digits, "%Y%m%d").is_ok();
            let sum = rest.starts_with(['元', '.']);
            let hotel = *word == "tel" && before.ends_with(|c: char| c.is_ascii_alphabetic());
            (7..=8).contains(&digits.len())
                && !day
                && !sum
                && !hotel
                && !OFFICES.iter().any(|office| before.ends_with(office))
        })
    })
}

/// The digits that a text begins with, in figures or in characters, and what follows: hyphens and their like may stand
/// between them, one at a time.
fn number_at(text: &str) -> (String, &str) {
    let (mut digits, mut end, mut between) = (String::new(), 0, false);
    for (at, c) in text.char_indices() {
        match digit(c).or(Some(c).filter(char::is_ascii_digit)) {
            Some(digit) => {
                digits.push(digit);
                (end, between) = (at + c.len_utf8(), false);
            }
            None if !between && !digits.is_empty() && "-—–~*#_·".contains(c) => between = true,
            None => break,
        }
    }
    (digits, text.get(end..).unwrap_or_default())
}

/// What has a number at a bank.
const OF_BANKS: [&str; 9] = [
    "卡号",
    "一卡通",
    "社保卡",
    "银行卡",
    "存折",
    "账号",
    "帐号",
    "账户",
    "帐户",
];
/// The fewest digits of such a number.
const OF_ACCOUNT: usize = 8;

/// The word for a card, a passbook or an account, and a number of it; no sum and no day.
fn is_of_bank(plain: &str) -> bool {
    OF_BANKS.iter().any(|word| {
        plain.match_indices(word).any(|(at, _)| {
            let rest = plain.get(at + word.len()..).unwrap_or_default();
            let rest = rest.trim_start_matches(|c: char| "卡号码账帐户折是为尾:：(（#".contains(c));
            let (digits, after) = number_at(rest);
            let sum = after.starts_with(['元', '万', '.', '年']);
            let day = digits.len() == 8 && Day::parse_from_str(&digits, "%Y%m%d").is_ok();
            digits.len() >= OF_ACCOUNT && !sum && !day
        })
    })
}

/// `name@host.domain`.
fn is_mail(text: &str) -> bool {
    text.match_indices('@').any(|(at, _)| {
        let (before, after) = text.split_at(at);
        let named = before
            .trim_end()
            .ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
        let host = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        let host: String = after
            .chars()
            .skip(1)
            .skip_while(|c| *c == ' ')
            .take_while(host)
            .collect();
        let domain = host.split_once('.').filter(|(name, _)| !name.is_empty());
        named && domain.is_some_and(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
    })
}

/// The name of a chat, and an account beside it.
fn is_chat(plain: &str) -> bool {
    CHATS.iter().any(|chat| {
        plain.match_indices(chat).any(|(at, _)| {
            let mut rest = plain.get(at + chat.len()..).unwrap_or_default();
            while let Some(more) = BETWEEN.iter().find_map(|word| rest.strip_prefix(word)) {
                rest = more;
            }
            is_account(rest)
        })
    })
}

/// Whether a text begins with an account: five to eleven digits that are no amount and no day, or six letters and more.
fn is_account(rest: &str) -> bool {
    let sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let end = rest.find(|c| !sign(c)).unwrap_or(rest.len());
    let (id, after) = rest.split_at(end);
    let digits = id.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        let counted = after.starts_with(['元', '块', '万', '笔', '人', '户', '次', '年', '月']);
        let amount = after
            .strip_prefix(['.', ','])
            .is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()));
        let day = Day::parse_from_str(id, "%Y%m%d").is_ok() && id.len() == 8;
        return (5..=11).contains(&id.len()) && !counted && !amount && !day;
    }
    let letter = id.starts_with(|c: char| c.is_ascii_alphabetic());
    letter && (6..=20).contains(&id.len()) && !NO_ACCOUNT.contains(&id)
}

/// The word for passports, and a letter or two with seven or eight digits, or nine digits.
fn is_passport(plain: &str) -> bool {
    plain.match_indices("护照").any(|(at, word)| {
        let rest = plain.get(at + word.len()..).unwrap_or_default();
        let rest = rest.trim_start_matches(|c: char| "号码证件是为：:（(".contains(c));
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let letters = rest.len() - digits.len();
        let count = digits.bytes().take_while(u8::is_ascii_digit).count();
        match letters {
            0 => count == 9,
            1..=2 => (7..=8).contains(&count),
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_accounts() {
        for text in [
            "微信wxid_abc",
            "微信号：zhangsan88",
            "微信 13812345678",
            "QQ 12345678",
            "qq号：12345678，请加",
            "ＱＱ：１２３４５６７８",
            "邮箱zhang.san@example.com",
            "zhang＠163.com",
            "护照E12345678",
            "护照号码：EA1234567",
            "护照 G12345678 已办",
            "一卡通号2301041234567",
            "电话 86512345",
            "电话：5761-2345",
            "TEL 57612345",
            "Tel.5761 2345",
            "银行卡六二一七零零一二三四五六七八九零一二三",
            "卡号6217*0012*3456*7890*123",
            "打入存折（账号：23010412345）",
            "社保卡号 12345678",
            "卡号6222021234567890123",
        ] {
            assert!(account(text), "{text}");
        }
    }

    #[test]
    fn bare_words_are_no_accounts() {
        for text in [
            "",
            "微信支付",
            "一卡通发放",
            "监督电话86512345",
            "hotel 20261012",
            "Hotel 12345678",
            "账户2026-10-12转入",
            "账户二〇二六年十月",
            "电话2026-10-12安装",
            "存折3-5本",
            "电话费1234.50元",
            "存折20261012",
            "转入账户12000000元",
            "一卡通代发12户",
            "微信转账12000元",
            "微信12000元",
            "微信20261012",
            "微信群通知",
            "QQ群通知",
            "微信WeChat",
            "护照工本费",
            "护照2本120元",
            "单价@12.5",
            "诚信教育",
            "3栋@2单元",
        ] {
            assert!(!account(text), "{text}");
        }
    }
}
