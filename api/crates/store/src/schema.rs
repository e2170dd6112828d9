//! The tables, once for both databases. Kept by hand next to `migrations/`; `tests/it/schema.rs` holds it
//! against what the migrations really make on SQLite and on PostgreSQL.

use diesel::{allow_tables_to_appear_in_same_query, table};

table! {
    regions (code) {
        code -> Text,
        name -> Text,
        short_name -> Text,
        level -> Text,
        parent_code -> Nullable<Text>,
        pinyin -> Text,
        initials -> Text,
        valid_until -> Nullable<Text>,
        succeeded_by -> Nullable<Text>,
    }
}

table! {
    region_former_names (region_code, name) {
        region_code -> Text,
        name -> Text,
        short_name -> Text,
        pinyin -> Text,
        initials -> Text,
        until_day -> Text,
    }
}

table! {
    region_epoch (id) {
        id -> Integer,
        epoch -> BigInt,
    }
}

table! {
    directory_epoch (id) {
        id -> Integer,
        epoch -> BigInt,
    }
}

table! {
    public_generation (id) {
        id -> Integer,
        generation -> BigInt,
    }
}

table! {
    organisations (id) {
        id -> Text,
        region_code -> Text,
        level -> Text,
        kind -> Text,
        name -> Text,
        led_by -> Nullable<Text>,
        email -> Nullable<Text>,
        version -> Integer,
        closed_on -> Nullable<Text>,
    }
}

table! {
    posts (id) {
        id -> Text,
        organisation_id -> Text,
        title -> Text,
        leads -> Bool,
    }
}

table! {
    persons (id) {
        id -> Text,
        name -> Text,
    }
}

table! {
    post_holders (post_id, person_id, from_day) {
        post_id -> Text,
        person_id -> Text,
        from_day -> Text,
        until_day -> Nullable<Text>,
    }
}

table! {
    staff (id) {
        id -> Text,
        username -> Text,
        display_name -> Text,
        role -> Text,
        region_code -> Text,
        organisation_id -> Text,
        person_id -> Text,
        email -> Nullable<Text>,
        password_hash -> Nullable<Text>,
        totp_sealed -> Nullable<Binary>,
        totp_last_step -> BigInt,
        totp_earlier_steps -> Text,
        token_version -> Integer,
        disabled_at -> Nullable<BigInt>,
        created_at -> BigInt,
        version -> Integer,
    }
}

table! {
    recovery_codes (code_sha256) {
        code_sha256 -> Text,
        staff_id -> Text,
        issued_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

table! {
    enrolments (token_sha256) {
        token_sha256 -> Text,
        staff_id -> Text,
        totp_sealed -> Binary,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

table! {
    refresh_tokens (token_sha256) {
        token_sha256 -> Text,
        family -> Text,
        staff_id -> Text,
        issued_at -> BigInt,
        idle_until -> BigInt,
        family_until -> BigInt,
        used_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

table! {
    calendar_versions (version) {
        version -> Integer,
        imported_at -> BigInt,
        source -> Text,
        office_hours -> Text,
        region_code -> Nullable<Text>,
        day_count -> Integer,
    }
}

table! {
    calendar_overrides (region_code, day, version) {
        region_code -> Text,
        day -> Text,
        version -> Integer,
        kind -> Text,
        name -> Text,
    }
}

table! {
    calendar_hours (region_code, version) {
        region_code -> Text,
        version -> Integer,
        office_hours -> Text,
    }
}

table! {
    calendar_recounts (version) {
        version -> Integer,
        region_code -> Nullable<Text>,
        after_id -> Text,
        moved -> Integer,
        done_at -> Nullable<BigInt>,
    }
}

table! {
    policies (county_code, version) {
        county_code -> Text,
        version -> Integer,
        body -> Text,
        begun_at -> BigInt,
        proposed_by -> Nullable<Text>,
        decided_by -> Nullable<Text>,
    }
}

table! {
    calendar_days (version, day) {
        version -> Integer,
        day -> Text,
        kind -> Text,
        name -> Text,
    }
}

table! {
    powers (id) {
        id -> Text,
        region_code -> Text,
        code -> Text,
        version -> Integer,
        list -> Text,
        in_force -> Bool,
    }
}

table! {
    power_versions (power_id, version) {
        power_id -> Text,
        version -> Integer,
        body -> Text,
        content_sha256 -> Text,
        published_at -> BigInt,
        change -> Text,
        reason -> Nullable<Text>,
    }
}

table! {
    power_drafts (id) {
        id -> Text,
        region_code -> Text,
        list -> Text,
        code -> Text,
        body -> Nullable<Text>,
        based_on -> Integer,
        staff_id -> Text,
        updated_at -> BigInt,
        version -> Integer,
    }
}

table! {
    ledger_sheets (id) {
        id -> Text,
        region_code -> Text,
        kind -> Text,
        period -> Text,
        opening_fen -> BigInt,
        income_fen -> BigInt,
        expense_fen -> BigInt,
        closing_fen -> BigInt,
        line_count -> Integer,
        content_sha256 -> Text,
        faults -> Text,
        uploaded_by -> Nullable<Text>,
        uploaded_at -> BigInt,
        chart_version -> Text,
    }
}

table! {
    sheet_rows (id) {
        id -> Text,
        sheet_id -> Text,
        no -> Integer,
        cells -> Text,
    }
}

table! {
    staged_sheets (sheet_id) {
        sheet_id -> Text,
        begun_at -> BigInt,
    }
}

table! {
    ledger_lines (id) {
        id -> Text,
        sheet_id -> Text,
        no -> Integer,
        day -> Text,
        voucher_no -> Text,
        summary -> Text,
        income_fen -> BigInt,
        expense_fen -> BigInt,
        balance_fen -> BigInt,
        account_code -> Nullable<Text>,
        fund_source -> Text,
        payee -> Text,
        handled_by -> Text,
        witnessed_by -> Text,
        approved_by -> Text,
        file_count -> Integer,
    }
}

table! {
    disclosures (id) {
        id -> Text,
        region_code -> Text,
        kind -> Text,
        period -> Text,
        period_end -> Text,
        title -> Text,
        state -> Text,
        version -> Integer,
        edition -> Integer,
        sheet_id -> Text,
        drafted_by -> Nullable<Text>,
        created_at -> BigInt,
        published_at -> Nullable<BigInt>,
        posting_until -> Nullable<Text>,
        withdrawn_at -> Nullable<BigInt>,
        withdrawal_reason -> Nullable<Text>,
    }
}

table! {
    disclosure_versions (disclosure_id, version) {
        disclosure_id -> Text,
        version -> Integer,
        sheet_id -> Text,
        title -> Text,
        drafted_by -> Nullable<Text>,
        reason -> Nullable<Text>,
        published_at -> BigInt,
        posting_until -> Text,
    }
}

table! {
    disclosure_corrections (disclosure_id) {
        disclosure_id -> Text,
        version -> Integer,
        sheet_id -> Text,
        drafted_by -> Text,
        reason -> Text,
        approved_by -> Text,
        approved_at -> BigInt,
    }
}

table! {
    disclosure_withdrawals (disclosure_id, version) {
        disclosure_id -> Text,
        version -> Integer,
        at -> BigInt,
        reason -> Text,
    }
}

table! {
    disclosure_takedowns (disclosure_id, version) {
        disclosure_id -> Text,
        version -> Integer,
        at -> BigInt,
    }
}

table! {
    paper_signatures (disclosure_id, version, person_id) {
        disclosure_id -> Text,
        version -> Integer,
        person_id -> Text,
        attachment_id -> Text,
    }
}

table! {
    signoffs (disclosure_id, version, person_id) {
        disclosure_id -> Text,
        version -> Integer,
        role -> Text,
        person_id -> Text,
        at -> BigInt,
        note -> Text,
        content_sha256 -> Text,
    }
}

table! {
    complaints (id) {
        id -> Text,
        number -> Text,
        receipt_mac -> Text,
        idempotency_mac -> Text,
        body_sha256 -> Text,
        filed_view -> Text,
        kind -> Text,
        region_code -> Text,
        category -> Text,
        about -> Nullable<Text>,
        about_id -> Nullable<Text>,
        text -> Text,
        text_folded -> Text,
        identity_mode -> Text,
        filed_by -> Text,
        may_publish_answer -> Bool,
        state -> Text,
        facts -> Text,
        round -> Integer,
        level -> Integer,
        version -> Integer,
        revision -> Integer,
        supervised -> Bool,
        supervising_id -> Text,
        responsible_id -> Nullable<Text>,
        assignee_id -> Nullable<Text>,
        received_at -> BigInt,
        next_due_at -> BigInt,
        channel -> Text,
        acknowledging_id -> Nullable<Text>,
    }
}

table! {
    complaint_targets (complaint_id, seq) {
        complaint_id -> Text,
        seq -> Integer,
        body -> Text,
        target_key -> Text,
    }
}

table! {
    complaint_units (complaint_id, organisation_id, capacity) {
        complaint_id -> Text,
        organisation_id -> Text,
        capacity -> Text,
        since -> BigInt,
    }
}

table! {
    complaint_identities (complaint_id) {
        complaint_id -> Text,
        county_code -> Text,
        key_id -> Text,
        sealed -> Binary,
        erase_at -> Nullable<BigInt>,
    }
}

table! {
    identity_requests (proposal_id) {
        proposal_id -> Text,
        complaint_id -> Text,
        person_id -> Text,
        purpose -> Text,
        reason -> Text,
        level -> Integer,
        created_at -> BigInt,
        county_code -> Nullable<Text>,
        key_id -> Nullable<Text>,
        shown -> Nullable<Binary>,
        until -> Nullable<BigInt>,
        done_at -> Nullable<BigInt>,
        outcome -> Nullable<Text>,
    }
}

table! {
    erased_identities (complaint_id) {
        complaint_id -> Text,
        erased_at -> BigInt,
    }
}

table! {
    case_exports (id) {
        id -> Text,
        proposal_id -> Text,
        person_id -> Text,
        created_at -> BigInt,
        until -> Nullable<BigInt>,
        fetched_at -> Nullable<BigInt>,
    }
}

table! {
    complaint_events (complaint_id, seq) {
        complaint_id -> Text,
        seq -> Integer,
        at -> BigInt,
        action -> Text,
        actor -> Text,
        staff_id -> Nullable<Text>,
        organisation_id -> Nullable<Text>,
        public_note -> Nullable<Text>,
        internal_note -> Nullable<Text>,
    }
}

table! {
    complaint_messages (complaint_id, seq) {
        complaint_id -> Text,
        seq -> Integer,
        at -> BigInt,
        author -> Text,
        staff_id -> Nullable<Text>,
        text -> Text,
        idempotency_mac -> Nullable<Text>,
        body_sha256 -> Nullable<Text>,
    }
}

table! {
    timers (complaint_id, stage, round) {
        complaint_id -> Text,
        stage -> Text,
        round -> Integer,
        body -> Text,
        running -> Bool,
        lit -> Bool,
        blue_at -> Nullable<BigInt>,
        yellow_at -> Nullable<BigInt>,
        due_at -> BigInt,
        next_step -> Nullable<Text>,
        next_at -> Nullable<BigInt>,
        claimed_until -> BigInt,
        attempts -> Integer,
        breached_at -> Nullable<BigInt>,
        claims -> Integer,
        last_error -> Nullable<Text>,
    }
}

table! {
    escalations (complaint_id, stage, round, step) {
        complaint_id -> Text,
        stage -> Text,
        round -> Integer,
        step -> Text,
        due_at -> BigInt,
        fired_at -> BigInt,
        organisation_id -> Nullable<Text>,
    }
}

table! {
    proposals (id) {
        id -> Text,
        subject -> Text,
        object_id -> Text,
        action -> Text,
        complaint_id -> Nullable<Text>,
        region_code -> Text,
        version -> Integer,
        body -> Text,
        reason -> Text,
        staff_id -> Text,
        person_id -> Text,
        role -> Text,
        organisation_id -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
        state -> Text,
        void_reason -> Nullable<Text>,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<BigInt>,
        note -> Nullable<Text>,
    }
}

table! {
    proposal_offers (proposal_id, organisation_id) {
        proposal_id -> Text,
        organisation_id -> Text,
    }
}

table! {
    merges (follower_id) {
        follower_id -> Text,
        into_id -> Text,
    }
}

table! {
    published_answers (id) {
        id -> Text,
        complaint_id -> Text,
        region_code -> Text,
        kind -> Text,
        category -> Text,
        about -> Nullable<Text>,
        about_id -> Nullable<Text>,
        text -> Text,
        published_at -> BigInt,
    }
}

table! {
    outbox (id) {
        id -> Text,
        staff_id -> Nullable<Text>,
        template -> Text,
        params -> Text,
        created_at -> BigInt,
        not_before -> BigInt,
        state -> Text,
        attempts -> Integer,
        claimed_until -> BigInt,
        last_error -> Nullable<Text>,
    }
}

table! {
    audit (id) {
        id -> Text,
        case_at -> BigInt,
        wall_at -> BigInt,
        actor -> Text,
        actor_id -> Nullable<Text>,
        action -> Text,
        object -> Text,
        object_id -> Text,
        reason -> Nullable<Text>,
        before_sha256 -> Nullable<Text>,
        after_sha256 -> Nullable<Text>,
        case_id -> Nullable<Text>,
    }
}

table! {
    audit_pending (audit_id) {
        audit_id -> Text,
        wall_at -> BigInt,
    }
}

table! {
    audit_chain (seq) {
        seq -> BigInt,
        audit_id -> Text,
        hash -> Binary,
    }
}

table! {
    audit_head (id) {
        id -> Integer,
        seq -> BigInt,
        hash -> Binary,
        fault -> Nullable<Text>,
    }
}

table! {
    clock_base (id) {
        id -> Integer,
        base_case -> BigInt,
        base_wall -> BigInt,
        last_case -> BigInt,
        speed -> BigInt,
    }
}

table! {
    key_ids (name) {
        name -> Text,
        key_id -> Text,
    }
}

table! {
    zones (id) {
        id -> Text,
        county_code -> Text,
        name -> Text,
        lead_organisation_id -> Text,
        version -> Integer,
    }
}

table! {
    zone_townships (township_code) {
        township_code -> Text,
        zone_id -> Text,
    }
}

table! {
    relations (id) {
        id -> Text,
        person_id -> Nullable<Text>,
        organisation_id -> Nullable<Text>,
        to_person_id -> Nullable<Text>,
        to_organisation_id -> Nullable<Text>,
        to_post_id -> Nullable<Text>,
        note -> Text,
        declared_by -> Text,
        declared_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

table! {
    complaint_recusals (complaint_id, person_id) {
        complaint_id -> Text,
        person_id -> Text,
    }
}

table! {
    complaint_ratings (complaint_id, rated_at) {
        complaint_id -> Text,
        rated_at -> BigInt,
        rating -> Text,
    }
}

table! {
    attachments (id) {
        id -> Text,
        media -> Text,
        width -> Integer,
        height -> Integer,
        bytes -> BigInt,
        token_sha256 -> Nullable<Text>,
        expires_at -> Nullable<BigInt>,
        idempotency_mac -> Nullable<Text>,
        sent_mac -> Nullable<Text>,
    }
}

table! {
    complaint_attachments (complaint_id, no) {
        complaint_id -> Text,
        no -> Integer,
        attachment_id -> Text,
        message_seq -> Nullable<Integer>,
    }
}

table! {
    vouchers (id) {
        id -> Text,
        line_id -> Text,
        original_id -> Text,
        redacted_id -> Nullable<Text>,
        rectangles -> Text,
        version -> Integer,
        uploaded_by -> Text,
        redacted_by -> Nullable<Text>,
        confirmed_by -> Nullable<Text>,
        uploaded_at -> BigInt,
        confirmed_at -> Nullable<BigInt>,
    }
}

table! {
    closed_statistics (county_code, period) {
        county_code -> Text,
        period -> Text,
        body -> Text,
        counted_at -> BigInt,
    }
}

table! {
    daily_marks (name, day) {
        name -> Text,
        day -> Text,
    }
}

table! {
    login_tries (slot) {
        slot -> Integer,
        count -> Integer,
        last_at -> BigInt,
    }
}

table! {
    catalogues (region_code, version) {
        region_code -> Text,
        version -> Integer,
        body -> Text,
        begun_at -> BigInt,
        proposed_by -> Nullable<Text>,
        decided_by -> Nullable<Text>,
    }
}

table! {
    obligation_villages (region_code) {
        region_code -> Text,
        since -> BigInt,
        grown_to -> Nullable<Text>,
        next_open -> Text,
    }
}

table! {
    obligations (id) {
        id -> Text,
        region_code -> Text,
        item -> Text,
        kind -> Text,
        period -> Text,
        event -> Text,
        event_on -> Nullable<Text>,
        title -> Text,
        catalogue_region -> Nullable<Text>,
        catalogue_version -> Integer,
        policy_version -> Integer,
        body -> Text,
        due_at -> BigInt,
        missing_at -> BigInt,
        settled_at -> Nullable<BigInt>,
        disclosure_id -> Nullable<Text>,
        reopened_at -> Nullable<BigInt>,
        next_step -> Nullable<Text>,
        next_at -> Nullable<BigInt>,
        held_until -> BigInt,
        attempts -> Integer,
        counted_with -> Nullable<Integer>,
        edition -> Integer,
        created_at -> BigInt,
        struck_at -> Nullable<BigInt>,
        struck_reason -> Nullable<Text>,
    }
}

table! {
    obligation_steps (obligation_id, step) {
        obligation_id -> Text,
        step -> Text,
        due_at -> BigInt,
        fired_at -> BigInt,
        organisation_id -> Nullable<Text>,
    }
}

allow_tables_to_appear_in_same_query!(
    regions,
    region_former_names,
    region_epoch,
    organisations,
    posts,
    persons,
    post_holders,
    staff,
    enrolments,
    recovery_codes,
    refresh_tokens,
    calendar_versions,
    calendar_days,
    calendar_overrides,
    calendar_hours,
    calendar_recounts,
    policies,
    powers,
    power_versions,
    power_drafts,
    ledger_sheets,
    ledger_lines,
    sheet_rows,
    disclosures,
    disclosure_versions,
    disclosure_corrections,
    disclosure_withdrawals,
    disclosure_takedowns,
    paper_signatures,
    signoffs,
    complaints,
    complaint_targets,
    complaint_units,
    complaint_identities,
    identity_requests,
    erased_identities,
    case_exports,
    complaint_events,
    complaint_messages,
    timers,
    escalations,
    proposals,
    proposal_offers,
    merges,
    published_answers,
    attachments,
    complaint_attachments,
    vouchers,
    outbox,
    audit,
    audit_pending,
    audit_chain,
    audit_head,
    clock_base,
    key_ids,
    zones,
    zone_townships,
    relations,
    complaint_recusals,
    complaint_ratings,
    closed_statistics,
    daily_marks,
    login_tries,
    catalogues,
    obligation_villages,
    obligations,
    obligation_steps,
);
