use crate::deadline::Unit;

use super::*;

#[test]
fn the_default_is_the_contract() {
    let policy = Policy::default_policy();
    let amount = |stage, kind| policy.limit(stage, kind).amount;
    for (kind, dispatch, handle) in [
        (Kind::Complaint, 2, 15),
        (Kind::Question, 1, 3),
        (Kind::Suggestion, 2, 7),
        (Kind::Help, 2, 7),
    ] {
        assert_eq!(amount(Stage::Accept, kind), 1);
        assert_eq!(amount(Stage::Dispatch, kind), dispatch);
        assert_eq!(amount(Stage::Handle, kind), handle);
        assert_eq!(amount(Stage::Review, kind), 2);
        assert_eq!(amount(Stage::Rework, kind), 7);
        assert_eq!(amount(Stage::Rate, kind), 15);
        assert_eq!(amount(Stage::Supplement, kind), 5);
    }
    assert_eq!(policy.rung(Step::City).unwrap().after_working_days, Some(5));
}

#[test]
fn survives_json_and_refuses_a_limit_of_nothing() {
    let policy = Policy::default_policy();
    let json = serde_json::to_value(&policy).unwrap();
    assert_eq!(
        json.pointer("/per_kind/question/handle").unwrap(),
        &serde_json::json!({"amount": 3, "unit": "working_day", "roll": "next_working_day"})
    );
    assert_eq!(serde_json::from_value::<Policy>(json).unwrap(), policy);
    for amount in [0, 401] {
        let text = format!(r#"{{"amount":{amount},"unit":"hour"}}"#);
        assert!(serde_json::from_str::<Limit>(&text).is_err(), "{amount}");
    }
}

#[test]
fn words_read_back() {
    assert!(
        Stage::ALL
            .iter()
            .all(|stage| Stage::parse(stage.as_str()) == Some(*stage))
    );
    assert!(
        Kind::ALL
            .iter()
            .all(|kind| Kind::parse(kind.as_str()) == Some(*kind))
    );
    assert_eq!((Stage::parse("x"), Kind::parse("x")), (None, None));
}

fn found(change: impl FnOnce(&mut Policy)) -> Vec<(String, FlawKind)> {
    let mut policy = Policy::default_policy();
    change(&mut policy);
    let flaws = flaws(&policy).into_iter();
    flaws.map(|flaw| (flaw.pointer, flaw.kind)).collect()
}

fn one(pointer: &str, kind: FlawKind) -> Vec<(String, FlawKind)> {
    vec![(pointer.to_owned(), kind)]
}

#[test]
fn the_default_has_no_flaw() {
    assert_eq!(found(|_| ()), []);
}

#[test]
fn every_flaw_is_named_at_its_place() {
    use FlawKind as K;
    let hours = |unit| Limit {
        amount: 8,
        unit,
        roll: crate::deadline::Roll::default(),
    };
    assert_eq!(
        found(|policy| {
            policy.stages.remove(&Stage::Review);
        }),
        one("/stages/review", K::Missing)
    );
    assert_eq!(
        found(|policy| {
            policy.pause.insert(Stage::Rate);
        }),
        one("/pause", K::StageUnfit)
    );
    assert_eq!(
        found(|policy| policy.posting_days = 14),
        one("/posting_days", K::OutOfRange)
    );
    assert_eq!(
        found(|policy| policy.extension.within_days = 91),
        one("/extension/within_days", K::OutOfRange)
    );
    assert_eq!(
        found(|policy| policy.ladder.clear()),
        one("/ladder", K::Missing)
    );
    assert_eq!(
        found(|policy| policy.ladder[3].to = vec![Recipient::Supervising]),
        one("/ladder/3/to", K::Missing)
    );
    assert_eq!(
        found(|policy| policy.ladder.swap(0, 1)),
        one("/ladder/1/step", K::LadderOrder)
    );
    assert_eq!(
        found(|policy| policy.ladder[4].after_working_days = Some(3)),
        one("/ladder/4/after_working_days", K::LadderOrder)
    );
    assert_eq!(
        found(|policy| policy.ladder[3].after_working_days = None),
        one("/ladder/3/after_working_days", K::Missing)
    );
    assert_eq!(
        found(|policy| policy.ladder[0].after_working_days = Some(1)),
        one("/ladder/0/after_working_days", K::DelayUnfit)
    );
    assert_eq!(
        found(|policy| {
            policy.stages.insert(Stage::Accept, hours(Unit::ClockHour));
            policy.stages.insert(Stage::Review, hours(Unit::Hour));
        }),
        one("/stages/accept/unit", K::MixedUnits)
    );
}

#[test]
fn parts_are_parts() {
    for text in ["1/3", "1/2", "98/99"] {
        assert_eq!(Part::parse(text).unwrap().to_string(), text);
    }
    for text in ["", "1", "0/3", "3/3", "4/3", "1/0", "+1/3", "1/100", "a/b"] {
        assert_eq!(Part::parse(text), Err(BadPart), "{text}");
    }
    let warnings = Warnings::default();
    let days: Vec<u32> = [1, 2, 3, 4, 7, 15, 400]
        .map(|days| warnings.yellow_days(days))
        .to_vec();
    assert_eq!(days, [1, 1, 1, 2, 3, 3, 3]);
}
