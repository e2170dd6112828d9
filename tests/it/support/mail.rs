//! The mailbox: without an SMTP server letters are `.eml` files.

use std::path::Path;

/// A letter as sent.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The addressee.
    pub to: String,
    /// The subject, decoded.
    pub subject: String,
    /// All of it, the body decoded.
    pub text: String,
}

/// Every letter in a directory, in the order of sending as far as file names tell.
pub fn read(dir: &Path) -> Vec<Letter> {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "eml"))
        .collect();
    paths.sort_by_key(|path| path.metadata().unwrap().modified().unwrap());
    paths
        .iter()
        .map(|path| letter(&std::fs::read_to_string(path).unwrap()))
        .collect()
}

fn letter(raw: &str) -> Letter {
    let raw = raw.replace("\r\n", "\n");
    let (head, body) = raw.split_once("\n\n").unwrap_or((&raw, ""));
    let head = head.replace("\n ", " ").replace("\n\t", " ");
    let field = |name: &str| {
        head.lines()
            .find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case(name)
                    .then(|| value.trim().to_owned())
            })
            .unwrap_or_default()
    };
    let body = match field("content-transfer-encoding").as_str() {
        "base64" => base64(&body.replace('\n', "")),
        "quoted-printable" => quoted(&body.replace("=\n", "")),
        _ => body.as_bytes().to_vec(),
    };
    let subject = words(&field("subject"));
    let body = String::from_utf8_lossy(&body).into_owned();
    Letter {
        to: field("to"),
        text: format!("{head}\n{subject}\n\n{body}"),
        subject,
    }
}

/// Encoded words (RFC 2047) in base64 or quoted-printable; others stay.
fn words(text: &str) -> String {
    let mut bytes = Vec::new();
    for word in text.split_whitespace() {
        let inner = word.strip_prefix("=?").and_then(|w| w.strip_suffix("?="));
        let mut parts = inner.unwrap_or_default().splitn(3, '?');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(_), Some("b" | "B"), Some(data)) => bytes.extend(base64(data)),
            (Some(_), Some("q" | "Q"), Some(data)) => bytes.extend(quoted(&data.replace('_', " "))),
            _ => {
                if !bytes.is_empty() {
                    bytes.push(b' ');
                }
                bytes.extend(word.bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0);
    for byte in text.bytes() {
        let Some(value) = ALPHABET.iter().position(|letter| *letter == byte) else {
            continue;
        };
        held = (held << 6) | u32::try_from(value).unwrap();
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).unwrap());
        }
    }
    bytes
}

fn quoted(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'=' {
            let pair: Vec<u8> = rest.by_ref().take(2).collect();
            let hex = String::from_utf8(pair).unwrap();
            bytes.extend(u8::from_str_radix(&hex, 16));
        } else {
            bytes.push(byte);
        }
    }
    bytes
}
