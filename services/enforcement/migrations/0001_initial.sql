-- What an authority owns carries its region, and as ``area`` the leading digits of the places it answers for.

CREATE TABLE check_item (
    id uuid PRIMARY KEY, region text NOT NULL, sector text NOT NULL, area text NOT NULL, code text NOT NULL, industry text NOT NULL,
    category text NOT NULL, item text NOT NULL, methods text[] NOT NULL, law text NOT NULL, article text NOT NULL,
    hazard_class text NOT NULL CHECK (hazard_class IN ('general_on_site', 'general_limited', 'major')),
    default_deadline_days integer NOT NULL, offence_code text, criterion_code text, is_active boolean NOT NULL, version integer NOT NULL
);
CREATE UNIQUE INDEX check_item_code_taken ON check_item (code);
CREATE INDEX check_item_of ON check_item (region, code);

CREATE TABLE check_table (
    id uuid PRIMARY KEY, region text NOT NULL, sector text NOT NULL, area text NOT NULL, industry text NOT NULL, name text NOT NULL,
    edition integer NOT NULL, is_shared boolean NOT NULL, is_active boolean NOT NULL, items jsonb NOT NULL, version integer NOT NULL
);
CREATE UNIQUE INDEX check_table_name_taken ON check_table (region, sector, name) WHERE is_active;
CREATE INDEX check_table_of ON check_table (region, id);

CREATE TABLE check_table_edition (
    id uuid PRIMARY KEY, check_table_id uuid NOT NULL REFERENCES check_table, region text NOT NULL, area text NOT NULL,
    edition integer NOT NULL, name text NOT NULL, codes text[] NOT NULL, items jsonb NOT NULL,
    CONSTRAINT check_table_edition_number UNIQUE (check_table_id, edition)
);
CREATE INDEX check_table_edition_uses ON check_table_edition USING gin (codes);

CREATE TABLE officer (
    id uuid PRIMARY KEY, region text NOT NULL, sector text NOT NULL, area text NOT NULL, name text NOT NULL,
    certificate_number text NOT NULL, valid_from date NOT NULL, valid_to date NOT NULL, team text NOT NULL, account_id text,
    conflicts uuid[] NOT NULL, is_active boolean NOT NULL, version integer NOT NULL
);
CREATE UNIQUE INDEX officer_certificate_taken ON officer (certificate_number) WHERE is_active;
CREATE UNIQUE INDEX officer_account_taken ON officer (account_id) WHERE is_active AND account_id IS NOT NULL;
CREATE INDEX officer_of ON officer (region, id);

CREATE TABLE department_ref (
    id uuid PRIMARY KEY, region text NOT NULL, area text NOT NULL, parent_id uuid, name text NOT NULL, industries text[] NOT NULL,
    is_active boolean NOT NULL, version integer NOT NULL
);

-- Beside what lies in scope, everybody reads what belongs to the authorities around his home: their officers (公示), shared
-- check tables, names.  A scope narrower than the own authority's region so still finds the own authority.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['check_item', 'check_table', 'check_table_edition', 'officer', 'department_ref'] LOOP
        PERFORM app.protect(name, industry => false, enterprise => false);
        EXECUTE 'CREATE POLICY above ON ' || quote_ident(name)
            || ' FOR SELECT USING (starts_with((SELECT app.setting(''home'')), area))';
    END LOOP;
END $$;

CREATE TABLE inspection (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, enterprise_name text NOT NULL,
    authority_region text NOT NULL, authority_sector text NOT NULL, state text NOT NULL CHECK (state IN ('scheme_draft',
    'scheme_pending', 'scheme_approved', 'in_progress', 'recorded', 'ordered', 'recheck', 'closed', 'cancelled')),
    planned_on date NOT NULL, planned_year integer NOT NULL, source text NOT NULL, source_reference text, reason text,
    address text NOT NULL, contact_person text, methods text[] NOT NULL, check_table jsonb, items jsonb NOT NULL,
    officers jsonb NOT NULL, officer_ids uuid[] NOT NULL, submitted_by text, started_at timestamptz, entry_code text, entry_note text,
    recorded_at timestamptz, place text, legal_representative text, results jsonb NOT NULL, findings jsonb NOT NULL,
    finding_count integer NOT NULL, party_opinion text, signed_by_party text, refusal_note text, due_on date, closed_at timestamptz,
    document_ids uuid[] NOT NULL, history jsonb NOT NULL, version integer NOT NULL
);
CREATE INDEX inspection_by_region ON inspection (region, id);
CREATE INDEX inspection_by_state ON inspection (state, id);
CREATE INDEX inspection_of ON inspection (enterprise_id, planned_year, id);
CREATE INDEX inspection_due ON inspection (due_on, id) WHERE due_on IS NOT NULL;
CREATE INDEX inspection_by_plan ON inspection (planned_on, id);
CREATE INDEX inspection_by_officer ON inspection USING gin (officer_ids);

CREATE TABLE document (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, enterprise_name text NOT NULL,
    authority_region text NOT NULL, authority_sector text NOT NULL, inspection_id uuid NOT NULL REFERENCES inspection,
    authority_name text NOT NULL, form text NOT NULL, number text NOT NULL, issued_on date NOT NULL, token text NOT NULL,
    content jsonb NOT NULL, sha256 text NOT NULL, state text NOT NULL CHECK (state IN ('issued', 'voided')), replaces_id uuid,
    void_reason text, voided_by_name text, voided_at timestamptz, version integer NOT NULL
);
CREATE UNIQUE INDEX document_number_taken ON document (number);
CREATE UNIQUE INDEX document_token ON document (token);
CREATE UNIQUE INDEX document_replaced_once ON document (replaces_id) WHERE replaces_id IS NOT NULL;
CREATE INDEX document_of_inspection ON document (inspection_id, id);
CREATE INDEX document_of ON document (enterprise_id, id);
CREATE INDEX document_by_region ON document (region, id);
CREATE INDEX document_by_form ON document (form, id);

CREATE TABLE document_file (
    id uuid PRIMARY KEY REFERENCES document, enterprise_id uuid NOT NULL, region text NOT NULL, industry text, pdf bytea NOT NULL
);
-- A PDF is compressed already.
ALTER TABLE document_file ALTER COLUMN pdf SET STORAGE EXTERNAL;

CREATE TABLE finding_progress (
    inspection_id uuid NOT NULL, finding_id uuid NOT NULL, enterprise_id uuid NOT NULL, region text NOT NULL, industry text,
    hazard_id uuid NOT NULL, number text, status text NOT NULL, finished_at timestamptz, version integer NOT NULL,
    PRIMARY KEY (inspection_id, finding_id)
);
CREATE INDEX finding_progress_of ON finding_progress (enterprise_id);

SELECT app.protect(name) FROM unnest(ARRAY['inspection', 'document', 'document_file', 'finding_progress']) AS name;

-- The public check of a document: who holds the paper learns from its code whether it is genuine.  It shows what the paper's
-- head says across all scopes and nothing more; the scope of the transaction is put back before it answers.
CREATE FUNCTION app.public_document(wanted text)
    RETURNS TABLE (number text, form text, authority_name text, enterprise_name text, issued_on date, sha256 text, is_valid boolean)
    LANGUAGE plpgsql AS $$
DECLARE
    names CONSTANT text[] := ARRAY['app.region_lo', 'app.region_hi', 'app.regions', 'app.industries', 'app.enterprises'];
    before text[];
BEGIN
    SELECT array_agg(coalesce(current_setting(n, true), '') ORDER BY i) INTO before FROM unnest(names) WITH ORDINALITY AS t (n, i);
    PERFORM set_config(n, v, true) FROM unnest(names, ARRAY['0', '~', '', '', '*']) AS t (n, v);
    RETURN QUERY SELECT d.number, d.form, d.authority_name, d.enterprise_name, d.issued_on, d.sha256, d.state = 'issued'
        FROM document d WHERE d.token = wanted;
    PERFORM set_config(n, v, true) FROM unnest(names, before) AS t (n, v);
END $$;
