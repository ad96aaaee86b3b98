CREATE TABLE qualification (
    id uuid PRIMARY KEY, enterprise_id uuid NOT NULL REFERENCES enterprise, region text NOT NULL, industry text, number text NOT NULL,
    issuer text NOT NULL, issued_on date NOT NULL, valid_to date NOT NULL, qualification_class text NOT NULL, level text NOT NULL,
    permitted_scope text, scans uuid[] NOT NULL, details jsonb NOT NULL, is_removed boolean NOT NULL, version integer NOT NULL
);
CREATE UNIQUE INDEX qualification_number_taken ON qualification (enterprise_id, number) WHERE NOT is_removed;
CREATE INDEX qualification_of ON qualification (enterprise_id, id);
SELECT app.protect('qualification');

CREATE INDEX licence_by_number ON licence (number);

-- The public check of a permit: who knows its number and its holder's whole name learns whether it is good.  It shows what the
-- permit itself says across all scopes; the scope of the transaction is put back before it answers.
CREATE FUNCTION app.public_licence(wanted_number text, holder text)
    RETURNS TABLE (licence_type text, number text, enterprise_name text, issuer text, valid_from date, valid_to date, status text)
    LANGUAGE plpgsql AS $$
DECLARE
    names CONSTANT text[] := ARRAY['app.region_lo', 'app.region_hi', 'app.regions', 'app.industries', 'app.enterprises'];
    before text[];
BEGIN
    SELECT array_agg(coalesce(current_setting(n, true), '') ORDER BY i) INTO before FROM unnest(names) WITH ORDINALITY AS t (n, i);
    PERFORM set_config(n, v, true) FROM unnest(names, ARRAY['0', '~', '', '', '*']) AS t (n, v);
    RETURN QUERY SELECT l.licence_type, l.number, e.name, l.issuer, l.valid_from, l.valid_to, l.status
        FROM licence l JOIN enterprise e ON e.id = l.enterprise_id
        WHERE l.number = wanted_number AND e.name = holder AND e.status IN ('active', 'suspended') ORDER BY l.id LIMIT 20;
    PERFORM set_config(n, v, true) FROM unnest(names, before) AS t (n, v);
END $$;
