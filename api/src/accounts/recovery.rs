//! Recovery codes: ten sheets of paper for the day on which the phone is lost. Each opens the door once in the place of
//! the phone's code; the password is asked for all the same.

use std::sync::Arc;

use domain::canon::sha256_hex;
use domain::role::Scope;
use store::accounts::{recovery, staff};
use store::audit::Actor;
use unicode_normalization::UnicodeNormalization as _;

use super::notice::{self, Notice};
use super::service::entry;
use crate::app::App;
use crate::error::ServiceError;
use crate::office::still_in_office;
use crate::ports::ids::{CROCKFORD, Ids};

/// How many an account has.
pub const COUNT: usize = 10;
/// Characters of a code, of five bits each: 120 bits, more than the 112 from which a plain digest is enough.
const CHARACTERS: usize = 24;
/// Characters of a group, as printed.
const GROUP: usize = 4;

/// New codes, as shown once, and how each is kept.
#[must_use]
pub fn roll(ids: Ids) -> (Vec<String>, Vec<String>) {
    (0..COUNT)
        .map(|_| {
            let code = one(ids);
            let sha256 = digest(&code);
            (code, sha256)
        })
        .unzip()
}

fn one(ids: Ids) -> String {
    let mut code = String::with_capacity(CHARACTERS + CHARACTERS / GROUP);
    for (place, byte) in ids.bytes::<CHARACTERS>().into_iter().enumerate() {
        if place > 0 && place % GROUP == 0 {
            code.push('-');
        }
        let index = usize::from(byte % 32);
        code.push(char::from(CROCKFORD.get(index).copied().unwrap_or(b'0')));
    }
    code
}

/// How a code is kept, however it was typed: blanks and hyphens, small letters, full-width ones, and the letters that
/// Crockford's alphabet leaves out because they look like digits.
#[must_use]
pub fn digest(typed: &str) -> String {
    let plain: String = typed
        .nfkc()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '–' | '—'))
        .flat_map(char::to_uppercase)
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .take(CHARACTERS + 1)
        .collect();
    sha256_hex(format!("yidiantong/recovery/v1\n{plain}").as_bytes())
}

/// How many codes somebody has left.
///
/// # Errors
/// The store's.
pub async fn left(app: &App, scope: &Scope) -> Result<i64, ServiceError> {
    let id = scope.staff.clone();
    app.db.read(move |tx| Ok(recovery::left(tx, &id)?)).await
}

/// New codes for somebody's own account, shown now and never again; those before are worth nothing.
///
/// # Errors
/// [`crate::codes::Code::NotPermitted`] when the account has changed meanwhile; the store's.
pub async fn reissue(app: &Arc<App>, scope: &Scope) -> Result<Vec<String>, ServiceError> {
    let (codes, kept) = roll(app.ids);
    let now = app.clocks.wall();
    let (scope, inner) = (scope.clone(), Arc::clone(app));
    let row = entry(
        app,
        Actor::Staff(scope.staff.clone()),
        "recovery_reissued",
        &scope.staff,
        now,
    );
    app.db
        .write(move |tx| {
            let owner = staff::find(tx, &scope.staff)?.ok_or(ServiceError::NotFound)?;
            still_in_office(tx, &scope)?;
            recovery::replace(tx, &scope.staff, &kept, now)?;
            notice::write(tx, &inner, &owner, &Notice::RecoveryReissued)?;
            Ok::<_, ServiceError>(store::audit::record(tx, &row)?)
        })
        .await?;
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_codes_of_120_bits_of_which_no_two_are_alike() {
        let (codes, kept) = roll(Ids);
        assert_eq!((codes.len(), kept.len()), (COUNT, COUNT));
        for (code, sha256) in codes.iter().zip(&kept) {
            assert_eq!(code.len(), 29, "{code}");
            assert_eq!(code.split('-').count(), 6);
            assert!(
                code.bytes()
                    .all(|byte| byte == b'-' || CROCKFORD.contains(&byte)),
                "{code}"
            );
            assert_eq!(*sha256, digest(code));
        }
        let mut unique = kept.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), COUNT);
    }

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let kept = digest("0123-4567-89AB-CDEF-GHJK-MNPQ");
        for typed in [
            "0123456789abcdefghjkmnpq",
            " 0123 4567 89ab cdef ghjk mnpq ",
            "O123-4567-89AB-CDEF-GHJK-MNPQ",
            "oi23-4567-89ab-cdef-ghjk-mnpq",
            "ol23–4567–89ab–cdef–ghjk–mnpq",
            "０１２３４５６７８９ａｂｃｄｅｆｇｈｊｋｍｎｐｑ",
        ] {
            assert_eq!(digest(typed), kept, "{typed}");
        }
        for other in [
            "",
            "0123-4567-89AB-CDEF-GHJK-MNPR",
            "0123-4567-89AB-CDEF-GHJK-MNPQQ",
        ] {
            assert_ne!(digest(other), kept, "{other}");
        }
    }
}
