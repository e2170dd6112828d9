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
