//! The bytes of a public read, finished: plain and packed, each under a strong tag of its own. They are packed when
//! first asked for in that form, and never twice; what takes longer than a moment is packed away from the requests.

use std::io::Write as _;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LANGUAGE,
    CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, LINK, VARY,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use domain::canon::sha256_hex;
use domain::time::Timestamp;
use store::Generation;
use tokio::sync::OnceCell;

use super::lang::{self, Lang};
use crate::metrics::Route;

/// Bodies below this are not worth packing.
const WORTH_PACKING: usize = 700;
/// Bytes that are hashed and packed where they are met; more goes to a thread where nobody waits for a request.
const IN_PASSING: usize = 32 * 1024;
/// Quality 5 packs within a tenth of quality 11 and twenty times as fast (measured; frontend.md 1.2).
const BROTLI_QUALITY: u32 = 5;
/// What an entry takes beside its bytes: headers, tags, its place in the index.
const BESIDE: usize = 1_024;

/// What a handler made: the edge finishes it.
pub struct Draft {
    /// The body.
    pub plain: Bytes,
    /// Its media type.
    pub kind: String,
    /// `Link`
    pub link: Option<String>,
    /// `Content-Disposition`
    pub disposition: Option<String>,
    /// How long it is right in case time, where the handler said so.
    pub holds: Option<Option<Timestamp>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    Identity,
    Gzip,
    Brotli,
}

impl Packing {
    const ALL: [Self; 3] = [Self::Identity, Self::Gzip, Self::Brotli];

    fn suffix(self) -> &'static str {
        match self {
            Self::Identity => "",
            Self::Gzip => "-gz",
            Self::Brotli => "-br",
        }
    }

    fn pack(self, bytes: &Bytes) -> std::io::Result<Bytes> {
        match self {
            Self::Identity => Ok(bytes.clone()),
            Self::Gzip => {
                let level = flate2::Compression::new(6);
                let mut packer = flate2::write::GzEncoder::new(Vec::new(), level);
                packer.write_all(bytes)?;
                packer.finish().map(Bytes::from)
            }
            Self::Brotli => {
                let mut packer =
                    brotli::CompressorWriter::new(Vec::new(), 4096, BROTLI_QUALITY, 20);
                packer.write_all(bytes)?;
                packer.flush()?;
                Ok(Bytes::from(packer.into_inner()))
            }
        }
    }
}

/// A public read as it is sent.
pub struct Finished {
    /// The state of what is public that it was read from.
    pub generation: Generation,
    /// Case time from which on it is not right any more.
    pub until: Option<Timestamp>,
    /// Where its requests are counted.
    pub route: Route,
    lang: Lang,
    /// The tag without quotes and suffix, by which any of its forms is known again.
    tag: String,
    tags: [HeaderValue; 3],
    kind: HeaderValue,
    link: Option<HeaderValue>,
    disposition: Option<HeaderValue>,
    plain: Bytes,
    is_worth_packing: bool,
    gzip: OnceCell<Bytes>,
    brotli: OnceCell<Bytes>,
}

impl Finished {
    /// Finishes what a handler made.
    pub(super) async fn of(draft: Draft, generation: Generation, lang: Lang, route: Route) -> Self {
        let plain = draft.plain;
        let hash = if plain.len() <= IN_PASSING {
            sha256_hex(&plain)
        } else {
            let bytes = plain.clone();
            let hashing = tokio::task::spawn_blocking(move || sha256_hex(&bytes)).await;
            // Only a runtime that is about to end does not hash.
            hashing.unwrap_or_else(|_| sha256_hex(&plain))
        };
        let hash = hash.get(..32).unwrap_or(&hash);
        let tag = format!("{hash}-{}", lang::tag(lang));
        let tags = Packing::ALL.map(|form| header_value(&format!("\"{tag}{}\"", form.suffix())));
        Self {
            generation,
            until: draft.holds.flatten(),
            route,
            lang,
            tag,
            tags,
            kind: header_value(&draft.kind),
            link: draft.link.as_deref().map(header_value),
            disposition: draft.disposition.as_deref().map(header_value),
            is_worth_packing: plain.len() >= WORTH_PACKING && is_text(&draft.kind),
            plain,
            gzip: OnceCell::new(),
            brotli: OnceCell::new(),
        }
    }

    /// Bytes of memory it may come to: its packed forms are smaller than it is, together about so.
    pub fn weight(&self) -> usize {
        let packed = if self.is_worth_packing {
            self.plain.len()
        } else {
            0
        };
        self.plain.len() + packed + BESIDE
    }

    fn wished(&self, req: &HttpRequest) -> Packing {
        if !self.is_worth_packing {
            Packing::Identity
        } else if accepts(req, "br") {
            Packing::Brotli
        } else if accepts(req, "gzip") {
            Packing::Gzip
        } else {
            Packing::Identity
        }
    }

    async fn packed(&self, packing: Packing) -> std::io::Result<Bytes> {
        let form = match packing {
            Packing::Identity => return Ok(self.plain.clone()),
            Packing::Gzip => &self.gzip,
            Packing::Brotli => &self.brotli,
        };
        if let Some(bytes) = form.get() {
            return Ok(bytes.clone());
        }
        let plain = self.plain.clone();
        let pack = || async move {
            if plain.len() <= IN_PASSING {
                return packing.pack(&plain);
            }
            tokio::task::spawn_blocking(move || packing.pack(&plain))
                .await
                .unwrap_or_else(|error| Err(std::io::Error::other(error)))
        };
        form.get_or_try_init(pack).await.cloned()
    }

    /// The answer to one reader, where nothing has to be packed for it.
    pub fn at_hand(&self, req: &HttpRequest) -> Option<HttpResponse> {
        let packing = self.wished(req);
        if knows(req, &self.tag) {
            return Some(self.unchanged(packing));
        }
        let bytes = match packing {
            Packing::Identity => &self.plain,
            Packing::Gzip => self.gzip.get()?,
            Packing::Brotli => self.brotli.get()?,
        };
        Some(self.whole(packing, bytes.clone()))
    }

    /// The answer to one reader.
    pub async fn answer(&self, req: &HttpRequest) -> HttpResponse {
        let packing = self.wished(req);
        if knows(req, &self.tag) {
            return self.unchanged(packing);
        }
        match self.packed(packing).await {
            Ok(bytes) => self.whole(packing, bytes),
            Err(error) => {
                tracing::error!(%error, "an answer could not be packed");
                HttpResponse::InternalServerError().finish()
            }
        }
    }

    fn unchanged(&self, packing: Packing) -> HttpResponse {
        let mut response = HttpResponse::new(StatusCode::NOT_MODIFIED);
        self.describe(response.headers_mut(), packing);
        response
    }

    fn whole(&self, packing: Packing, bytes: Bytes) -> HttpResponse {
        let mut response = HttpResponse::new(StatusCode::OK).set_body(BoxBody::new(bytes));
        let headers = response.headers_mut();
        self.describe(headers, packing);
        headers.insert(CONTENT_TYPE, self.kind.clone());
        let coding = match packing {
            Packing::Identity => return response,
            Packing::Gzip => "gzip",
            Packing::Brotli => "br",
        };
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
        response
    }

    /// What stands above its bytes, and above the word that they are still the same.
    fn describe(&self, headers: &mut HeaderMap, packing: Packing) {
        let [identity, gzip, brotli] = &self.tags;
        let tag = match packing {
            Packing::Identity => identity,
            Packing::Gzip => gzip,
            Packing::Brotli => brotli,
        };
        // With those that every answer gets.
        headers.reserve(20);
        headers.insert(ETAG, tag.clone());
        headers.insert(
            VARY,
            HeaderValue::from_static("Accept-Encoding, Accept-Language"),
        );
        headers.insert(
            CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=60, stale-while-revalidate=600"),
        );
        headers.insert(
            CONTENT_LANGUAGE,
            HeaderValue::from_static(lang::tag(self.lang)),
        );
        if let Some(link) = &self.link {
            headers.insert(LINK, link.clone());
        }
        // Also above the word: a browser takes over the headers of a 304, and the edge's policy hangs on this one.
        if let Some(disposition) = &self.disposition {
            headers.insert(CONTENT_DISPOSITION, disposition.clone());
        }
    }
}

/// Whether packing makes it smaller: a workbook is packed already.
fn is_text(kind: &str) -> bool {
    ["json", "xml", "text/"]
        .iter()
        .any(|word| kind.contains(word) && !kind.contains("openxmlformats"))
}

/// Our own words are all that a header carries; what it cannot carry is left out.
fn header_value(text: &str) -> HeaderValue {
    HeaderValue::from_bytes(text.as_bytes()).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Whether the reader takes that content coding (RFC 9110, 12.5.3).
#[must_use]
pub fn accepts(req: &HttpRequest, coding: &str) -> bool {
    let wish = req
        .headers()
        .get(ACCEPT_ENCODING)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    wish.split(',').any(|part| {
        let mut parts = part.split(';').map(str::trim);
        parts.next() == Some(coding)
            && !parts.any(|p| matches!(p, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// Whether the reader has this content already, in whatever coding: `tag` is its `ETag` without the suffix.
#[must_use]
pub fn knows(req: &HttpRequest, tag: &str) -> bool {
    req.headers()
        .get(IF_NONE_MATCH)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|known| {
            known.split(',').any(|one| {
                let one = one.trim().trim_start_matches("W/").trim_matches('"');
                one == "*" || one.trim_end_matches("-gz").trim_end_matches("-br") == tag
            })
        })
}
