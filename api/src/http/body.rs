//! Request bodies, paths, queries and headers, read so that every refusal names the place.

use std::future::{Future, Ready, ready};
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;

use super::objects::Objects;
use super::problem::Problem;
use super::shape_words::in_chinese;
use super::slow;
use crate::codes::Code;
use crate::error::FieldFault;

/// Bytes of a JSON body: the longest complaint in UTF-8, escaped, with room.
pub const JSON_LIMIT: usize = 256 * 1024;

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = req
            .headers()
            .get("content-type")
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default();
        let essence = kind
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        if essence != "application/json" {
            return Box::pin(ready(Err(Problem::new(Code::UnsupportedMediaType))));
        }
        let bytes = web::Bytes::from_request(req, payload);
        Box::pin(async move {
            let bytes = bytes.await.map_err(|error| {
                Problem::new(match error.as_error::<PayloadError>() {
                    Some(PayloadError::Overflow) => Code::TooLarge,
                    Some(error) if slow::is_too_slow(error) => Code::TooSlow,
                    _ if error.as_response_error().status_code() == 413 => Code::TooLarge,
                    _ => Code::MalformedJson,
                })
            })?;
            if bytes.len() > JSON_LIMIT {
                return Err(Problem::new(Code::TooLarge));
            }
            from_json(&bytes).map(Self)
        })
    }
}

/// Parses JSON; a body that is no JSON at all is told apart from one of the wrong shape.
///
/// # Errors
/// A problem that names the place.
pub fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut de = serde_json::Deserializer::from_slice(bytes);
    let parsed = serde_path_to_error::deserialize(Objects(&mut de));
    match parsed {
        Ok(value) => de
            .end()
            .map(|()| value)
            .map_err(|_| Problem::new(Code::MalformedJson)),
        Err(error) => {
            let path = error.path().clone();
            let inner = error.into_inner();
            match inner.classify() {
                serde_json::error::Category::Data => Err(Problem::with_faults(
                    Code::InvalidBody,
                    vec![shape_fault(&path, &inner.to_string())],
                )),
                _ => Err(Problem::new(Code::MalformedJson)),
            }
        }
    }
}

/// Parses a value that was already read as JSON, the same way.
///
/// # Errors
/// A problem that names the place.
pub fn from_value<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, Problem> {
    serde_path_to_error::deserialize(Objects(value)).map_err(|error| {
        let path = error.path().clone();
        let words = error.into_inner().to_string();
        Problem::with_faults(Code::InvalidBody, vec![shape_fault(&path, &words)])
    })
}

/// The fault at the place where a value was of the wrong shape, by serde's words about it.
pub(crate) fn shape_fault(path: &serde_path_to_error::Path, words: &str) -> FieldFault {
    use serde_path_to_error::Segment;
    let mut pointer: String = path
        .iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { .. } | Segment::Unknown => String::new(),
        })
        .collect();
    // serde's words carry "at line 1 column 2", which says nothing to somebody with a pointer.
    let words = words.split(" at line ").next().unwrap_or(words).to_owned();
    let quoted = words.split('`').nth(1).unwrap_or_default().to_owned();
    let code = if words.starts_with("missing field") {
        pointer = format!("{pointer}/{quoted}");
        Code::Required
    } else if words.starts_with("unknown field") {
        if !pointer.ends_with(&format!("/{quoted}")) {
            pointer = format!("{pointer}/{quoted}");
        }
        Code::UnknownField
    } else {
        Code::WrongType
    };
    let detail = (
        format!("{}：{}", code.zh(), in_chinese(&words)),
        format!("{}: {words}", code.en()),
    );
    FieldFault {
        pointer,
        code,
        detail: Some(detail),
    }
}

/// Query parameters; unknown ones are refused.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Params<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(from_query(req.query_string()).map(Self))
    }
}

/// Reads a query; every refusal names the parameter.
///
/// # Errors
/// A problem that names the place.
pub fn from_query<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(pairs).map_err(|error| {
        let path = error.path().clone();
        let words = error.into_inner().to_string();
        let mut fault = shape_fault(&path, &words);
        // A parameter's place is its name, not a pointer; of one given twice, serde says the name only.
        fault.pointer = fault.pointer.trim_start_matches('/').to_owned();
        if fault.pointer.is_empty() {
            fault.pointer = words.split('`').nth(1).unwrap_or_default().to_owned();
        }
        Problem::with_faults(Code::InvalidQuery, vec![fault])
    })
}

/// A part of the path, parsed; what cannot exist is not found.
pub struct Segment<T>(pub T);

impl<T> FromRequest for Segment<T>
where
    T: TryFrom<String>,
{
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let text = req
            .match_info()
            .iter()
            .next()
            .map(|(_, value)| value.to_owned())
            .unwrap_or_default();
        ready(
            T::try_from(text)
                .map(Self)
                .map_err(|_| Problem::new(Code::NotFound)),
        )
    }
}

impl<T> Deref for Segment<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

/// Two parts of the path: an id, and a word that the handler reads; what cannot exist is not found.
pub struct Segments<T>(pub T, pub String);

impl<T> FromRequest for Segments<T>
where
    T: TryFrom<String>,
{
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut parts = req.match_info().iter().map(|(_, value)| value.to_owned());
        let found = parts.next().zip(parts.next());
        ready(
            found
                .and_then(|(id, word)| Some(Self(T::try_from(id).ok()?, word)))
                .ok_or_else(|| Problem::new(Code::NotFound)),
        )
    }
}

/// The version somebody saw, from `If-Match`.
#[derive(Debug, Clone, Copy)]
pub struct IfMatch(pub i32);

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let seen = seen_version(req).and_then(|seen| {
            seen.map(Self)
                .ok_or_else(|| Problem::new(Code::IfMatchRequired))
        });
        ready(seen)
    }
}

/// The same where it may be left out.
#[derive(Debug, Clone, Copy)]
pub struct MaybeIfMatch(pub Option<i32>);

impl FromRequest for MaybeIfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(seen_version(req).map(Self))
    }
}

fn seen_version(req: &HttpRequest) -> Result<Option<i32>, Problem> {
    let Some(value) = req.headers().get("if-match") else {
        return Ok(None);
    };
    let text = value
        .to_str()
        .unwrap_or_default()
        .trim()
        .trim_start_matches("W/")
        .trim_matches('"');
    // What is no version of ours cannot be the present one.
    text.parse()
        .map(Some)
        .map_err(|_| Problem::new(Code::Stale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[expect(dead_code, reason = "only its shape matters")]
        list: Vec<Inner>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[expect(dead_code, reason = "only its shape matters")]
        count: u32,
    }

    fn pointer(json: &str) -> (String, String) {
        let problem = from_json::<Sample>(json.as_bytes()).unwrap_err();
        let response = problem.respond(Lang::En, "", "");
        let bytes = actix_web::body::MessageBody::try_into_bytes(response.into_body()).unwrap();
        let document: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        (
            document["errors"][0]["pointer"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            document["errors"][0]["code"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        )
    }
    use super::super::lang::Lang;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Question {
        #[expect(dead_code, reason = "only its shape matters")]
        limit: Option<u32>,
        #[expect(dead_code, reason = "only its shape matters")]
        region: String,
    }

    #[test]
    fn every_refused_parameter_is_named() {
        for (query, expected) in [
            ("limit=x&region=1", r#"pointer: "limit", code: WrongType"#),
            ("limit=1", r#"pointer: "region", code: Required"#),
            ("region=1&more=2", r#"pointer: "more", code: UnknownField"#),
            ("region=1&region=2", r#"pointer: "region", code: WrongType"#),
        ] {
            let problem = from_query::<Question>(query).unwrap_err();
            let shown = format!("{problem:?}");
            assert!(shown.contains(expected), "{query}: {shown}");
        }
        assert!(from_query::<Question>("region=%E6%9D%91&limit=2").is_ok());
    }

    #[test]
    fn every_refusal_names_the_place() {
        assert_eq!(
            pointer(r#"{"list":[{"count":"x"}]}"#),
            ("/list/0/count".into(), "wrong_type".into())
        );
        assert_eq!(
            pointer(r#"{"list":[{}]}"#),
            ("/list/0/count".into(), "required".into())
        );
        assert_eq!(
            pointer(r#"{"list":[{"count":1,"more":2}]}"#),
            ("/list/0/more".into(), "unknown_field".into())
        );
        assert_eq!(
            pointer(r#"{"list":[],"a":1}"#),
            ("/a".into(), "unknown_field".into())
        );
    }
}
