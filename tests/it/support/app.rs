//! A house: one private installation with its server, database, clocks and mailbox.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::Method;
use reqwest::header::HeaderMap;
use reqwest::multipart::{Form, Part};
use serde_json::Value;
use tempfile::TempDir;

use super::cluster;
use super::db::{TestDatabase, next_number};
use super::inside::{Inside, Running};
use super::mail::{self, Letter};
use super::original::{Contents, copy_of};

/// Monday morning: what is filed now is due, as a complaint, on 2026-11-23.
pub const MONDAY: &str = "2026-11-02T09:00:00+08:00";

/// One private installation. The fields are dropped in this order: the server first, its database last.
pub struct House {
    client: reqwest::Client,
    /// `http://127.0.0.1:PORT`
    pub address: String,
    /// The same for the staff.
    pub staff_address: String,
    _running: Running,
    /// What no HTTP request can do.
    pub inside: Inside,
    /// Looks that only a test takes.
    pub database: TestDatabase,
    dir: TempDir,
}

impl House {
    /// A house with its regions, calendar and power list, on a Monday at nine.
    pub async fn new() -> Self {
        Self::at(MONDAY).await
    }

    /// The same at another time.
    pub async fn at(case_time: &str) -> Self {
        Self::holding(Contents::Seed(case_time), case_time, 1).await
    }

    /// A house with more than one server thread, for tests of what happens at once.
    pub async fn busy() -> Self {
        Self::holding(Contents::Seed(MONDAY), MONDAY, 4).await
    }

    /// A house with nothing but its schema.
    pub async fn empty() -> Self {
        Self::holding(Contents::Schema, MONDAY, 1).await
    }

    /// A house as it stands on the Internet: see [`Inside::open_strict`].
    pub async fn strict() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let database = copy_of(Contents::Seed(MONDAY), dir.path()).await;
        let inside = Inside::open_strict(dir.path(), &database.url, MONDAY).await;
        Self::around(inside, database, dir, 1)
    }

    /// The demo, at its start.
    pub async fn demo(start: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let database = copy_of(Contents::Schema, dir.path()).await;
        let inside = Inside::demo(dir.path(), &database.url, start).await;
        Self::around(inside, database, dir, 1)
    }

    /// Where a demo can be made, for a test that starts and ends its processes itself.
    pub async fn place_for_demo() -> (TempDir, TestDatabase) {
        let dir = tempfile::tempdir().unwrap();
        let database = copy_of(Contents::Schema, dir.path()).await;
        (dir, database)
    }

    /// A house whose files are read by another program, and how long that may take.
    pub async fn reading_with(program: &Path, patience: Duration) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let database = copy_of(Contents::Seed(MONDAY), dir.path()).await;
        let inside = Inside::reading_with(dir.path(), &database.url, MONDAY, program, patience);
        Self::around(inside.await, database, dir, 4)
    }

    /// Where it keeps its files.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    async fn holding(contents: Contents<'_>, case_time: &str, threads: usize) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let database = copy_of(contents, dir.path()).await;
        let inside = Inside::open(dir.path(), &database.url, case_time).await;
        Self::around(inside, database, dir, threads)
    }

    fn around(inside: Inside, database: TestDatabase, dir: TempDir, threads: usize) -> Self {
        let running = inside.serve(dir.path(), &database.url, threads);
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(60))
            // Sooner than the program gives a resting connection up (75 s), or it would be given up under a request.
            .pool_idle_timeout(Duration::from_secs(50))
            .build()
            .unwrap();
        Self {
            client,
            address: format!("http://{}", running.address),
            staff_address: format!("http://{}", running.staff),
            _running: running,
            inside,
            database,
            dir,
        }
    }

    /// A request to an address of the server; under `/api/v1` unless it begins with `/api/`, or is one of
    /// the few at the root.
    pub fn call(&self, method: Method, path: &str) -> Call {
        self.call_at(&self.address, method, path)
    }

    /// A request to the staff's own address.
    pub fn call_staff(&self, method: Method, path: &str) -> Call {
        self.call_at(&self.staff_address, method, path)
    }

    fn call_at(&self, address: &str, method: Method, path: &str) -> Call {
        let at_root = path.starts_with("/api/")
            || ["/livez", "/readyz", "/metrics", "/.well-known"]
                .iter()
                .any(|root| path.starts_with(root));
        let prefix = if at_root { "" } else { "/api/v1" };
        let path = format!("{prefix}{path}");
        Call {
            name: format!("{method} {path}"),
            request: self.client.request(method, format!("{address}{path}")),
        }
    }

    /// `GET`
    pub fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path)
    }

    /// `POST`
    pub fn post(&self, path: &str) -> Call {
        self.call(Method::POST, path)
    }

    /// A public read that must be there.
    pub async fn reads(&self, path: &str) -> Value {
        self.get(path).send().await.ok()
    }

    /// All items of a public list.
    pub async fn lists(&self, path: &str) -> Vec<Value> {
        super::shapes::items(&self.reads(path).await)
    }

    /// Case time is now this (never earlier than it was).
    pub fn clock_to(&self, case_time: &str) {
        self.inside.clock_to(case_time);
    }

    /// Case time becomes this, and the worker does what is due.
    pub async fn comes_to(&self, case_time: &str) {
        self.clock_to(case_time);
        self.worker().await;
    }

    /// The worker does what is due.
    pub async fn worker(&self) {
        self.inside.worker().await;
    }

    /// Another process on the same database, as after a crash.
    pub async fn another_process(&self) -> Inside {
        self.inside
            .another(self.dir.path(), &self.database.url)
            .await
    }

    /// A second process that serves the same house; in a cluster the house's own door, behind which there are two.
    pub async fn another_door(&self) -> Door<'_> {
        if cluster::is_wanted() {
            return Door {
                house: self,
                address: self.address.clone(),
                _running: None,
            };
        }
        let inside = self.another_process().await;
        let running = inside.serve(self.dir.path(), &self.database.url, 1);
        Door {
            house: self,
            address: format!("http://{}", running.address),
            _running: Some(running),
        }
    }

    /// A process of the same house that is not the vault.
    pub async fn door_without_vault(&self) -> Door<'_> {
        let secrets = self.place("secrets");
        let inside = self
            .inside
            .without_vault(self.dir.path(), &self.database.url, &secrets)
            .await;
        let running = inside.serve_alone(1);
        Door {
            house: self,
            address: format!("http://{}", running.address),
            _running: Some(running),
        }
    }

    /// A process of the same house that is the vault and nothing else.
    pub async fn vault_door(&self) -> Door<'_> {
        let running = self.another_process().await.serve_vault();
        Door {
            house: self,
            address: format!("http://{}", running.address),
            _running: Some(running),
        }
    }

    /// Every letter sent so far.
    pub fn letters(&self) -> Vec<Letter> {
        mail::read(&self.dir.path().join("mail"))
    }

    /// Everything written under the data directory but the secrets, as far as it is text.
    pub fn everything_written(&self) -> String {
        let mut text = String::new();
        let mut rooms = vec![self.dir.path().to_owned()];
        while let Some(room) = rooms.pop() {
            for entry in std::fs::read_dir(room).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    rooms.push(path);
                } else {
                    text.push_str(&String::from_utf8_lossy(&std::fs::read(path).unwrap()));
                }
            }
        }
        text
    }

    /// A place in the data directory.
    pub fn place(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Every sealed picture there is, by its file.
    pub fn pictures(&self) -> Vec<PathBuf> {
        let rooms = std::fs::read_dir(self.place("attachments")).unwrap();
        let rooms = rooms.map(|room| room.unwrap().path());
        let files = rooms.filter(|room| room.is_dir()).flat_map(|room| {
            let files = std::fs::read_dir(room).unwrap();
            files.map(|file| file.unwrap().path())
        });
        files.collect()
    }

    /// Whatever an upload of a photo answers.
    pub async fn tries_to_upload(&self, bytes: Vec<u8>, name: &str, kind: &str) -> Answer {
        let part = Part::bytes(bytes)
            .file_name(name.to_owned())
            .mime_str(kind)
            .unwrap();
        self.post("/attachments")
            .form(Form::new().part("file", part))
            .send()
            .await
    }

    /// Uploads a photo; its token.
    pub async fn uploads(&self, bytes: Vec<u8>) -> String {
        let answer = self.tries_to_upload(bytes, "1.jpg", "image/jpeg").await;
        let view = answer.expect(201).json();
        view["token"].as_str().unwrap().to_owned()
    }

    /// An `Idempotency-Key` as a page would make it: long enough, and nobody else's.
    pub fn fresh_key(&self) -> String {
        format!("test-key-{:08}-{:08}", std::process::id(), next_number())
    }
}

/// Another process of a house, which serves until dropped.
pub struct Door<'a> {
    house: &'a House,
    address: String,
    _running: Option<Running>,
}

impl Door<'_> {
    /// `POST`
    pub fn post(&self, path: &str) -> Call {
        self.house.call_at(&self.address, Method::POST, path)
    }

    /// `GET`
    pub fn get(&self, path: &str) -> Call {
        self.house.call_at(&self.address, Method::GET, path)
    }
}

/// A request on its way.
pub struct Call {
    name: String,
    request: reqwest::RequestBuilder,
}

impl Call {
    /// With a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let value = reqwest::header::HeaderValue::from_bytes(value.as_bytes()).unwrap();
        self.request = self.request.header(name, value);
        self
    }

    /// With a header of any bytes; `None` when HTTP cannot carry them.
    pub fn raw_header(mut self, name: &str, value: &[u8]) -> Option<Self> {
        let value = reqwest::header::HeaderValue::from_bytes(value).ok()?;
        self.request = self.request.header(name, value);
        Some(self)
    }

    /// With a JSON body.
    pub fn json(mut self, body: &Value) -> Self {
        self.request = self.request.json(body);
        self
    }

    /// With a body as it is.
    pub fn body(mut self, kind: &str, body: impl Into<reqwest::Body>) -> Self {
        self.request = self.request.header("content-type", kind).body(body);
        self
    }

    /// With a body as it is, of the kind said already.
    pub fn bytes(mut self, body: impl Into<reqwest::Body>) -> Self {
        self.request = self.request.body(body);
        self
    }

    /// With a form of files and fields, on a connection that is not used again: whoever is refused is told so before his
    /// form is read, and nginx, which has said by then that the connection stays, ends it after all where the rest of the
    /// form was still on its way. The next request on it would find it gone.
    pub fn form(mut self, form: reqwest::multipart::Form) -> Self {
        self.request = self.request.multipart(form).header("connection", "close");
        self
    }

    /// As somebody who is logged in.
    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// As somebody who holds a receipt.
    pub fn receipt(self, code: &str) -> Self {
        self.header("x-receipt-code", code)
    }

    /// Said again safely.
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// About the version somebody saw.
    pub fn if_match(self, version: &str) -> Self {
        self.header("if-match", version)
    }

    /// Sends it; `None` when the connection broke, as one does that the server had just given up as idle.
    pub async fn send_once(self) -> Option<Answer> {
        let response = self.request.send().await.ok()?;
        Some(Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.bytes().await.ok()?.to_vec(),
            name: self.name,
        })
    }

    /// Sends it, and leaves the answer to come bit by bit.
    pub async fn opens(self) -> reqwest::Response {
        let name = self.name;
        let sent = self.request.send().await;
        sent.unwrap_or_else(|error| panic!("{name}: {error:?}"))
    }

    /// Sends it.
    pub async fn send(self) -> Answer {
        let name = self.name;
        let response = self
            .request
            .send()
            .await
            .unwrap_or_else(|error| panic!("{name}: {error:?}"));
        Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.bytes().await.unwrap().to_vec(),
            name,
        }
    }
}

/// What came back.
#[derive(Clone)]
pub struct Answer {
    name: String,
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The bytes as sent.
    pub body: Vec<u8>,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.text().chars().take(3000).collect();
        write!(f, "{} -> {}\n{text}", self.name, self.status)
    }
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// It must have this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }

    /// It must have gone well; the body, null when there is none.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{self:?}");
        if self.body.is_empty() {
            Value::Null
        } else {
            self.json()
        }
    }

    /// It must be a problem document with this status and code; the document.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "wanted {code}: {self:?}");
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{self:?}"
        );
        let document = self.json();
        assert_eq!(document["code"], code, "{self:?}");
        assert_eq!(document["status"], status, "{self:?}");
        document
    }

    /// It must be a problem that names a fault at `pointer`, with one of the codes in `a|b`.
    #[track_caller]
    pub fn faulty(&self, pointer: &str, codes: &str) {
        assert!([400, 422].contains(&self.status), "{self:?}");
        let document = self.json();
        let named = document["errors"].as_array().unwrap().iter().any(|error| {
            let code = error["code"].as_str().unwrap();
            error["pointer"] == pointer && codes.split('|').any(|wanted| wanted == code)
        });
        assert!(named, "wanted {codes} at {pointer}: {self:?}");
    }

    /// The problem document without what differs between two like ones.
    #[track_caller]
    pub fn anonymous_problem(&self) -> Value {
        let mut document = self.json();
        let map = document.as_object_mut().unwrap();
        assert!(map.remove("instance").is_some() && map.remove("request_id").is_some());
        document
    }

    /// The version, for `If-Match`.
    #[track_caller]
    pub fn etag(&self) -> String {
        let tag = self.header("etag").to_owned();
        assert!(!tag.is_empty(), "no ETag: {self:?}");
        tag
    }
}
