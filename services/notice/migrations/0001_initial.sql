-- Notices lie where their authority lies; receipts and messages lie where their receiver lies.

CREATE TABLE notice (
    id uuid PRIMARY KEY, region text NOT NULL, department_id uuid, department_name text, author_id text NOT NULL,
    author_name text NOT NULL, drafted_at timestamptz NOT NULL, title text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('notice', 'supervision')), body text NOT NULL, receivers jsonb NOT NULL,
    needs_handling boolean NOT NULL, feedback_due_at timestamptz, expires_on date, attachments uuid[] NOT NULL,
    status text NOT NULL CHECK (status IN ('draft', 'pending', 'published', 'withdrawn', 'expired')), scope jsonb,
    submitted_by text, submitted_at timestamptz, decided_by_name text, decided_at timestamptz, opinion text,
    published_at timestamptz, withdrawn_at timestamptz, withdrawal_reason text, version integer NOT NULL
);
CREATE INDEX notice_by_region ON notice (region, id);
CREATE INDEX notice_by_status ON notice (status, id);
CREATE INDEX notice_by_author ON notice (author_id, id);
CREATE INDEX notice_by_department ON notice (department_id, id);
CREATE INDEX notice_expiry ON notice (expires_on) WHERE status = 'published';

CREATE TABLE distribution (
    notice_id uuid PRIMARY KEY REFERENCES notice, region text NOT NULL, department_id uuid, started_at timestamptz NOT NULL,
    last_enterprise_id uuid, receiver_count integer NOT NULL, done_at timestamptz, feedback_due_at timestamptz,
    overdue_done_at timestamptz
);
CREATE INDEX distribution_open ON distribution (started_at) WHERE done_at IS NULL;
CREATE INDEX distribution_due ON distribution (feedback_due_at) WHERE overdue_done_at IS NULL AND done_at IS NOT NULL;

-- A receipt's id begins with the moment of publication, so that all receipts of one notice lie in one partition.
CREATE TABLE notice_receipt (
    id uuid NOT NULL, region text NOT NULL, industry text, enterprise_id uuid, department_id uuid, notice_id uuid NOT NULL,
    receiver_name text NOT NULL, received_at timestamptz NOT NULL, needs_handling boolean NOT NULL, feedback_due_at timestamptz,
    status text NOT NULL CHECK (status IN ('unread', 'read', 'registered', 'replied', 'done')), read_at timestamptz,
    read_by_name text, handler text, handling_opinion text, handling_due_on date, registered_at timestamptz,
    registered_by_name text, reply text, reply_files uuid[] NOT NULL, replied_at timestamptz, replied_by text,
    replied_by_name text, is_late boolean NOT NULL, overdue_at timestamptz, closed_at timestamptz, closed_by_name text,
    closing_opinion text, version integer NOT NULL, PRIMARY KEY (id),
    CHECK ((enterprise_id IS NULL) <> (department_id IS NULL))
) PARTITION BY RANGE (id);
CREATE INDEX notice_receipt_of ON notice_receipt (notice_id, region, id);
CREATE INDEX notice_receipt_by_status ON notice_receipt (notice_id, status, region, id);
CREATE INDEX notice_receipt_of_enterprise ON notice_receipt (enterprise_id, id) INCLUDE (notice_id) WHERE enterprise_id IS NOT NULL;
CREATE INDEX notice_receipt_of_department ON notice_receipt (department_id, id) INCLUDE (notice_id) WHERE department_id IS NOT NULL;
CREATE INDEX notice_receipt_silent ON notice_receipt (notice_id, id)
    WHERE status IN ('unread', 'read', 'registered') AND overdue_at IS NULL AND feedback_due_at IS NOT NULL;
SELECT app.partition('notice_receipt');

CREATE TABLE message (
    id uuid NOT NULL, region text NOT NULL, industry text, enterprise_id uuid, department_id uuid, kind text NOT NULL,
    urgency text NOT NULL, title text NOT NULL, text text NOT NULL, subject_type text NOT NULL, subject_id uuid NOT NULL,
    notice_id uuid, cause_id uuid NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (id),
    CHECK ((enterprise_id IS NULL) <> (department_id IS NULL))
) PARTITION BY RANGE (id);
CREATE INDEX message_of_enterprise ON message (enterprise_id, id) WHERE enterprise_id IS NOT NULL;
CREATE INDEX message_of_department ON message (department_id, id) WHERE department_id IS NOT NULL;
SELECT app.partition('message');

CREATE TABLE message_reading (
    account_id text NOT NULL, message_id uuid NOT NULL, read_at timestamptz NOT NULL, PRIMARY KEY (account_id, message_id)
) PARTITION BY RANGE (message_id);
SELECT app.partition('message_reading');

CREATE TABLE department_ref (
    id uuid PRIMARY KEY, region text NOT NULL, name text NOT NULL, industries text[] NOT NULL, level text NOT NULL,
    is_active boolean NOT NULL, version integer NOT NULL
);
CREATE INDEX department_ref_place ON department_ref (region);

-- An id that tells its moment and follows from its seed: whoever makes it again makes the same, and the key refuses it.
CREATE FUNCTION app.derived_id(at timestamptz, seed text) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT (lpad(to_hex(floor(extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(seed), 1, 3)
        || '8' || substr(md5(seed), 4, 3) || substr(md5(seed), 7, 12))::uuid
$$;

-- Whose department asks.  Not said: nobody's.
CREATE FUNCTION app.department() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT app.setting('department')::uuid $$;

-- A notice is seen by authorities around its place, by the department that wrote it, and by the departments and enterprises
-- that received it.  The policies of receipts bind inside the function too; in plpgsql the planner cannot turn it into a scan of
-- all receipts, and the receiver's own ones are few.
CREATE FUNCTION app.has_received(wanted uuid) RETURNS boolean LANGUAGE plpgsql STABLE COST 1000 AS $$
BEGIN
    RETURN EXISTS (SELECT FROM notice_receipt WHERE enterprise_id = ANY (app.enterprise_ids()) AND notice_id = wanted)
        OR EXISTS (SELECT FROM notice_receipt WHERE department_id = app.department() AND notice_id = wanted);
END $$;

DO $$
DECLARE
    place CONSTANT text := app.condition('region', false, false);
    owned CONSTANT text := app.condition('region', true, true);
    mine CONSTANT text := 'department_id = (SELECT app.department())';
    home CONSTANT text := 'region = (SELECT app.setting(''home''))';
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['notice', 'distribution', 'notice_receipt', 'message', 'message_reading', 'department_ref'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    END LOOP;
    -- Seen and written are two things: what is a department's own may lie anywhere, and is put nowhere but at home or in scope.
    -- CASE and not OR: the planner would take an OR for a choice of indexes, guess that hardly a row is left, and sort them all.
    EXECUTE format('CREATE POLICY scope ON notice USING'
        || ' (CASE WHEN %s THEN true WHEN %s THEN true ELSE app.has_received(id) END)'
        || ' WITH CHECK (%s OR %s)', mine, place, home, place);
    EXECUTE format('CREATE POLICY scope ON distribution USING (CASE WHEN %s THEN true ELSE %s END)'
        || ' WITH CHECK (%s OR %s)', mine, place, home, place);
    FOREACH name IN ARRAY ARRAY['notice_receipt', 'message'] LOOP
        EXECUTE format('CREATE POLICY scope ON %I USING'
            || ' (CASE WHEN %s THEN true WHEN enterprise_id IS NULL THEN %s ELSE %s END)'
            || ' WITH CHECK (CASE WHEN enterprise_id IS NULL THEN %s OR %s ELSE %s END)',
            name, mine, place, owned, home, place, owned);
    END LOOP;
    EXECUTE format('CREATE POLICY scope ON department_ref USING (%s)', place);
    CREATE POLICY own ON department_ref FOR SELECT USING (id = (SELECT app.setting('department'))::uuid);
    CREATE POLICY scope ON message_reading USING (account_id = (SELECT app.setting('account')));
END $$;
