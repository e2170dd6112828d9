//! Lists: keyset paging, so that a page is right while rows come in.

use actix_web::HttpResponse;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Serialize;
use utoipa::ToSchema;

use super::problem::Problem;
use crate::codes::Code;
use crate::error::FieldFault;

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; null on the last.
    pub next_cursor: Option<String>,
}

/// How many rows and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Want {
    /// Rows of the page.
    pub limit: usize,
    /// The place after which it begins.
    pub after: Option<Place>,
}

/// A place in an order by (number, id).
pub type Place = (i64, String);

impl Want {
    /// Reads `limit` (1 to 100, default 20) and `cursor`.
    ///
    /// # Errors
    /// A problem that names the parameter.
    pub fn read(limit: Option<u32>, cursor: Option<&str>) -> Result<Self, Problem> {
        let limit = limit.unwrap_or(20);
        if !(1..=100).contains(&limit) {
            return Err(bad("limit", Code::OutOfRange));
        }
        let after = cursor
            .map(|text| decode(text).ok_or_else(|| bad("cursor", Code::InvalidCursor)))
            .transpose()?;
        Ok(Self {
            limit: usize::try_from(limit).unwrap_or(20),
            after,
        })
    }

    /// Rows to ask the store for: one more than wanted tells whether there is a next page.
    #[must_use]
    pub fn rows(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(100) + 1
    }
}

/// A fault of a query parameter.
#[must_use]
pub fn bad(name: &str, code: Code) -> Problem {
    Problem::with_faults(Code::InvalidQuery, vec![FieldFault::new(name, code)])
}

fn decode(text: &str) -> Option<Place> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (number, id) = text.split_once(' ')?;
    Some((number.parse().ok()?, id.to_owned()))
}

fn encode((number, id): &Place) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("{number} {id}"))
}

impl<T> Page<T> {
    /// Cuts what was fetched (one row more than asked for) to a page.
    pub fn cut<R>(
        mut rows: Vec<R>,
        want: &Want,
        place: impl Fn(&R) -> Place,
        view: impl Fn(R) -> T,
    ) -> Self {
        let more = rows.len() > want.limit;
        rows.truncate(want.limit);
        let next_cursor = if more {
            rows.last().map(|row| encode(&place(row)))
        } else {
            None
        };
        Self {
            items: rows.into_iter().map(view).collect(),
            next_cursor,
        }
    }

    /// The address of the next page for `Link`, keeping the other parameters.
    #[must_use]
    pub fn link(&self, path: &str, query: &str) -> Option<String> {
        let cursor = self.next_cursor.as_ref()?;
        let mut rest: Vec<&str> = query
            .split('&')
            .filter(|part| !part.is_empty() && !part.starts_with("cursor="))
            .collect();
        let cursor = format!("cursor={cursor}");
        rest.push(&cursor);
        Some(format!("<{path}?{}>; rel=\"next\"", rest.join("&")))
    }
}

impl<T: Serialize> Page<T> {
    /// The answer to staff: never kept by anybody.
    #[must_use]
    pub fn private(&self, req: &actix_web::HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        response.insert_header(("Cache-Control", "no-store"));
        if let Some(link) = self.link(req.path(), req.query_string()) {
            response.insert_header(("Link", link));
        }
        response.json(self)
    }
}
