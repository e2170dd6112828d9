//! The `Idempotency-Key`: what is sent twice under the same one is done once (`contract.md` 2).

use actix_web::HttpRequest;

use super::problem::Problem;
use crate::codes::Code;

/// Whether a key has the form asked for: 22 to 128 printable ASCII characters.
fn is_key(text: &str) -> bool {
    (22..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The key of a request, if one was sent.
///
/// # Errors
/// 422 `idempotency_key_invalid`.
pub fn given(req: &HttpRequest) -> Result<Option<String>, Problem> {
    let Some(key) = req.headers().get("idempotency-key") else {
        return Ok(None);
    };
    let key = key.to_str().ok().filter(|key| is_key(key));
    key.map(|key| Some(key.to_owned()))
        .ok_or_else(|| Problem::new(Code::IdempotencyKeyInvalid))
}
