//! What a village published, corrected and withdrew, as Atom (RFC 4287) for whoever follows it. Titles and reasons are
//! what everybody reads on the page; no line and nobody's name is in it.

use std::fmt::Write as _;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use domain::canon::sha256_hex;
use domain::mask;
use domain::region::RegionCode;
use domain::time::Timestamp;
use store::disclosures::{Event, EventKind, events};
use store::regions;

use super::page::page_of;
use crate::app::App;
use crate::error::ServiceError;
use crate::http::body::Segment;
use crate::http::lang::{Lang, Reader};
use crate::http::problem::{Problem, Problems};
use crate::http::reply::public_text;

/// The newest so many; a village has fewer in three years.
const MOST: usize = 50;
/// The media type.
const ATOM: &str = "application/atom+xml; charset=utf-8";

/// What a village, or the villages of a region, published, corrected and withdrew, as an Atom feed
///
/// RFC 4287: an entry for each publication, correction and withdrawal, the newest first, with a stable id and the
/// address of the page. Read it with `If-None-Match`: a reader that has it all gets 304.
#[utoipa::path(
    operation_id = "get_feed_of_region", tag = "disclosures",
    params(("code" = RegionCode, Path, description = "The region")),
    responses(
        (status = 200, description = "The feed", content((String = "application/atom+xml"))),
        Problems
    )
)]
#[get("/regions/{code}/feed.atom")]
pub async fn feed_of_region(
    app: Data<App>,
    req: HttpRequest,
    code: Segment<RegionCode>,
    reader: Reader,
) -> Result<HttpResponse, Problem> {
    let code = code.0;
    let asked = code.clone();
    let (name, found) = app
        .db
        .read(move |tx| {
            let region = regions::find(tx, &asked)?.ok_or(ServiceError::NotFound)?;
            Ok::<_, ServiceError>((region.short_name, events(tx, &asked, MOST)?))
        })
        .await?;
    let text = written(&app.config.public_url, &code, &name, &found, reader.0);
    Ok(public_text(&req, text.into_bytes(), ATOM))
}

/// The feed's XML.
fn written(origin: &str, code: &RegionCode, name: &str, events: &[Event], lang: Lang) -> String {
    let say = |zh: &str, en: &str| match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    };
    // A feed must say when it changed: one with nothing in it never has.
    let updated = events
        .first()
        .map_or(Timestamp::from_micros(0), |newest| newest.at);
    let (tag, title) = match lang {
        Lang::Zh => ("zh-CN", format!("{name}：公开、更正与撤回")),
        Lang::En => (
            "en",
            format!("{name}: publications, corrections, withdrawals"),
        ),
    };
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(
        xml,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{tag}\">\n\
         <id>{}</id>\n<title>{}</title>\n<updated>{updated}</updated>\n\
         <author><name>{}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{}/api/v1/regions/{code}/feed.atom\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}/v/{code}\"/>",
        lasting_id(&format!("feed/{code}")),
        escaped(&title),
        escaped(name),
        escaped(origin),
        escaped(origin),
    );
    for event in events {
        let version = event.version;
        let (word, what) = match event.what {
            EventKind::Published => ("published", say("公布", "Published")),
            EventKind::Corrected => (
                "corrected",
                say(
                    &format!("更正（第 {version} 版）"),
                    &format!("Corrected (version {version})"),
                ),
            ),
            EventKind::Withdrawn => ("withdrawn", say("撤回", "Withdrawn")),
        };
        let Event {
            disclosure,
            region,
            title,
            at,
            ..
        } = event;
        let origin = escaped(origin);
        let _ = writeln!(
            xml,
            "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{at}</updated>\n<published>{at}</published>\n\
             <category term=\"{word}\" label=\"{}\"/>\n<category term=\"{}\" label=\"{}\"/>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{origin}{}\"/>\n\
             <link rel=\"related\" type=\"application/json\" href=\"{origin}/api/v1/disclosures/{disclosure}?version={version}\"/>",
            lasting_id(&format!("{word}/{disclosure}/{version}")),
            escaped(&format!("{what} · {title}")),
            escaped(&what),
            event.kind.as_str(),
            escaped(event.kind.name()),
            escaped(&page_of(region, event.kind, &event.period, disclosure)),
        );
        if let Some(reason) = &event.reason {
            let reason = escaped(&mask::numbers(reason));
            let _ = writeln!(xml, "<summary type=\"text\">{reason}</summary>");
        }
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    xml
}

/// An id that stays, wherever the program is moved to: a UUID made of what it is about (RFC 9562, version 8).
fn lasting_id(about: &str) -> String {
    let hash = sha256_hex(about.as_bytes());
    let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default();
    format!(
        "urn:uuid:{}-{}-8{}-a{}-{}",
        part(0, 8),
        part(8, 12),
        part(12, 15),
        part(15, 18),
        part(18, 30)
    )
}

/// Text between tags or in an attribute. What XML 1.0 has no place for is left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_becomes_a_tag() {
        assert_eq!(
            escaped("a<b>&\"c\"\u{1}\n"),
            "a&lt;b&gt;&amp;&quot;c&quot; "
        );
    }

    #[test]
    fn an_id_stays_and_tells_one_thing_from_another() {
        let id = lasting_id("published/abc/1");
        assert_eq!(id, lasting_id("published/abc/1"));
        assert_ne!(id, lasting_id("corrected/abc/2"));
        assert_eq!(id.len(), "urn:uuid:".len() + 36);
    }
}
