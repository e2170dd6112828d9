//! Files that mean harm, and readers that misbehave: a clear word for each, bounded time and memory, and everybody
//! else is served meanwhile.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::apart::{Apart, children_of, status};
use crate::support::db::next_number;
use crate::support::sheets::Ledger;
use crate::support::{House, Staff, bombs, cluster, places};

/// A house that gives files longer than people would wait: unoptimised and beside other tests a long sheet takes its
/// time, and here it is what is said of it that counts.
async fn patient() -> House {
    House::reading_with(
        Path::new(env!("CARGO_BIN_EXE_process")),
        Duration::from_secs(300),
    )
    .await
}

/// What a preview says is wrong first; empty when nothing is.
async fn code(clerk: &Staff<'_>, bytes: Vec<u8>, name: &str) -> String {
    let answer = clerk
        .tries_to_preview(bytes, name, places::VILLAGE, "2026-10")
        .await
        .ok();
    let Some(first) = answer["errors"].as_array().unwrap().first() else {
        return String::new();
    };
    assert!(!first["detail"].as_str().unwrap().is_empty(), "{first}");
    first["code"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn each_harmful_file_has_its_own_word() {
    let house = House::new().await;
    let clerk = house.clerk().await;
    // Of what takes long: whichever border it meets first on this machine.
    for (file, name, wanted) in [
        (bombs::plain_bomb(), "bomb.xlsx", "unpacks_too_large"),
        (
            bombs::overlapping_bomb(),
            "overlap.xlsx",
            "overlapping_entries",
        ),
        (
            bombs::many_sheets(),
            "sheets.xlsx",
            "too_many_entries|takes_too_long",
        ),
        (bombs::many_parts(), "parts.xlsx", "too_many_entries"),
        (bombs::external_link(), "link.xlsx", "has_external_links"),
        (bombs::laughs(), "laughs.xlsx", "has_dtd"),
        (bombs::with_macros(), "macros.xlsm", "has_macros"),
        (bombs::nested(), "nested.xlsx", "nested_archive"),
        (bombs::web_page(), "page.xls", "is_web_page"),
        (bombs::old_workbook(), "old.xls", "old_xls"),
        (bombs::with_password(), "password.xlsx", "has_password"),
        (bombs::truncated(), "truncated.xlsx", "workbook_unreadable"),
        (
            bombs::long_workbook(20_100),
            "long.xlsx",
            "too_many_rows_of_xlsx|takes_too_long",
        ),
        (
            bombs::many_strings(false),
            "strings.xlsx",
            "unpacks_too_large",
        ),
        (bombs::many_strings(true), "strings.xlsx", "|takes_too_long"),
        (
            bombs::uncalculated(),
            "formula.xlsx",
            "formula_without_value",
        ),
        (
            bombs::many_cells(),
            "cells.csv",
            "needs_too_much_memory|takes_too_long",
        ),
    ] {
        let (size, begun) = (file.len(), Instant::now());
        let found = code(&clerk, file, name).await;
        let took = begun.elapsed();
        eprintln!("{name}: {size} bytes, {took:?}: {found:?}");
        assert!(
            wanted.split('|').any(|code| code == found),
            "{name}: {found}"
        );
        assert!(took < Duration::from_secs(59), "{name}: {took:?}");
    }
}

#[tokio::test]
async fn a_file_is_read_apart_as_it_would_be_here() {
    let house = patient().await;
    for (name, bytes) in [
        ("12 lines", Ledger::of(places::VILLAGE, "2026-10").xlsx()),
        (
            "12 lines of CSV",
            Ledger::of(places::VILLAGE, "2026-10").csv(),
        ),
        ("2,000 lines", bombs::long_workbook(2_000)),
    ] {
        let [here, apart] = house.inside.reads_twice(&bytes).await;
        eprintln!(
            "{name}: {:?} here, {:?} in a process of its own",
            here.1, apart.1
        );
        assert_eq!(here.0, apart.0, "{name}");
    }
}

/// A program that reads files. It is written by a process of its own: one of this process could be started while
/// another thread's child still has it open for writing ("text file busy").
fn program(dir: &Path, text: &str) -> PathBuf {
    let path = dir.join(format!("reader-{}.sh", next_number()));
    let written = Command::new("sh")
        .args([
            "-c",
            "printf '#!/bin/sh\\n%s\\n' \"$1\" >\"$0\" && chmod 700 \"$0\"",
        ])
        .arg(&path)
        .arg(text)
        .status();
    assert!(written.unwrap().success());
    path
}

#[tokio::test]
async fn a_reader_that_hangs_dies_or_babbles_is_ended() {
    if cluster::is_wanted() {
        // The cluster's processes read with themselves.
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let file = Ledger::of(places::VILLAGE, "2026-10").xlsx();
    for (text, wanted) in [
        ("exec sleep 600", "takes_too_long"),
        // It takes the file, answers half, and hangs.
        (
            "cat >/dev/null; printf '{\"sheet\":'; exec sleep 600",
            "takes_too_long",
        ),
        ("exec >&-; exec sleep 600", "takes_too_long"),
        ("kill -XCPU $$", "takes_too_long"),
        ("kill -KILL $$", "needs_too_much_memory"),
        ("kill -ABRT $$", "needs_too_much_memory"),
        ("exit 3", "workbook_unreadable"),
        ("echo '[]'", "workbook_unreadable"),
        (
            "printf '{\"sheet\":\"'; exec tr '\\000' y </dev/zero",
            "takes_too_long|workbook_unreadable",
        ),
    ] {
        let program = program(dir.path(), text);
        let house = House::reading_with(&program, Duration::from_secs(3)).await;
        let clerk = house.clerk().await;
        let begun = Instant::now();
        let found = code(&clerk, file.clone(), "a.xlsx").await;
        eprintln!("{text:?}: {:?}: {found}", begun.elapsed());
        assert!(
            wanted.split('|').any(|code| code == found),
            "{text}: {found}"
        );
        assert!(begun.elapsed() < Duration::from_secs(30), "{text}");
    }
    // Nobody there, and one that could not limit itself: no word about the file.
    for program in [dir.path().join("nobody"), program(dir.path(), "exit 70")] {
        let house = House::reading_with(&program, Duration::from_secs(3)).await;
        let clerk = house.clerk().await;
        let answer = clerk
            .tries_to_preview(file.clone(), "a.xlsx", places::VILLAGE, "2026-10")
            .await;
        assert!(!answer.header("retry-after").is_empty());
        answer.problem(503, "unavailable");
    }
    // The ends of all were heard: none of ours stays as a zombie.
    for child in children_of(std::process::id()) {
        let begun = Instant::now();
        while is_zombie(child) {
            assert!(begun.elapsed() < Duration::from_secs(20), "{child} stays");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

fn is_zombie(process: u32) -> bool {
    let text = std::fs::read_to_string(format!("/proc/{process}/status"));
    status(process, "PPid:") == Some(std::process::id().into())
        && text.is_ok_and(|text| text.contains("State:\tZ"))
}

#[tokio::test]
async fn who_finds_the_queue_full_is_told_to_come_back() {
    if cluster::is_wanted() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let program = program(dir.path(), "exec sleep 600");
    let house = House::reading_with(&program, Duration::from_secs(4)).await;
    let clerk = house.clerk().await;
    let file = Ledger::of(places::VILLAGE, "2026-10").csv();
    let publisher = house.publisher().await;
    let sheet = || (file.clone(), "a.csv", places::VILLAGE, "2026-10");
    let asked = futures_util::future::join_all((0..16).map(|_| {
        let (bytes, name, village, period) = sheet();
        clerk.tries_to_preview(bytes, name, village, period)
    }));
    let (bytes, name, village, period) = sheet();
    let other = publisher.tries_to_preview(bytes, name, village, period);
    let (answers, other) = tokio::join!(asked, other);
    let busy: Vec<_> = answers
        .iter()
        .filter(|answer| answer.status == 503)
        .collect();
    // Of one person one at a time and three more who wait; and that holds up nobody else.
    assert_eq!(busy.len(), 12);
    assert_eq!(other.status, 200, "{other:?}");
    for answer in busy {
        assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
    }
    for answer in answers.iter().filter(|answer| answer.status != 503) {
        assert_eq!(
            answer.json()["errors"][0]["code"],
            "takes_too_long",
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn a_reader_has_nothing_of_the_servers() {
    if cluster::is_wanted() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let seen = dir.path().join("seen");
    let text = format!(
        "{{ tr '\\000' '\\n' </proc/$$/environ; echo; ls -l /proc/$$/fd; pwd; }} >{}; exit 1",
        seen.display()
    );
    let house = House::reading_with(&program(dir.path(), &text), Duration::from_secs(10)).await;
    let clerk = house.clerk().await;
    let file = Ledger::of(places::VILLAGE, "2026-10").csv();
    assert_eq!(code(&clerk, file, "a.csv").await, "workbook_unreadable");
    let seen = std::fs::read_to_string(seen).unwrap();
    let (environment, rest) = seen.split_once('\n').unwrap();
    assert_eq!(environment, "MIMALLOC_ARENA_RESERVE=0", "{seen}");
    for of_the_server in ["socket:", ".db", "/mail", "eventpoll", "secrets"] {
        assert!(!rest.contains(of_the_server), "{of_the_server}: {seen}");
    }
}

/// Requests of somebody else until told to stop: how long each took, in order of that.
async fn asks_on(house: &House, until: &tokio::sync::Notify) -> Vec<Duration> {
    let mut took = Vec::new();
    let stopped = until.notified();
    tokio::pin!(stopped);
    loop {
        let begun = Instant::now();
        tokio::select! {
            () = &mut stopped => break,
            answer = house.get("/regions?limit=20").send() => {
                answer.expect(200);
                took.push(begun.elapsed());
            }
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    took.sort_unstable();
    took
}

#[tokio::test]
async fn a_server_stays_small_and_answers_others_while_bombs_come() {
    let mut house = House::new().await;
    let server = Apart::beside(&house);
    house.address.clone_from(&server.address);
    house.staff_address.clone_from(&server.address);
    let clerk = &house.clerk().await;
    let good = Ledger::of(places::VILLAGE, "2026-10").xlsx();
    assert_eq!(code(clerk, good, "good.xlsx").await, "");
    let before = server.memory("VmRSS:");
    let files = [
        bombs::plain_bomb(),
        bombs::overlapping_bomb(),
        bombs::many_strings(true),
        bombs::many_sheets(),
        bombs::laughs(),
    ];
    let stop = tokio::sync::Notify::new();
    let attack = async {
        let mut statuses = Vec::new();
        for round in 0..3 {
            let asked = files.iter().map(|file| {
                let name = format!("bomb{round}.xlsx");
                let call = clerk.hands_in(file.clone(), &name, places::VILLAGE, "2026-10");
                async move { call.send_once().await.map(|answer| answer.status) }
            });
            statuses.extend(futures_util::future::join_all(asked).await);
        }
        stop.notify_one();
        statuses
    };
    let (statuses, took) = futures_util::future::join(attack, asks_on(&house, &stop)).await;
    let (after, most) = (server.memory("VmRSS:"), server.memory("VmHWM:"));
    let of = |percent: usize| took[(took.len() - 1) * percent / 100];
    eprintln!(
        "memory {before} KiB before, {after} after, {most} at most; {} other requests, half within {:?}, 99 of 100 within {:?}, all within {:?}",
        took.len(),
        of(50),
        of(99),
        of(100)
    );
    // On a machine that does other things too a connection may break; none is answered wrongly.
    let answered: Vec<u16> = statuses.into_iter().flatten().collect();
    assert!(
        answered.len() >= 10 && answered.iter().all(|status| [200, 503].contains(status)),
        "{answered:?}"
    );
    // The uploads themselves, and nothing of what they grow into.
    assert!(
        most < before + 100 * 1024,
        "{before} KiB before, {most} at most"
    );
    assert!(
        took.len() >= 10 && of(99) < Duration::from_secs(10),
        "{:?}",
        of(99)
    );
    let begun = Instant::now();
    while !server.children().is_empty() {
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "{:?}",
            server.children()
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
