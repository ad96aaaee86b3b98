-- What is counted.  Reactions write contributions and say what is pending; one fold a second writes everything below it.

-- The newest state of each aggregate that counts.  The id of a check task holds the time of its window: months are partitions.
CREATE TABLE contribution (
    id uuid NOT NULL, kind text NOT NULL, enterprise_id uuid NOT NULL, region text NOT NULL, industry text NOT NULL,
    version bigint NOT NULL, day date, unit_id uuid, point_id uuid, facts jsonb NOT NULL, PRIMARY KEY (id, kind)
) PARTITION BY RANGE (id);
CREATE INDEX contribution_of ON contribution (enterprise_id, kind, day);
SELECT app.partition('contribution');

-- Where an enterprise stood at the end of a day on which something of it changed.
CREATE TABLE enterprise_place (
    enterprise_id uuid NOT NULL, on_day date NOT NULL, region text NOT NULL, industry text NOT NULL, version integer NOT NULL,
    PRIMARY KEY (enterprise_id, on_day)
);

-- The points on filed lists.
CREATE TABLE list_line (
    list_id uuid NOT NULL, point_id uuid NOT NULL, enterprise_id uuid NOT NULL, region text NOT NULL, industry text NOT NULL,
    unit_id uuid NOT NULL, level text NOT NULL, PRIMARY KEY (list_id, point_id)
);
CREATE INDEX list_line_point ON list_line (point_id);

CREATE TABLE org_unit_ref (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text NOT NULL, version integer NOT NULL,
    name text NOT NULL, tier text NOT NULL, is_active boolean NOT NULL
);
CREATE INDEX org_unit_ref_of ON org_unit_ref (enterprise_id, id);

-- A row without a lock that anybody waits for: many reactions may name the same aggregate, the fold takes it once.
CREATE TABLE pending (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL, id uuid NOT NULL, since date
);

-- The image of each contribution as it stands in the rollups.
CREATE TABLE counted (
    id uuid NOT NULL, kind text NOT NULL, enterprise_id uuid NOT NULL, region text NOT NULL, industry text NOT NULL,
    point_id uuid, image jsonb NOT NULL, PRIMARY KEY (id, kind)
) PARTITION BY RANGE (id);
CREATE INDEX counted_of ON counted (enterprise_id, kind, id);
CREATE INDEX counted_points ON counted (region, id) WHERE kind = 'risk_point';
CREATE INDEX counted_by_point ON counted (point_id) WHERE kind = 'hazard';
SELECT app.partition('counted');

CREATE TABLE presence (
    enterprise_id uuid PRIMARY KEY, region text NOT NULL, industry text NOT NULL, seen_at timestamptz NOT NULL,
    counts boolean NOT NULL
);
CREATE INDEX presence_seen ON presence (seen_at);

-- How many tasks of a point are due and covered in a period: points are counted once however often they are checked.
CREATE TABLE mark (
    grain text NOT NULL, start date NOT NULL, enterprise_id uuid NOT NULL, unit_id uuid NOT NULL, point_id uuid NOT NULL,
    region text NOT NULL, industry text NOT NULL, due integer NOT NULL, covered integer NOT NULL,
    PRIMARY KEY (enterprise_id, grain, start, unit_id, point_id, region, industry)
);

-- Rollups: the unit of zeros is the whole enterprise; a region is a county, and has the sums of its enterprises.
CREATE TABLE enterprise_figure (
    grain text NOT NULL, start date NOT NULL, enterprise_id uuid NOT NULL, unit_id uuid NOT NULL, region text NOT NULL,
    industry text NOT NULL,
    due_count bigint NOT NULL DEFAULT 0, checked_count bigint NOT NULL DEFAULT 0, late_count bigint NOT NULL DEFAULT 0,
    missed_count bigint NOT NULL DEFAULT 0, points_due bigint NOT NULL DEFAULT 0, points_covered bigint NOT NULL DEFAULT 0,
    general_count bigint NOT NULL DEFAULT 0, major_count bigint NOT NULL DEFAULT 0, submitted_count bigint NOT NULL DEFAULT 0,
    rectified_count bigint NOT NULL DEFAULT 0, deadline_count bigint NOT NULL DEFAULT 0,
    on_time_count bigint NOT NULL DEFAULT 0, inspection_count bigint NOT NULL DEFAULT 0, notice_count bigint NOT NULL DEFAULT 0,
    reply_due_count bigint NOT NULL DEFAULT 0, replied_count bigint NOT NULL DEFAULT 0,
    active_enterprises bigint NOT NULL DEFAULT 0, suspended_enterprises bigint NOT NULL DEFAULT 0,
    filed_enterprises bigint NOT NULL DEFAULT 0, filed_lists bigint NOT NULL DEFAULT 0, red_points bigint NOT NULL DEFAULT 0,
    orange_points bigint NOT NULL DEFAULT 0, yellow_points bigint NOT NULL DEFAULT 0, blue_points bigint NOT NULL DEFAULT 0,
    red_active bigint NOT NULL DEFAULT 0, open_general bigint NOT NULL DEFAULT 0, open_major bigint NOT NULL DEFAULT 0,
    to_confirm bigint NOT NULL DEFAULT 0, to_rectify bigint NOT NULL DEFAULT 0, to_recheck bigint NOT NULL DEFAULT 0,
    listed_count bigint NOT NULL DEFAULT 0, licence_count bigint NOT NULL DEFAULT 0, owed_count bigint NOT NULL DEFAULT 0,
    licences_ending bigint NOT NULL DEFAULT 0, seen_enterprises bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (enterprise_id, grain, start, unit_id, region, industry)
);
CREATE INDEX enterprise_figure_place ON enterprise_figure (grain, start, region)
    WHERE unit_id = '00000000-0000-0000-0000-000000000000';
CREATE TABLE region_figure (
    grain text NOT NULL, start date NOT NULL, region text NOT NULL, industry text NOT NULL,
    due_count bigint NOT NULL DEFAULT 0, checked_count bigint NOT NULL DEFAULT 0, late_count bigint NOT NULL DEFAULT 0,
    missed_count bigint NOT NULL DEFAULT 0, points_due bigint NOT NULL DEFAULT 0, points_covered bigint NOT NULL DEFAULT 0,
    general_count bigint NOT NULL DEFAULT 0, major_count bigint NOT NULL DEFAULT 0, submitted_count bigint NOT NULL DEFAULT 0,
    rectified_count bigint NOT NULL DEFAULT 0, deadline_count bigint NOT NULL DEFAULT 0,
    on_time_count bigint NOT NULL DEFAULT 0, inspection_count bigint NOT NULL DEFAULT 0, notice_count bigint NOT NULL DEFAULT 0,
    reply_due_count bigint NOT NULL DEFAULT 0, replied_count bigint NOT NULL DEFAULT 0,
    active_enterprises bigint NOT NULL DEFAULT 0, suspended_enterprises bigint NOT NULL DEFAULT 0,
    filed_enterprises bigint NOT NULL DEFAULT 0, filed_lists bigint NOT NULL DEFAULT 0, red_points bigint NOT NULL DEFAULT 0,
    orange_points bigint NOT NULL DEFAULT 0, yellow_points bigint NOT NULL DEFAULT 0, blue_points bigint NOT NULL DEFAULT 0,
    red_active bigint NOT NULL DEFAULT 0, open_general bigint NOT NULL DEFAULT 0, open_major bigint NOT NULL DEFAULT 0,
    to_confirm bigint NOT NULL DEFAULT 0, to_rectify bigint NOT NULL DEFAULT 0, to_recheck bigint NOT NULL DEFAULT 0,
    listed_count bigint NOT NULL DEFAULT 0, licence_count bigint NOT NULL DEFAULT 0, owed_count bigint NOT NULL DEFAULT 0,
    licences_ending bigint NOT NULL DEFAULT 0, seen_enterprises bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (grain, start, region, industry)
);
-- Deadlines in the past stay few, since only those still owed are kept in sight.
CREATE INDEX region_figure_owed ON region_figure (start, region) WHERE grain = 'owed' AND owed_count > 0;

CREATE TABLE region_grade (
    id uuid PRIMARY KEY, level text NOT NULL, region text NOT NULL, thresholds jsonb NOT NULL, effective_at timestamptz,
    version integer NOT NULL, CONSTRAINT region_grade_level UNIQUE (level)
);
CREATE TABLE region_grade_history (
    id uuid PRIMARY KEY, level text NOT NULL, region text NOT NULL, thresholds jsonb NOT NULL, effective_at timestamptz NOT NULL,
    version integer NOT NULL, reason text NOT NULL, set_by_name text NOT NULL
);

SELECT app.protect(name) FROM unnest(ARRAY[
    'contribution', 'enterprise_place', 'list_line', 'org_unit_ref', 'counted', 'presence', 'mark', 'enterprise_figure'
]) AS name;
-- The sums of a county are made of everybody's figures: who is bound to enterprises reads none.
SELECT app.protect('region_figure', enterprise => false);
