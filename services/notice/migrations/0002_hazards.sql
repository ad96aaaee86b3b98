-- Which hazards a message speaks of, whom these concern, and which units lie below which.  What was told before speaks of none
-- that is known: it is for those who see the whole enterprise.
ALTER TABLE message ADD COLUMN hazard_id uuid;

CREATE TABLE hazard_ref (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, version integer NOT NULL, unit_id uuid,
    found_by text, responsible_id text, responsible_unit_id uuid
);
CREATE INDEX hazard_ref_of ON hazard_ref (enterprise_id, id);

CREATE TABLE org_unit_ref (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, version integer NOT NULL, path uuid[] NOT NULL
);
CREATE INDEX org_unit_ref_of ON org_unit_ref (enterprise_id, id);

SELECT app.protect(name) FROM unnest(ARRAY['hazard_ref', 'org_unit_ref']) AS name;
