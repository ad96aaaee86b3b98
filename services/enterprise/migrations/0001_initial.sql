-- Enterprises and what belongs to them.  Every table carries region, industry and enterprise for row-level security.

CREATE TABLE enterprise (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL CHECK (enterprise_id = id), region text NOT NULL, industry text,
    name text NOT NULL, unified_credit_code text, enterprise_type text, scale text, employees integer, business_state text,
    basic jsonb NOT NULL, registrant_name text, registrant_mobile text, registrant_email text, review_ground text NOT NULL,
    status text NOT NULL CHECK (status IN ('draft', 'pending', 'active', 'rejected', 'suspended', 'deleted', 'closed')),
    round integer NOT NULL, authority_region text, authority_sector text, submitted_by text, submitted_at timestamptz,
    submitted_content jsonb, review_due_on date, decided_by text, decided_by_name text, decided_at timestamptz, opinion text,
    approved_at timestamptz, status_before text, suspended_from date, suspension_kind text, grade text,
    drafted_at timestamptz NOT NULL, version integer NOT NULL
);
-- Names and credit codes are taken from submission until deletion or closing; drafts take nothing.
CREATE UNIQUE INDEX enterprise_name_taken ON enterprise (name) WHERE status IN ('pending', 'active', 'rejected', 'suspended');
CREATE UNIQUE INDEX enterprise_credit_code_taken ON enterprise (unified_credit_code)
    WHERE status IN ('pending', 'active', 'rejected', 'suspended');
CREATE INDEX enterprise_by_region ON enterprise (region, id);
CREATE INDEX enterprise_by_name ON enterprise (name, id);
CREATE INDEX enterprise_by_industry ON enterprise (industry, id);
CREATE INDEX enterprise_by_status ON enterprise (status, id);
CREATE INDEX enterprise_in_review ON enterprise (submitted_at, id) WHERE status = 'pending';
CREATE INDEX enterprise_decided ON enterprise (status, decided_at DESC, id DESC) WHERE status IN ('rejected', 'deleted');
CREATE INDEX enterprise_drafts ON enterprise (drafted_at) WHERE status = 'draft';

CREATE TABLE enterprise_history (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL REFERENCES enterprise, region text NOT NULL, industry text,
    at timestamptz NOT NULL, event text NOT NULL, from_status text NOT NULL, to_status text NOT NULL, round integer NOT NULL,
    by_id text NOT NULL, by_name text NOT NULL, reason text, authority_region text, authority_sector text,
    attachments uuid[] NOT NULL, detail jsonb
);
CREATE INDEX enterprise_history_of ON enterprise_history (enterprise_id, id);

CREATE TABLE enterprise_change (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL REFERENCES enterprise, region text NOT NULL, industry text,
    requested_at timestamptz NOT NULL, reason text NOT NULL, old jsonb NOT NULL, new jsonb NOT NULL, attachments uuid[] NOT NULL,
    status text NOT NULL CHECK (status IN ('draft', 'pending', 'applied', 'rejected', 'cancelled')),
    authority_region text, authority_sector text, submitted_by text, submitted_at timestamptz, decided_by_name text,
    decided_at timestamptz, opinion text, version integer NOT NULL
);
CREATE UNIQUE INDEX enterprise_change_pending ON enterprise_change (enterprise_id) WHERE status = 'pending';
CREATE INDEX enterprise_change_of ON enterprise_change (enterprise_id, id);
CREATE INDEX enterprise_change_by_status ON enterprise_change (status, region, id);

CREATE TABLE suspension_request (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL REFERENCES enterprise, region text NOT NULL, industry text,
    kind text NOT NULL CHECK (kind IN ('stop', 'resume')), requested_at timestamptz NOT NULL, stop_kind text, reason text, from_on date,
    expected_to_on date, duty_arrangement text, are_dangers_sealed boolean NOT NULL, self_check_report uuid[] NOT NULL,
    attachments uuid[] NOT NULL, status text NOT NULL CHECK (status IN ('draft', 'pending', 'approved', 'rejected', 'cancelled')),
    authority_region text, authority_sector text, submitted_by text, submitted_at timestamptz, acceptance_record uuid[] NOT NULL,
    accepted_on date, acceptance_due_on date, decided_by_name text, decided_at timestamptz, opinion text, version integer NOT NULL
);
CREATE UNIQUE INDEX suspension_request_pending ON suspension_request (enterprise_id) WHERE status = 'pending';
CREATE INDEX suspension_request_of ON suspension_request (enterprise_id, id);
CREATE INDEX suspension_request_by_status ON suspension_request (status, region, id);

CREATE TABLE licence (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL REFERENCES enterprise, region text NOT NULL, industry text,
    licence_type text NOT NULL, number text NOT NULL, issuer text NOT NULL, issued_on date NOT NULL, valid_from date NOT NULL,
    valid_to date, permitted_scope text, scans uuid[] NOT NULL, edition integer NOT NULL, editions integer NOT NULL, window_from date,
    reminded_on date, status text NOT NULL CHECK (status IN ('valid', 'expiring', 'expired', 'suspended', 'revoked')),
    is_renewal_pending boolean NOT NULL, decision_reason text, decision_document uuid[] NOT NULL, revocation_ground text,
    version integer NOT NULL
);
CREATE UNIQUE INDEX licence_number_taken ON licence (enterprise_id, licence_type, number);
CREATE INDEX licence_of ON licence (enterprise_id, id);
CREATE INDEX licence_by_region ON licence (region, id);
CREATE INDEX licence_by_type ON licence (licence_type, id);
CREATE INDEX licence_by_end ON licence (valid_to, id) WHERE status <> 'revoked';
CREATE INDEX licence_by_window ON licence (window_from) WHERE status IN ('valid', 'expiring');
CREATE INDEX licence_expiry ON licence (valid_to) WHERE status IN ('valid', 'expiring', 'suspended');

CREATE TABLE licence_edition (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL REFERENCES enterprise, region text NOT NULL, industry text,
    licence_id uuid NOT NULL REFERENCES licence, edition integer NOT NULL, number text NOT NULL, issuer text NOT NULL,
    issued_on date NOT NULL, valid_from date NOT NULL, valid_to date, permitted_scope text, scans uuid[] NOT NULL,
    recorded_by text NOT NULL, recorded_at timestamptz NOT NULL, status text NOT NULL
    CHECK (status IN ('in_force', 'pending', 'refused', 'replaced')), opinion text,
    CONSTRAINT licence_edition_number UNIQUE (licence_id, edition)
);

CREATE TABLE org_unit (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL REFERENCES enterprise, region text NOT NULL, industry text, name text NOT NULL,
    tier text NOT NULL CHECK (tier IN ('enterprise', 'department', 'workshop', 'team', 'post')), parent_id uuid REFERENCES org_unit,
    path uuid[] NOT NULL, leader text, phone text, position integer NOT NULL, is_active boolean NOT NULL, version integer NOT NULL,
    CHECK ((parent_id IS NULL) = (tier = 'enterprise'))
);
CREATE UNIQUE INDEX org_unit_one_root ON org_unit (enterprise_id) WHERE parent_id IS NULL;
CREATE UNIQUE INDEX org_unit_name_taken ON org_unit (parent_id, name) WHERE is_active;
CREATE INDEX org_unit_of ON org_unit (enterprise_id, id);
CREATE INDEX org_unit_below ON org_unit USING gin (path);

SELECT app.protect(name) FROM unnest(ARRAY[
    'enterprise', 'enterprise_history', 'enterprise_change', 'suspension_request', 'licence', 'licence_edition', 'org_unit'
]) AS name;

-- Whether somebody else's registration holds a name or a credit code.  It tells yes or no across all scopes and nothing more;
-- the scope of the transaction is put back before it answers.
CREATE FUNCTION app.is_enterprise_taken(wanted_name text, wanted_code text, except_id uuid, OUT by_name boolean, OUT by_code boolean)
    LANGUAGE plpgsql AS $$
DECLARE
    names CONSTANT text[] := ARRAY['app.region_lo', 'app.region_hi', 'app.regions', 'app.industries', 'app.enterprises'];
    before text[];
BEGIN
    SELECT array_agg(coalesce(current_setting(n, true), '') ORDER BY i) INTO before FROM unnest(names) WITH ORDINALITY AS t (n, i);
    PERFORM set_config(n, v, true) FROM unnest(names, ARRAY['0', '~', '', '', '*']) AS t (n, v);
    by_name := EXISTS (SELECT FROM enterprise e WHERE e.name = wanted_name AND e.id <> except_id
        AND e.status IN ('pending', 'active', 'rejected', 'suspended'));
    by_code := EXISTS (SELECT FROM enterprise e WHERE e.unified_credit_code = wanted_code AND e.id <> except_id
        AND e.status IN ('pending', 'active', 'rejected', 'suspended'));
    PERFORM set_config(n, v, true) FROM unnest(names, before) AS t (n, v);
END $$;
