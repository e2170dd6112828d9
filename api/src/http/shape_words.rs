//! What serde says about a value of the wrong shape, in Chinese. Its words are English and part of no contract; what is
//! not known here stays as it was said.

/// What a value is, as serde begins to say it, with what follows it.
const KINDS: [(&str, &str); 9] = [
    ("string", "文字"),
    ("integer", "整数"),
    ("floating point", "小数"),
    ("number", "数字"),
    ("boolean", "true 或 false"),
    ("null", "null"),
    ("sequence", "数组"),
    ("map", "对象"),
    ("unit value", "空值"),
];

/// What serde says it expected.
const WANTED: [(&str, &str); 12] = [
    ("a string", "文字"),
    ("a borrowed string", "文字"),
    ("a boolean", "true 或 false"),
    ("a sequence", "数组"),
    ("a map", "对象"),
    ("string or map", "文字或对象"),
    ("i32", "整数"),
    ("i64", "整数"),
    ("u16", "不小于 0 的整数"),
    ("u32", "不小于 0 的整数"),
    ("u64", "不小于 0 的整数"),
    ("usize", "不小于 0 的整数"),
];

/// serde's words in Chinese, without the place in the text; the words themselves where nobody knows them.
pub(super) fn in_chinese(words: &str) -> String {
    known(words).unwrap_or_else(|| words.to_owned())
}

fn known(words: &str) -> Option<String> {
    if let Some(name) = words.strip_prefix("missing field ") {
        return Some(format!("缺少 {}", bare(name)));
    }
    if let Some(rest) = words.strip_prefix("duplicate field ") {
        return Some(format!("{} 写了两次", bare(rest)));
    }
    if let Some(rest) = words.strip_prefix("unknown field ") {
        let (name, expected) = rest.split_once(", ")?;
        return Some(match choices(expected) {
            Some(choices) => format!("没有 {} 这一项，可以有的是 {choices}", bare(name)),
            None => format!("没有 {} 这一项", bare(name)),
        });
    }
    if let Some(rest) = words.strip_prefix("unknown variant ") {
        let (name, expected) = rest.split_once(", ")?;
        return Some(match choices(expected) {
            Some(choices) => format!("没有 {} 这个值，可以是 {choices}", bare(name)),
            None => format!("没有 {} 这个值", bare(name)),
        });
    }
    // A list in the place of an object: its items would be the fields.
    if words.starts_with("invalid length ") && words.contains(", expected struct ") {
        return Some("应为对象，实际是数组".to_owned());
    }
    let (said, wanted) = words
        .strip_prefix("invalid type: ")
        .or_else(|| words.strip_prefix("invalid value: "))?
        .rsplit_once(", expected ")?;
    let (wanted, said) = (wanted_kind(wanted)?, kind(said)?);
    Some(format!("应为{}，实际是{}", apart(&wanted), apart(&said)))
}

/// Latin letters after Chinese ones stand apart.
fn apart(words: &str) -> String {
    let gap = if words.starts_with(|c: char| c.is_ascii()) {
        " "
    } else {
        ""
    };
    format!("{gap}{words}")
}

fn bare(name: &str) -> &str {
    name.trim_matches('`')
}

/// `one of `a`, `b``, or `` `a` or `b` ``; `None` where there is nothing to choose.
fn choices(expected: &str) -> Option<String> {
    let list = expected.strip_prefix("expected ")?;
    let list = list.strip_prefix("one of ").unwrap_or(list);
    let names: Vec<&str> = list.split('`').skip(1).step_by(2).collect();
    (!names.is_empty()).then(|| names.join("、"))
}

fn wanted_kind(words: &str) -> Option<String> {
    let exact = WANTED.iter().find(|(said, _)| *said == words);
    if let Some((_, zh)) = exact {
        return Some((*zh).to_owned());
    }
    // Names of our own types say nothing to somebody outside.
    if words.starts_with("struct ") || words.starts_with("internally tagged enum ") {
        return Some("对象".to_owned());
    }
    if words.starts_with("enum ") || words == "variant identifier" {
        return Some("规定的值之一".to_owned());
    }
    (!words.is_ascii()).then(|| words.to_owned())
}

/// `string "a"` becomes `文字 "a"`.
fn kind(words: &str) -> Option<String> {
    let found = KINDS.iter().find_map(|(said, zh)| {
        let rest = words.strip_prefix(said)?;
        Some((*zh, rest.trim().trim_matches('`')))
    });
    let (zh, value) = found?;
    Some(match value {
        "" => zh.to_owned(),
        value if zh.is_ascii() || zh.starts_with("true") => value.to_owned(),
        value => format!("{zh} {value}"),
    })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "snake_case")]
    #[expect(dead_code, reason = "only read")]
    struct Body {
        name: String,
        count: u32,
        #[serde(default)]
        open: bool,
        #[serde(default)]
        parts: Vec<String>,
        #[serde(default)]
        side: Option<Side>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Side {
        Left,
        Right,
    }

    fn zh(json: &str) -> String {
        let error = serde_json::from_str::<Body>(json).unwrap_err().to_string();
        in_chinese(error.split(" at line ").next().unwrap())
    }

    #[test]
    fn says_what_serde_says() {
        for (json, words) in [
            (r#"{"name":"a"}"#, "缺少 count"),
            (r#"{"name":"a","name":"b","count":1}"#, "name 写了两次"),
            (
                r#"{"name":"a","count":1,"x":1}"#,
                "没有 x 这一项，可以有的是 name、count、open、parts、side",
            ),
            (
                r#"{"name":"a","count":1,"side":"up"}"#,
                "没有 up 这个值，可以是 left、right",
            ),
            (r#"{"name":1,"count":1}"#, "应为文字，实际是整数 1"),
            (r#"{"name":null,"count":1}"#, "应为文字，实际是 null"),
            (r#"{"name":true,"count":1}"#, "应为文字，实际是 true"),
            (
                r#"{"name":"a","count":"two"}"#,
                "应为不小于 0 的整数，实际是文字 \"two\"",
            ),
            (
                r#"{"name":"a","count":-1}"#,
                "应为不小于 0 的整数，实际是整数 -1",
            ),
            (
                r#"{"name":"a","count":1.5}"#,
                "应为不小于 0 的整数，实际是小数 1.5",
            ),
            (
                r#"{"name":"a","count":1,"open":[]}"#,
                "应为 true 或 false，实际是数组",
            ),
            (
                r#"{"name":"a","count":1,"parts":{}}"#,
                "应为数组，实际是对象",
            ),
            ("[]", "应为对象，实际是数组"),
            ("3", "应为对象，实际是整数 3"),
        ] {
            assert_eq!(zh(json), words, "{json}");
        }
    }

    /// Whatever it is, nothing is lost.
    #[test]
    fn what_nobody_knows_stays() {
        for words in [
            "",
            "invalid type: ",
            "地区代码不对",
            "unknown field",
            "invalid length 2, expected 3",
        ] {
            assert_eq!(in_chinese(words), words);
        }
    }
}
