//! What never comes to be a request: the connection itself refuses it, with everything that an answer of ours has. And
//! nothing else that a connection says is touched, whatever it looks like.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::problems::SECURITY;
use crate::support::House;

/// What a connection refuses with, as it is written by those who made it.
const BARE: &str = "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\ndate: Mon, 02 Nov 2026 01:00:00 GMT\r\n\r\n";

/// Sends bytes and reads until the other side closes.
async fn says(address: SocketAddr, bytes: Vec<u8>) -> String {
    tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        // Beside the reading, or the two sides wait for one another; what is refused need not be heard to the end.
        let mut mouth = stream.try_clone().unwrap();
        let spoken = std::thread::spawn(move || mouth.write_all(&bytes).ok());
        let mut heard = Vec::new();
        stream.read_to_end(&mut heard).unwrap();
        stream.shutdown(Shutdown::Both).ok();
        spoken.join().unwrap();
        String::from_utf8(heard).unwrap()
    })
    .await
    .unwrap()
}

/// An answer's head and body.
fn parts(answer: &str) -> (&str, &str) {
    answer.split_once("\r\n\r\n").expect(answer)
}

fn header<'a>(head: &'a str, name: &str) -> &'a str {
    let lines = head.split("\r\n").filter_map(|line| line.split_once(": "));
    let mut values = lines.filter(|(of, _)| *of == name).map(|(_, value)| value);
    let value = values.next().unwrap_or_else(|| panic!("no {name}: {head}"));
    assert_eq!(values.next(), None, "{name} twice: {head}");
    value
}

/// That an answer is whole: the headers of every answer, and a problem that names its code.
fn is_whole(answer: &str, status: u16, code: &str) {
    let (head, body) = parts(answer);
    assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
    for (name, value) in SECURITY {
        assert!(header(head, name).starts_with(value), "{answer}");
    }
    assert!(!header(head, "x-request-id").is_empty());
    assert!(!header(head, "permissions-policy").is_empty());
    assert!(!header(head, "date").is_empty());
    assert_eq!(header(head, "cache-control"), "no-store");
    assert_eq!(header(head, "connection"), "close");
    assert_eq!(header(head, "content-type"), "application/problem+json");
    assert_eq!(header(head, "content-length"), body.len().to_string());
    let problem: Value = serde_json::from_str(body).expect(answer);
    assert_eq!(
        (&problem["code"], &problem["status"]),
        (&code.into(), &status.into())
    );
    assert_eq!(problem["request_id"], header(head, "x-request-id"));
}

#[tokio::test]
async fn what_is_no_request_is_refused_like_everything_else() {
    let house = House::empty().await;
    let (server, vault) = (house.inside.serve_alone(1), house.inside.serve_vault());
    for address in [server.address, server.staff, vault.address] {
        for text in [
            "no request at all\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "GET / HTTP/1.1\r\nhost\r\n\r\n",
            "GET / HTTP/1.1\r\nhost: a\r\ncontent-length: x\r\n\r\n",
            "\u{0}\u{1}\u{2}\r\n\r\n",
        ] {
            is_whole(&says(address, text.into()).await, 400, "malformed_request");
        }
    }
}

#[tokio::test]
async fn so_is_a_head_without_end_and_one_that_does_not_come() {
    let house = House::empty().await;
    let server = house.inside.serve_alone(1);
    // As much as is read of a head, to the byte: what nobody reads would tear the connection down.
    let mut head = String::from("GET / HTTP/1.1\r\nx-long: ");
    head.push_str(&"a".repeat(131_072 - head.len()));
    let (long, slow) = tokio::join!(
        says(server.address, head.into()),
        says(server.address, b"GET / HTTP/1.1\r\nhost: ".to_vec()),
    );
    is_whole(&long, 431, "head_too_large");
    is_whole(&slow, 408, "head_too_slow");
}

#[tokio::test]
async fn what_was_asked_before_it_is_answered_as_ever() {
    let house = House::empty().await;
    let server = house.inside.serve_alone(1);
    let asked = "GET /livez HTTP/1.1\r\nhost: a\r\n\r\n";
    let heard = says(
        server.address,
        format!("{asked}{asked}rubbish\r\n\r\n").into(),
    )
    .await;
    let answers: Vec<&str> = heard.split("HTTP/1.1 ").skip(1).collect();
    assert_eq!(answers.len(), 3, "{heard}");
    let statuses = answers.iter().map(|answer| &answer[..3]);
    assert_eq!(statuses.collect::<Vec<_>>(), ["200", "200", "400"]);
    is_whole(
        &format!("HTTP/1.1 {}", answers[2]),
        400,
        "malformed_request",
    );
}

#[tokio::test]
async fn a_body_is_never_touched_whatever_it_looks_like() {
    let house = House::empty().await;
    let echo = house.inside.serve_echo();
    let send = |body: &str, close: &str| {
        format!(
            "POST /echo HTTP/1.1\r\nhost: a\r\n{close}content-length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let long = format!("{}{BARE}", "x".repeat(400_000));
    for body in [
        BARE.to_owned(),
        format!("{BARE}{BARE}"),
        format!("more before {BARE}"),
        format!("{BARE}more after"),
        long,
    ] {
        // Three in a row, and then the end.
        let (open, last) = (send(&body, ""), send(&body, "connection: close\r\n"));
        let heard = says(echo.address, format!("{open}{open}{last}").into()).await;
        let mut rest = heard.as_str();
        for _ in 0..3 {
            let (head, after) = parts(rest);
            assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
            let (own, next) = after.split_at(body.len());
            assert_eq!(own, body);
            rest = next;
        }
        assert_eq!(rest, "");
    }
    // With an answer of ours after it that looks like none, what is no request gets a whole one again.
    let (alike, plain) = (send(BARE, ""), send("plain", ""));
    let heard = says(
        echo.address,
        format!("{alike}{plain}rubbish\r\n\r\n").into(),
    )
    .await;
    let (_, refused) = heard.split_once("plain").unwrap();
    is_whole(refused, 400, "malformed_request");
}

/// Asks, and goes on sending something without an end; the answer, and how long the other side bore it.
fn drips(address: SocketAddr, head: &str, drop: &[u8]) -> (String, Duration) {
    let mut stream = TcpStream::connect(address).unwrap();
    let patience = Some(Duration::from_millis(500));
    stream.set_read_timeout(patience).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    let (began, mut heard) = (Instant::now(), Vec::new());
    while began.elapsed() < Duration::from_secs(60) {
        let mut part = [0; 4096];
        match stream.read(&mut part) {
            Ok(0) => break,
            Ok(read) => heard.extend_from_slice(&part[..read]),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => break,
        }
        if stream.write_all(drop).is_err() {
            break;
        }
    }
    (String::from_utf8(heard).unwrap(), began.elapsed())
}

#[tokio::test]
async fn a_body_without_an_end_is_not_heard_out_once_it_is_answered() {
    let house = House::empty().await;
    let server = house.inside.serve_alone(1);
    let asked = [
        ("GET", "/api/v1/time", 200),
        ("GET", "/api/v1/nothing", 404),
        ("POST", "/api/v1/admin/dead-letters/1/retry", 401),
    ];
    let all = asked.map(|(method, path, status)| {
        let address = if path.contains("admin") {
            server.staff
        } else {
            server.address
        };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n"
        );
        let said = tokio::task::spawn_blocking(move || drips(address, &head, b"1\r\nx\r\n"));
        (method, path, status, said)
    });
    for (method, path, status, said) in all {
        let (answer, took) = said.await.unwrap();
        let first = format!("HTTP/1.1 {status} ");
        assert!(answer.starts_with(&first), "{method} {path}: {answer}");
        assert_eq!(header(parts(&answer).0, "connection"), "close");
        assert!(took < Duration::from_secs(30), "{method} {path}: {took:?}");
    }
}

#[tokio::test]
async fn a_second_head_has_no_more_time_than_the_first() {
    let house = House::empty().await;
    let server = house.inside.serve_alone(1);
    let said = tokio::task::spawn_blocking(move || {
        let head = "GET /api/v1/time HTTP/1.1\r\nhost: a\r\n\r\nGET /api/v1/time HTTP/1.1\r\nx: ";
        drips(server.address, head, b"x")
    });
    let (answer, took) = said.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(took < Duration::from_secs(30), "{took:?}");
}
