//! Requests that a browser answers with a cookie must come from our own pages (security.md 1.4.12).

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{HOST, ORIGIN};
use actix_web::{FromRequest, HttpRequest, web};

use super::problem::Problem;
use crate::app::App;
use crate::codes::Code;

/// What a page must send beside the cookie. No form can, and another site's script only after asking us first, which
/// nobody is allowed to.
const OWN_HEADER: &str = "x-requested-with";

/// A request that no other site's page made: not from another origin, and, where a browser says which site asks
/// (`Sec-Fetch-Site`), with a header that only a script of our own can set. Programs send neither and pass.
pub struct OwnOrigin;

impl FromRequest for OwnOrigin {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let header = |name: &str| {
            req.headers()
                .get(name)
                .map(|value| value.to_str().unwrap_or("null"))
        };
        let admin_url = req
            .app_data::<web::Data<App>>()
            .map(|app| app.config.admin_url.as_str())
            .unwrap_or_default();
        let host = header(HOST.as_str()).unwrap_or_default();
        let from_here =
            header(ORIGIN.as_str()).is_none_or(|origin| is_ours(origin, admin_url, host));
        let site = header("sec-fetch-site").map(str::trim);
        let own = header(OWN_HEADER).is_some_and(|value| !value.is_empty());
        ready(
            if from_here && site.is_none_or(|site| site != "cross-site" && own) {
                Ok(Self)
            } else {
                Err(Problem::new(Code::ForeignOrigin))
            },
        )
    }
}

/// Whether an origin is that of `admin_url`, or of the very host the request was sent to.
fn is_ours(origin: &str, admin_url: &str, host: &str) -> bool {
    let desk = admin_url
        .splitn(4, '/')
        .take(3)
        .collect::<Vec<_>>()
        .join("/");
    let authority = match origin.split_once("://") {
        Some(("https", authority)) => authority,
        // A page fetched in clear could be anybody's where the real one is not.
        Some(("http", authority)) if !desk.starts_with("https://") => authority,
        _ => return false,
    };
    origin.eq_ignore_ascii_case(&desk) || (!host.is_empty() && authority.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn only_our_pages() {
        let plain = |origin| is_ours(origin, "http://cun.example/yidian", "127.0.0.1:8080");
        assert!(plain("http://cun.example"));
        assert!(plain("http://127.0.0.1:8080"));
        let sealed = |origin| is_ours(origin, "https://cun.example", "cun.example");
        assert!(sealed("https://cun.example"));
        for foreign in [
            "null",
            "",
            "http://cun.example.evil.example",
            "http://evil.example",
            "http://cun.example:81",
            "http://127.0.0.1:8081",
            "file://127.0.0.1:8080",
        ] {
            assert!(!plain(foreign), "{foreign}");
        }
        assert!(!sealed("http://cun.example"));
    }
}
