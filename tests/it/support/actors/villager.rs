//! Who files, and holds the receipt.

use serde_json::{Value, json};

use crate::support::app::{Answer, House};
use crate::support::{places, shapes};

/// What somebody fills in.
#[derive(Debug, Clone)]
pub struct Filing(pub Value);

impl Filing {
    /// An anonymous complaint about nobody in 东风村.
    pub fn complaint() -> Self {
        Self(json!({
            "kind": "complaint",
            "region_code": places::VILLAGE,
            "category": "service",
            "text": "盖个章跑了三趟，每次都说人不在，也没人说啥时候在。",
            "targets": [],
            "attachments": [],
            "identity": { "mode": "anonymous" },
            "filed_by": "self",
            "may_publish_answer": false,
        }))
    }

    /// The same with a field set; `pointer` is a JSON pointer, its last part may be new.
    pub fn with(mut self, pointer: &str, value: impl Into<Value>) -> Self {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        match self.0.pointer_mut(parent).unwrap() {
            Value::Object(map) => {
                map.insert(name.to_owned(), value.into());
            }
            Value::Array(list) => match name.parse::<usize>() {
                Ok(index) if index < list.len() => list[index] = value.into(),
                _ => list.push(value.into()),
            },
            other => panic!("{pointer} in {other}"),
        }
        self
    }

    /// The same without a field.
    pub fn without(mut self, pointer: &str) -> Self {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let map = self.0.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        map.remove(name).unwrap();
        self
    }

    /// Of another kind.
    pub fn kind(self, kind: &str) -> Self {
        self.with("/kind", kind)
    }

    /// In another category.
    pub fn category(self, category: &str) -> Self {
        self.with("/category", category)
    }

    /// In other words.
    pub fn text(self, text: &str) -> Self {
        self.with("/text", text)
    }

    /// About something published.
    pub fn about(self, kind: &str, id: &str) -> Self {
        self.with("/about", json!({ "type": kind, "id": id }))
    }

    /// Against a unit.
    pub fn against_unit(self, id: &str) -> Self {
        self.with("/targets/-", json!({ "type": "organisation", "id": id }))
    }

    /// Against whoever holds a post.
    pub fn against_post(self, id: &str) -> Self {
        self.with("/targets/-", json!({ "type": "post", "id": id }))
    }

    /// Against the people of a level.
    pub fn against_group(self, group: &str) -> Self {
        self.with("/targets/-", json!({ "type": "group", "group": group }))
    }

    /// Against somebody described in words.
    pub fn against_other(self, text: &str) -> Self {
        self.with("/targets/-", json!({ "type": "other", "text": text }))
    }

    /// By somebody who may be reached, in confidence.
    pub fn confidential(self, name: &str, phone: &str) -> Self {
        self.with(
            "/identity",
            json!({ "mode": "confidential", "name": name, "phone": phone }),
        )
    }

    /// Sends it under a key.
    pub async fn send(&self, house: &House, key: &str) -> Answer {
        house
            .post("/complaints")
            .key(key)
            .json(&self.0)
            .send()
            .await
    }

    /// Sends it under a fresh key.
    pub async fn try_in(&self, house: &House) -> Answer {
        self.send(house, &house.fresh_key()).await
    }
}

/// Somebody with a receipt.
pub struct Villager<'a> {
    house: &'a House,
    /// The twenty digits.
    pub receipt: String,
    /// The number, which staff know too.
    pub number: String,
    /// What the filing answered.
    pub filed: Value,
}

impl<'a> Villager<'a> {
    /// Files and keeps the receipt.
    pub async fn files(house: &'a House, filing: &Filing) -> Self {
        let filed = filing.try_in(house).await.expect(201).json();
        Self {
            house,
            receipt: filed["receipt_code"].as_str().unwrap().to_owned(),
            number: filed["number"].as_str().unwrap().to_owned(),
            filed,
        }
    }

    /// Looks at the case.
    pub async fn reads(&self) -> Value {
        self.house
            .get("/receipt")
            .receipt(&self.receipt)
            .send()
            .await
            .expect(200)
            .json()
    }

    /// The state as the villager reads it.
    pub async fn state(&self) -> String {
        self.reads().await["state"].as_str().unwrap().to_owned()
    }

    /// What the villager may do now.
    pub async fn may(&self) -> Vec<String> {
        shapes::words(&self.reads().await["allowed_actions"])
    }

    async fn tries(&self, what: &str, body: Value) -> Answer {
        self.house
            .post(&format!("/receipt/{what}"))
            .receipt(&self.receipt)
            .key(&self.house.fresh_key())
            .json(&body)
            .send()
            .await
    }

    /// Writes a message.
    pub async fn tries_to_say(&self, text: &str) -> Answer {
        self.tries("messages", json!({ "text": text, "attachments": [] }))
            .await
    }

    /// Writes a message.
    pub async fn says(&self, text: &str) {
        self.tries_to_say(text).await.ok();
    }

    /// Adds what was asked for.
    pub async fn tries_to_supplement(&self, text: &str) -> Answer {
        self.tries("supplement", json!({ "text": text, "attachments": [] }))
            .await
    }

    /// Adds what was asked for.
    pub async fn supplements(&self, text: &str) {
        self.tries_to_supplement(text).await.ok();
    }

    /// Writes a message with photos.
    pub async fn tries_to_show(&self, text: &str, tokens: &[&str]) -> Answer {
        self.tries("messages", json!({ "text": text, "attachments": tokens }))
            .await
    }

    /// Looks at a photo of the case.
    pub async fn looks_at(&self, no: i32) -> Answer {
        self.house
            .get(&format!("/receipt/attachments/{no}"))
            .receipt(&self.receipt)
            .send()
            .await
    }

    /// Rates the answer.
    pub async fn tries_to_rate(&self, rating: &str) -> Answer {
        self.tries("rating", json!({ "rating": rating, "comment": "（测试）" }))
            .await
    }

    /// Rates the answer.
    pub async fn rates(&self, rating: &str) {
        self.tries_to_rate(rating).await.ok();
    }

    /// Does not accept it.
    pub async fn tries_to_dispute(&self, reason: &str) -> Answer {
        self.tries("dispute", json!({ "reason": reason })).await
    }

    /// Does not accept it.
    pub async fn disputes(&self, reason: &str) {
        self.tries_to_dispute(reason).await.ok();
    }

    /// Takes it back.
    pub async fn tries_to_withdraw(&self) -> Answer {
        self.tries("withdraw", json!({ "reason": "不想说了" }))
            .await
    }

    /// Takes it back.
    pub async fn withdraws(&self) {
        self.tries_to_withdraw().await.ok();
    }
}
