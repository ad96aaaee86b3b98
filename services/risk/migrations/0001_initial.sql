-- Risk points and what follows from them.  Every table of an enterprise carries region, industry and enterprise for row-level security.

CREATE TABLE org_unit_ref (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, version integer NOT NULL, name text NOT NULL,
    tier text NOT NULL, parent_id uuid, path uuid[] NOT NULL, is_active boolean NOT NULL
);
CREATE INDEX org_unit_ref_of ON org_unit_ref (enterprise_id, id);

CREATE TABLE enterprise_stop (
    enterprise_id uuid PRIMARY KEY, region text NOT NULL, industry text, version integer NOT NULL, from_on date NOT NULL, to_on date
);

CREATE TABLE risk_category (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, name text NOT NULL,
    parent_id uuid REFERENCES risk_category, position integer NOT NULL, version integer NOT NULL
);
CREATE UNIQUE INDEX risk_category_name_taken ON risk_category (enterprise_id, parent_id, name) NULLS NOT DISTINCT;
CREATE INDEX risk_category_below ON risk_category (parent_id);

CREATE TABLE risk_point (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, number text NOT NULL, token text NOT NULL,
    unit_id uuid NOT NULL, name text NOT NULL, object_type text NOT NULL, place text NOT NULL, created_at timestamptz NOT NULL,
    source text NOT NULL, source_code text, copied_at timestamptz, category_id uuid REFERENCES risk_category, factors jsonb NOT NULL,
    accident_standard text NOT NULL, accident_types text[] NOT NULL, check_items jsonb NOT NULL, is_infrequent boolean NOT NULL,
    is_proof_demanded boolean NOT NULL, responsible_person text, responsible_phone text, photo_ids uuid[] NOT NULL,
    longitude numeric(9, 6), latitude numeric(8, 6),
    status text NOT NULL CHECK (status IN ('draft', 'identified', 'assessed', 'active', 'retired')),
    level text CHECK (level IN ('red', 'orange', 'yellow', 'blue')), control_tier text, assessment jsonb, waiting jsonb,
    assessments_made integer NOT NULL, control_plan jsonb, was_published boolean NOT NULL, is_filed boolean NOT NULL,
    printed_number integer, review_due_on date, review_trigger text, retired_reason text, version integer NOT NULL
);
CREATE UNIQUE INDEX risk_point_number_taken ON risk_point (enterprise_id, number);
CREATE UNIQUE INDEX risk_point_token ON risk_point (token);
-- A point is told by its unit and name; one that was retired makes room for another of the same name.
CREATE UNIQUE INDEX risk_point_name_taken ON risk_point (unit_id, name) WHERE status <> 'retired';
CREATE INDEX risk_point_of ON risk_point (enterprise_id, id);
CREATE INDEX risk_point_in_unit ON risk_point (unit_id, id);
CREATE INDEX risk_point_in_category ON risk_point (category_id, id);
CREATE INDEX risk_point_by_region ON risk_point (region, id) WHERE is_filed;
CREATE INDEX risk_point_by_industry ON risk_point (industry, id) WHERE is_filed;
CREATE INDEX risk_point_filed ON risk_point (id) WHERE is_filed;
CREATE INDEX risk_point_on_map ON risk_point (level, region, id) WHERE is_filed AND longitude IS NOT NULL AND latitude IS NOT NULL;
CREATE INDEX risk_point_review ON risk_point (enterprise_id, review_due_on, id) WHERE status = 'active';
CREATE INDEX risk_point_counts ON risk_point (region, industry, object_type, level) WHERE is_filed;

CREATE TABLE risk_assessment (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text,
    point_id uuid NOT NULL REFERENCES risk_point ON DELETE CASCADE, number integer NOT NULL, made jsonb NOT NULL,
    CONSTRAINT risk_assessment_number UNIQUE (point_id, number)
);
CREATE INDEX risk_assessment_of ON risk_assessment (enterprise_id);

CREATE TABLE risk_batch (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, action text NOT NULL,
    at timestamptz NOT NULL, operator_name text NOT NULL, file_name text, ok integer NOT NULL, failed integer NOT NULL, remark text,
    version integer NOT NULL
);
CREATE INDEX risk_batch_of ON risk_batch (enterprise_id, id);

CREATE TABLE risk_list (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, unit_id uuid NOT NULL,
    list_class text NOT NULL, name text NOT NULL, author_id text NOT NULL, author_name text NOT NULL, created_at timestamptz NOT NULL,
    lines jsonb NOT NULL, line_count integer NOT NULL, replaces_id uuid, status text NOT NULL CHECK (status IN
    ('draft', 'pending_audit', 'rejected', 'approved', 'filed', 'superseded', 'withdrawn')), submitted_by text,
    submitted_at timestamptz, auditor_id text, auditor_name text, audited_at timestamptz, audit_opinion text, filed_at timestamptz,
    filed_by text, ended_at timestamptz, reason text, version integer NOT NULL
);
CREATE UNIQUE INDEX risk_list_one_filed ON risk_list (unit_id) WHERE status = 'filed';
CREATE INDEX risk_list_of ON risk_list (enterprise_id, id);
CREATE INDEX risk_list_in_unit ON risk_list (unit_id, id);
CREATE INDEX risk_list_by_region ON risk_list (region, id) WHERE filed_at IS NOT NULL;
CREATE INDEX risk_list_seen ON risk_list (id) WHERE filed_at IS NOT NULL;

CREATE TABLE filed_line (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, list_id uuid NOT NULL REFERENCES risk_list,
    unit_id uuid NOT NULL, point_id uuid NOT NULL, period text NOT NULL, times integer NOT NULL, split text NOT NULL,
    span_start integer NOT NULL, span_end integer NOT NULL, checker_id text, checker_unit_id uuid, checker_name text,
    has_rest_window boolean NOT NULL, filed_on date NOT NULL, ended_on date, ending text
);
CREATE INDEX filed_line_due ON filed_line (period, id);
CREATE INDEX filed_line_rest ON filed_line (filed_on, id) WHERE has_rest_window;
CREATE INDEX filed_line_of_list ON filed_line (list_id);
CREATE INDEX filed_line_of_point ON filed_line (point_id) WHERE ended_on IS NULL;
CREATE INDEX filed_line_of ON filed_line (enterprise_id);
CREATE INDEX filed_line_ended ON filed_line (ended_on) WHERE ended_on IS NOT NULL;

-- The id of a task is a UUIDv7 of the start of its window: a task lies in the partition of its month.
CREATE TABLE check_task (
    id uuid NOT NULL, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, unit_id uuid NOT NULL, list_id uuid NOT NULL,
    line_id uuid NOT NULL, point_id uuid NOT NULL, level text NOT NULL, window_start timestamptz NOT NULL,
    window_end timestamptz NOT NULL, sequence integer NOT NULL, checker_id text, checker_unit_id uuid, checker_name text,
    status text NOT NULL CHECK (status IN ('pending', 'done', 'done_late', 'missed', 'exempt', 'cancelled')), done_at timestamptz,
    checked_by text, checked_by_name text, check_id uuid, reason text, version integer NOT NULL, PRIMARY KEY (id)
) PARTITION BY RANGE (id);
CREATE INDEX check_task_of ON check_task (enterprise_id, id);
CREATE INDEX check_task_in_unit ON check_task (unit_id, id);
CREATE INDEX check_task_of_point ON check_task (point_id, id);
CREATE INDEX check_task_of_list ON check_task (list_id, window_end);
CREATE INDEX check_task_by_region ON check_task (region, id);
CREATE INDEX check_task_open ON check_task (window_end, id) WHERE status = 'pending';
CREATE INDEX check_task_open_of ON check_task (enterprise_id, window_end) WHERE status = 'pending';
CREATE INDEX check_task_done ON check_task (enterprise_id, done_at) WHERE status IN ('done', 'done_late');
SELECT app.partition('check_task');

CREATE TABLE check_record (
    id uuid NOT NULL, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, task_id uuid, point_id uuid NOT NULL,
    point_name text NOT NULL, point_level text NOT NULL, place text NOT NULL, unit_id uuid NOT NULL, checked_by text NOT NULL,
    checked_by_name text NOT NULL, checked_at timestamptz NOT NULL, uploaded_at timestamptz NOT NULL, answers jsonb NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('done', 'done_late', 'supplement')), is_time_flagged boolean NOT NULL,
    completed_at timestamptz, device_id text, proof jsonb NOT NULL, failed_count integer NOT NULL GENERATED ALWAYS AS
    (jsonb_array_length(jsonb_path_query_array(answers, '$[*] ? (@.answer == "failed" || @.answer == "partly")'))) STORED,
    version integer NOT NULL, PRIMARY KEY (id)
) PARTITION BY RANGE (id);
CREATE INDEX check_record_of ON check_record (enterprise_id, id);
CREATE INDEX check_record_in_unit ON check_record (unit_id, id);
CREATE INDEX check_record_of_point ON check_record (point_id, id);
CREATE INDEX check_record_by_region ON check_record (region, id);
CREATE INDEX check_record_failed ON check_record (enterprise_id, id) WHERE failed_count > 0;
SELECT app.partition('check_record');

CREATE TABLE mandatory_item (
    id uuid PRIMARY KEY, region text NOT NULL, industry text NOT NULL, item text NOT NULL, standard text, effective_on date NOT NULL,
    ended_on date, version integer NOT NULL
);
CREATE INDEX mandatory_item_by_region ON mandatory_item (region, id);

CREATE TABLE work_calendar (year integer PRIMARY KEY, holidays date[] NOT NULL, workdays date[] NOT NULL, version integer NOT NULL);

SELECT app.protect(name) FROM unnest(ARRAY[
    'org_unit_ref', 'enterprise_stop', 'risk_category', 'risk_point', 'risk_assessment', 'risk_batch', 'risk_list', 'filed_line',
    'check_task', 'check_record'
]) AS name;
SELECT app.protect('mandatory_item', enterprise => false);
-- What a superior authority demands is read by everybody below it, and written by nobody below it.
CREATE POLICY above ON mandatory_item FOR SELECT USING (region = ANY (ARRAY[
    left((SELECT app.setting('home')), 2) || '0000', left((SELECT app.setting('home')), 4) || '00',
    left((SELECT app.setting('home')), 6), (SELECT app.setting('home'))
]));

-- The public notice card: who scans the code on a board reads what the board says, and nothing more.  It looks across all scopes;
-- the scope of the transaction is put back before it answers.
CREATE FUNCTION app.public_card(wanted text) RETURNS TABLE (
    number text, name text, place text, enterprise_name text, unit_name text, level text, control_tier text, factors jsonb,
    accident_standard text, accident_types text[], responsible_person text, responsible_phone text, token text, assessment jsonb
) LANGUAGE plpgsql AS $$
DECLARE
    names CONSTANT text[] := ARRAY['app.region_lo', 'app.region_hi', 'app.regions', 'app.industries', 'app.enterprises'];
    before text[];
BEGIN
    SELECT array_agg(coalesce(current_setting(n, true), '') ORDER BY i) INTO before FROM unnest(names) WITH ORDINALITY AS t (n, i);
    PERFORM set_config(n, v, true) FROM unnest(names, ARRAY['0', '~', '', '', '*']) AS t (n, v);
    RETURN QUERY SELECT p.number, p.name, p.place, e.name, u.name, p.level, p.control_tier, p.factors, p.accident_standard,
            p.accident_types, p.responsible_person, p.responsible_phone, p.token, p.assessment
        FROM risk_point p LEFT JOIN enterprise_ref e USING (enterprise_id) LEFT JOIN org_unit_ref u ON u.id = p.unit_id
        WHERE p.token = wanted AND p.status = 'active';
    PERFORM set_config(n, v, true) FROM unnest(names, before) AS t (n, v);
END $$;
