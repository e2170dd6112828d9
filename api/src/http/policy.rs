//! The content security policy of a page: the server's own, with the digest of each stylesheet that stands
//! inline in the shell (security.md 1.4.12).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// The policy of everything that is not an inlined stylesheet's page.
pub const BASE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
    connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'; trusted-types ydt; require-trusted-types-for 'script'";

/// The policy of what is saved and not shown: were it opened in the browser all the same, it could do nothing.
pub const FILE: &str = "sandbox; default-src 'none'";

/// The policy of a shell: [`BASE`], and the inline stylesheets that stand in it, by their digests.
pub fn of_shell(html: &str) -> String {
    let hashes: String = inline_styles(html)
        .map(|css| {
            format!(
                " 'sha256-{}'",
                STANDARD.encode(Sha256::digest(css.as_bytes()))
            )
        })
        .collect();
    BASE.replace("style-src 'self'", &format!("style-src 'self'{hashes}"))
}

/// What stands between `<style …>` and `</style>`.
fn inline_styles(html: &str) -> impl Iterator<Item = &str> {
    html.split("<style").skip(1).filter_map(|rest| {
        let (_, body) = rest.split_once('>')?;
        body.split_once("</style>").map(|(css, _)| css)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_each_inline_stylesheet_and_nothing_else() {
        let html = "<head><style>a{}</style><style id=\"two\">b{}</style></head>";
        assert_eq!(inline_styles(html).collect::<Vec<_>>(), ["a{}", "b{}"]);
        let policy = of_shell(html);
        assert_eq!(policy.matches("'sha256-").count(), 2);
        // `printf 'a{}' | openssl dgst -sha256 -binary | base64`
        assert!(
            policy
                .contains("style-src 'self' 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='"),
            "{policy}"
        );
        assert_eq!(of_shell("<p>none</p>"), BASE);
    }
}
