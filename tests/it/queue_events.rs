//! A desk that keeps its queue open hears that something in it changed, and nothing of what it may not know.

use std::time::Duration;

use reqwest::Response;
use serde_json::json;

use crate::support::actors::Township;
use crate::support::cluster::doors;
use crate::support::{Call, Filing, House, Staff, Villager, places};

const EVENTS: &str = "/admin/complaints/events";
const READY: &str = "event: ready";
const CHANGED: &str = "event: changed";
/// Far longer than it may take, and far shorter than a token lives.
const PATIENCE: Duration = Duration::from_secs(30);

/// Somebody who listens.
struct Ear {
    response: Response,
    heard: String,
}

impl Ear {
    async fn of(call: Call) -> Self {
        let mut ear = Self {
            response: call.opens().await,
            heard: String::new(),
        };
        assert_eq!(ear.response.status(), 200);
        ear.hears(READY).await;
        ear
    }

    /// Listens until a word is there; what was heard before it is over.
    async fn hears(&mut self, word: &str) {
        let listening = async {
            while !self.heard.contains(word) {
                let part = self.response.chunk().await.unwrap();
                let part = part.unwrap_or_else(|| panic!("it ended after {:?}", self.heard));
                self.heard.push_str(std::str::from_utf8(&part).unwrap());
            }
        };
        tokio::time::timeout(PATIENCE, listening)
            .await
            .unwrap_or_else(|_| panic!("no {word:?}"));
        self.heard.clear();
    }

    /// Listens to the end.
    async fn rest(mut self) -> String {
        let listening = async {
            while let Some(part) = self.response.chunk().await.unwrap() {
                self.heard.push_str(std::str::from_utf8(&part).unwrap());
            }
            self.heard
        };
        tokio::time::timeout(PATIENCE, listening)
            .await
            .expect("it does not end")
    }
}

/// Recuses somebody from what is about the village's committee.
async fn is_related(staff: &Staff<'_>) {
    let to = json!({ "type": "organisation", "id": places::committee(places::VILLAGE) });
    let body = json!({ "of": "myself", "to": to, "note": "近亲属" });
    let declared = staff.post("/admin/relations").json(&body).send().await;
    declared.expect(201);
}

#[tokio::test]
async fn a_desk_hears_of_its_cases_and_whoever_may_not_know_hears_nothing() {
    let house = House::new().await;
    let township = Township::of(&house).await;
    let triage = &township.triage;
    let recused = house.triage().await;
    is_related(&recused).await;
    let neighbour = house.neighbour_triage().await;
    // Another process on the same database: nothing is passed from one to the other.
    let door = house.another_door().await;
    let mut own = Ear::of(triage.get(EVENTS)).await;
    let mut other = Ear::of(door.get(EVENTS).bearer(triage.token())).await;
    let silent = [
        Ear::of(recused.get(&format!("{EVENTS}?seconds=8"))).await,
        Ear::of(neighbour.get(&format!("{EVENTS}?seconds=8"))).await,
        Ear::of(township.handler.get(&format!("{EVENTS}?seconds=8"))).await,
    ];
    let against = Filing::complaint()
        .category("service")
        .against_unit(&places::committee(places::VILLAGE));
    let villager = Villager::files(&house, &against).await;
    own.hears(CHANGED).await;
    other.hears(CHANGED).await;
    // A step in it, and one that changes nothing but its history.
    let id = triage.finds(&villager).await;
    triage.accepts(&id).await;
    own.hears(CHANGED).await;
    let note = json!({ "action": "note", "text": "已电话核实" });
    triage.acts(&id, note).await;
    own.hears(CHANGED).await;
    for ear in silent {
        assert_eq!(ear.rest().await, "");
    }
    // The same listeners do hear of what is theirs.
    let mut recused = Ear::of(recused.get(EVENTS)).await;
    Villager::files(&house, &Filing::complaint()).await;
    recused.hears(CHANGED).await;
}

#[tokio::test]
async fn it_ends_with_the_token_and_with_the_session() {
    let house = House::new().await;
    let (leaver, stayer) = (house.triage().await, house.triage().await);
    let gone = Ear::of(leaver.get(EVENTS)).await;
    let mut here = Ear::of(stayer.get(EVENTS)).await;
    house.inside.disable(&leaver.username).await;
    Villager::files(&house, &Filing::complaint()).await;
    here.hears(CHANGED).await;
    // Nothing is told to whoever works here no more, not even that.
    assert_eq!(gone.rest().await, "");
    house.inside.wall_passes(700);
    assert_eq!(here.rest().await, "");
    let late = stayer.get(EVENTS).send().await;
    late.problem(401, "token_expired");
}

#[tokio::test]
async fn it_ends_with_the_account_also_where_nothing_happens() {
    let house = House::new().await;
    let leaver = house.triage().await;
    let gone = Ear::of(leaver.get(EVENTS)).await;
    house.inside.disable(&leaver.username).await;
    // Not even the first sign of life comes, a quarter of a minute after the beginning.
    assert_eq!(gone.rest().await, "");
}

#[tokio::test]
async fn one_account_listens_at_six_places_and_a_seventh_ends_the_oldest() {
    let house = House::new().await;
    let triage = house.triage().await;
    let mut ears = Vec::new();
    for _ in 0..7 * doors() {
        ears.push(Ear::of(triage.get(EVENTS)).await);
    }
    let oldest = ears.remove(0);
    assert!(oldest.rest().await.contains("event: elsewhere"));
    // The others go on.
    Villager::files(&house, &Filing::complaint()).await;
    let mut newest = ears.pop().unwrap();
    newest.hears(CHANGED).await;
    let wrong = triage.get(&format!("{EVENTS}?seconds=601")).send().await;
    wrong.problem(400, "invalid_query");
}
