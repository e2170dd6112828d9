//! The two webs, as they were built into the binary: shells that are asked for anew each time, and files
//! whose name is their content, which a browser may keep for ever.

mod files;

use actix_web::http::Method;
use actix_web::http::header::ACCEPT;
use actix_web::{HttpRequest, HttpResponse};

use crate::codes::Code;
use crate::http::problem::Problem;
use files::Files;

/// Pages of the public web. Anything else is answered by its shell too, but says 404: the page that tells
/// the visitor so is drawn by the web.
const PUBLIC_PAGES: [&str; 7] = ["new", "receipt", "mine", "help", "privacy", "a11y", "v"];

/// Both webs, opened once.
pub struct Webs {
    public: Files,
    admin: Files,
}

impl Webs {
    /// Reads what was built in.
    #[must_use]
    pub fn open() -> Self {
        Self {
            public: Files::public(),
            admin: Files::admin(),
        }
    }

    /// Whether both webs are there; a binary built before them serves the API alone.
    #[must_use]
    pub fn are_built(&self) -> bool {
        self.public.shell().is_some() && self.admin.shell().is_some()
    }

    /// The answer to an address that no route of the API took.
    ///
    /// # Errors
    /// [`Code::NoRoute`] when no web has it, [`Code::MethodNotAllowed`] when somebody writes to a page.
    pub fn answer(&self, req: &HttpRequest) -> Result<HttpResponse, Problem> {
        let path = req.path();
        if is_machines(path) {
            return Err(Problem::new(Code::NoRoute));
        }
        if path == "/admin" {
            // The filters of the queue stand in the query: who reloads or shares it keeps them.
            let query = match req.query_string() {
                "" => String::new(),
                query => format!("?{query}"),
            };
            return Ok(HttpResponse::PermanentRedirect()
                .insert_header(("Location", format!("/admin/{query}")))
                .finish());
        }
        let (files, rest) = match path.strip_prefix("/admin/") {
            Some(rest) => (&self.admin, rest),
            None => (&self.public, path.trim_start_matches('/')),
        };
        let (found, known) = match files.file(rest) {
            Some(file) => (file, true),
            None => (
                files
                    .shell()
                    .filter(|_| wants_page(req, rest))
                    .ok_or_else(|| Problem::new(Code::NoRoute))?,
                path.starts_with("/admin/") || is_public_page(rest),
            ),
        };
        if !matches!(*req.method(), Method::GET | Method::HEAD) {
            return Err(if known {
                Problem::new(Code::MethodNotAllowed).allow("GET, HEAD")
            } else {
                Problem::new(Code::NoRoute)
            });
        }
        Ok(found.respond(req, known))
    }
}

/// Addresses of programs, where a page would only confuse them.
fn is_machines(path: &str) -> bool {
    ["/api", "/open311", "/log", "/metrics", "/livez", "/readyz"]
        .iter()
        .any(|root| {
            path.strip_prefix(root)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
}

/// A page of the public web by its first part.
fn is_public_page(rest: &str) -> bool {
    rest.is_empty() || PUBLIC_PAGES.contains(&rest.split('/').next().unwrap_or_default())
}

/// A page, not a file that is gone: a stale script must fail, not parse as a page. Where the address is no
/// known page either, only somebody who reads pages is shown one.
fn wants_page(req: &HttpRequest, rest: &str) -> bool {
    let last = rest.rsplit('/').next().unwrap_or_default();
    if last.contains('.') || rest.starts_with("assets/") {
        return false;
    }
    let reads_pages = req
        .headers()
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    reads_pages || req.path().starts_with("/admin/") || is_public_page(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_never_shown_a_page() {
        for path in [
            "/api",
            "/api/v1/nothing",
            "/log/checkpoint",
            "/readyz",
            "/livez",
        ] {
            assert!(is_machines(path), "{path}");
        }
        for path in ["/", "/apiary", "/v/230104111204", "/login"] {
            assert!(!is_machines(path), "{path}");
        }
    }

    #[test]
    fn pages_are_known_by_their_first_part() {
        for rest in ["", "v/230104111204/powers", "new", "receipt"] {
            assert!(is_public_page(rest), "{rest}");
        }
        for rest in ["village", "nothing/new", "wp-login"] {
            assert!(!is_public_page(rest), "{rest}");
        }
    }
}
