//! Every parser of bytes from outside, fed with good bytes that were spoiled: it says what is wrong, or takes what is
//! still good. It never panics, never answers 5xx, never hangs. The dice are seeded (`support/dice.rs`): a few hundred
//! throws a target here, fifty times as many with `YDT_SOAK=1`.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::app::Call;
use crate::support::dice::{Dice, Trying, rounds};
use crate::support::sheets::Ledger;
use crate::support::{Answer, Filing, House, Villager, bombs, inside, places};

/// Sends it; whatever it answers is no fault of ours.
async fn survives(target: &str, bytes: &[u8], call: Call) -> Answer {
    let trying = Trying::begin(target, bytes);
    let answer = call.send().await;
    assert!(answer.status < 500, "{target}: {answer:?}");
    drop(trying);
    answer
}

#[tokio::test]
async fn headers_and_queries() {
    let house = House::new().await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let clerk = house.clerk().await;
    let page = house.reads("/regions?limit=1").await;
    let cursor = page["next_cursor"].as_str().unwrap_or("MSAx");
    let token = format!("Bearer {}", clerk.token());
    let wide: String = villager
        .receipt
        .chars()
        .map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap())
        .collect();
    for (name, path, seed) in [
        (
            "accept-language",
            "/regions?limit=1",
            "en-GB;q=0.8, zh-CN;q=0.9, *;q=0.1",
        ),
        ("x-receipt-code", "/receipt", &villager.receipt),
        ("x-receipt-code", "/receipt", &wide),
        ("authorization", "/admin/disclosures", &token),
        ("if-none-match", "/regions?limit=1", "\"abc\", W/\"d-gz\""),
        (
            "accept-encoding",
            "/regions?limit=1",
            "gzip;q=0.5, br;q=1.0, identity",
        ),
        ("x-request-id", "/regions?limit=1", "0123456789abcdef"),
        (
            "cookie",
            "/auth/refresh",
            "rt=abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE; other=1",
        ),
        ("origin", "/auth/refresh", "http://127.0.0.1:8080"),
    ] {
        let mut dice = Dice::of(&format!("{name}{path}"));
        for _ in 0..rounds(100) {
            let spoiled = dice.spoiled(seed.as_bytes());
            let call = match path {
                "/auth/refresh" => house.post(path),
                _ => house.get(path),
            };
            let Some(call) = call.raw_header(name, &spoiled) else {
                continue;
            };
            let answer = survives(name, &spoiled, call).await;
            if name == "authorization" && spoiled.trim_ascii() != token.as_bytes() {
                // `bearer` in small letters, or blanks that HTTP does not keep.
                let same = spoiled.to_ascii_lowercase().trim_ascii()
                    == token.to_ascii_lowercase().as_bytes();
                assert!(
                    same || answer.status == 401,
                    "{answer:?} for {}",
                    spoiled.escape_ascii()
                );
            }
        }
    }
    let mut dice = Dice::of("query");
    for (path, seed) in [
        ("/regions?limit=1&cursor=", cursor),
        ("/regions?limit=", "20"),
        ("/deadlines?kind=", "complaint"),
        ("/regions/", places::VILLAGE),
        ("/disclosures/", "0123456789abcdef/export.csv"),
        ("/stats?region=", places::COUNTY),
    ] {
        for _ in 0..rounds(80) {
            let spoiled = dice.spoiled(seed.as_bytes());
            let coded: String = spoiled.iter().map(|byte| format!("%{byte:02X}")).collect();
            survives(path, &spoiled, house.get(&format!("{path}{coded}"))).await;
        }
    }
    for (name, seed) in [
        ("if-match", "W/\"1\""),
        ("idempotency-key", "test-key-0001-0001"),
    ] {
        for _ in 0..rounds(60) {
            let spoiled = dice.spoiled(seed.as_bytes());
            let call = house.post("/receipt/messages").receipt(&villager.receipt);
            let call = call.json(&json!({ "text": "", "attachments": [] }));
            if let Some(call) = call.raw_header(name, &spoiled) {
                survives(name, &spoiled, call).await;
            }
        }
    }
}

#[tokio::test]
async fn json_bodies() {
    let house = House::new().await;
    let (triage, clerk) = (house.triage().await, house.clerk().await);
    let administrator = house.administrator().await;
    let villager = Villager::files(&house, &Filing::complaint()).await;
    let case = triage.finds(&villager).await;
    let action = format!("/admin/complaints/{case}/actions");
    let full = Filing::complaint()
        .confidential("赵六", "13800000000")
        .against_group("village_officials")
        .against_other("收费的人")
        .0;
    let targets: [(&str, &str, Value, usize); 9] = [
        ("public", "/complaints", full, 150),
        (
            "receipt",
            "/receipt/messages",
            json!({ "text": "补充一句", "attachments": [] }),
            60,
        ),
        (
            "receipt",
            "/receipt/rating",
            json!({ "rating": "satisfied", "comment": "好" }),
            60,
        ),
        (
            "triage",
            &action,
            json!({ "action": "message", "text": "请说明" }),
            60,
        ),
        (
            "triage",
            &action,
            json!({ "action": "extend", "working_days": 3, "reason": "查账" }),
            60,
        ),
        (
            "public",
            "/auth/login",
            json!({ "username": "nobody", "password": "x", "totp_code": "000000" }),
            12,
        ),
        (
            "clerk",
            "/admin/disclosures",
            json!({ "preview_id": "00000000000000000000000000000000" }),
            60,
        ),
        (
            "administrator",
            "/admin/calendars?preview=true",
            json!({ "days": [{ "day": "2026-12-31", "kind": "off", "name": "测试" }], "source": "x", "reason": "测试用的理由" }),
            60,
        ),
        (
            "administrator",
            "/admin/relations",
            json!({ "kind": "kin", "one": "a", "other": "b" }),
            40,
        ),
    ];
    for (who, path, seed, times) in targets {
        let (seed, mut dice) = (seed.to_string(), Dice::of(path));
        for _ in 0..rounds(times) {
            let spoiled = dice.spoiled(seed.as_bytes());
            let call = match who {
                "triage" => triage.post(path).if_match("\"1\""),
                "clerk" => clerk.post(path),
                "administrator" => administrator.post(path),
                "receipt" => house.post(path).receipt(&villager.receipt),
                _ => house.post(path),
            };
            let call = call
                .key(&house.fresh_key())
                .body("application/json", spoiled.clone());
            survives(path, &spoiled, call).await;
        }
    }
}

#[tokio::test]
async fn uploads() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    let ledger = Ledger::of(places::VILLAGE, "2026-10");
    let mut dice = Dice::of("uploads");
    // The form around the file.
    let head = |name: &str, more: &str| {
        format!("--x-boundary\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n")
    };
    let mut form = Vec::new();
    for (name, text) in [
        ("region_code", places::VILLAGE),
        ("kind", "ledger"),
        ("period", "2026-10"),
    ] {
        form.extend(format!("{}{text}\r\n", head(name, "")).into_bytes());
    }
    form.extend(head("file", "; filename=\"账.csv\"\r\nContent-Type: text/csv").into_bytes());
    form.extend(ledger.csv());
    form.extend(b"\r\n--x-boundary--\r\n");
    let sends = |body: Vec<u8>| {
        let kind = "multipart/form-data; boundary=x-boundary";
        clerk.post("/admin/disclosures/preview").body(kind, body)
    };
    assert_eq!(sends(form.clone()).send().await.ok()["errors"], json!([]));
    for _ in 0..rounds(120) {
        let spoiled = dice.spoiled(&form);
        survives("multipart", &spoiled, sends(spoiled.clone())).await;
    }
    for _ in 0..rounds(40) {
        let kind = dice.spoiled(b"multipart/form-data; boundary=x-boundary");
        let call = clerk.post("/admin/disclosures/preview");
        if let Some(call) = call.raw_header("content-type", &kind) {
            survives("content-type", &kind, call.bytes(form.clone())).await;
        }
    }
    // The file itself, packed and behind its packing.
    let workbook = ledger.xlsx();
    for turn in 0..rounds(120) {
        let spoiled = match turn % 3 {
            0 => dice.spoiled(&ledger.csv()),
            1 => dice.spoiled(&workbook),
            _ => bombs::behind_the_packing(&workbook, |bytes| dice.spoiled(bytes)),
        };
        let trying = Trying::begin("sheet", &spoiled);
        let answer = clerk
            .tries_to_preview(spoiled.clone(), "a.xlsx", places::VILLAGE, "2026-10")
            .await;
        assert!(answer.status < 500, "{answer:?}");
        drop(trying);
    }
    // A table of days.
    let administrator = house.administrator().await;
    let days = "date,kind,name\n2026-12-31,off,元旦前夜\n2027-01-02,work,补班\n";
    for _ in 0..rounds(120) {
        let spoiled = dice.spoiled(days.as_bytes());
        let call = administrator.post("/admin/calendars?preview=true");
        survives("days", &spoiled, call.body("text/csv", spoiled.clone())).await;
    }
}

#[tokio::test]
async fn files_at_the_command_line() {
    use yidiantong::error::ServiceError;
    use yidiantong::import::ImportError;
    let house = House::new().await;
    let regions = "code,name,level,parent_code\n230104111000,团结镇,township,230104000000\n230104111204,东风村村民委员会,village,230104111000\n230104111299,新村村民委员会,village,230104111000\n";
    let holidays = "date,kind,name\n2026-12-31,off,元旦前夜\n2027-01-02,work,补班\n";
    let powers = inside::data("powers-template.json");
    let powers: Value = serde_json::from_str(&powers).unwrap();
    let mut few = powers.clone();
    few["items"].as_array_mut().unwrap().truncate(2);
    let few = few.to_string();
    for (what, seed, times) in [
        ("regions", regions, 150),
        ("holidays", holidays, 150),
        ("powers", few.as_str(), 120),
    ] {
        let mut dice = Dice::of(what);
        for _ in 0..rounds(times) {
            let spoiled = dice.spoiled(seed.as_bytes());
            let _trying = Trying::begin(what, &spoiled);
            match house.inside.tries_to_import(what, &spoiled).await {
                Ok(()) | Err(ImportError::Faults(_)) => {}
                Err(ImportError::Service(ServiceError::Store(error))) => panic!("{what}: {error}"),
                Err(ImportError::Service(ServiceError::Broken(why))) => panic!("{what}: {why}"),
                Err(ImportError::Service(_)) => {}
            }
        }
    }
    let mut dice = Dice::of("config");
    let dir = tempfile::tempdir().unwrap();
    let config = "database_url = \"sqlite:///tmp/a.db\"\nredis_url = \"redis://127.0.0.1:6379/1\"\nlisten = \"127.0.0.1:8080\"\npublic_url = \"https://example.invalid\"\n";
    for _ in 0..rounds(300) {
        let spoiled = dice.spoiled(config.as_bytes());
        let _trying = Trying::begin("config", &spoiled);
        std::fs::write(dir.path().join("yidiantong.toml"), &spoiled).unwrap();
        if let Err(why) = inside::configures(dir.path()) {
            assert!(!why.is_empty());
        }
    }
    for seed in [
        "redis://:pw@127.0.0.1:6379/2",
        "unix:///run/redis.sock?db=1",
    ] {
        for _ in 0..rounds(300) {
            let spoiled = dice.spoiled(seed.as_bytes());
            let _trying = Trying::begin("redis", &spoiled);
            if let Err(why) = inside::is_redis_address(&String::from_utf8_lossy(&spoiled)) {
                assert!(!why.contains('\n'), "{why}");
            }
        }
    }
}

#[tokio::test]
async fn backups_and_secrets() {
    if crate::support::db::is_postgres() {
        // A backup of PostgreSQL needs a database of its own to go back into; the format around it is the same.
        return;
    }
    let house = House::new().await;
    Villager::files(&house, &Filing::complaint()).await;
    let dir = tempfile::tempdir().unwrap();
    let good = dir.path().join("good.tar");
    house.inside.backs_up(&good);
    let good = std::fs::read(good).unwrap();
    let tries = |bytes: &[u8], target: &str| {
        let _trying = Trying::begin(target, bytes.get(..2048).unwrap_or(bytes));
        let place = tempfile::tempdir().unwrap();
        let file = dir.path().join("spoiled.tar");
        std::fs::write(&file, bytes).unwrap();
        let done = inside::restores(place.path(), &file);
        if let Err(why) = &done {
            assert!(!why.is_empty());
            // All or nothing.
            assert!(!place.path().join("yidiantong.db").exists(), "{why}");
        }
        done
    };
    assert_eq!(tries(&good, "backup"), Ok(()));
    let mut dice = Dice::of("backup");
    let mut refused = 0;
    for _ in 0..rounds(25) {
        refused += usize::from(tries(&dice.spoiled(&good), "backup").is_err());
    }
    // Where the bytes are few: its heads and its manifest.
    for _ in 0..rounds(25) {
        let (head, rest) = good.split_at(2048);
        let spoiled = [dice.spoiled(head).as_slice(), rest].concat();
        refused += usize::from(tries(&spoiled, "backup's head").is_err());
    }
    // Behind the sum of the manifest.
    for _ in 0..rounds(40) {
        let spoiled = behind_the_sum(&good, |manifest| dice.spoiled(manifest));
        refused += usize::from(tries(&spoiled, "manifest").is_err());
    }
    assert!(refused >= rounds(40), "{refused} refused");

    let sealed = dir.path().join("secrets");
    let passphrase = "a long passphrase of a test";
    house.inside.exports_secrets(passphrase, &sealed);
    let sealed = std::fs::read(sealed).unwrap();
    let file = dir.path().join("spoiled-secrets");
    for _ in 0..rounds(15) {
        let spoiled = dice.spoiled(&sealed);
        let _trying = Trying::begin("secrets", &spoiled);
        let place = tempfile::tempdir().unwrap();
        std::fs::write(&file, &spoiled).unwrap();
        let done = inside::imports_secrets(place.path(), passphrase, &file);
        assert!(
            done.is_err() || spoiled == sealed,
            "altered secrets were taken"
        );
        assert!(done.is_ok() || is_empty(place.path()), "{done:?}");
    }
}

fn is_empty(dir: &Path) -> bool {
    std::fs::read_dir(dir).unwrap().next().is_none()
}

/// A backup whose manifest was changed by somebody who set its sum right again.
fn behind_the_sum(backup: &[u8], change: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    use std::io::Read as _;
    let mut change = Some(change);
    let (mut from, mut to) = (tar::Archive::new(backup), tar::Builder::new(Vec::new()));
    let mut sum = String::new();
    for entry in from.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().display().to_string();
        let (mut header, mut bytes) = (entry.header().clone(), Vec::new());
        entry.read_to_end(&mut bytes).unwrap();
        match name.as_str() {
            "manifest.json" => {
                bytes = (change.take().unwrap())(&bytes);
                sum = domain::canon::sha256_hex(&bytes);
            }
            "manifest.json.sha256" => bytes = format!("{sum}  manifest.json\n").into_bytes(),
            _ => {}
        }
        header.set_size(u64::try_from(bytes.len()).unwrap());
        to.append_data(&mut header, name, bytes.as_slice()).unwrap();
    }
    to.into_inner().unwrap()
}
