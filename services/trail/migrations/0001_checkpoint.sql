CREATE TABLE audit_checkpoint (
    id uuid PRIMARY KEY, service text NOT NULL, ordinal bigint NOT NULL, kept_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    token text NOT NULL
);
CREATE INDEX audit_checkpoint_of ON audit_checkpoint (service, ordinal);

-- As the kernel made it, and checkpoints too are only added.
CREATE OR REPLACE FUNCTION app.grant_rights(role text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA public, app TO %I', role);
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO %I', role);
    FOR name IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
            AND c.relkind IN ('r', 'p', 'v') LOOP
        EXECUTE format('REVOKE ALL ON %I FROM %I', name, role);
        CONTINUE WHEN EXISTS (SELECT FROM pg_class c WHERE c.oid = to_regclass(quote_ident(name)) AND c.relispartition);
        EXECUTE format('GRANT %s ON %I TO %I', CASE WHEN name IN ('audit', 'audit_seal', 'audit_checkpoint') THEN 'SELECT, INSERT'
            WHEN name LIKE '%\_version' THEN 'SELECT' ELSE 'SELECT, INSERT, UPDATE, DELETE' END, name, role);
    END LOOP;
END $$;
