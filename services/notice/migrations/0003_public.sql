ALTER TABLE notice ADD COLUMN is_public boolean NOT NULL DEFAULT false;
CREATE INDEX notice_public ON notice (published_at DESC, id DESC) WHERE is_public AND status = 'published';

-- What anybody may read, whatever his scope: notices that were published for everybody, while they are in force.  Nothing else is
-- looked for, and the scope of the transaction is put back before either function answers.
CREATE FUNCTION app.public_notices(day date, after uuid, most integer)
    RETURNS TABLE (id uuid, title text, kind text, department_name text, published_at timestamptz) LANGUAGE plpgsql AS $$
DECLARE
    names CONSTANT text[] := ARRAY['app.region_lo', 'app.region_hi', 'app.regions', 'app.industries', 'app.enterprises'];
    before text[];
BEGIN
    SELECT array_agg(coalesce(current_setting(n, true), '') ORDER BY i) INTO before FROM unnest(names) WITH ORDINALITY AS t (n, i);
    PERFORM set_config(n, v, true) FROM unnest(names, ARRAY['0', '~', '', '', '*']) AS t (n, v);
    RETURN QUERY SELECT n.id, n.title, n.kind, n.department_name, n.published_at FROM notice n
        WHERE n.is_public AND n.status = 'published' AND (n.expires_on IS NULL OR n.expires_on >= day)
            AND (after IS NULL OR (n.published_at, n.id) < (SELECT l.published_at, l.id FROM notice l WHERE l.id = after AND l.is_public))
        ORDER BY n.published_at DESC, n.id DESC LIMIT most;
    PERFORM set_config(n, v, true) FROM unnest(names, before) AS t (n, v);
END $$;

CREATE FUNCTION app.public_notice(day date, wanted uuid)
    RETURNS TABLE (id uuid, title text, kind text, department_name text, published_at timestamptz, body text) LANGUAGE plpgsql AS $$
DECLARE
    names CONSTANT text[] := ARRAY['app.region_lo', 'app.region_hi', 'app.regions', 'app.industries', 'app.enterprises'];
    before text[];
BEGIN
    SELECT array_agg(coalesce(current_setting(n, true), '') ORDER BY i) INTO before FROM unnest(names) WITH ORDINALITY AS t (n, i);
    PERFORM set_config(n, v, true) FROM unnest(names, ARRAY['0', '~', '', '', '*']) AS t (n, v);
    RETURN QUERY SELECT n.id, n.title, n.kind, n.department_name, n.published_at, n.body FROM notice n
        WHERE n.id = wanted AND n.is_public AND n.status = 'published' AND (n.expires_on IS NULL OR n.expires_on >= day);
    PERFORM set_config(n, v, true) FROM unnest(names, before) AS t (n, v);
END $$;
