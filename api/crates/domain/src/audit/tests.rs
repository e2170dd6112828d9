use proptest::prelude::*;

use super::*;

fn row(number: usize) -> Row {
    Row {
        id: format!("{number:032x}"),
        case_at: 1_793_500_000_000_000 + i64::try_from(number).unwrap(),
        wall_at: 1_793_500_000_000_000,
        actor: "staff".to_owned(),
        actor_id: Some("a1".to_owned()),
        action: "accept".to_owned(),
        object: "complaint".to_owned(),
        object_id: format!("c{number}"),
        case_id: Some(format!("c{number}")),
        reason: None,
        before_sha256: None,
        after_sha256: Some(format!("{number:064x}")),
    }
}

/// A chain of so many rows, and its head.
fn chain(rows: usize) -> (Vec<Link>, Head) {
    let mut head = Head::START;
    let links = (1..=rows)
        .map(|number| {
            let row = row(number);
            head = Head {
                seq: head.seq + 1,
                hash: link(&head.hash, &row).unwrap(),
            };
            Link {
                seq: head.seq,
                audit_id: row.id.clone(),
                hash: head.hash,
                row: Some(row),
                spoilt: false,
            }
        })
        .collect();
    (links, head)
}

fn walk(links: Vec<Link>, head: Head) -> Vec<Fault> {
    let mut walk = Walk::default();
    let mut faults = Vec::new();
    for link in links {
        faults.extend(walk.goes_to(link));
    }
    faults.extend(walk.ends_at(Some(head)));
    faults
}

fn first(links: Vec<Link>, head: Head) -> (&'static str, i64) {
    let faults = walk(links, head);
    let fault = faults.first().expect("nothing was found");
    (fault.wrong.as_str(), fault.seq)
}

/// Changes one column of a row.
fn change(row: &mut Row, column: usize) {
    let flip = |text: &mut Option<String>| {
        *text = match text {
            Some(_) => None,
            None => Some(String::new()),
        };
    };
    match column {
        0 => row.case_at += 1,
        1 => row.wall_at -= 1,
        2 => row.actor.push('x'),
        3 => flip(&mut row.actor_id),
        4 => row.action.push('x'),
        5 => row.object.push('x'),
        6 => row.object_id.push('x'),
        7 => flip(&mut row.case_id),
        8 => flip(&mut row.reason),
        9 => flip(&mut row.before_sha256),
        10 => flip(&mut row.after_sha256),
        _ => row.id.push('x'),
    }
}

#[test]
fn the_first_links_are_known() {
    // Made with another program: printf of 32 zero bytes and of the canonical text into sha256sum.
    let row = Row {
        id: "r1".into(),
        case_at: 1,
        wall_at: 2,
        actor: "timer".into(),
        actor_id: None,
        action: "escalate".into(),
        object: "complaint".into(),
        object_id: "c1".into(),
        case_id: Some("c1".into()),
        reason: Some("逾期".into()),
        before_sha256: None,
        after_sha256: None,
    };
    let text = r#"{"action":"escalate","actor":"timer","actor_id":null,"after_sha256":null,"before_sha256":null,"case_at":1,"case_id":"c1","id":"r1","object":"complaint","object_id":"c1","reason":"逾期","wall_at":2}"#;
    assert_eq!(canonical_json(&row).unwrap(), text.as_bytes());
    let made = link(&GENESIS, &row).unwrap();
    assert_eq!(
        hex(&made),
        "eacec4c5e4e7042293d83aa9b27382c782e7476e9a8bb829c5e2560e8c9f56d0"
    );
}

#[test]
fn a_chain_that_nobody_touched_is_whole() {
    for rows in [0, 1, 2, 31, 32, 33, 34, 200] {
        let (links, head) = chain(rows);
        assert_eq!(walk(links, head), [], "{rows}");
    }
}

#[test]
fn what_is_said_names_the_place() {
    let (mut links, head) = chain(9);
    links[4].row.as_mut().unwrap().reason = Some("另一个理由".into());
    links.remove(7);
    let said: Vec<String> = walk(links, head).iter().map(Fault::to_string).collect();
    assert_eq!(
        said,
        [
            "changed: link 5 row 00000000000000000000000000000005: the row, or what stood before it, is not what was linked",
            "missing: link 8 is gone, and what is linked to it cannot be checked",
        ]
    );
}

#[test]
fn a_minute_is_not_too_long_and_more_is() {
    let at = Timestamp::from_micros(1_793_500_000_000_000);
    assert!(!is_overdue(at, at.plus_seconds(60)));
    assert!(is_overdue(at, at.plus_seconds(60).plus_micros(1)));
    // A clock that was set back accuses nobody.
    assert!(!is_overdue(at.plus_seconds(3600), at));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_change_is_found_at_its_place(rows in 1..80_usize, place in any::<prop::sample::Index>(), column in 0..12_usize) {
        let (mut links, head) = chain(rows);
        let place = place.index(rows);
        change(links[place].row.as_mut().unwrap(), column);
        let faults = walk(links, head);
        prop_assert_eq!(faults.len(), 1);
        prop_assert_eq!(faults[0].wrong, Wrong::Changed);
        prop_assert_eq!(faults[0].seq, i64::try_from(place + 1).unwrap());
    }

    #[test]
    fn any_changed_link_is_found_at_its_place(rows in 1..80_usize, place in any::<prop::sample::Index>(), byte in 0..32_usize) {
        let (mut links, head) = chain(rows);
        let place = place.index(rows);
        links[place].hash[byte] ^= 1;
        let seq = i64::try_from(place + 1).unwrap();
        prop_assert_eq!(first(links, head), ("changed", seq));
    }

    #[test]
    fn any_row_that_is_gone_is_found(rows in 1..80_usize, place in any::<prop::sample::Index>()) {
        let (links, head) = chain(rows);
        let place = place.index(rows);
        let seq = i64::try_from(place + 1).unwrap();
        let mut without = links.clone();
        without[place].row = None;
        prop_assert_eq!(first(without, head), ("removed", seq));
        // With its link.
        let mut without = links.clone();
        without.remove(place);
        prop_assert_eq!(first(without.clone(), head), ("missing", seq));
        // And with the places closed up behind it.
        for link in &mut without[place..] {
            link.seq -= 1;
        }
        let word = if place + 1 == rows { "missing" } else { "changed" };
        prop_assert_eq!(first(without, head), (word, seq));
    }

    #[test]
    fn any_two_that_changed_places_are_found(rows in 2..30_usize, one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        let (one, other) = (one.index(rows), other.index(rows));
        prop_assume!(one != other);
        let seq = i64::try_from(one.min(other) + 1).unwrap();
        // The rows that two links name.
        let (mut links, head) = chain(rows);
        let (a, b) = (links[one].clone(), links[other].clone());
        (links[one].audit_id, links[one].row) = (b.audit_id.clone(), b.row.clone());
        (links[other].audit_id, links[other].row) = (a.audit_id.clone(), a.row.clone());
        prop_assert_eq!(first(links, head), ("reordered", seq));
        // The links with their rows.
        let (mut links, head) = chain(rows);
        links.swap(one, other);
        (links[one].seq, links[other].seq) = (a.seq, b.seq);
        prop_assert_eq!(first(links, head), ("reordered", seq));
    }

    #[test]
    fn any_row_put_in_between_is_found(rows in 1..80_usize, place in any::<prop::sample::Index>(), well in any::<bool>()) {
        let (mut links, head) = chain(rows);
        let place = place.index(rows);
        let seq = i64::try_from(place + 1).unwrap();
        let prev = place.checked_sub(1).map_or(GENESIS, |before| links[before].hash);
        let new = row(1_000);
        // By somebody who knows how links are made, or does not.
        let hash = if well { link(&prev, &new).unwrap() } else { [7; 32] };
        for link in &mut links[place..] {
            link.seq += 1;
        }
        links.insert(place, Link { seq, audit_id: new.id.clone(), hash, row: Some(new), spoilt: false });
        let word = if well { "inserted" } else { "changed" };
        prop_assert_eq!(first(links, head), (word, seq));
    }

    #[test]
    fn an_end_that_is_not_the_programs_is_found(rows in 1..80_usize, gone in 1..80_usize) {
        let (mut links, head) = chain(rows);
        let gone = gone.min(rows);
        links.truncate(rows - gone);
        let seq = i64::try_from(rows - gone + 1).unwrap();
        prop_assert_eq!(first(links, head), ("missing", seq));
        // One more than the program linked, well made.
        let (links, _) = chain(rows + 1);
        prop_assert_eq!(first(links, head), ("head", i64::try_from(rows + 1).unwrap()));
    }
}
