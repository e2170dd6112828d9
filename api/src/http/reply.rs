//! Answers: public reads with a strong `ETag` for each encoding, personal ones that nobody keeps.

use std::io::Write as _;

use actix_web::http::header::{ACCEPT_ENCODING, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse};
use domain::canon::sha256_hex;
use serde::Serialize;

use super::lang;
use super::page::Page;

/// Bodies below this are not worth packing.
const WORTH_PACKING: usize = 700;
/// Quality 5 packs within a tenth of quality 11 and twenty times as fast (measured; frontend.md 1.2).
const BROTLI_QUALITY: u32 = 5;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Packing {
    Identity,
    Gzip,
    Brotli,
}

impl Packing {
    fn wished(req: &HttpRequest, length: usize) -> Self {
        if length < WORTH_PACKING {
            Self::Identity
        } else if accepts(req, "br") {
            Self::Brotli
        } else if accepts(req, "gzip") {
            Self::Gzip
        } else {
            Self::Identity
        }
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::Identity => "",
            Self::Gzip => "-gz",
            Self::Brotli => "-br",
        }
    }

    fn pack(self, bytes: Vec<u8>) -> std::io::Result<Vec<u8>> {
        match self {
            Self::Identity => Ok(bytes),
            Self::Gzip => {
                let mut packer =
                    flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
                packer.write_all(&bytes)?;
                packer.finish()
            }
            Self::Brotli => {
                let mut packer =
                    brotli::CompressorWriter::new(Vec::new(), 4096, BROTLI_QUALITY, 20);
                packer.write_all(&bytes)?;
                packer.flush()?;
                Ok(packer.into_inner())
            }
        }
    }
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

/// A public read: anybody may keep it for a minute and show it while asking again.
#[must_use]
pub fn public_json<T: Serialize>(req: &HttpRequest, value: &T) -> HttpResponse {
    match serde_json::to_vec(value) {
        Ok(bytes) => public_bytes(req, bytes, "application/json", None, None),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// A public page of a list.
#[must_use]
pub fn public_page<T: Serialize>(req: &HttpRequest, page: &Page<T>) -> HttpResponse {
    let link = page.link(req.path(), req.query_string());
    match serde_json::to_vec(page) {
        Ok(bytes) => public_bytes(req, bytes, "application/json", link, None),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// A public file to save.
#[must_use]
pub fn public_file(req: &HttpRequest, bytes: Vec<u8>, kind: &str, name: &str) -> HttpResponse {
    let disposition = format!("attachment; filename=\"{name}\"");
    public_bytes(req, bytes, kind, None, Some(disposition))
}

/// A public text that is read where it is.
#[must_use]
pub fn public_text(req: &HttpRequest, bytes: Vec<u8>, kind: &str) -> HttpResponse {
    public_bytes(req, bytes, kind, None, None)
}

fn public_bytes(
    req: &HttpRequest,
    bytes: Vec<u8>,
    kind: &str,
    link: Option<String>,
    disposition: Option<String>,
) -> HttpResponse {
    let lang = lang::of(req.headers());
    let hash = sha256_hex(&bytes);
    let hash = hash.get(..32).unwrap_or(&hash);
    let base = format!("{hash}-{}", lang::tag(lang));
    let packing = Packing::wished(req, bytes.len());
    let known = knows(req, &base);
    let mut response = if known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response.insert_header(("ETag", format!("\"{base}{}\"", packing.suffix())));
    response.insert_header(("Vary", "Accept-Encoding, Accept-Language"));
    response.insert_header((
        "Cache-Control",
        "public, max-age=60, stale-while-revalidate=600",
    ));
    response.insert_header(("Content-Language", lang::tag(lang)));
    if let Some(link) = link {
        response.insert_header(("Link", link));
    }
    if known {
        return response.finish();
    }
    if let Some(disposition) = disposition {
        response.insert_header(("Content-Disposition", disposition));
    }
    response.content_type(kind);
    match packing {
        Packing::Identity => {}
        Packing::Gzip => {
            response.insert_header(("Content-Encoding", "gzip"));
        }
        Packing::Brotli => {
            response.insert_header(("Content-Encoding", "br"));
        }
    }
    match packing.pack(bytes) {
        Ok(packed) => response.body(packed),
        Err(error) => {
            tracing::error!(%error, "an answer could not be packed");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// Something personal: nobody keeps it.
#[must_use]
pub fn private_json<T: Serialize>(value: &T) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-store"))
        .json(value)
}

/// The same with the version as `ETag`, for `If-Match`.
#[must_use]
pub fn versioned_json<T: Serialize>(version: i32, value: &T) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-store"))
        .insert_header(("ETag", format!("\"{version}\"")))
        .json(value)
}

/// Something that waits for somebody else.
#[must_use]
pub fn accepted_json<T: Serialize>(value: &T) -> HttpResponse {
    HttpResponse::Accepted()
        .insert_header(("Cache-Control", "no-store"))
        .json(value)
}

/// Something newly made, with its version.
#[must_use]
pub fn created_json<T: Serialize>(version: i32, value: &T) -> HttpResponse {
    HttpResponse::Created()
        .insert_header(("Cache-Control", "no-store"))
        .insert_header(("ETag", format!("\"{version}\"")))
        .json(value)
}

/// A picture for one reader, to be saved: nothing in it runs, and nobody on the way keeps it.
#[must_use]
pub fn sandboxed(bytes: Vec<u8>, kind: &'static str, name: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header(("Cache-Control", "no-store"))
        .insert_header((
            "Content-Disposition",
            format!("attachment; filename*=UTF-8''{name}"),
        ))
        .insert_header(("Content-Security-Policy", "sandbox; default-src 'none'"))
        .body(bytes)
}
