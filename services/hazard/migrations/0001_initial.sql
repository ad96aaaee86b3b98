-- Hazards and what belongs to them.  Every table carries region, industry and enterprise for row-level security.

CREATE TABLE hazard (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, version integer NOT NULL,
    number text CONSTRAINT hazard_number_taken UNIQUE, source text NOT NULL
    CHECK (source IN ('self_check', 'enforcement', 'expert', 'complaint', 'superior', 'project')),
    hazard_class text NOT NULL CHECK (hazard_class IN ('general_on_site', 'general_limited', 'major')),
    status text NOT NULL, suspected_major boolean NOT NULL, criterion_code text, class_reason text, origin_id uuid REFERENCES hazard,
    unit_id uuid, point_id uuid, point_name text, task_id uuid, check_id uuid, item_no integer, inspection_id uuid, finding_id uuid,
    inspection_version integer, authority_region text, place text NOT NULL, part text, category text, description text NOT NULL,
    photos uuid[] NOT NULL, longitude double precision, latitude double precision, hazard_factor text, possible_accident text,
    found_at timestamptz NOT NULL, found_by text NOT NULL, found_by_name text NOT NULL, registered_at timestamptz,
    major_since timestamptz, confirmed_at timestamptz, return_reason text, responsible_id text, responsible_name text,
    responsible_unit_id uuid, measure text, budget numeric(14, 2), interim_measures text, deadline_on date, approved_deadline_on date,
    first_deadline_on date, term_from_on date, extensions integer NOT NULL CHECK (extensions BETWEEN 0 AND 2),
    announced_deadline_on date, extension_to_on date, extension_reason text, extension_measures text, extension_plan text,
    extension_by text, extension_by_name text, extension_at timestamptz, measure_taken text, finished_at timestamptz,
    after_photos uuid[] NOT NULL, cost numeric(14, 2), rectified_by text, rectified_by_name text, attempts integer NOT NULL,
    rechecked_by_name text, recheck_opinion text, report_due_at timestamptz, reported_at timestamptz, is_report_late boolean NOT NULL,
    current_state text, danger text, plan jsonb, plan_by text, progress integer NOT NULL, progress_due_on date, assessment jsonb,
    assessed_by text, acceptance_due_on date, is_acceptance_late boolean NOT NULL, closed_at timestamptz, listed boolean NOT NULL,
    CHECK (status IN ('draft', 'registered', 'returned', 'rectifying', 'extension_pending', 'pending_recheck', 'closed',
        'closed_on_site', 'cancelled') OR hazard_class = 'major' AND status IN ('reported', 'planning', 'plan_review', 'assessing',
        'acceptance', 'downgraded')),
    CHECK (hazard_class <> 'major' OR status NOT IN ('returned', 'pending_recheck', 'closed_on_site')),
    CHECK (number IS NOT NULL OR status IN ('draft', 'cancelled'))
);
CREATE UNIQUE INDEX hazard_finding_taken ON hazard (finding_id) WHERE finding_id IS NOT NULL;
CREATE UNIQUE INDEX hazard_check_item_taken ON hazard (check_id, item_no) WHERE check_id IS NOT NULL;
CREATE UNIQUE INDEX hazard_origin_taken ON hazard (origin_id) WHERE origin_id IS NOT NULL;
CREATE INDEX hazard_of ON hazard (enterprise_id, id);
CREATE INDEX hazard_found ON hazard (enterprise_id, found_at);
CREATE INDEX hazard_by_region ON hazard (region, id);
CREATE INDEX hazard_by_status ON hazard (status, id) WHERE status NOT IN ('closed', 'closed_on_site', 'cancelled');
CREATE INDEX hazard_major ON hazard (id) WHERE hazard_class = 'major' AND status <> 'draft';
CREATE INDEX hazard_listed ON hazard (id) WHERE listed;
CREATE INDEX hazard_inspection ON hazard (inspection_id, id) WHERE inspection_id IS NOT NULL;
CREATE INDEX hazard_point ON hazard (point_id, id) WHERE point_id IS NOT NULL;
-- What the enterprise has to act on, by its deadline: lists of what is due and overdue, and the daily announcement.
CREATE INDEX hazard_due ON hazard (deadline_on, id) WHERE status IN ('registered', 'returned', 'rectifying', 'extension_pending',
    'reported', 'planning', 'plan_review');
CREATE INDEX hazard_unannounced ON hazard (deadline_on, id) WHERE status IN ('registered', 'returned', 'rectifying',
    'extension_pending', 'reported', 'planning', 'plan_review') AND announced_deadline_on IS DISTINCT FROM deadline_on;
CREATE INDEX hazard_by_deadline ON hazard (deadline_on, id) WHERE deadline_on IS NOT NULL;
CREATE INDEX hazard_open_of ON hazard (enterprise_id, status, id) WHERE status NOT IN ('closed', 'closed_on_site', 'cancelled');

CREATE TABLE hazard_history (
    id uuid, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, hazard_id uuid NOT NULL, at timestamptz NOT NULL,
    event text NOT NULL, from_status text, to_status text NOT NULL, by_id text NOT NULL, by_name text NOT NULL, reason text,
    attachments uuid[] NOT NULL, detail jsonb, PRIMARY KEY (id)
) PARTITION BY RANGE (id);
CREATE INDEX hazard_history_of ON hazard_history (hazard_id, id);
CREATE INDEX hazard_history_owner ON hazard_history (enterprise_id);
SELECT app.partition('hazard_history');

CREATE TABLE supervision_listing (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, version integer NOT NULL,
    hazard_id uuid NOT NULL REFERENCES hazard, hazard_number text NOT NULL, title text NOT NULL,
    level text NOT NULL CHECK (level IN ('county', 'prefecture', 'province')), authority_region text NOT NULL, reason text NOT NULL,
    proposed_by text NOT NULL, proposed_by_name text NOT NULL, proposed_at timestamptz NOT NULL,
    status text NOT NULL CHECK (status IN ('proposed', 'listed', 'extension_pending', 'lift_applied', 'lifted', 'rejected')),
    document_number text, duty_unit text, duty_person text, requirement text, deadline_on date, opinion text, listed_at timestamptz,
    log_due_on date, extension_to_on date, extension_reason text, extension_by text, statement text, applied_by text,
    accepted_on date, attachments uuid[] NOT NULL, lifted_at timestamptz
);
CREATE UNIQUE INDEX supervision_listing_open ON supervision_listing (hazard_id) WHERE status NOT IN ('lifted', 'rejected');
CREATE UNIQUE INDEX supervision_listing_number ON supervision_listing (document_number) WHERE document_number IS NOT NULL;
CREATE INDEX supervision_listing_of ON supervision_listing (enterprise_id, id);
CREATE INDEX supervision_listing_by_region ON supervision_listing (region, id);
CREATE INDEX supervision_listing_log ON supervision_listing (log_due_on, id)
    WHERE status IN ('listed', 'extension_pending', 'lift_applied');

CREATE TABLE inspection_waiting (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, version integer NOT NULL,
    inspection_id uuid NOT NULL, type text NOT NULL, at timestamptz NOT NULL, data jsonb NOT NULL
);
CREATE INDEX inspection_waiting_for ON inspection_waiting (inspection_id, version);
CREATE INDEX inspection_waiting_of ON inspection_waiting (enterprise_id);

CREATE TABLE org_unit_ref (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, version integer NOT NULL, name text NOT NULL,
    path uuid[] NOT NULL, is_active boolean NOT NULL
);
CREATE INDEX org_unit_ref_of ON org_unit_ref (enterprise_id, id);

CREATE TABLE risk_point_ref (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, version integer NOT NULL,
    unit_id uuid NOT NULL, name text NOT NULL, level text, status text NOT NULL
);
CREATE INDEX risk_point_ref_of ON risk_point_ref (enterprise_id, id);

SELECT app.protect(name) FROM unnest(ARRAY[
    'hazard', 'hazard_history', 'supervision_listing', 'inspection_waiting', 'org_unit_ref', 'risk_point_ref'
]) AS name;
