//! What staff do with policies, calendars and what waits for a second person.

use serde_json::Value;

use super::Staff;
use crate::support::{places, shapes};

impl Staff<'_> {
    /// Proposes another policy for 道外区: the one in force with a change in it; the proposal.
    pub async fn proposes_policy(&self, change: impl FnOnce(&mut Value)) -> String {
        let path = format!("/admin/policies/{}", places::COUNTY);
        let seen = self.get(&path).send().await.expect(200).json();
        let mut policy = seen["policy"].clone();
        change(&mut policy);
        let made = self
            .put(&path)
            .json(&policy)
            .send()
            .await
            .expect(202)
            .json();
        shapes::has(&made, "proposal_id expires_at");
        made["proposal_id"].as_str().unwrap().to_owned()
    }

    /// Proposes a change of the calendar; the proposal and what it would move.
    pub async fn proposes_calendar(&self, change: &Value) -> (String, Value) {
        let made = self
            .post("/admin/calendars")
            .json(change)
            .send()
            .await
            .expect(202)
            .json();
        shapes::has(&made, "proposal_id expires_at preview");
        let id = made["proposal_id"].as_str().unwrap().to_owned();
        (id, made["preview"].clone())
    }

    /// Is the second person.
    /// With the phone's next code where one is asked for, as the staff web does it.
    pub async fn approves_proposal(&self, proposal: &str) {
        let said = self.says_yes(proposal).await;
        let done = said.expect(200).json();
        assert_eq!(done["state"], "approved");
    }
}
