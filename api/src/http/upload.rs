//! Uploads: one file and some short fields as `multipart/form-data`, read piece by piece so that what is
//! too large is refused before it has been taken in.

use std::collections::BTreeMap;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_LENGTH;
use futures_util::StreamExt as _;

use super::problem::Problem;
use super::slow;
use crate::codes::Code;
use crate::error::FieldFault;

/// The most bytes of a field that is no file, where its name does not say more.
const FIELD_LIMIT: usize = 1024;
/// What boundaries, headers and fields may add to the file.
const ENVELOPE: usize = 64 * 1024;

/// A field that is no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Its name.
    pub name: &'static str,
    /// The most bytes of it.
    pub most: usize,
}

impl Name {
    /// Of a field of a word or two.
    #[must_use]
    pub const fn short(name: &'static str) -> Self {
        Self {
            name,
            most: FIELD_LIMIT,
        }
    }
}

/// A file as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Upload {
    /// Its name, as the sender calls it; empty when it has none.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a form held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// The field `file`.
    pub file: Option<Upload>,
    /// The other fields.
    pub fields: BTreeMap<String, String>,
}

/// Reads a form of the field `file`, at most `limit` bytes, and the fields named.
///
/// # Errors
/// A problem that names the field: 413 as soon as it is known, 415 for another content type.
pub async fn read(
    req: &HttpRequest,
    mut parts: Multipart,
    names: &[Name],
    limit: usize,
) -> Result<Form, Problem> {
    let announced = req
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > limit + ENVELOPE) {
        return Err(Problem::new(Code::TooLarge));
    }
    let mut form = Form::default();
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(|error| problem(&error))?;
        let name = part.name().unwrap_or_default().to_owned();
        let twice = form.fields.contains_key(&name) || name == "file" && form.file.is_some();
        if twice {
            return Err(fault(&name, Code::FieldTwice));
        }
        if name == "file" {
            form.file = Some(file(&mut part, limit).await?);
        } else if let Some(known) = names.iter().find(|known| known.name == name) {
            let text = text(&mut part, *known).await?;
            form.fields.insert(name, text);
        } else {
            return Err(fault(&name, Code::UnknownField));
        }
    }
    Ok(form)
}

async fn file(part: &mut Field, limit: usize) -> Result<Upload, Problem> {
    let name = part
        .content_disposition()
        .and_then(|disposition| disposition.get_filename())
        .unwrap_or_default()
        .to_owned();
    let mut bytes = Vec::new();
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|error| problem(&error))?;
        if bytes.len() + chunk.len() > limit {
            return Err(Problem::new(Code::TooLarge));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Upload { name, bytes })
}

async fn text(part: &mut Field, Name { name, most }: Name) -> Result<String, Problem> {
    let bytes = part
        .bytes(most)
        .await
        .map_err(|_| fault(name, Code::TooLong))?
        .map_err(|error| problem(&error))?;
    String::from_utf8(bytes.to_vec()).map_err(|_| fault(name, Code::WrongType))
}

fn fault(name: &str, code: Code) -> Problem {
    let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
    Problem::with_faults(Code::InvalidBody, vec![FieldFault::new(pointer, code)])
}

fn problem(error: &MultipartError) -> Problem {
    Problem::new(match error {
        MultipartError::ContentTypeMissing
        | MultipartError::ContentTypeParse
        | MultipartError::ContentTypeIncompatible
        | MultipartError::BoundaryMissing => Code::UnsupportedMediaType,
        MultipartError::Payload(PayloadError::Overflow) => Code::TooLarge,
        MultipartError::Payload(error) if slow::is_too_slow(error) => Code::TooSlow,
        _ => Code::MalformedMultipart,
    })
}

#[cfg(test)]
mod tests {
    use actix_web::FromRequest as _;
    use actix_web::test::TestRequest;

    use super::*;

    async fn sent(kind: &str, body: &str) -> Result<Form, Problem> {
        let (req, mut payload) = TestRequest::post()
            .insert_header(("content-type", kind))
            .insert_header(("content-length", body.len()))
            .set_payload(body.to_owned())
            .to_http_parts();
        let parts = Multipart::from_request(&req, &mut payload).await.unwrap();
        let long = Name {
            name: "long",
            most: FIELD_LIMIT + 1,
        };
        read(&req, parts, &[Name::short("kind"), long], 10).await
    }

    fn part(name: &str, rest: &str, value: &str) -> String {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{rest}\r\n\r\n{value}\r\n")
    }

    async fn status(kind: &str, body: &str) -> u16 {
        let problem = sent(kind, body).await.unwrap_err();
        actix_web::ResponseError::status_code(&problem).as_u16()
    }

    #[actix_web::test]
    async fn reads_a_file_and_fields() {
        let kind = "multipart/form-data; boundary=x";
        let file = part("file", "; filename=\"账.csv\"", "0123456789");
        let body = format!("{}{file}--x--\r\n", part("kind", "", "ledger"));
        let form = sent(kind, &body).await.unwrap();
        let file = form.file.unwrap();
        assert_eq!(
            (file.name.as_str(), file.bytes.as_slice()),
            ("账.csv", &b"0123456789"[..])
        );
        assert_eq!(form.fields.get("kind").map(String::as_str), Some("ledger"));
    }

    #[actix_web::test]
    async fn refuses_what_is_too_much_or_no_form() {
        let kind = "multipart/form-data; boundary=x";
        let large = format!("{}--x--\r\n", part("file", "", "0123456789+"));
        assert_eq!(status(kind, &large).await, 413);
        let unknown = format!("{}--x--\r\n", part("other", "", "1"));
        assert_eq!(status(kind, &unknown).await, 422);
        for (name, most) in [("kind", FIELD_LIMIT), ("long", FIELD_LIMIT + 1)] {
            let form = |length| format!("{}--x--\r\n", part(name, "", &"1".repeat(length)));
            assert!(sent(kind, &form(most)).await.is_ok(), "{name}");
            assert_eq!(status(kind, &form(most + 1)).await, 422, "{name}");
        }
        let again = part("kind", "", "1");
        assert_eq!(status(kind, &format!("{again}{again}--x--\r\n")).await, 422);
        assert_eq!(status(kind, &part("kind", "", "1")).await, 400);
        assert_eq!(status("application/json", "{}").await, 415);
    }
}
