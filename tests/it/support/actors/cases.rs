//! What staff do with cases.

use serde_json::{Value, json};

use super::{Staff, Villager};
use crate::support::app::Answer;
use crate::support::shapes;

impl Staff<'_> {
    /// The queue, with a query such as `q=…` or nothing.
    pub async fn queue(&self, query: &str) -> Vec<Value> {
        let list = self
            .get(&format!("/admin/complaints?{query}"))
            .send()
            .await
            .expect(200)
            .json();
        shapes::items(&list)
    }

    /// Finds a case by its number; its id.
    pub async fn finds(&self, villager: &Villager<'_>) -> String {
        let found = self.queue(&format!("q={}", villager.number)).await;
        assert_eq!(found.len(), 1, "{} finds {found:?}", self.username);
        assert_eq!(found[0]["number"], villager.number.as_str());
        found[0]["id"].as_str().unwrap().to_owned()
    }

    /// Whether the number leads anywhere.
    pub async fn does_not_find(&self, villager: &Villager<'_>) {
        let found = self.queue(&format!("q={}", villager.number)).await;
        assert!(found.is_empty(), "{} finds {found:?}", self.username);
    }

    /// Whatever opening a case answers.
    pub async fn tries_to_open(&self, id: &str) -> Answer {
        self.get(&format!("/admin/complaints/{id}")).send().await
    }

    /// Opens a case.
    pub async fn opens(&self, id: &str) -> Value {
        self.tries_to_open(id).await.expect(200).json()
    }

    /// To this person the case does not exist.
    pub async fn cannot_open(&self, id: &str) {
        self.tries_to_open(id).await.problem(404, "not_found");
    }

    /// What this person may do with a case now.
    pub async fn may(&self, id: &str) -> Vec<String> {
        shapes::words(&self.opens(id).await["allowed_actions"])
    }

    /// Sends an action about the version given.
    pub async fn sends(&self, id: &str, version: &str, action: &Value) -> Answer {
        self.post(&format!("/admin/complaints/{id}/actions"))
            .if_match(version)
            .json(action)
            .send()
            .await
    }

    /// Opens the case and sends an action about what was seen. To whom the case does not exist, the version
    /// is a guess.
    pub async fn tries(&self, id: &str, action: Value) -> Answer {
        let seen = self.tries_to_open(id).await;
        let version = match seen.status {
            200 => seen.etag(),
            _ => "\"1\"".to_owned(),
        };
        self.sends(id, &version, &action).await
    }

    /// Does something; the view after it.
    pub async fn acts(&self, id: &str, action: Value) -> Value {
        self.tries(id, action).await.expect(200).json()
    }

    /// Proposes something that takes two persons; what the proposal was answered with.
    pub async fn proposes(&self, id: &str, action: Value) -> Value {
        self.tries(id, action).await.expect(202).json()
    }

    /// The proposals that wait and that this person sees.
    pub async fn waiting(&self) -> Vec<Value> {
        let list = self
            .get("/admin/proposals?state=waiting")
            .send()
            .await
            .expect(200)
            .json();
        shapes::items(&list)
    }

    /// Whatever deciding a proposal answers.
    pub async fn decides(&self, proposal: &str, approve: bool) -> Answer {
        self.post(&format!("/admin/proposals/{proposal}/decision"))
            .json(&json!({ "approve": approve, "note": "（测试）" }))
            .send()
            .await
    }

    /// Approves, and shows the phone's next code where one is asked for; whatever it answers.
    pub async fn says_yes(&self, proposal: &str) -> Answer {
        let decides = |token: &str| {
            let call = self
                .house
                .post(&format!("/admin/proposals/{proposal}/decision"));
            call.bearer(token)
                .json(&json!({ "approve": true, "note": "（测试）" }))
                .send()
        };
        let sure = self.sure.lock().unwrap().clone();
        let said = decides(sure.as_deref().unwrap_or(&self.token)).await;
        if said.status != 403 || said.json()["code"] != "step_up_required" {
            return said;
        }
        let view = self.tries_to_step_up(30).await.expect(200).json();
        let token = view["access_token"].as_str().unwrap().to_owned();
        let said = decides(&token).await;
        *self.sure.lock().unwrap() = Some(token);
        said
    }

    /// 受理
    pub async fn accepts(&self, id: &str) -> Value {
        self.acts(id, json!({ "action": "accept" })).await
    }

    /// 要求补正
    pub async fn asks_for(&self, id: &str, note: &str) -> Value {
        self.acts(id, json!({ "action": "request_supplement", "note": note }))
            .await
    }

    /// 转办
    pub async fn dispatches(&self, id: &str, unit: &str, brief: &str) -> Value {
        self.acts(id, dispatch(unit, brief)).await
    }

    /// 退回
    pub async fn returns(&self, id: &str) -> Answer {
        self.tries(id, json!({ "action": "return", "reason": "不归我们管" }))
            .await
    }

    /// 开始办理
    pub async fn starts(&self, id: &str) -> Value {
        self.acts(id, json!({ "action": "start" })).await
    }

    /// 提交答复
    pub async fn answers(&self, id: &str) -> Value {
        self.acts(id, answer("查过了，值班人员当天外出开会。"))
            .await
    }

    /// 审核通过
    pub async fn approves(&self, id: &str) -> Value {
        self.acts(id, json!({ "action": "approve", "note": "同意" }))
            .await
    }

    /// 留言
    pub async fn writes(&self, id: &str, text: &str) -> Value {
        self.acts(id, json!({ "action": "message", "text": text }))
            .await
    }
}

/// The action `dispatch`.
pub fn dispatch(unit: &str, brief: &str) -> Value {
    json!({ "action": "dispatch", "organisation_id": unit, "brief": brief })
}

/// The action `submit_answer`.
pub fn answer(facts: &str) -> Value {
    json!({
        "action": "submit_answer",
        "facts": facts,
        "basis": "值班登记表",
        "result": "resolved",
        "remedy": "门口已贴出值班电话，外出时有人代班。",
    })
}

/// What the responsible unit reads by default.
pub const BRIEF: &str = "有群众反映办事盖章来回跑，请核实值班情况。";
