//! The files of one web. The build leaves a `.br` and a `.gz` beside each text worth packing; all three are
//! found here by the plain name, and nothing is ever packed while somebody waits.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use domain::canon::sha256_hex;
use rust_embed::RustEmbed;

use crate::http::finished::{accepts, knows};
use crate::http::policy;

/// The page that a web begins with.
const SHELL: &str = "index.html";
/// Where the build puts files that carry the digest of their content in their name.
const HASHED: &str = "assets/";
/// A year: as long as HTTP knows (RFC 9111 calls anything longer unwise).
const FOR_EVER: &str = "public, max-age=31536000, immutable";

#[derive(RustEmbed)]
#[folder = "../public-web/dist"]
struct PublicDist;

#[derive(RustEmbed)]
#[folder = "../admin-web/dist"]
struct AdminDist;

/// One file, plain and packed.
pub(super) struct File {
    kind: String,
    tag: String,
    hashed: bool,
    policy: Option<String>,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

/// The files of one web, by their path.
pub(super) struct Files(HashMap<String, File>);

impl Files {
    pub(super) fn public() -> Self {
        Self::read::<PublicDist>("public-web/dist")
    }

    pub(super) fn admin() -> Self {
        Self::read::<AdminDist>("admin-web/dist")
    }

    /// A debug build reads another folder when told so, that a rebuilt web need not wait for a rebuilt server.
    fn read<Dist: RustEmbed>(place: &str) -> Self {
        if cfg!(debug_assertions)
            && let Some(root) = std::env::var_os("YDT_WEBS")
        {
            return Self::gather(in_folder(&Path::new(&root).join(place)));
        }
        let found = Dist::iter().filter_map(|name| {
            let bytes = match Dist::get(&name)?.data {
                Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                Cow::Owned(bytes) => Bytes::from(bytes),
            };
            Some((name.into_owned(), bytes))
        });
        Self::gather(found.collect())
    }

    fn gather(mut found: HashMap<String, Bytes>) -> Self {
        let plain: Vec<String> = found
            .keys()
            .filter(|name| !is_packed(name, &found))
            .cloned()
            .collect();
        let files = plain.into_iter().filter_map(|name| {
            let file = File::new(
                &name,
                found.remove(&name)?,
                found.remove(&format!("{name}.br")),
                found.remove(&format!("{name}.gz")),
            );
            Some((name, file))
        });
        Self(files.collect())
    }

    pub(super) fn shell(&self) -> Option<&File> {
        self.0.get(SHELL)
    }

    /// The file of that name; the shell itself is no file: it has its own rules.
    pub(super) fn file(&self, name: &str) -> Option<&File> {
        if name.is_empty() {
            None
        } else {
            self.0.get(name)
        }
    }
}

/// `x.js.br` beside `x.js` is no file of its own.
fn is_packed(name: &str, found: &HashMap<String, Bytes>) -> bool {
    name.strip_suffix(".br")
        .or_else(|| name.strip_suffix(".gz"))
        .is_some_and(|plain| found.contains_key(plain))
}

impl File {
    fn new(name: &str, plain: Bytes, brotli: Option<Bytes>, gzip: Option<Bytes>) -> Self {
        let kind = mime_guess::from_path(name).first_or_octet_stream();
        let text = matches!(
            kind.essence_str(),
            "text/html" | "text/css" | "text/javascript" | "application/javascript" | "text/plain"
        );
        let html = name.ends_with(".html");
        Self {
            kind: if text {
                format!("{}; charset=utf-8", kind.essence_str())
            } else {
                kind.essence_str().to_owned()
            },
            tag: sha256_hex(&plain).chars().take(32).collect(),
            hashed: name.starts_with(HASHED),
            policy: html.then(|| policy::of_shell(&String::from_utf8_lossy(&plain))),
            plain,
            brotli,
            gzip,
        }
    }

    /// The smallest form the reader takes, and how it is called.
    fn form(&self, req: &HttpRequest) -> (&Bytes, &'static str, &'static str) {
        match (&self.brotli, &self.gzip) {
            (Some(brotli), _) if accepts(req, "br") => (brotli, "-br", "br"),
            (_, Some(gzip)) if accepts(req, "gzip") => (gzip, "-gz", "gzip"),
            _ => (&self.plain, "", ""),
        }
    }

    /// The answer; `known` says whether the address is one of this web's.
    pub(super) fn respond(&self, req: &HttpRequest, known: bool) -> HttpResponse {
        let (bytes, suffix, encoding) = self.form(req);
        let fresh = known && knows(req, &self.tag);
        let mut response = match (known, fresh) {
            (_, true) => HttpResponse::NotModified(),
            (true, false) => HttpResponse::Ok(),
            (false, false) => HttpResponse::NotFound(),
        };
        response.insert_header(("ETag", format!("\"{}{suffix}\"", self.tag)));
        response.insert_header(("Vary", "Accept-Encoding"));
        response.insert_header((
            "Cache-Control",
            if self.hashed && known {
                FOR_EVER
            } else {
                "no-cache"
            },
        ));
        if let Some(policy) = &self.policy {
            response.insert_header(("Content-Security-Policy", policy.as_str()));
        }
        if fresh {
            return response.finish();
        }
        response.content_type(self.kind.as_str());
        if !encoding.is_empty() {
            response.insert_header(("Content-Encoding", encoding));
        }
        response.body(bytes.clone())
    }
}

/// Every file below a folder.
fn in_folder(root: &Path) -> HashMap<String, Bytes> {
    let mut found = HashMap::new();
    let mut rooms = vec![root.to_path_buf()];
    while let Some(room) = rooms.pop() {
        for entry in std::fs::read_dir(&room).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                rooms.push(path);
            } else if let (Ok(name), Ok(bytes)) = (path.strip_prefix(root), std::fs::read(&path)) {
                found.insert(name.to_string_lossy().into_owned(), Bytes::from(bytes));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use actix_web::http::StatusCode;
    use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, ETAG};
    use actix_web::test::TestRequest;

    use super::*;

    fn web() -> Files {
        let files = [
            ("index.html", "<style>a{}</style>"),
            ("index.html.br", "packed"),
            ("assets/a.1234.js", "1"),
            ("assets/a.1234.js.gz", "packed"),
            ("data.gz", "a file of its own"),
        ];
        Files::gather(
            files
                .map(|(name, text)| (name.to_owned(), Bytes::from_static(text.as_bytes())))
                .into(),
        )
    }

    fn header(response: &HttpResponse, name: actix_web::http::header::HeaderName) -> &str {
        let value = response.headers().get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    #[test]
    fn a_packed_form_is_found_by_the_plain_name() {
        let web = web();
        let mut names: Vec<&str> = web.0.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["assets/a.1234.js", "data.gz", "index.html"]);
    }

    #[test]
    fn each_form_has_its_tag_and_any_of_them_is_known_again() {
        let web = web();
        let shell = web.shell().unwrap();
        let asks = |coding: &str, tag: &str| {
            let request = TestRequest::default()
                .insert_header(("accept-encoding", coding))
                .insert_header(("if-none-match", tag))
                .to_http_request();
            shell.respond(&request, true)
        };
        let (plain, packed) = (asks("gzip", ""), asks("gzip, br", ""));
        assert_eq!(header(&plain, CONTENT_ENCODING), "");
        assert_eq!(header(&packed, CONTENT_ENCODING), "br");
        let (one, other) = (header(&plain, ETAG), header(&packed, ETAG));
        assert_ne!(one, other);
        for tag in [one, other] {
            assert_eq!(asks("br", tag).status(), StatusCode::NOT_MODIFIED);
        }
        assert_eq!(asks("br", "\"another\"").status(), StatusCode::OK);
    }

    #[test]
    fn only_what_carries_its_digest_is_kept_for_ever() {
        let web = web();
        let request = TestRequest::default().to_http_request();
        let shell = web.shell().unwrap().respond(&request, true);
        assert_eq!(header(&shell, CACHE_CONTROL), "no-cache");
        assert!(header(&shell, CONTENT_SECURITY_POLICY).contains("'sha256-"));
        let script = web.file("assets/a.1234.js").unwrap();
        assert_eq!(
            header(&script.respond(&request, true), CACHE_CONTROL),
            FOR_EVER
        );
        // The page that says "not found" is nobody's to keep, nor known again by its tag.
        let lost = web.shell().unwrap().respond(&request, false);
        assert_eq!(lost.status(), StatusCode::NOT_FOUND);
        assert_eq!(header(&lost, CACHE_CONTROL), "no-cache");
    }
}
