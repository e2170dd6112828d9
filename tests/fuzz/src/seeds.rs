//! Writes good inputs for each target into a folder: what a fuzzer then spoils gets past the first look.

use std::io::Cursor;
use std::path::Path;

use image::{DynamicImage, ImageFormat, RgbImage};

const FILING: &str = r#"{"kind":"complaint","region_code":"230104111204","category":"service","text":"路灯坏了好几天","targets":[{"type":"post","id":"a"},{"type":"group","group":"village"},{"type":"other","text":"收费的人"}],"attachments":["t"],"identity":{"mode":"named","name":"演示","phone":"13900000000","email":"a@example.invalid"},"filed_by":"agent","may_publish_answer":true,"about":{"type":"disclosure_line","id":"b"}}"#;
const POLICY: &str = r#"{"stages":{"accept":{"amount":1,"unit":"working_day","roll":"none"}},"per_kind":{"question":{"handle":{"amount":3,"unit":"working_day"}}},"warnings":{"yellow":"third","blue":"half"},"pause":{},"extension":{"at_most":2,"within_days":30},"supplement":{"limit":{"amount":5,"unit":"working_day"},"at_most":2},"return_days":5,"posting_days":10,"retention_days":1000,"ladder":[{"step":"county","after_working_days":3,"to":"county"}],"reason":"x"}"#;
const DAYS: &str = "date,kind,name\n2026-12-31,off,元旦前夜\n2027-01-02,work,补班\n";
const LEDGER: &str = "村名,东风村,期间,2026-10,期初余额(元),100.00,期末余额(元),60.00\r\n序号,日期,凭证号,摘要,收入(元),支出(元),余额(元),科目编码,资金来源,收款单位,经手人,证明人,审批人,附件数\r\n1,2026-10-03,记-1,办公用品,,40.00,60.00,513,集体,某店,甲,乙,丙,1\r\n";
const CONFIG: &str = "database_url = \"sqlite:///tmp/a.db\"\nredis_url = \"redis://127.0.0.1:6379/1\"\nlisten = \"127.0.0.1:8080\"\npublic_url = \"https://example.invalid\"\ntrusted_proxies = \"10.0.0.0/8\"\nrate_limit_scale = 2\n";

fn main() {
    let dir = std::env::args().nth(1).expect("a folder");
    let keep = |target: &str, name: &str, bytes: &[u8]| {
        let dir = Path::new(&dir).join(target);
        std::fs::create_dir_all(&dir).expect("a folder");
        std::fs::write(dir.join(name), bytes).expect("a file");
    };
    let template =
        yidiantong::disclosures::template::template(Default::default()).expect("the template");
    keep("sheet", "template", &template);
    keep("sheet", "csv", LEDGER.as_bytes());
    let pixels = RgbImage::from_fn(24, 16, |x, y| {
        image::Rgb([(x * 10) as u8, (y * 15) as u8, 90])
    });
    for (name, format) in [
        ("jpeg", ImageFormat::Jpeg),
        ("png", ImageFormat::Png),
        ("webp", ImageFormat::WebP),
    ] {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::from(pixels.clone())
            .write_to(&mut bytes, format)
            .expect("a picture");
        keep("picture", name, bytes.get_ref());
    }
    for (which, name, body) in [
        (0, "filing", FILING),
        (1, "words", r#"{"text":"补充一句","attachments":[]}"#),
        (2, "rating", r#"{"rating":"satisfied","comment":"好"}"#),
        (3, "targets", r#"{"targets":[],"reason":"查明"}"#),
        (
            4,
            "dispatch",
            r#"{"action":"dispatch","organisation_id":"township-government-230104111000","brief":"请核实","share_attachments":[1,2],"note":"x"}"#,
        ),
        (
            4,
            "extend",
            r#"{"action":"extend","working_days":3,"reason":"查账"}"#,
        ),
        (5, "policy", POLICY),
        (
            6,
            "deadline",
            r#"{"from":"2026-11-23T08:00:00+08:00","amount":3,"unit":"working_day","roll":"none","region_code":"230104111204"}"#,
        ),
    ] {
        keep("json", name, &[&[which], body.as_bytes()].concat());
    }
    keep(
        "tokens",
        "jwt",
        b"eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSIsImtpZCI6ImEifQ.eyJpc3MiOiJ5aWRpYW50b25nIn0.AAAA",
    );
    for (name, text) in [
        ("languages", "en-GB;q=0.8, zh-CN;q=0.9, *;q=0.1"),
        ("cursor", "MTc5NTAwMDAwMDAwMDAwMCBhYmM"),
        (
            "query",
            "from=2026-11-23T08:00:00%2B08:00&amount=3&unit=working_day&region_code=230104",
        ),
    ] {
        keep("headers", name, text.as_bytes());
    }
    keep("days", "two", DAYS.as_bytes());
    for (name, text) in [
        ("receipt", "1234 5678 9012 3456 7897"),
        ("wide", "１２３４－５６７８－９０１２－３４５６－７８９７"),
        ("recovery", "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01"),
        ("time", "2026-11-23T08:00:00.123456+08:00"),
        ("day", "2026-11-23"),
        ("region", "230104111204"),
        ("redis", "redis://:pw@127.0.0.1:6379/2"),
        ("socket", "unix:///run/redis.sock?db=1"),
    ] {
        keep("words", name, text.as_bytes());
    }
    keep("config", "toml", CONFIG.as_bytes());
}
