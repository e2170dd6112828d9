//! Answers written for everybody: only where the complainant allowed it, approved by a second person, shown
//! beside the line they are about.

use serde_json::{Value, json};

use crate::support::actors::{Township, publish_ledger};
use crate::support::sheets::Ledger;
use crate::support::{Filing, House, Villager, places};

const WORDS: &str = "路灯是镇里统一采购的，发票和验收单可到村委会查看。";

fn approve(words: &str) -> Value {
    json!({ "action": "approve", "note": "同意", "public_answer": words })
}

async fn published(house: &House) -> Vec<Value> {
    house
        .lists(&format!("/regions/{}/questions", places::VILLAGE))
        .await
}

/// A complainant's own words, by which the neighbours may know him.
const OWN: &str = "演示：这笔钱去年也记过一回，我家和老王家都没有领到，问了两次没人答";

#[tokio::test]
async fn it_stands_beside_its_line_and_only_when_a_second_person_agrees() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let second = house.triage().await;
    let disclosure = publish_ledger(&house, &Ledger::of(places::VILLAGE, "2026-10")).await;
    let disclosure = disclosure["id"].as_str().unwrap();
    let lines = house
        .lists(&format!("/disclosures/{disclosure}/lines"))
        .await;
    let line = lines[0]["id"].as_str().unwrap();
    let filing = Filing::complaint()
        .kind("question")
        .category("accounts")
        .about("disclosure_line", line)
        .text(OWN)
        .with("/may_publish_answer", true);
    let (villager, id) = township.case_in("under_review", &filing).await;
    let with_phone = approve("演示：请找经手人，电话138 1234 5678。");
    let refused = township.triage.tries(&id, with_phone).await;
    refused.faulty("/public_answer", "personal_number");
    let own = approve(&format!("答复：“{OWN}”一事已核实。"));
    let refused = township.triage.tries(&id, own).await;
    refused.faulty("/public_answer", "quotes_complaint");
    let done = township.triage.acts(&id, approve(WORDS)).await;
    assert_eq!(
        done["state"], "answered",
        "the answer itself is out at once"
    );
    let proposal = done["proposal_id"].as_str().unwrap().to_owned();
    assert!(published(&house).await.is_empty());
    // Rating closes the case; the words go on waiting.
    villager.rates("satisfied").await;
    assert_eq!(villager.state().await, "closed");
    let own = township.triage.decides(&proposal, true).await;
    own.problem(403, "same_person");
    second.approves_proposal(&proposal).await;
    let questions = published(&house).await;
    assert_eq!(questions.len(), 1);
    let question = &questions[0];
    assert_eq!(question["answer"], WORDS);
    assert_eq!(question["about"]["id"], line);
    assert_eq!(question["about"]["version"], 1);
    // Nothing of the case itself.
    let text = question.to_string();
    for secret in [villager.number.as_str(), id.as_str(), "盖个章跑了三趟"] {
        assert!(!text.contains(secret), "{text}");
    }
    let lines = house
        .lists(&format!("/disclosures/{disclosure}/lines"))
        .await;
    assert_eq!(lines[0]["answered_question_count"], 1);
    assert_eq!(lines[1]["answered_question_count"], 0);
    let beside = house
        .lists(&format!(
            "/regions/{}/questions?about={line}",
            places::VILLAGE
        ))
        .await;
    assert_eq!(beside.len(), 1);
    let other = lines[1]["id"].as_str().unwrap();
    let beside = house
        .lists(&format!(
            "/regions/{}/questions?about={other}",
            places::VILLAGE
        ))
        .await;
    assert!(beside.is_empty());
    let own = villager.reads().await;
    assert_eq!(own["public_answers"][0]["text"], WORDS);
}

#[tokio::test]
async fn nothing_beside_a_line_tells_whom_the_line_hides() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let clerk = house.clerk().await;
    let sheet = "村名,东风村,期间,2026-10,期初余额(元),100,期末余额(元),90,,\n\
        序号,日期,凭证号,摘要,收入(元),支出(元),余额(元),科目编码,收款人,经手人\n\
        1,2026-10-03,记-1,付演立新误工（3天）,,10.00,90.00,513,演立新,演小四\n";
    let call = clerk.hands_in_as(
        "ledger",
        sheet.as_bytes().to_vec(),
        "账.csv",
        places::VILLAGE,
        "2026-10",
        &[],
    );
    let seen = call.send().await.ok();
    assert_eq!(seen["errors"], json!([]), "{seen}");
    let draft = clerk.tries_to_draft(&seen).await.expect(201).json();
    let id = draft["id"].as_str().unwrap();
    house.committee().await.signs(id).await;
    house.publisher().await.publishes(id).await;
    let lines = house.lists(&format!("/disclosures/{id}/lines")).await;
    assert_eq!(lines[0]["payee"], "演＊＊");
    assert_eq!(lines[0]["summary"], "付演＊＊误工（3天）");
    let filing = Filing::complaint()
        .kind("question")
        .about("disclosure_line", lines[0]["id"].as_str().unwrap())
        .with("/may_publish_answer", true);
    let (villager, case) = township.case_in("under_review", &filing).await;
    let label = villager.reads().await["about"]["label"].clone();
    let label = label.as_str().unwrap();
    assert!(
        label.contains("演＊＊误工") && !label.contains("立新"),
        "{label}"
    );
    for named in ["演示：演立新已领。", "演示：演小四经手，已核对。"] {
        let refused = township.triage.tries(&case, approve(named)).await;
        refused.faulty("/public_answer", "personal_name");
    }
    township.triage.acts(&case, approve(WORDS)).await;
}

#[tokio::test]
async fn not_without_the_complainant_s_leave() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let (villager, id) = township.case_in("under_review", &Filing::complaint()).await;
    let refused = township.triage.tries(&id, approve(WORDS)).await;
    refused.faulty("/public_answer", "publishing_not_allowed");
    assert_eq!(villager.state().await, "under_review", "nothing half done");
    township.triage.approves(&id).await;
}

#[tokio::test]
async fn refused_or_expired_nothing_is_published() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let second = house.triage().await;
    let filing = Filing::complaint().with("/may_publish_answer", true);
    let (_, refused) = township.case_in("under_review", &filing).await;
    let done = township.triage.acts(&refused, approve(WORDS)).await;
    let proposal = done["proposal_id"].as_str().unwrap();
    assert_eq!(
        second.decides(proposal, false).await.ok()["state"],
        "refused"
    );
    let (_, expired) = township.case_in("under_review", &filing).await;
    let done = township.triage.acts(&expired, approve(WORDS)).await;
    let proposal = done["proposal_id"].as_str().unwrap();
    house.comes_to("2026-11-06T00:00:00+08:00").await;
    let late = second.decides(proposal, true).await;
    late.problem(409, "proposal_void");
    assert!(published(&house).await.is_empty());
}

#[tokio::test]
async fn an_answer_that_is_worked_on_again_is_not_published() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let second = house.triage().await;
    let filing = Filing::complaint().with("/may_publish_answer", true);
    let (villager, id) = township.case_in("under_review", &filing).await;
    let done = township.triage.acts(&id, approve(WORDS)).await;
    let proposal = done["proposal_id"].as_str().unwrap();
    villager.disputes("不是这么回事").await;
    let late = second.decides(proposal, true).await;
    assert!((400..500).contains(&late.status), "{late:?}");
    assert!(published(&house).await.is_empty());
}

#[tokio::test]
async fn of_a_village_that_has_none_and_one_that_is_not_there() {
    let house = House::new().await;
    assert!(published(&house).await.is_empty());
    let nowhere = house.get("/regions/230104999999/questions").send().await;
    nowhere.problem(404, "not_found");
    Villager::files(&house, &Filing::complaint()).await;
    assert!(published(&house).await.is_empty());
}
