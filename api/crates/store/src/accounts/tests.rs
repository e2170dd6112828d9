//! The accounts on a fresh SQLite file. (`tests/it` runs them through the API on both databases.)

use diesel::connection::SimpleConnection as _;
use domain::id::StaffId;
use domain::role::Role;
use domain::time::{Timestamp, parse_day};

use super::enrolments::{self, NewEnrolment};
use super::sessions::{self, NewToken, Rotation};
use super::staff::{self, NewStaff, Obstacle};
use crate::conn::on_backend;
use crate::{DatabaseUrl, Db, StoreError, Tx};

const HOUR: i64 = 3600;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros(seconds * 1_000_000)
}

fn someone() -> NewStaff {
    NewStaff {
        id: "s1".try_into().unwrap(),
        person: "p1".try_into().unwrap(),
        username: "zhang".into(),
        display_name: "张演示".into(),
        role: Role::Triage,
        region: "230000000000".try_into().unwrap(),
        organisation: "o1".try_into().unwrap(),
        email: None,
        posts: vec!["post1".try_into().unwrap()],
        since: parse_day("2026-11-02").unwrap(),
        created_at: at(0),
    }
}

/// Runs `body` in one transaction on a fresh database that holds one account, enrolled at second 0.
fn with_account(body: impl Fn(&mut Tx<'_>, &StaffId) -> Result<(), StoreError> + Send + 'static) {
    let unique = format!(
        "ydt-accounts-{}-{:?}.db",
        std::process::id(),
        std::thread::current().id()
    );
    let path = std::env::temp_dir().join(unique);
    let url = DatabaseUrl::parse(&format!("sqlite://{}", path.display())).unwrap();
    crate::migrate::up(&url).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let db = Db::open(&url).unwrap();
    let outcome = runtime.block_on(db.write(move |tx| {
        on_backend!(tx, c => c.batch_execute(
            "INSERT INTO regions (code, name, short_name, level, parent_code, pinyin, initials)
             VALUES ('230000000000', '演示', '演示', 'province', NULL, '', '');
             INSERT INTO organisations (id, region_code, level, kind, name) VALUES ('o1', '230000000000', 'province', 'other', '演示');
             INSERT INTO posts VALUES ('post1', 'o1', '主任', TRUE);"
        ))?;
        let new = someone();
        assert_eq!(staff::obstacle(tx, &new)?, None);
        staff::create(tx, &new)?;
        assert_eq!(staff::obstacle(tx, &new)?, Some(Obstacle::UsernameTaken));
        staff::set_credentials(tx, &new.id, "hash", b"sealed", 0, at(0))?;
        body(tx, &new.id)
    }));
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    outcome.unwrap();
}

fn log_in(tx: &mut Tx<'_>, owner: &StaffId, token: &str, now: i64) -> Result<(), StoreError> {
    sessions::keep(
        tx,
        &NewToken {
            sha256: token.into(),
            family: format!("family of {token}"),
            staff: owner.clone(),
            issued_at: at(now),
            idle_until: at(now + 8 * HOUR),
            family_until: at(now + 24 * HOUR),
        },
    )
}

fn rotate(tx: &mut Tx<'_>, spent: &str, fresh: &str, now: i64) -> Result<Rotation, StoreError> {
    sessions::rotate(tx, spent, fresh, at(now), 8 * HOUR)
}

fn version(tx: &mut Tx<'_>, owner: &StaffId) -> Result<i32, StoreError> {
    Ok(staff::find(tx, owner)?.unwrap().token_version)
}

#[test]
fn a_spent_token_that_comes_back_ends_its_family_and_no_other() {
    with_account(|tx, owner| {
        log_in(tx, owner, "a1", 0)?;
        log_in(tx, owner, "b1", 0)?;
        assert!(
            matches!(rotate(tx, "a1", "a2", 1)?, Rotation::Rotated(_, until) if until == at(8 * HOUR + 1))
        );
        let before = version(tx, owner)?;
        assert_eq!(
            rotate(tx, "a1", "a3", 2)?,
            Rotation::Reused(owner.clone(), "family of a1".into())
        );
        assert_eq!(version(tx, owner)?, before + 1);
        assert_eq!(rotate(tx, "a2", "a4", 3)?, Rotation::Dead);
        // Once dead, it does nothing more: nobody can keep logging others out with it.
        assert_eq!(rotate(tx, "a1", "a5", 3)?, Rotation::Dead);
        assert_eq!(version(tx, owner)?, before + 1);
        assert!(matches!(rotate(tx, "b1", "b2", 3)?, Rotation::Rotated(..)));
        sessions::end(tx, "b2", at(4))?;
        sessions::end(tx, "nothing", at(4))?;
        assert_eq!(rotate(tx, "b2", "b3", 5)?, Rotation::Dead);
        Ok(())
    });
}

#[test]
fn tokens_die_idle_after_eight_hours_and_in_any_case_after_a_day() {
    with_account(|tx, owner| {
        log_in(tx, owner, "idle", 0)?;
        assert_eq!(rotate(tx, "idle", "x", 8 * HOUR)?, Rotation::Dead);
        log_in(tx, owner, "t0", 0)?;
        for (number, hour) in [7, 14, 21].into_iter().enumerate() {
            let (spent, fresh) = (format!("t{number}"), format!("t{}", number + 1));
            let last = at((hour + 8).min(24) * HOUR);
            let rotated = rotate(tx, &spent, &fresh, hour * HOUR)?;
            assert!(
                matches!(rotated, Rotation::Rotated(_, until) if until == last),
                "{hour}"
            );
        }
        assert_eq!(rotate(tx, "t3", "t4", 24 * HOUR)?, Rotation::Dead);
        Ok(())
    });
}

#[test]
fn a_step_is_taken_once_and_only_with_the_password_that_was_checked() {
    with_account(|tx, owner| {
        let spend =
            |tx: &mut Tx<'_>, hash: &str, step: i64| staff::spend_step(tx, owner, hash, step, 101);
        assert!(!spend(tx, "another", 100)?);
        assert!(spend(tx, "hash", 100)?);
        assert!(!spend(tx, "hash", 100)?);
        assert!(!spend(tx, "hash", 99)?);
        assert!(spend(tx, "hash", 101)?);
        Ok(())
    });
}

#[test]
fn a_step_from_a_clock_that_was_ahead_locks_nobody_out_and_is_never_taken_again() {
    with_account(|tx, owner| {
        const AHEAD: i64 = 1_152_000;
        let spend = |tx: &mut Tx<'_>, step: i64, now: i64| {
            staff::spend_step(tx, owner, "hash", step, now + 1)
        };
        assert!(spend(tx, 100, 100)?);
        // The clock is 400 days ahead for a while.
        for step in AHEAD..AHEAD + 20 {
            assert!(spend(tx, step, step)?);
        }
        // Back again: what was taken before it all is still taken.
        assert!(!spend(tx, 100, 100)?);
        assert!(!spend(tx, 99, 100)?);
        assert!(spend(tx, 101, 100)?);
        assert!(!spend(tx, 101, 101)?);
        for step in 102..300 {
            assert!(spend(tx, step, step)?);
        }
        assert!(!spend(tx, 298, 298)?);
        // The day comes: what was taken then is refused, what was not is good.
        assert!(!spend(tx, AHEAD + 19, AHEAD + 19)?);
        assert!(!spend(tx, AHEAD, AHEAD + 19)?);
        assert!(spend(tx, AHEAD + 20, AHEAD + 19)?);
        Ok(())
    });
}

#[test]
fn a_session_from_a_clock_that_was_ahead_is_dead() {
    with_account(|tx, owner| {
        log_in(tx, owner, "ahead", 400 * 24 * HOUR)?;
        assert_eq!(rotate(tx, "ahead", "x", 0)?, Rotation::Dead);
        // The clocks of two processes are never quite the same.
        log_in(tx, owner, "near", 30)?;
        assert!(matches!(rotate(tx, "near", "y", 0)?, Rotation::Rotated(..)));
        Ok(())
    });
}

#[test]
fn a_disabled_account_has_nothing_left() {
    with_account(|tx, owner| {
        log_in(tx, owner, "a", 0)?;
        invite(tx, owner, "link")?;
        let before = version(tx, owner)?;
        assert!(staff::disable(tx, owner, at(1))?);
        assert!(!staff::disable(tx, owner, at(2))?);
        let today = parse_day("2026-11-23").unwrap();
        for number in [before, version(tx, owner)?] {
            assert_eq!(super::session(tx, owner, number, today)?, None);
        }
        assert_eq!(rotate(tx, "a", "b", 2)?, Rotation::Dead);
        assert!(!staff::spend_step(tx, owner, "hash", 100, 101)?);
        assert!(enrolments::open(tx, "link", at(2))?.is_none());
        assert!(matches!(
            staff::set_credentials(tx, owner, "h", b"s", 0, at(2)),
            Err(StoreError::Stale)
        ));
        Ok(())
    });
}

fn invite(tx: &mut Tx<'_>, owner: &StaffId, token: &str) -> Result<(), StoreError> {
    enrolments::keep(
        tx,
        &NewEnrolment {
            sha256: token.into(),
            staff: owner.clone(),
            totp_sealed: b"new".to_vec(),
            expires_at: at(72 * HOUR),
        },
    )
}

#[test]
fn a_link_is_good_once_for_three_days_and_until_the_next() {
    with_account(|tx, owner| {
        invite(tx, owner, "one")?;
        assert!(enrolments::open(tx, "one", at(72 * HOUR - 1))?.is_some());
        assert!(enrolments::open(tx, "one", at(72 * HOUR))?.is_none());
        assert!(!enrolments::spend(tx, "one", at(72 * HOUR))?);
        staff::clear_credentials(tx, owner, at(1))?;
        invite(tx, owner, "two")?;
        assert!(enrolments::open(tx, "one", at(2))?.is_none());
        let found = staff::credentials(tx, "zhang")?.unwrap();
        assert!(found.password_hash.is_none() && found.totp_sealed.is_none());
        assert!(enrolments::spend(tx, "two", at(2))?);
        assert!(!enrolments::spend(tx, "two", at(2))?);
        Ok(())
    });
}

#[test]
fn the_posts_held_stand_in_the_scope() {
    with_account(|tx, owner| {
        let number = version(tx, owner)?;
        let on =
            |tx: &mut Tx<'_>, day: &str| super::session(tx, owner, number, parse_day(day).unwrap());
        assert_eq!(on(tx, "2026-11-02")?.unwrap().posts.len(), 1);
        assert_eq!(on(tx, "2026-11-01")?.unwrap().posts.len(), 0);
        Ok(())
    });
}
