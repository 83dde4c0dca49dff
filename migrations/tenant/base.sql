CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 202611220100

CREATE TABLE audit_event (
    id UUID NOT NULL,
    action TEXT NOT NULL,
    subject_type TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    case_id UUID,
    actor_id UUID,
    actor_name TEXT NOT NULL,
    unit_path TEXT,
    address TEXT,
    request_id TEXT,
    detail JSONB NOT NULL,
    happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_audit_event PRIMARY KEY (id)
);

CREATE INDEX ix_audit_event_actor_id ON audit_event (actor_id);

CREATE INDEX ix_audit_event_case_id ON audit_event (case_id);

CREATE INDEX ix_audit_event_recorded_at ON audit_event (recorded_at);

CREATE INDEX ix_audit_event_subject ON audit_event (subject_type, subject_id);

CREATE TABLE calendar_day (
    day DATE NOT NULL,
    working BOOLEAN NOT NULL,
    source TEXT NOT NULL,
    CONSTRAINT pk_calendar_day PRIMARY KEY (day)
);

CREATE TABLE code_item (
    list_key TEXT NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    parent TEXT,
    position INTEGER NOT NULL,
    active BOOLEAN NOT NULL,
    CONSTRAINT pk_code_item PRIMARY KEY (list_key, code)
);

CREATE TABLE draft (
    id UUID NOT NULL,
    process_key TEXT NOT NULL,
    way TEXT NOT NULL,
    page TEXT NOT NULL,
    data JSONB NOT NULL,
    resume_hash TEXT,
    phone_tail TEXT,
    user_id UUID,
    case_id UUID,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (id)
);

CREATE INDEX ix_draft_resume_hash ON draft (resume_hash);

CREATE TABLE idempotency (
    key TEXT NOT NULL,
    session_hash BYTEA NOT NULL,
    path TEXT NOT NULL,
    status INTEGER,
    location TEXT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_idempotency PRIMARY KEY (key)
);

CREATE TABLE job_run (
    job_key TEXT NOT NULL,
    name TEXT NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_job_run PRIMARY KEY (job_key)
);

CREATE TABLE number_counter (
    kind TEXT NOT NULL,
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    CONSTRAINT pk_number_counter PRIMARY KEY (kind, series, year)
);

CREATE TABLE person (
    id UUID NOT NULL,
    name TEXT NOT NULL,
    phone TEXT,
    skills TEXT[] NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id)
);

CREATE TABLE process_version (
    id UUID NOT NULL,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    body JSONB NOT NULL,
    digest TEXT NOT NULL,
    valid_from DATE NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE,
    published_by TEXT,
    CONSTRAINT pk_process_version PRIMARY KEY (id),
    CONSTRAINT ck_process_version_status CHECK (status in ('draft', 'published', 'retired')),
    CONSTRAINT uq_process_version_key_version UNIQUE (key, version)
);

CREATE TABLE rate_count (
    key TEXT NOT NULL,
    window_start TIMESTAMP WITH TIME ZONE NOT NULL,
    hits INTEGER NOT NULL,
    CONSTRAINT pk_rate_count PRIMARY KEY (key)
);

CREATE TABLE role (
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    permissions TEXT[] NOT NULL,
    CONSTRAINT pk_role PRIMARY KEY (code)
);

CREATE TABLE setting_value (
    key TEXT NOT NULL,
    value JSONB NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_by TEXT NOT NULL,
    CONSTRAINT pk_setting_value PRIMARY KEY (key)
);

CREATE TABLE unit (
    id UUID NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    body_type TEXT,
    parent_id UUID,
    path TEXT NOT NULL,
    scope TEXT NOT NULL,
    phone TEXT,
    address TEXT,
    short_name TEXT,
    active BOOLEAN NOT NULL,
    CONSTRAINT pk_unit PRIMARY KEY (id),
    CONSTRAINT ck_unit_kind CHECK (kind in ('area', 'body')),
    CONSTRAINT fk_unit_parent_id FOREIGN KEY(parent_id) REFERENCES unit (id),
    CONSTRAINT uq_unit_code UNIQUE (code)
);

CREATE INDEX ix_unit_parent_id ON unit (parent_id);

CREATE INDEX ix_unit_path ON unit (path text_pattern_ops);

CREATE TABLE app_user (
    id UUID NOT NULL,
    username TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    person_id UUID NOT NULL,
    active BOOLEAN NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_app_user PRIMARY KEY (id),
    CONSTRAINT fk_app_user_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT uq_app_user_username UNIQUE (username)
);

CREATE TABLE post (
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    title TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    CONSTRAINT pk_post PRIMARY KEY (id),
    CONSTRAINT fk_post_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_post_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
);

CREATE INDEX ix_post_person_id ON post (person_id);

CREATE INDEX ix_post_unit_id ON post (unit_id);

CREATE TABLE case_file (
    id UUID NOT NULL,
    number TEXT NOT NULL,
    process_id UUID NOT NULL,
    process_key TEXT NOT NULL,
    domain TEXT NOT NULL,
    state TEXT NOT NULL,
    flags TEXT[] NOT NULL,
    title TEXT NOT NULL,
    kind TEXT,
    source TEXT,
    outcome TEXT,
    unit_id UUID NOT NULL,
    unit_path TEXT NOT NULL,
    area_name TEXT NOT NULL,
    party_text TEXT NOT NULL,
    handler_id UUID,
    data JSONB NOT NULL,
    revision INTEGER NOT NULL,
    query_code TEXT NOT NULL,
    contact_tail TEXT,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_case_file PRIMARY KEY (id),
    CONSTRAINT fk_case_file_handler_id FOREIGN KEY(handler_id) REFERENCES app_user (id),
    CONSTRAINT fk_case_file_process_id FOREIGN KEY(process_id) REFERENCES process_version (id),
    CONSTRAINT fk_case_file_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT uq_case_file_number UNIQUE (number)
);

CREATE INDEX ix_case_file_handler_id ON case_file (handler_id);

CREATE INDEX ix_case_file_opened_at ON case_file (opened_at);

CREATE INDEX ix_case_file_process_state ON case_file (process_key, state);

CREATE INDEX ix_case_file_unit_path ON case_file (unit_path text_pattern_ops);

CREATE TABLE role_grant (
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    role_code TEXT NOT NULL,
    unit_id UUID NOT NULL,
    CONSTRAINT pk_role_grant PRIMARY KEY (id),
    CONSTRAINT fk_role_grant_role_code FOREIGN KEY(role_code) REFERENCES role (code),
    CONSTRAINT fk_role_grant_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_role_grant_user_id FOREIGN KEY(user_id) REFERENCES app_user (id),
    CONSTRAINT uq_role_grant_user_id_role_code_unit_id UNIQUE (user_id, role_code, unit_id)
);

CREATE TABLE web_session (
    id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    user_id UUID,
    data JSONB NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_web_session PRIMARY KEY (id),
    CONSTRAINT fk_web_session_user_id FOREIGN KEY(user_id) REFERENCES app_user (id),
    CONSTRAINT uq_web_session_token_hash UNIQUE (token_hash)
);

CREATE INDEX ix_web_session_user_id ON web_session (user_id);

CREATE TABLE case_clock (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    rule JSONB NOT NULL,
    started_on DATE NOT NULL,
    due_on DATE NOT NULL,
    warn_on DATE,
    stopped_on DATE,
    paused BOOLEAN NOT NULL,
    provisional BOOLEAN NOT NULL,
    trail JSONB NOT NULL,
    CONSTRAINT pk_case_clock PRIMARY KEY (id),
    CONSTRAINT fk_case_clock_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT uq_case_clock_case_id_code UNIQUE (case_id, code)
);

CREATE INDEX ix_case_clock_due_on ON case_clock (due_on) WHERE stopped_on is null;

CREATE TABLE dossier_export (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    state TEXT NOT NULL,
    step TEXT NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    problem TEXT,
    digest TEXT,
    pages INTEGER,
    size INTEGER,
    storage_key TEXT,
    requested_by TEXT NOT NULL,
    requested_by_id UUID,
    requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_dossier_export PRIMARY KEY (id),
    CONSTRAINT ck_dossier_export_state CHECK (state in ('queued', 'running', 'ready', 'failed')),
    CONSTRAINT fk_dossier_export_case_id FOREIGN KEY(case_id) REFERENCES case_file (id)
);

CREATE INDEX ix_dossier_export_case_id ON dossier_export (case_id);

CREATE INDEX ix_dossier_export_digest ON dossier_export (digest);

CREATE TABLE file (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    category TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    digest TEXT NOT NULL,
    storage_key TEXT NOT NULL,
    added_by TEXT NOT NULL,
    happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_file PRIMARY KEY (id),
    CONSTRAINT fk_file_case_id FOREIGN KEY(case_id) REFERENCES case_file (id)
);

CREATE INDEX ix_file_case_id ON file (case_id);

CREATE TABLE message (
    id UUID NOT NULL,
    user_id UUID,
    case_id UUID,
    public BOOLEAN NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_message PRIMARY KEY (id),
    CONSTRAINT fk_message_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT fk_message_user_id FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE INDEX ix_message_case_id ON message (case_id);

CREATE INDEX ix_message_user_id ON message (user_id) WHERE read_at is null;

CREATE TABLE party (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    seq INTEGER NOT NULL,
    side TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    id_number TEXT,
    gender TEXT,
    birth DATE,
    ethnicity TEXT,
    occupation TEXT,
    phone TEXT,
    address TEXT,
    representative TEXT,
    agent_for TEXT,
    CONSTRAINT pk_party PRIMARY KEY (id),
    CONSTRAINT ck_party_kind CHECK (kind in ('natural', 'legal')),
    CONSTRAINT fk_party_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT uq_party_case_id_seq UNIQUE (case_id, seq)
);

CREATE TABLE step_taken (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    seq INTEGER NOT NULL,
    action TEXT NOT NULL,
    title TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    actor_id UUID,
    actor_name TEXT NOT NULL,
    actor_role TEXT NOT NULL,
    input JSONB NOT NULL,
    happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_step_taken PRIMARY KEY (id),
    CONSTRAINT fk_step_taken_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT uq_step_taken_case_id_seq UNIQUE (case_id, seq)
);

CREATE TABLE task (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    roles TEXT[] NOT NULL,
    unit_path TEXT NOT NULL,
    assignee_id UUID,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    due_on DATE,
    done_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_task PRIMARY KEY (id),
    CONSTRAINT fk_task_assignee_id FOREIGN KEY(assignee_id) REFERENCES app_user (id),
    CONSTRAINT fk_task_case_id FOREIGN KEY(case_id) REFERENCES case_file (id)
);

CREATE INDEX ix_task_assignee_id ON task (assignee_id) WHERE done_at is null;

CREATE INDEX ix_task_case_id ON task (case_id);

CREATE INDEX ix_task_open ON task (unit_path text_pattern_ops) WHERE done_at is null;

CREATE TABLE document (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    step_id UUID,
    form_code TEXT NOT NULL,
    title TEXT NOT NULL,
    number TEXT NOT NULL,
    values JSONB NOT NULL,
    template_digest TEXT NOT NULL,
    state TEXT NOT NULL,
    problem TEXT,
    digest TEXT,
    pages INTEGER,
    storage_key TEXT,
    issued_by TEXT NOT NULL,
    issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_document PRIMARY KEY (id),
    CONSTRAINT ck_document_state CHECK (state in ('queued', 'ready', 'failed')),
    CONSTRAINT fk_document_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT fk_document_step_id FOREIGN KEY(step_id) REFERENCES step_taken (id),
    CONSTRAINT uq_document_form_code_number UNIQUE (form_code, number)
);

CREATE INDEX ix_document_case_id ON document (case_id);

INSERT INTO alembic_version (version_num) VALUES ('202611220100') RETURNING alembic_version.version_num;

-- Running upgrade 202611220100 -> 202611220400

CREATE TABLE account_link (
    id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    user_id UUID NOT NULL,
    purpose TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_account_link PRIMARY KEY (id),
    CONSTRAINT fk_account_link_user_id FOREIGN KEY(user_id) REFERENCES app_user (id),
    CONSTRAINT uq_account_link_token_hash UNIQUE (token_hash)
);

CREATE INDEX ix_account_link_user_id ON account_link (user_id);

UPDATE alembic_version SET version_num='202611220400' WHERE alembic_version.version_num = '202611220100';

-- Running upgrade 202611220400 -> 202611220500

CREATE TABLE data_key (
    version SMALLINT NOT NULL,
    alg TEXT NOT NULL,
    wrapped BYTEA NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    retired_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_data_key PRIMARY KEY (version)
);

UPDATE alembic_version SET version_num='202611220500' WHERE alembic_version.version_num = '202611220400';

-- Running upgrade 202611220500 -> 202611220510

ALTER TABLE case_file ADD COLUMN data_sealed BYTEA;

ALTER TABLE party ADD COLUMN id_number_sealed BYTEA;

ALTER TABLE party ADD COLUMN birth_sealed BYTEA;

ALTER TABLE party ADD COLUMN phone_sealed BYTEA;

ALTER TABLE party ADD COLUMN address_sealed BYTEA;

ALTER TABLE step_taken ADD COLUMN input_sealed BYTEA;

ALTER TABLE draft ADD COLUMN data_sealed BYTEA;

ALTER TABLE document ADD COLUMN values_sealed BYTEA;

ALTER TABLE web_session ADD COLUMN data_sealed BYTEA;

ALTER TABLE person ADD COLUMN phone_sealed BYTEA;

ALTER TABLE party ADD COLUMN id_number_mask TEXT;

ALTER TABLE party ADD COLUMN phone_mask TEXT;

ALTER TABLE party ADD COLUMN address_mask TEXT;

ALTER TABLE person ADD COLUMN phone_mask TEXT;

ALTER TABLE party ADD COLUMN id_number_index BYTEA;

CREATE INDEX ix_party_id_number_index ON party (id_number_index);

ALTER TABLE party ADD COLUMN phone_index BYTEA;

CREATE INDEX ix_party_phone_index ON party (phone_index);

ALTER TABLE case_file ADD COLUMN figures JSONB DEFAULT '{}' NOT NULL;

UPDATE case_file SET figures = coalesce((SELECT jsonb_object_agg(key, value) FROM jsonb_each(data) WHERE jsonb_typeof(value) = 'number'), '{}');

UPDATE alembic_version SET version_num='202611220510' WHERE alembic_version.version_num = '202611220500';

-- Running upgrade 202611220510 -> 202611220520

ALTER TABLE party DROP COLUMN id_number;

ALTER TABLE party DROP COLUMN phone;

ALTER TABLE party DROP COLUMN address;

ALTER TABLE person DROP COLUMN phone;

ALTER TABLE case_file DROP COLUMN data;

ALTER TABLE step_taken DROP COLUMN input;

ALTER TABLE draft DROP COLUMN data;

ALTER TABLE document DROP COLUMN values;

ALTER TABLE web_session DROP COLUMN data;

ALTER TABLE party DROP COLUMN birth;

UPDATE alembic_version SET version_num='202611220520' WHERE alembic_version.version_num = '202611220510';

-- Running upgrade 202611220520 -> 202611220600

ALTER TABLE app_user ADD COLUMN password_changed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL;

ALTER TABLE app_user ADD COLUMN signed_in_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE web_session ADD COLUMN stage TEXT DEFAULT 'full' NOT NULL;

ALTER TABLE web_session ADD COLUMN factors TEXT[] DEFAULT '{}' NOT NULL;

ALTER TABLE web_session ADD COLUMN proved_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE web_session ADD COLUMN address TEXT;

ALTER TABLE web_session ADD COLUMN agent TEXT;

ALTER TABLE web_session ADD CONSTRAINT ck_web_session_stage CHECK (stage in ('full', 'second', 'enrol', 'password'));

CREATE TABLE totp_factor (
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    secret BYTEA NOT NULL,
    last_step BIGINT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    confirmed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_totp_factor PRIMARY KEY (id),
    CONSTRAINT fk_totp_factor_user_id FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE UNIQUE INDEX uq_totp_factor_used ON totp_factor (user_id) WHERE confirmed_at is not null;

CREATE UNIQUE INDEX uq_totp_factor_offered ON totp_factor (user_id) WHERE confirmed_at is null;

CREATE TABLE recovery_code (
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    digest BYTEA NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_recovery_code PRIMARY KEY (id),
    CONSTRAINT fk_recovery_code_user_id FOREIGN KEY(user_id) REFERENCES app_user (id),
    CONSTRAINT uq_recovery_code_user_id_digest UNIQUE (user_id, digest)
);

CREATE TABLE password_past (
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    digest TEXT NOT NULL,
    replaced_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_password_past PRIMARY KEY (id),
    CONSTRAINT fk_password_past_user_id FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE INDEX ix_password_past_user_id ON password_past (user_id);

CREATE TABLE try_count (
    key TEXT NOT NULL,
    failures INTEGER NOT NULL,
    locks INTEGER NOT NULL,
    locked_until TIMESTAMP WITH TIME ZONE,
    counted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    allowed BOOLEAN NOT NULL,
    CONSTRAINT pk_try_count PRIMARY KEY (key)
);

UPDATE alembic_version SET version_num='202611220600' WHERE alembic_version.version_num = '202611220520';

-- Running upgrade 202611220600 -> 202611220650

CREATE TABLE ceremony (
    digest BYTEA NOT NULL,
    purpose TEXT NOT NULL,
    browser_hash BYTEA NOT NULL,
    subject TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_ceremony PRIMARY KEY (digest)
);

CREATE TABLE phone_code (
    browser_hash BYTEA NOT NULL,
    number_hash BYTEA NOT NULL,
    code_hash BYTEA NOT NULL,
    tries INTEGER NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_phone_code PRIMARY KEY (browser_hash)
);

CREATE TABLE outbound_message (
    id UUID NOT NULL,
    purpose TEXT NOT NULL,
    recipient BYTEA,
    body BYTEA,
    state TEXT NOT NULL,
    problem TEXT,
    good_until TIMESTAMP WITH TIME ZONE NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    settled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_outbound_message PRIMARY KEY (id),
    CONSTRAINT ck_outbound_message_state CHECK (state in ('queued', 'sent', 'failed'))
);

CREATE TABLE identity_provider (
    id UUID NOT NULL,
    audience TEXT NOT NULL,
    title TEXT NOT NULL,
    issuer TEXT NOT NULL,
    client_id TEXT NOT NULL,
    client_secret BYTEA NOT NULL,
    number_claim TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    CONSTRAINT pk_identity_provider PRIMARY KEY (id),
    CONSTRAINT ck_identity_provider_audience CHECK (audience in ('citizen', 'staff')),
    CONSTRAINT uq_identity_provider_audience UNIQUE (audience)
);

CREATE TABLE external_identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_external_identity PRIMARY KEY (issuer, subject),
    CONSTRAINT fk_external_identity_user_id FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE INDEX ix_external_identity_user_id ON external_identity (user_id);

CREATE TABLE passkey (
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    credential_id BYTEA NOT NULL,
    public_key BYTEA NOT NULL,
    sign_count BIGINT NOT NULL,
    transports TEXT[] NOT NULL,
    title TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_passkey PRIMARY KEY (id),
    CONSTRAINT fk_passkey_user_id FOREIGN KEY(user_id) REFERENCES app_user (id),
    CONSTRAINT uq_passkey_credential_id UNIQUE (credential_id)
);

CREATE INDEX ix_passkey_user_id ON passkey (user_id);

UPDATE alembic_version SET version_num='202611220650' WHERE alembic_version.version_num = '202611220600';

-- Running upgrade 202611220650 -> 202611220700

CREATE TABLE access_proposal (
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    user_id UUID,
    role_code TEXT NOT NULL,
    unit_id UUID,
    change JSONB NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    proposed_by_id UUID NOT NULL,
    proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decided_by_id UUID,
    decided_at TIMESTAMP WITH TIME ZONE,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_access_proposal PRIMARY KEY (id),
    CONSTRAINT ck_access_proposal_decided CHECK ((state = 'waiting') = (decided_by_id is null)),
    CONSTRAINT ck_access_proposal_kind CHECK (kind in ('grant', 'role')),
    CONSTRAINT ck_access_proposal_two_persons CHECK (state = 'withdrawn' or decided_by_id <> proposed_by_id),
    CONSTRAINT ck_access_proposal_not_own CHECK (state = 'withdrawn' or decided_by_id <> user_id),
    CONSTRAINT ck_access_proposal_state CHECK (state in ('waiting', 'approved', 'refused', 'withdrawn')),
    CONSTRAINT fk_access_proposal_decided_by_id FOREIGN KEY(decided_by_id) REFERENCES app_user (id),
    CONSTRAINT fk_access_proposal_proposed_by_id FOREIGN KEY(proposed_by_id) REFERENCES app_user (id),
    CONSTRAINT fk_access_proposal_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT fk_access_proposal_user_id FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE UNIQUE INDEX uq_access_proposal_waiting ON access_proposal (kind, user_id, role_code, unit_id) NULLS NOT DISTINCT WHERE state = 'waiting';

CREATE TABLE bulk_export (
    id UUID NOT NULL,
    query TEXT NOT NULL,
    rows INTEGER NOT NULL,
    reason TEXT NOT NULL,
    unit_path TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_by_id UUID NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decided_by_id UUID,
    decided_at TIMESTAMP WITH TIME ZONE,
    taken_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_bulk_export PRIMARY KEY (id),
    CONSTRAINT ck_bulk_export_state CHECK (state in ('waiting', 'approved', 'refused', 'taken')),
    CONSTRAINT ck_bulk_export_two_persons CHECK (decided_by_id <> asked_by_id),
    CONSTRAINT fk_bulk_export_asked_by_id FOREIGN KEY(asked_by_id) REFERENCES app_user (id),
    CONSTRAINT fk_bulk_export_decided_by_id FOREIGN KEY(decided_by_id) REFERENCES app_user (id)
);

CREATE INDEX ix_bulk_export_asked_by_id ON bulk_export (asked_by_id);

CREATE TABLE practitioner (
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    licence_no TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    valid_until DATE NOT NULL,
    user_id UUID,
    CONSTRAINT pk_practitioner PRIMARY KEY (id),
    CONSTRAINT fk_practitioner_user_id FOREIGN KEY(user_id) REFERENCES app_user (id),
    CONSTRAINT uq_practitioner_kind_licence_no UNIQUE (kind, licence_no),
    CONSTRAINT uq_practitioner_user_id UNIQUE (user_id)
);

CREATE TABLE case_helper (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    user_id UUID NOT NULL,
    since TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    reason TEXT NOT NULL,
    by_id UUID NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_case_helper PRIMARY KEY (id),
    CONSTRAINT fk_case_helper_by_id FOREIGN KEY(by_id) REFERENCES app_user (id),
    CONSTRAINT fk_case_helper_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT fk_case_helper_user_id FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE INDEX ix_case_helper_case_id ON case_helper (case_id);

CREATE INDEX ix_case_helper_user_id ON case_helper (user_id) WHERE ended_at is null;

CREATE UNIQUE INDEX uq_case_helper_open ON case_helper (case_id, user_id) WHERE ended_at is null;

ALTER TABLE app_user ADD COLUMN unit_id UUID;

ALTER TABLE app_user ADD COLUMN guest TEXT;

ALTER TABLE app_user ADD COLUMN expires_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE app_user ADD CONSTRAINT fk_app_user_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id);

ALTER TABLE case_file ADD COLUMN label INTEGER DEFAULT '0' NOT NULL;

ALTER TABLE role ADD COLUMN duty TEXT;

ALTER TABLE role ADD COLUMN clearance INTEGER DEFAULT '0' NOT NULL;

ALTER TABLE role ADD COLUMN seal BYTEA;

ALTER TABLE role_grant ADD COLUMN seal BYTEA;

ALTER TABLE task ADD COLUMN label INTEGER DEFAULT '0' NOT NULL;

ALTER TABLE role ADD CONSTRAINT ck_role_duty CHECK (duty in ('system', 'security', 'audit'));

ALTER TABLE role ADD CONSTRAINT ck_role_clearance CHECK (clearance between 0 and 2);

ALTER TABLE app_user ADD CONSTRAINT ck_app_user_guest CHECK (guest in ('auditor', 'break_glass'));

ALTER TABLE app_user ADD CONSTRAINT ck_app_user_guest_ends CHECK ((guest is null) = (expires_at is null));

ALTER TABLE case_file ADD CONSTRAINT ck_case_file_label CHECK (label between 0 and 2);

UPDATE role SET duty = CASE
    WHEN permissions && ARRAY['tenant.admin', 'identity.manage'] THEN 'system'
    WHEN permissions && ARRAY['identity.approve'] THEN 'security'
    WHEN permissions && ARRAY['audit.read', 'audit.verify'] THEN 'audit' END;

UPDATE app_user SET unit_id = (
    SELECT unit_id FROM role_grant WHERE user_id = app_user.id ORDER BY role_code, role_grant.id LIMIT 1);

CREATE FUNCTION refuse_second_duty() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM 1 FROM app_user WHERE id = NEW.user_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM role_grant held JOIN role had ON had.code = held.role_code, role given
        WHERE held.user_id = NEW.user_id AND held.id <> NEW.id AND given.code = NEW.role_code
            AND had.duty <> given.duty
    ) THEN
        RAISE EXCEPTION 'an account has one duty of administration'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'one_duty', TABLE = 'role_grant';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER one_duty BEFORE INSERT OR UPDATE ON role_grant FOR EACH ROW EXECUTE FUNCTION refuse_second_duty();

UPDATE alembic_version SET version_num='202611220700' WHERE alembic_version.version_num = '202611220650';

-- Running upgrade 202611220700 -> 202611220800

ALTER TABLE audit_event ADD COLUMN outcome TEXT DEFAULT 'done' NOT NULL;

ALTER TABLE audit_event ADD COLUMN high BOOLEAN DEFAULT false NOT NULL;

ALTER TABLE audit_event ADD COLUMN persons UUID[] DEFAULT '{}' NOT NULL;

ALTER TABLE audit_event ADD COLUMN xid BIGINT DEFAULT (pg_current_xact_id()::text)::bigint NOT NULL;

CREATE INDEX ix_audit_event_persons ON audit_event USING gin (persons) WHERE persons <> '{}';

CREATE TABLE audit_seal (
    n BIGINT NOT NULL,
    format SMALLINT NOT NULL,
    city_id UUID NOT NULL,
    count INTEGER NOT NULL,
    first_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_at TIMESTAMP WITH TIME ZONE NOT NULL,
    root BYTEA NOT NULL,
    link_n BIGINT NOT NULL,
    link_hash BYTEA NOT NULL,
    previous BYTEA NOT NULL,
    head BYTEA NOT NULL,
    mac BYTEA NOT NULL,
    sealed_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_audit_seal PRIMARY KEY (n)
);

CREATE TABLE audit_sealed (
    event_id UUID NOT NULL,
    seal_n BIGINT NOT NULL,
    leaf_no INTEGER NOT NULL,
    leaf BYTEA NOT NULL,
    CONSTRAINT pk_audit_sealed PRIMARY KEY (event_id),
    CONSTRAINT uq_audit_sealed_seal_n_leaf_no UNIQUE (seal_n, leaf_no)
);

CREATE TABLE audit_link (
    n BIGINT NOT NULL,
    event_id UUID NOT NULL,
    previous BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    linked_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_audit_link PRIMARY KEY (n),
    CONSTRAINT uq_audit_link_event_id UNIQUE (event_id)
);

CREATE TABLE audit_anchored (
    seal_n BIGINT NOT NULL,
    anchored_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_audit_anchored PRIMARY KEY (seal_n)
);

CREATE TABLE audit_verification (
    id UUID NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    actor_name TEXT NOT NULL,
    ok BOOLEAN NOT NULL,
    result JSONB NOT NULL,
    CONSTRAINT pk_audit_verification PRIMARY KEY (id)
);

CREATE INDEX ix_audit_verification_made_at ON audit_verification (made_at);

CREATE TABLE audit_report (
    day DATE NOT NULL,
    seals INTEGER NOT NULL,
    mailed BOOLEAN NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_audit_report PRIMARY KEY (day)
);

CREATE FUNCTION append_audit_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    links text := quote_ident(TG_TABLE_SCHEMA) || '.audit_link';
    last record;
    known boolean;
    leaf bytea;
BEGIN
    EXECUTE 'SELECT EXISTS (SELECT FROM ' || links || ' WHERE event_id = $1)'
        INTO known USING NEW.id;
    IF known THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('audit_link'), hashtext(TG_TABLE_SCHEMA));
    EXECUTE 'SELECT n, hash FROM ' || links || ' ORDER BY n DESC LIMIT 1' INTO last;
    leaf := sha256('\x00'::bytea || convert_to(jsonb_build_array(
        NEW.id, NEW.action, NEW.outcome, NEW.high, NEW.subject_type, NEW.subject_id, NEW.case_id, NEW.actor_id,
        NEW.actor_name, NEW.unit_path, NEW.address, NEW.request_id, NEW.detail, to_jsonb(NEW.persons), NEW.xid,
        (extract(epoch from NEW.happened_at) * 1000000)::bigint,
        (extract(epoch from NEW.recorded_at) * 1000000)::bigint)::text, 'UTF8'));
    EXECUTE 'INSERT INTO ' || links || ' (n, event_id, previous, hash) VALUES ($1, $2, $3, $4)'
        USING coalesce(last.n, 0) + 1, NEW.id, coalesce(last.hash, '\x'::bytea),
            sha256('\x03'::bytea || coalesce(last.hash, '\x'::bytea) || leaf);
    RETURN NULL;
END
$body$;
REVOKE ALL ON FUNCTION append_audit_link() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER append_audit_link AFTER INSERT ON audit_event DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.high) EXECUTE FUNCTION append_audit_link();;

UPDATE alembic_version SET version_num='202611220800' WHERE alembic_version.version_num = '202611220700';

-- Running upgrade 202611220800 -> 202611230900

ALTER TABLE process_version ADD COLUMN valid_to DATE;

ALTER TABLE process_version ALTER COLUMN body TYPE json USING body::json;

UPDATE process_version SET valid_to = greatest(process_version.valid_from, following.valid_from)
FROM process_version following
WHERE following.key = process_version.key AND following.version = process_version.version + 1;

UPDATE process_version SET valid_from = '1970-01-01' WHERE version = 1;

ALTER TABLE process_version ADD CONSTRAINT ck_process_version_valid CHECK (valid_to >= valid_from);

ALTER TABLE process_version ADD CONSTRAINT ex_process_version_valid EXCLUDE USING gist (
    int8range(hashtextextended(key, 0), hashtextextended(key, 0), '[]') WITH &&,
    daterange(valid_from, valid_to) WITH &&
);

CREATE TABLE process_draft (
    id UUID NOT NULL,
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    base_version_id UUID,
    body JSON NOT NULL,
    cursor INTEGER NOT NULL,
    last INTEGER NOT NULL,
    state TEXT NOT NULL,
    editors TEXT[] NOT NULL,
    reason TEXT,
    made_by TEXT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    edited_by TEXT NOT NULL,
    edited_at TIMESTAMP WITH TIME ZONE NOT NULL,
    submitted_by TEXT,
    submitted_at TIMESTAMP WITH TIME ZONE,
    decided_by TEXT,
    decided_at TIMESTAMP WITH TIME ZONE,
    version_id UUID,
    CONSTRAINT pk_process_draft PRIMARY KEY (id),
    CONSTRAINT ck_process_draft_state CHECK (state in ('draft', 'in_review', 'published', 'discarded')),
    CONSTRAINT ck_process_draft_submitted CHECK ((state = 'in_review') <= (submitted_at is not null)),
    CONSTRAINT fk_process_draft_base_version_id FOREIGN KEY(base_version_id) REFERENCES process_version (id),
    CONSTRAINT fk_process_draft_version_id FOREIGN KEY(version_id) REFERENCES process_version (id)
);

CREATE INDEX ix_process_draft_key ON process_draft (key) WHERE state in ('draft', 'in_review');

CREATE TABLE process_draft_edit (
    draft_id UUID NOT NULL,
    seq INTEGER NOT NULL,
    body JSON NOT NULL,
    what TEXT NOT NULL,
    edited_by TEXT NOT NULL,
    edited_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_process_draft_edit PRIMARY KEY (draft_id, seq),
    CONSTRAINT fk_process_draft_edit_draft_id FOREIGN KEY(draft_id) REFERENCES process_draft (id) ON DELETE CASCADE
);

UPDATE alembic_version SET version_num='202611230900' WHERE alembic_version.version_num = '202611220800';

-- Running upgrade 202611230900 -> 202611230915

ALTER TABLE case_clock ADD COLUMN alarm_on DATE;

ALTER TABLE case_clock ADD COLUMN promised_on DATE;

CREATE INDEX ix_case_clock_alarm_on ON case_clock (alarm_on) WHERE alarm_on is not null;

UPDATE case_clock SET alarm_on = coalesce(warn_on, due_on) WHERE stopped_on IS NULL AND NOT paused;

CREATE TABLE clock_alarm (
    case_id UUID NOT NULL,
    code TEXT NOT NULL,
    level TEXT NOT NULL,
    about DATE NOT NULL,
    told_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_clock_alarm PRIMARY KEY (case_id, code, level, about),
    CONSTRAINT fk_clock_alarm_case_id_case_file FOREIGN KEY(case_id) REFERENCES case_file (id)
);

CREATE TABLE clock_move (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    old_due_on DATE NOT NULL,
    new_due_on DATE NOT NULL,
    cause TEXT NOT NULL,
    moved_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_clock_move PRIMARY KEY (id),
    CONSTRAINT fk_clock_move_case_id_case_file FOREIGN KEY(case_id) REFERENCES case_file (id)
);

CREATE INDEX ix_clock_move_moved_at ON clock_move (moved_at);

CREATE INDEX ix_clock_move_case_id ON clock_move (case_id);

CREATE TABLE calendar_year (
    year INTEGER NOT NULL,
    source TEXT NOT NULL,
    loaded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    loaded_by TEXT NOT NULL,
    CONSTRAINT pk_calendar_year PRIMARY KEY (year)
);

UPDATE alembic_version SET version_num='202611230915' WHERE alembic_version.version_num = '202611230900';

-- Running upgrade 202611230915 -> 202611230905

ALTER TABLE case_file ADD COLUMN regions JSONB DEFAULT '{}' NOT NULL;

ALTER TABLE step_taken ADD COLUMN region TEXT;

ALTER TABLE step_taken ADD COLUMN void TEXT;

ALTER TABLE step_taken ADD COLUMN basis JSONB DEFAULT '{}' NOT NULL;

ALTER TABLE step_taken ADD CONSTRAINT ck_step_taken_void CHECK (void in ('withdrawn', 'sent_back'));

ALTER TABLE task ADD COLUMN owner_id UUID;

ALTER TABLE task ADD COLUMN region TEXT;

ALTER TABLE task ADD CONSTRAINT fk_task_owner_id_app_user FOREIGN KEY(owner_id) REFERENCES app_user (id);

CREATE TABLE case_link (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    other_id UUID NOT NULL,
    kind TEXT NOT NULL,
    by_id UUID NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_case_link PRIMARY KEY (id),
    CONSTRAINT ck_case_link_kind CHECK (kind in ('related', 'merged')),
    CONSTRAINT ck_case_link_two_cases CHECK (case_id <> other_id),
    CONSTRAINT fk_case_link_by_id_app_user FOREIGN KEY(by_id) REFERENCES app_user (id),
    CONSTRAINT fk_case_link_case_id_case_file FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT fk_case_link_other_id_case_file FOREIGN KEY(other_id) REFERENCES case_file (id),
    CONSTRAINT uq_case_link_case_id_other_id UNIQUE (case_id, other_id)
);

CREATE INDEX ix_case_link_other_id ON case_link (other_id);

UPDATE alembic_version SET version_num='202611230905' WHERE alembic_version.version_num = '202611230915';

-- Running upgrade 202611230905 -> 202611230910

CREATE TABLE process_move (
    id UUID NOT NULL,
    key TEXT NOT NULL,
    from_id UUID NOT NULL,
    to_id UUID NOT NULL,
    names JSON NOT NULL,
    reason TEXT NOT NULL,
    stop_after INTEGER NOT NULL,
    state TEXT NOT NULL,
    planned_by_id UUID,
    planned_by TEXT NOT NULL,
    planned_at TIMESTAMP WITH TIME ZONE NOT NULL,
    confirmed_by_id UUID,
    confirmed_by TEXT,
    confirmed_at TIMESTAMP WITH TIME ZONE,
    finished_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_process_move PRIMARY KEY (id),
    CONSTRAINT ck_process_move_state CHECK (state in ('judging', 'judged', 'running', 'stopped', 'done', 'undoing', 'undone', 'dropped')),
    CONSTRAINT ck_process_move_other CHECK (from_id <> to_id),
    CONSTRAINT ck_process_move_two_persons CHECK (confirmed_by_id <> planned_by_id),
    CONSTRAINT fk_process_move_from_id FOREIGN KEY(from_id) REFERENCES process_version (id),
    CONSTRAINT fk_process_move_to_id FOREIGN KEY(to_id) REFERENCES process_version (id),
    CONSTRAINT fk_process_move_planned_by_id FOREIGN KEY(planned_by_id) REFERENCES app_user (id),
    CONSTRAINT fk_process_move_confirmed_by_id FOREIGN KEY(confirmed_by_id) REFERENCES app_user (id)
);

CREATE INDEX ix_process_move_key ON process_move (key);

CREATE UNIQUE INDEX uq_process_move_open ON process_move (key) WHERE state in ('judging', 'running', 'undoing');

CREATE TABLE process_move_case (
    move_id UUID NOT NULL,
    case_id UUID NOT NULL,
    verdict TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    reasons TEXT[] NOT NULL,
    state TEXT NOT NULL,
    judged INTEGER NOT NULL,
    before JSON,
    revision INTEGER,
    problem TEXT,
    settled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_process_move_case PRIMARY KEY (move_id, case_id),
    CONSTRAINT ck_process_move_case_verdict CHECK (verdict in ('same', 'replays', 'mapped', 'blocked')),
    CONSTRAINT ck_process_move_case_state CHECK (state in ('waiting', 'moved', 'kept', 'failed', 'undone')),
    CONSTRAINT fk_process_move_case_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT fk_process_move_case_move_id FOREIGN KEY(move_id) REFERENCES process_move (id)
);

CREATE INDEX ix_process_move_case_case_id ON process_move_case (case_id);

CREATE INDEX ix_process_move_case_state ON process_move_case (move_id, state);

UPDATE alembic_version SET version_num='202611230910' WHERE alembic_version.version_num = '202611230905';

-- Running upgrade 202611230910 -> 202611230935

CREATE TABLE process_play (
    id UUID NOT NULL,
    draft_id UUID NOT NULL,
    user_id UUID NOT NULL,
    acts_sealed BYTEA,
    day DATE,
    played_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_process_play PRIMARY KEY (id),
    CONSTRAINT fk_process_play_draft_id FOREIGN KEY(draft_id) REFERENCES process_draft (id),
    CONSTRAINT fk_process_play_user_id FOREIGN KEY(user_id) REFERENCES app_user (id),
    CONSTRAINT uq_process_play_draft_id_user_id UNIQUE (draft_id, user_id)
);

CREATE TABLE process_backtest (
    id UUID NOT NULL,
    draft_id UUID NOT NULL,
    cursor INTEGER NOT NULL,
    state TEXT NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    problem TEXT,
    result JSONB NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_process_backtest PRIMARY KEY (id),
    CONSTRAINT ck_process_backtest_state CHECK (state in ('queued', 'running', 'ready', 'failed')),
    CONSTRAINT fk_process_backtest_draft_id FOREIGN KEY(draft_id) REFERENCES process_draft (id)
);

CREATE INDEX ix_process_backtest_draft_id ON process_backtest (draft_id);

UPDATE alembic_version SET version_num='202611230935' WHERE alembic_version.version_num = '202611230910';

-- Running upgrade 202611230935 -> 202611230940

CREATE TABLE config_stamp (
    one BOOLEAN DEFAULT true NOT NULL,
    stamp UUID NOT NULL,
    CONSTRAINT pk_config_stamp PRIMARY KEY (one),
    CONSTRAINT ck_config_stamp_one CHECK (one)
);

INSERT INTO config_stamp (stamp) SELECT gen_random_uuid() WHERE EXISTS (SELECT FROM unit);

CREATE FUNCTION stamp_configuration() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    EXECUTE 'INSERT INTO ' || quote_ident(TG_TABLE_SCHEMA) || '.config_stamp AS known (one, stamp)'
        ' VALUES (true, gen_random_uuid()) ON CONFLICT (one) DO UPDATE SET stamp = excluded.stamp';
    RETURN NULL;
END
$body$;;

CREATE TRIGGER stamp_configuration AFTER INSERT OR DELETE OR UPDATE OF active, person_id ON app_user FOR EACH STATEMENT EXECUTE FUNCTION stamp_configuration();

CREATE TRIGGER stamp_configuration AFTER INSERT OR DELETE OR UPDATE ON calendar_day FOR EACH STATEMENT EXECUTE FUNCTION stamp_configuration();

CREATE TRIGGER stamp_configuration AFTER INSERT OR DELETE OR UPDATE ON calendar_year FOR EACH STATEMENT EXECUTE FUNCTION stamp_configuration();

CREATE TRIGGER stamp_configuration AFTER INSERT OR DELETE OR UPDATE ON code_item FOR EACH STATEMENT EXECUTE FUNCTION stamp_configuration();

CREATE TRIGGER stamp_configuration AFTER UPDATE OF name ON person FOR EACH STATEMENT EXECUTE FUNCTION stamp_configuration();

CREATE TRIGGER stamp_configuration AFTER INSERT OR DELETE OR UPDATE ON process_version FOR EACH STATEMENT EXECUTE FUNCTION stamp_configuration();

CREATE TRIGGER stamp_configuration AFTER INSERT OR DELETE OR UPDATE ON role_grant FOR EACH STATEMENT EXECUTE FUNCTION stamp_configuration();

CREATE TRIGGER stamp_configuration AFTER INSERT OR DELETE OR UPDATE ON setting_value FOR EACH STATEMENT EXECUTE FUNCTION stamp_configuration();

CREATE TRIGGER stamp_configuration AFTER INSERT OR DELETE OR UPDATE ON unit FOR EACH STATEMENT EXECUTE FUNCTION stamp_configuration();

UPDATE alembic_version SET version_num='202611230940' WHERE alembic_version.version_num = '202611230935';

-- Running upgrade 202611230940 -> 202611230945

CREATE TABLE staff_leave (
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    reason TEXT NOT NULL,
    by_id UUID NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_staff_leave PRIMARY KEY (id),
    CONSTRAINT ck_staff_leave_days CHECK (ends_on >= starts_on),
    CONSTRAINT fk_staff_leave_user_id FOREIGN KEY(user_id) REFERENCES app_user (id),
    CONSTRAINT fk_staff_leave_by_id FOREIGN KEY(by_id) REFERENCES app_user (id)
);

CREATE INDEX ix_staff_leave_user_id ON staff_leave (user_id);

CREATE TABLE staff_skill (
    user_id UUID NOT NULL,
    list_key TEXT NOT NULL,
    code TEXT NOT NULL,
    CONSTRAINT pk_staff_skill PRIMARY KEY (user_id, list_key, code),
    CONSTRAINT fk_staff_skill_user_id FOREIGN KEY(user_id) REFERENCES app_user (id)
);

CREATE TABLE case_recusal (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    user_id UUID NOT NULL,
    reason TEXT NOT NULL,
    by_id UUID NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_case_recusal PRIMARY KEY (id),
    CONSTRAINT fk_case_recusal_case_id FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT fk_case_recusal_user_id FOREIGN KEY(user_id) REFERENCES app_user (id),
    CONSTRAINT fk_case_recusal_by_id FOREIGN KEY(by_id) REFERENCES app_user (id)
);

CREATE UNIQUE INDEX uq_case_recusal_open ON case_recusal (case_id, user_id) WHERE ended_at is null;

ALTER TABLE app_user ADD COLUMN case_cap INTEGER;

ALTER TABLE app_user ADD CONSTRAINT ck_app_user_case_cap CHECK (case_cap > 0);

ALTER TABLE case_file ADD COLUMN assigned_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE step_taken ADD COLUMN proposal JSONB;

UPDATE alembic_version SET version_num='202611230945' WHERE alembic_version.version_num = '202611230940';

-- Running upgrade 202611230945 -> 202611241000

ALTER TABLE document DROP CONSTRAINT ck_document_state;

ALTER TABLE document ADD CONSTRAINT ck_document_state CHECK (state in ('queued', 'ready', 'failed', 'void'));

ALTER TABLE document ADD COLUMN renderer TEXT;

ALTER TABLE document ADD COLUMN content_digest TEXT;

ALTER TABLE document ADD COLUMN relation TEXT;

ALTER TABLE document ADD COLUMN void_reason TEXT;

ALTER TABLE document ADD COLUMN voided_by TEXT;

ALTER TABLE document ADD COLUMN voided_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE document ADD COLUMN replaces_id UUID;

ALTER TABLE document ADD COLUMN dress JSONB DEFAULT '{}' NOT NULL;

ALTER TABLE document ALTER COLUMN dress DROP DEFAULT;

ALTER TABLE document ADD CONSTRAINT fk_document_replaces_id FOREIGN KEY(replaces_id) REFERENCES document (id);

ALTER TABLE document ADD CONSTRAINT ck_document_relation CHECK (relation in ('reissue', 'correction'));

ALTER TABLE document ADD CONSTRAINT ck_document_replaces CHECK ((relation is null) = (replaces_id is null));

ALTER TABLE document ADD CONSTRAINT ck_document_void CHECK ((state = 'void') = (void_reason is not null));

CREATE UNIQUE INDEX uq_document_replaces_id ON document (replaces_id);

CREATE INDEX ix_document_failed ON document (id) WHERE state = 'failed';

ALTER TABLE dossier_export ADD COLUMN source_digest TEXT;

ALTER TABLE dossier_export ADD COLUMN content_digest TEXT;

ALTER TABLE dossier_export ADD COLUMN content_size INTEGER;

ALTER TABLE dossier_export ADD COLUMN variant TEXT DEFAULT 'full' NOT NULL;

ALTER TABLE dossier_export ALTER COLUMN variant DROP DEFAULT;

ALTER TABLE dossier_export ADD CONSTRAINT ck_dossier_export_variant CHECK (variant in ('full', 'redacted'));

CREATE INDEX ix_dossier_export_content_digest ON dossier_export (content_digest);

update dossier_export set content_digest = digest, content_size = size where state = 'ready';

update document set content_digest = digest where state = 'ready';

UPDATE alembic_version SET version_num='202611241000' WHERE alembic_version.version_num = '202611230945';

-- Running upgrade 202611241000 -> 202611241030

CREATE TABLE file_derivative (
    file_id UUID NOT NULL,
    state TEXT NOT NULL,
    media_type TEXT,
    pages INTEGER,
    storage_key TEXT,
    digest TEXT,
    problem TEXT,
    preview_key TEXT,
    made_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_file_derivative PRIMARY KEY (file_id),
    CONSTRAINT ck_file_derivative_state CHECK (state in ('queued', 'ready', 'same', 'none', 'failed')),
    CONSTRAINT ck_file_derivative_ready CHECK ((state = 'ready') = (storage_key is not null)),
    CONSTRAINT fk_file_derivative_file_id FOREIGN KEY(file_id) REFERENCES file (id)
);

UPDATE alembic_version SET version_num='202611241030' WHERE alembic_version.version_num = '202611241000';

-- Running upgrade 202611241030 -> 202611241010

ALTER TABLE document ADD COLUMN tries INTEGER DEFAULT '0' NOT NULL;

ALTER TABLE document ALTER COLUMN tries DROP DEFAULT;

ALTER TABLE document ADD COLUMN try_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE document ADD COLUMN told_at TIMESTAMP WITH TIME ZONE;

UPDATE document SET tries = 1, try_at = now() WHERE state = 'failed';

DROP INDEX ix_document_failed;

CREATE INDEX ix_document_failed ON document (try_at) WHERE state = 'failed';

CREATE INDEX ix_document_issued_at ON document (issued_at, id);

CREATE TABLE document_service (
    id UUID NOT NULL,
    document_id UUID NOT NULL,
    recipient TEXT NOT NULL,
    way TEXT NOT NULL,
    served_on DATE NOT NULL,
    detail_sealed BYTEA,
    file_id UUID,
    recorded_by TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_document_service PRIMARY KEY (id),
    CONSTRAINT ck_document_service_way CHECK (way in ('direct', 'left', 'post', 'electronic', 'entrusted', 'announced')),
    CONSTRAINT fk_document_service_document_id FOREIGN KEY(document_id) REFERENCES document (id),
    CONSTRAINT fk_document_service_file_id FOREIGN KEY(file_id) REFERENCES file (id)
);

CREATE INDEX ix_document_service_document_id ON document_service (document_id);

UPDATE alembic_version SET version_num='202611241010' WHERE alembic_version.version_num = '202611241030';

-- Running upgrade 202611241010 -> 202611241020

CREATE TABLE document_design (
    id UUID NOT NULL,
    version INTEGER,
    base INTEGER NOT NULL,
    state TEXT NOT NULL,
    body JSONB NOT NULL,
    revision INTEGER NOT NULL,
    editors TEXT[] NOT NULL,
    reason TEXT,
    made_by TEXT NOT NULL,
    made_by_id UUID,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    edited_by TEXT NOT NULL,
    edited_at TIMESTAMP WITH TIME ZONE NOT NULL,
    submitted_by TEXT,
    submitted_at TIMESTAMP WITH TIME ZONE,
    published_by TEXT,
    published_by_id UUID,
    published_at TIMESTAMP WITH TIME ZONE,
    digest TEXT,
    CONSTRAINT pk_document_design PRIMARY KEY (id),
    CONSTRAINT ck_document_design_state CHECK (state in ('draft', 'in_review', 'published', 'replaced', 'discarded')),
    CONSTRAINT ck_document_design_version CHECK ((state in ('published', 'replaced')) = (version is not null)),
    CONSTRAINT ck_document_design_digest CHECK ((version is null) = (digest is null)),
    CONSTRAINT uq_document_design_version UNIQUE (version)
);

CREATE UNIQUE INDEX uq_document_design_open ON document_design ((true)) WHERE state in ('draft', 'in_review');

CREATE UNIQUE INDEX uq_document_design_published ON document_design ((true)) WHERE state = 'published';

CREATE FUNCTION keep_design() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    IF OLD.version IS NOT NULL AND (
        TG_OP = 'DELETE' OR NEW.state NOT IN ('published', 'replaced')
        OR (NEW.version, NEW.body, NEW.digest) IS DISTINCT FROM (OLD.version, OLD.body, OLD.digest)
    ) THEN
        RAISE EXCEPTION 'a published design stays as it is' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$body$;;

CREATE TRIGGER keep_design BEFORE UPDATE OR DELETE ON document_design FOR EACH ROW EXECUTE FUNCTION keep_design();

CREATE TRIGGER stamp_configuration AFTER INSERT OR DELETE OR UPDATE OF state ON document_design FOR EACH STATEMENT EXECUTE FUNCTION stamp_configuration();

UPDATE alembic_version SET version_num='202611241020' WHERE alembic_version.version_num = '202611241010';

-- Running upgrade 202611241020 -> 202611241040

ALTER TABLE dossier_export ADD COLUMN obstacles JSONB;

UPDATE alembic_version SET version_num='202611241040' WHERE alembic_version.version_num = '202611241020';

-- Running upgrade 202611241040 -> 202611241050

CREATE TABLE signing_key (
    id UUID NOT NULL,
    state TEXT NOT NULL,
    test BOOLEAN NOT NULL,
    subject TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    certificate TEXT NOT NULL,
    chain TEXT NOT NULL,
    secret_sealed BYTEA,
    not_before TIMESTAMP WITH TIME ZONE NOT NULL,
    not_after TIMESTAMP WITH TIME ZONE NOT NULL,
    made_by TEXT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    retired_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_signing_key PRIMARY KEY (id),
    CONSTRAINT ck_signing_key_state CHECK (state in ('active', 'retired')),
    CONSTRAINT ck_signing_key_retired CHECK ((state = 'retired') = (retired_at is not null))
);

CREATE UNIQUE INDEX uq_signing_key_fingerprint ON signing_key (fingerprint);

CREATE UNIQUE INDEX uq_signing_key_active ON signing_key (state) WHERE state = 'active';

UPDATE alembic_version SET version_num='202611241050' WHERE alembic_version.version_num = '202611241040';

-- Running upgrade 202611241050 -> 202611241060

CREATE TABLE dossier_batch (
    id UUID NOT NULL,
    filter JSONB NOT NULL,
    variant TEXT NOT NULL,
    state TEXT NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    storage_key TEXT,
    digest TEXT,
    size BIGINT,
    pages INTEGER,
    problem TEXT,
    requested_by TEXT NOT NULL,
    requested_by_id UUID,
    requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_dossier_batch PRIMARY KEY (id),
    CONSTRAINT ck_dossier_batch_state CHECK (state in ('queued', 'running', 'ready', 'failed')),
    CONSTRAINT ck_dossier_batch_variant CHECK (variant in ('full', 'redacted'))
);

CREATE INDEX ix_dossier_batch_requested_by_id ON dossier_batch (requested_by_id);

CREATE TABLE dossier_batch_item (
    batch_id UUID NOT NULL,
    seq INTEGER NOT NULL,
    case_id UUID NOT NULL,
    export_id UUID,
    state TEXT NOT NULL,
    problem TEXT,
    CONSTRAINT pk_dossier_batch_item PRIMARY KEY (batch_id, seq),
    CONSTRAINT ck_dossier_batch_item_state CHECK (state in ('waiting', 'running', 'done', 'failed')),
    CONSTRAINT fk_dossier_batch_item_batch_id_dossier_batch FOREIGN KEY(batch_id) REFERENCES dossier_batch (id),
    CONSTRAINT fk_dossier_batch_item_case_id_case_file FOREIGN KEY(case_id) REFERENCES case_file (id),
    CONSTRAINT fk_dossier_batch_item_export_id_dossier_export FOREIGN KEY(export_id) REFERENCES dossier_export (id)
);

CREATE INDEX ix_dossier_batch_item_export_id ON dossier_batch_item (export_id);

CREATE TABLE dossier_copy (
    id UUID NOT NULL,
    export_id UUID NOT NULL,
    digest TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    taken_by_id UUID,
    taken_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_dossier_copy PRIMARY KEY (id),
    CONSTRAINT fk_dossier_copy_export_id_dossier_export FOREIGN KEY(export_id) REFERENCES dossier_export (id)
);

CREATE INDEX ix_dossier_copy_digest ON dossier_copy (digest);

CREATE INDEX ix_dossier_copy_export_id ON dossier_copy (export_id);

UPDATE alembic_version SET version_num='202611241060' WHERE alembic_version.version_num = '202611241050';

-- Running upgrade 202611241060 -> 202611241070

UPDATE alembic_version SET version_num='202611241070' WHERE alembic_version.version_num = '202611241060';

-- Running upgrade 202611241070 -> 202611241080

CREATE TABLE register_entry (
    id UUID NOT NULL,
    register TEXT NOT NULL,
    name TEXT NOT NULL,
    unit_id UUID NOT NULL,
    unit_path TEXT NOT NULL,
    status TEXT NOT NULL,
    kind TEXT,
    key_value TEXT,
    expires_on DATE,
    warned_for DATE,
    values JSONB DEFAULT '{}' NOT NULL,
    secret_sealed BYTEA,
    revision INTEGER DEFAULT '0' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_register_entry PRIMARY KEY (id),
    CONSTRAINT fk_register_entry_unit_id_unit FOREIGN KEY(unit_id) REFERENCES unit (id),
    CONSTRAINT uq_register_entry_register_key_value UNIQUE (register, key_value)
);

CREATE INDEX ix_register_entry_unit_path ON register_entry (unit_path text_pattern_ops);

CREATE INDEX ix_register_entry_register_status ON register_entry (register, status);

CREATE INDEX ix_register_entry_expires_on ON register_entry (expires_on) WHERE expires_on is not null;

CREATE TABLE register_record (
    id UUID NOT NULL,
    entry_id UUID NOT NULL,
    kind TEXT NOT NULL,
    happened_on DATE NOT NULL,
    values JSONB DEFAULT '{}' NOT NULL,
    secret_sealed BYTEA,
    by_id UUID,
    by_name TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_register_record PRIMARY KEY (id),
    CONSTRAINT fk_register_record_entry_id_register_entry FOREIGN KEY(entry_id) REFERENCES register_entry (id)
);

CREATE INDEX ix_register_record_entry_id ON register_record (entry_id);

CREATE TABLE register_change (
    id UUID NOT NULL,
    entry_id UUID NOT NULL,
    seq INTEGER NOT NULL,
    action TEXT NOT NULL,
    status TEXT NOT NULL,
    kind TEXT,
    unit_path TEXT NOT NULL,
    reason TEXT,
    fields_sealed BYTEA,
    by_id UUID,
    by_name TEXT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_register_change PRIMARY KEY (id),
    CONSTRAINT fk_register_change_entry_id_register_entry FOREIGN KEY(entry_id) REFERENCES register_entry (id),
    CONSTRAINT uq_register_change_entry_id_seq UNIQUE (entry_id, seq)
);

UPDATE alembic_version SET version_num='202611241080' WHERE alembic_version.version_num = '202611241070';

-- Running upgrade 202611241080 -> 202611250020

CREATE TABLE inspection_plan (
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    unit_id UUID NOT NULL,
    unit_path TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    due_on DATE NOT NULL,
    share INTEGER NOT NULL,
    per_object INTEGER NOT NULL,
    state TEXT NOT NULL,
    planned_by TEXT NOT NULL,
    planned_by_id UUID NOT NULL,
    planned_at TIMESTAMP WITH TIME ZONE NOT NULL,
    digest TEXT,
    frozen_at TIMESTAMP WITH TIME ZONE,
    seed TEXT,
    drawn_at TIMESTAMP WITH TIME ZONE,
    published_by TEXT,
    published_by_id UUID,
    published_at TIMESTAMP WITH TIME ZONE,
    closed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_inspection_plan PRIMARY KEY (id),
    CONSTRAINT ck_inspection_plan_state CHECK (state in ('planned', 'frozen', 'drawn', 'published', 'closed')),
    CONSTRAINT ck_inspection_plan_seed CHECK ((seed is null) = (drawn_at is null)),
    CONSTRAINT ck_inspection_plan_per_object CHECK (per_object > 0),
    CONSTRAINT ck_inspection_plan_digest_first CHECK (seed is null or digest is not null),
    CONSTRAINT ck_inspection_plan_share CHECK (share between 1 and 100),
    CONSTRAINT fk_inspection_plan_planned_by_id FOREIGN KEY(planned_by_id) REFERENCES app_user (id),
    CONSTRAINT fk_inspection_plan_published_by_id FOREIGN KEY(published_by_id) REFERENCES app_user (id),
    CONSTRAINT fk_inspection_plan_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
);

CREATE INDEX ix_inspection_plan_unit_path ON inspection_plan (unit_path text_pattern_ops);

CREATE TABLE inspection_inspector (
    id UUID NOT NULL,
    plan_id UUID NOT NULL,
    user_id UUID NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_inspection_inspector PRIMARY KEY (id),
    CONSTRAINT fk_inspection_inspector_plan_id FOREIGN KEY(plan_id) REFERENCES inspection_plan (id),
    CONSTRAINT fk_inspection_inspector_user_id FOREIGN KEY(user_id) REFERENCES app_user (id),
    CONSTRAINT uq_inspection_inspector_plan_id_user_id UNIQUE (plan_id, user_id)
);

CREATE INDEX ix_inspection_inspector_user_id ON inspection_inspector (user_id);

CREATE TABLE inspection_item (
    id UUID NOT NULL,
    plan_id UUID NOT NULL,
    ref TEXT NOT NULL,
    title TEXT NOT NULL,
    unit_name TEXT NOT NULL,
    unit_path TEXT NOT NULL,
    position INTEGER,
    scores JSONB NOT NULL,
    points INTEGER,
    grade TEXT,
    findings TEXT,
    inspected_on DATE,
    recorded_by TEXT,
    recorded_by_id UUID,
    recorded_at TIMESTAMP WITH TIME ZONE,
    rectify_by DATE,
    rectified_on DATE,
    rectified TEXT,
    amended JSONB NOT NULL,
    CONSTRAINT pk_inspection_item PRIMARY KEY (id),
    CONSTRAINT ck_inspection_item_recorded CHECK ((grade is null) = (recorded_at is null)),
    CONSTRAINT ck_inspection_item_drawn_only CHECK (grade is null or position is not null),
    CONSTRAINT fk_inspection_item_plan_id FOREIGN KEY(plan_id) REFERENCES inspection_plan (id),
    CONSTRAINT fk_inspection_item_recorded_by_id FOREIGN KEY(recorded_by_id) REFERENCES app_user (id),
    CONSTRAINT uq_inspection_item_plan_id_position UNIQUE (plan_id, position),
    CONSTRAINT uq_inspection_item_plan_id_ref UNIQUE (plan_id, ref)
);

CREATE TABLE inspection_assignment (
    id UUID NOT NULL,
    item_id UUID NOT NULL,
    inspector_id UUID NOT NULL,
    place INTEGER NOT NULL,
    replaces_id UUID,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_inspection_assignment PRIMARY KEY (id),
    CONSTRAINT fk_inspection_assignment_inspector_id FOREIGN KEY(inspector_id) REFERENCES inspection_inspector (id),
    CONSTRAINT fk_inspection_assignment_item_id FOREIGN KEY(item_id) REFERENCES inspection_item (id),
    CONSTRAINT fk_inspection_assignment_replaces_id FOREIGN KEY(replaces_id) REFERENCES inspection_assignment (id),
    CONSTRAINT uq_inspection_assignment_item_id_inspector_id UNIQUE (item_id, inspector_id)
);

CREATE INDEX ix_inspection_assignment_inspector_id ON inspection_assignment (inspector_id);

CREATE TABLE inspection_recusal (
    id UUID NOT NULL,
    plan_id UUID NOT NULL,
    item_id UUID NOT NULL,
    inspector_id UUID NOT NULL,
    reason TEXT NOT NULL,
    late BOOLEAN NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    by_id UUID NOT NULL,
    CONSTRAINT pk_inspection_recusal PRIMARY KEY (id),
    CONSTRAINT fk_inspection_recusal_by_id FOREIGN KEY(by_id) REFERENCES app_user (id),
    CONSTRAINT fk_inspection_recusal_inspector_id FOREIGN KEY(inspector_id) REFERENCES inspection_inspector (id),
    CONSTRAINT fk_inspection_recusal_item_id FOREIGN KEY(item_id) REFERENCES inspection_item (id),
    CONSTRAINT fk_inspection_recusal_plan_id FOREIGN KEY(plan_id) REFERENCES inspection_plan (id),
    CONSTRAINT uq_inspection_recusal_item_id_inspector_id UNIQUE (item_id, inspector_id)
);

CREATE INDEX ix_inspection_recusal_plan_id ON inspection_recusal (plan_id);

UPDATE alembic_version SET version_num='202611250020' WHERE alembic_version.version_num = '202611241080';

