//! People. A verb is what somebody does and succeeds with; `tries…` gives back whatever came.

mod cases;
mod disclosures;
mod rules;
mod township;
mod villager;

use std::sync::Mutex;

use serde_json::{Value, json};
use totp_rs::{Algorithm, Builder, Secret};

use crate::support::app::{Answer, Call, House};
use crate::support::db::next_number;
use crate::support::inside::Hire;
use crate::support::places;

pub use self::cases::{BRIEF, answer, dispatch};
pub use self::disclosures::publish_ledger;
pub use self::township::Township;
pub use self::villager::{Filing, Villager};

/// A long password that is in no list.
pub const PASSWORD: &str = "dongfeng-chun-shui-2026-test";

/// The code an account's phone shows.
pub fn totp_code(secret: [u8; 20], seconds: i64) -> String {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_secret(Secret::from(secret))
        .build_noncompliant()
        .generate(u64::try_from(seconds).unwrap())
        .to_string()
}

/// Somebody who works here, logged in.
pub struct Staff<'a> {
    house: &'a House,
    /// The account.
    pub id: String,
    /// The login name.
    pub username: String,
    /// Where letters go.
    pub email: String,
    /// The secret in the phone.
    pub totp_secret: [u8; 20],
    /// The access token.
    pub token: String,
    /// The one of a fresh code that was asked for in between.
    sure: Mutex<Option<String>>,
}

/// An account that has not logged in yet.
pub struct Account<'a> {
    house: &'a House,
    /// The account.
    pub id: String,
    /// The login name.
    pub username: String,
    /// Where letters go.
    pub email: String,
    /// The secret in the phone.
    pub totp_secret: [u8; 20],
}

impl<'a> Account<'a> {
    /// A fresh account.
    pub async fn hired(house: &'a House, role: &str, unit: &str, region: &str) -> Self {
        let number = next_number();
        let username = format!("{}-{number}", role.replace('_', "-"));
        let email = format!("{username}@example.invalid");
        let mut totp_secret = [7; 20];
        totp_secret[..4].copy_from_slice(&number.to_be_bytes());
        let id = house
            .inside
            .hire(&Hire {
                username: &username,
                role,
                organisation_id: unit,
                region_code: region,
                email: &email,
                password: PASSWORD,
                totp_secret,
            })
            .await;
        Self {
            house,
            id,
            username,
            email,
            totp_secret,
        }
    }

    /// The code the phone shows now.
    pub fn code(&self) -> String {
        self.code_at(0)
    }

    /// The code the phone shows some seconds from now.
    pub fn code_at(&self, seconds: i64) -> String {
        let now = self.house.inside.wall_time().seconds();
        totp_code(self.totp_secret, now + seconds)
    }

    /// Whatever a login answers.
    pub async fn tries(&self, password: &str, code: &str) -> Answer {
        self.house
            .post("/auth/login")
            .json(&json!({ "username": self.username, "password": password, "totp_code": code }))
            .send()
            .await
    }

    /// Logs in.
    pub async fn logs_in(self) -> Staff<'a> {
        let session = self.tries(PASSWORD, &self.code()).await.expect(200).json();
        Staff {
            house: self.house,
            id: self.id,
            username: self.username,
            email: self.email,
            totp_secret: self.totp_secret,
            token: session["access_token"].as_str().unwrap().to_owned(),
            sure: Mutex::default(),
        }
    }
}

impl House {
    /// Somebody with a role in a unit, logged in.
    pub async fn staff(&self, role: &str, unit: &str, region: &str) -> Staff<'_> {
        Account::hired(self, role, unit, region)
            .await
            .logs_in()
            .await
    }

    /// 东风村报账员
    pub async fn clerk(&self) -> Staff<'_> {
        let unit = places::committee(places::VILLAGE);
        self.staff("village_clerk", &unit, places::VILLAGE).await
    }

    /// 东风村村务监督委员会主任
    pub async fn committee(&self) -> Staff<'_> {
        let unit = places::supervision_committee(places::VILLAGE);
        self.staff("committee_member", &unit, places::VILLAGE).await
    }

    /// 团结镇代理会计
    pub async fn publisher(&self) -> Staff<'_> {
        let unit = places::agency(places::TOWNSHIP);
        self.staff("publisher", &unit, places::TOWNSHIP).await
    }

    /// 团结镇纪委分办员; every call hires another one.
    pub async fn triage(&self) -> Staff<'_> {
        let unit = places::organ(places::TOWNSHIP);
        self.staff("triage", &unit, places::TOWNSHIP).await
    }

    /// 民主镇纪委分办员
    pub async fn neighbour_triage(&self) -> Staff<'_> {
        let unit = places::organ(places::NEIGHBOUR);
        self.staff("triage", &unit, places::NEIGHBOUR).await
    }

    /// 团结镇政府承办人; every call hires another one.
    pub async fn handler(&self) -> Staff<'_> {
        self.handler_of(&places::government(places::TOWNSHIP)).await
    }

    /// Somebody who does the work in a unit; its region is in its id.
    pub async fn handler_of(&self, unit: &str) -> Staff<'_> {
        let region = &unit[unit.len() - 12..];
        self.staff("handler", unit, region).await
    }

    /// 道外区纪委监委督办员
    pub async fn county(&self) -> Staff<'_> {
        let unit = places::organ(places::COUNTY);
        self.staff("supervisor", &unit, places::COUNTY).await
    }

    /// 道里区纪委监委督办员
    pub async fn other_county(&self) -> Staff<'_> {
        let unit = places::organ(places::OTHER_COUNTY);
        self.staff("supervisor", &unit, places::OTHER_COUNTY).await
    }

    /// 哈尔滨市纪委监委督办员
    pub async fn city(&self) -> Staff<'_> {
        let unit = places::organ(places::CITY);
        self.staff("supervisor", &unit, places::CITY).await
    }

    /// 审计
    pub async fn auditor(&self) -> Staff<'_> {
        let unit = places::organ(places::COUNTY);
        self.staff("auditor", &unit, places::COUNTY).await
    }

    /// The same, who has just proved with a fresh code that it is still him.
    pub async fn sure_administrator(&self) -> Staff<'_> {
        self.administrator().await.stepped_up().await
    }

    /// 道外区系统管理员
    pub async fn administrator(&self) -> Staff<'_> {
        let unit = places::organ(places::COUNTY);
        self.staff("administrator", &unit, places::COUNTY).await
    }
}

impl Staff<'_> {
    /// The access token.
    pub fn token(&self) -> &str {
        &self.token
    }

    // ---- one's own session

    /// Whatever a fresh code answers, as the phone shows it some seconds from now.
    pub async fn tries_to_step_up(&self, seconds: i64) -> Answer {
        let now = self.house.inside.wall_time().seconds();
        let code = totp_code(self.totp_secret, now + seconds);
        self.post("/auth/step-up")
            .json(&json!({ "totp_code": code }))
            .send()
            .await
    }

    /// Proves with the phone's next code (this one opened the door) that it is still the same person; the token that
    /// may do sensitive things is the one used from now on.
    pub async fn stepped_up(mut self) -> Self {
        let view = self.tries_to_step_up(30).await.expect(200).json();
        self.token = view["access_token"].as_str().unwrap().to_owned();
        self
    }

    // ---- other people's accounts

    /// Whatever making an account answers.
    pub async fn tries_to_add(&self, body: &Value) -> Answer {
        self.post("/admin/staff").json(body).send().await
    }

    /// Whatever doing something with an account answers, about the version seen.
    pub async fn tries_with_account(&self, id: &str, action: Value) -> Answer {
        let seen = self.get(&format!("/admin/staff/{id}")).send().await;
        let version = match seen.status {
            200 => seen.etag(),
            _ => "\"1\"".to_owned(),
        };
        self.post(&format!("/admin/staff/{id}/actions"))
            .if_match(&version)
            .json(&action)
            .send()
            .await
    }

    /// A read of the staff plane.
    pub fn get(&self, path: &str) -> Call {
        self.house.get(path).bearer(&self.token)
    }

    /// A write of the staff plane.
    pub fn post(&self, path: &str) -> Call {
        self.house.post(path).bearer(&self.token)
    }

    /// A change of the staff plane.
    pub fn put(&self, path: &str) -> Call {
        self.house
            .call(reqwest::Method::PUT, path)
            .bearer(&self.token)
    }
}
