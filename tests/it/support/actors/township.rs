//! The people of a township through whose hands a case goes.

use serde_json::Value;

use super::{BRIEF, Filing, Staff, Villager};
use crate::support::app::House;
use crate::support::places;

/// The people of a township through whose hands a case goes.
pub struct Township<'a> {
    house: &'a House,
    /// 纪委分办员
    pub triage: Staff<'a>,
    /// 镇政府承办人
    pub handler: Staff<'a>,
}

impl<'a> Township<'a> {
    /// Hires them.
    pub async fn of(house: &'a House) -> Self {
        Self {
            house,
            triage: house.triage().await,
            handler: house.handler().await,
        }
    }

    /// A case brought to a state, at the present case time; the villager and the id.
    pub async fn case_in(&self, state: &str, filing: &Filing) -> (Villager<'a>, String) {
        const WAY: [&str; 7] = [
            "submitted",
            "accepted",
            "dispatched",
            "handling",
            "under_review",
            "answered",
            "closed",
        ];
        let villager = Villager::files(self.house, filing).await;
        let id = self.triage.finds(&villager).await;
        match state {
            "awaiting_supplement" => {
                self.triage.asks_for(&id, "请补充时间和地点").await;
            }
            "withdrawn" => villager.withdraws().await,
            _ => {
                let steps = WAY.iter().position(|word| *word == state).unwrap();
                for step in &WAY[1..=steps] {
                    self.goes_on(&villager, &id, step).await;
                }
            }
        }
        assert_eq!(villager.state().await, state);
        (villager, id)
    }

    async fn goes_on(&self, villager: &Villager<'_>, id: &str, to: &str) {
        let unit = places::government(places::TOWNSHIP);
        match to {
            "accepted" => self.triage.accepts(id).await,
            "dispatched" => self.triage.dispatches(id, &unit, BRIEF).await,
            "handling" => self.handler.starts(id).await,
            "under_review" => self.handler.answers(id).await,
            "answered" => self.triage.approves(id).await,
            _ => {
                villager.rates("satisfied").await;
                Value::Null
            }
        };
    }
}
