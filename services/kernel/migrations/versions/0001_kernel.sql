-- Tables that every service has, and the three functions with which a service's own migrations protect theirs.

CREATE SCHEMA app;

-- Scope of the transaction, and who and whose its caller is, as the unit of work sets them.  Nothing set: no range, no row.
-- PL/pgSQL, since SQL would be put in the place of each call anew, which took most of the time of planning any statement.
CREATE FUNCTION app.setting(name text) RETURNS text LANGUAGE plpgsql STABLE
    AS $$ BEGIN RETURN nullif(current_setting('app.' || name, true), ''); END $$;

CREATE FUNCTION app.enterprise_ids() RETURNS uuid[] LANGUAGE plpgsql STABLE
    AS $$ BEGIN RETURN CASE WHEN app.setting('enterprises') = '*' THEN '{}' ELSE app.setting('enterprises') END::uuid[]; END $$;

-- The condition under which a row lies in scope.  What belongs to no enterprise is for those who are bound to none.
-- Settings are read once a statement; regions and ids by leakproof operators.
CREATE FUNCTION app.condition(region text, industry boolean, enterprise boolean) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT format('%1$s >= (SELECT app.setting(''region_lo'')) AND %1$s < (SELECT app.setting(''region_hi''))'
        || ' AND ((SELECT app.setting(''regions'')) IS NULL OR %1$s ~ (SELECT app.setting(''regions'')))', region)
        || CASE WHEN industry THEN
            ' AND ((SELECT app.setting(''industries'')) IS NULL OR industry ~ (SELECT app.setting(''industries'')))' ELSE '' END
        || CASE WHEN enterprise THEN
            ' AND ((SELECT app.setting(''enterprises'')) = ''*'' OR enterprise_id = ANY ((SELECT app.enterprise_ids())::uuid[]))'
            ELSE ' AND (SELECT app.setting(''enterprises'')) = ''*''' END
$$;

-- Row-level security on a tenant table: SELECT app.protect('hazard').  The condition is told to the planner as one of even odds:
-- left bare, its range of unknown bounds is taken to let one row in two hundred through whoever asks, so that a list for the whole
-- province reads and sorts everything instead of the first rows of its index.  The bounds that choose an index stand in the query.
-- ``beyond`` is the condition of rows that are seen although they lie outside.
CREATE FUNCTION app.wall(region text, industry boolean, enterprise boolean, beyond text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT format('CASE WHEN %s THEN true ELSE %s END', app.condition(region, industry, enterprise), beyond)
$$;

CREATE FUNCTION app.protect(name text, industry boolean DEFAULT true, enterprise boolean DEFAULT true, region text DEFAULT 'region',
    beyond text DEFAULT 'false') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY scope ON %I USING (%s)', name, app.wall(region, industry, enterprise, beyond));
END $$;

-- Partitions by month on a UUIDv7 id: SELECT app.partition('check_record').
CREATE TABLE app.partitioned (name text PRIMARY KEY);

CREATE FUNCTION app.first_id(day date) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM day::timestamp) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

CREATE FUNCTION app.ensure_partitions() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    parent text;
    month date;
    part text;
BEGIN
    FOR parent IN SELECT name FROM app.partitioned LOOP
        FOR i IN -4..3 LOOP
            month := (date_trunc('month', now() AT TIME ZONE 'UTC') + i * interval '1 month')::date;
            part := parent || to_char(month, '_YYYYMM');
            CONTINUE WHEN to_regclass(part) IS NOT NULL;
            BEGIN
                EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', part, parent,
                    app.first_id(month), app.first_id((month + interval '1 month')::date));
            EXCEPTION WHEN check_violation THEN
                NULL;  -- The default partition already holds rows of this month, and goes on holding them.
            END;
        END LOOP;
    END LOOP;
END $$;

CREATE FUNCTION app.partition(name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO app.partitioned VALUES (name);
    EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', name || '_default', name);
    PERFORM app.ensure_partitions();
END $$;

-- Rights of the application: rows of ordinary tables, never structure, never a partition directly; audit rows only added.
CREATE FUNCTION app.grant_rights(role text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA public, app TO %I', role);
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO %I', role);
    FOR name IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
            AND c.relkind IN ('r', 'p', 'v') LOOP
        EXECUTE format('REVOKE ALL ON %I FROM %I', name, role);
        CONTINUE WHEN EXISTS (SELECT FROM pg_class c WHERE c.oid = to_regclass(quote_ident(name)) AND c.relispartition);
        EXECUTE format('GRANT %s ON %I TO %I', CASE WHEN name IN ('audit', 'audit_seal') THEN 'SELECT, INSERT'
            WHEN name LIKE '%\_version' THEN 'SELECT' ELSE 'SELECT, INSERT, UPDATE, DELETE' END, name, role);
    END LOOP;
END $$;

CREATE TABLE outbox (
    id uuid NOT NULL, position bigint GENERATED ALWAYS AS IDENTITY, type text NOT NULL, subject text NOT NULL, region text NOT NULL,
    time timestamptz NOT NULL, actor text NOT NULL, request_id text, data jsonb NOT NULL, epoch integer, sequence bigint,
    sent_at timestamptz, PRIMARY KEY (id)
) PARTITION BY RANGE (id);
CREATE INDEX outbox_waiting ON outbox (position) WHERE sent_at IS NULL;
SELECT app.partition('outbox');

CREATE TABLE inbox (
    id uuid NOT NULL, source text NOT NULL, type text NOT NULL, subject text NOT NULL, region text NOT NULL, time timestamptz NOT NULL,
    actor text NOT NULL, request_id text, data jsonb NOT NULL, epoch integer NOT NULL, sequence bigint NOT NULL,
    lane smallint NOT NULL, received_at timestamptz NOT NULL DEFAULT clock_timestamp(), done_at timestamptz, attempts smallint NOT NULL,
    next_at timestamptz NOT NULL DEFAULT clock_timestamp(), error text, parked_at timestamptz, PRIMARY KEY (id)
) PARTITION BY RANGE (id);
CREATE INDEX inbox_waiting ON inbox (lane, source, epoch, sequence) WHERE done_at IS NULL AND parked_at IS NULL;
CREATE INDEX inbox_held ON inbox (lane, subject) WHERE done_at IS NULL AND parked_at IS NULL AND attempts > 0;
CREATE INDEX inbox_parked ON inbox (parked_at) WHERE parked_at IS NOT NULL;
CREATE INDEX inbox_source ON inbox (source, epoch, sequence);
SELECT app.partition('inbox');

CREATE TABLE lane (lane smallint PRIMARY KEY);
INSERT INTO lane SELECT generate_series(0, 15);

-- What may be taken up: nothing that waits after a failure, and nothing behind such a one of the same aggregate.
CREATE FUNCTION app.due(moment timestamptz) RETURNS SETOF inbox LANGUAGE sql STABLE AS $$
    SELECT * FROM inbox i WHERE done_at IS NULL AND parked_at IS NULL AND next_at <= moment AND NOT EXISTS (
        SELECT FROM inbox b WHERE b.lane = i.lane AND b.subject = i.subject AND b.done_at IS NULL AND b.parked_at IS NULL
        AND b.attempts > 0 AND b.next_at > moment AND (b.source, b.epoch, b.sequence) < (i.source, i.epoch, i.sequence))
$$;

-- Statements that workers repeat all day, in PL/pgSQL, which keeps their plans: planning them over all partitions takes ten
-- times as long as running them.  A plan made while a partition was short is to be right when it is long, hence by index.
CREATE FUNCTION app.take(of_lane integer, moment timestamptz, batch integer) RETURNS SETOF inbox LANGUAGE plpgsql
    SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY SELECT * FROM app.due(moment) d WHERE d.lane = of_lane ORDER BY d.source, d.epoch, d.sequence LIMIT batch;
END $$;

-- The first of what is due in some lanes that nobody else works on; the lanes stay locked for the transaction.
CREATE FUNCTION app.take_up(moment timestamptz, lanes integer, batch integer) RETURNS SETOF inbox LANGUAGE plpgsql
    SET enable_seqscan = off AS $$
DECLARE
    free integer[];
BEGIN
    free := ARRAY(SELECT lane.lane FROM lane WHERE EXISTS (SELECT FROM app.due(moment) d WHERE d.lane = lane.lane)
        ORDER BY random() LIMIT lanes FOR UPDATE SKIP LOCKED);
    RETURN QUERY SELECT d.* FROM unnest(free) AS of_lane, LATERAL app.take(of_lane, moment, batch) AS d;
END $$;

CREATE TABLE audit (
    id uuid NOT NULL, at timestamptz NOT NULL, operation text NOT NULL, result text NOT NULL, actor text NOT NULL,
    actor_name text NOT NULL, actor_kind text NOT NULL, address text, request_id text, region text NOT NULL CHECK (region >= '0'),
    industry text, enterprise_id uuid, changes jsonb NOT NULL, PRIMARY KEY (id)
) PARTITION BY RANGE (id);
-- The trail is read by id, which begins with the moment.  Of its filters these three would else look through all months for a few rows.
CREATE INDEX audit_actor ON audit (actor, id);
CREATE INDEX audit_enterprise ON audit (enterprise_id, id) WHERE enterprise_id IS NOT NULL;
CREATE INDEX audit_request ON audit (request_id) WHERE request_id IS NOT NULL;
SELECT app.partition('audit');
ALTER TABLE audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit FORCE ROW LEVEL SECURITY;
DO $$ BEGIN
    EXECUTE format('CREATE POLICY scope ON audit FOR SELECT USING (%s)', app.wall('region', true, true, 'false'));
    CREATE POLICY adding ON audit FOR INSERT WITH CHECK (true);
END $$;
CREATE TABLE audit_pending (audit_id uuid PRIMARY KEY);
CREATE TABLE audit_seal (number bigint PRIMARY KEY, audit_id uuid NOT NULL UNIQUE, hash bytea NOT NULL);

CREATE TABLE idempotency (
    caller text, key text, operation text NOT NULL, digest text NOT NULL, answer jsonb, at timestamptz NOT NULL, PRIMARY KEY (caller, key)
);
CREATE INDEX idempotency_age ON idempotency (at);
CREATE TABLE number (series text PRIMARY KEY, last bigint NOT NULL);
CREATE TABLE lease (name text PRIMARY KEY, holder text NOT NULL, fence bigint NOT NULL, until timestamptz NOT NULL);
CREATE TABLE deployment (source text PRIMARY KEY, epoch integer NOT NULL, sequence bigint NOT NULL);
CREATE TABLE job_run (job text, day date, done_at timestamptz NOT NULL, PRIMARY KEY (job, day));
CREATE TABLE catalogue (
    name text, code text, version text, position integer NOT NULL, effective_from date NOT NULL, effective_to date,
    data jsonb NOT NULL, PRIMARY KEY (name, code, version)
);
