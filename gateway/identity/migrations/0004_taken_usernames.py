"""Which of some names are taken, asked by whoever may not see the accounts that have them: names are one for all places."""

from alembic import op

revision = "gateway_0004"
down_revision = "gateway_0003"

# It looks across all scopes and tells no more than the names asked for; the scope of the transaction is put back before it answers.
FUNCTION = """
CREATE FUNCTION app.taken_usernames(wanted text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    names CONSTANT text[] := ARRAY['app.region_lo', 'app.region_hi', 'app.regions', 'app.industries', 'app.enterprises'];
    before text[];
BEGIN
    SELECT array_agg(coalesce(current_setting(n, true), '') ORDER BY i) INTO before FROM unnest(names) WITH ORDINALITY AS t (n, i);
    PERFORM set_config(n, v, true) FROM unnest(names, ARRAY['0', '~', '', '', '*']) AS t (n, v);
    RETURN QUERY SELECT username FROM account WHERE username = ANY (wanted);
    PERFORM set_config(n, v, true) FROM unnest(names, before) AS t (n, v);
END $$;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(FUNCTION)
