"""Accounts, credentials, departments, roles, API clients, files, and the copy of enterprises."""

from alembic import op

from services.enterprise.contract.reference import CREATE_1

revision = "gateway_0001"
down_revision = None

TABLES = """
CREATE TABLE department (
    id uuid PRIMARY KEY, name text NOT NULL, region text NOT NULL, industries text[] NOT NULL, level text NOT NULL,
    parent_id uuid REFERENCES department, position integer NOT NULL DEFAULT 0, is_active boolean NOT NULL DEFAULT true,
    version integer NOT NULL, CONSTRAINT department_name UNIQUE (region, name)
);
CREATE INDEX department_order ON department (region, position, id);

CREATE TABLE account (
    id uuid PRIMARY KEY, kind text NOT NULL, username text NOT NULL, name text NOT NULL, region text NOT NULL,
    enterprise_id uuid, department_id uuid REFERENCES department, unit_id uuid, roles text[] NOT NULL,
    supervision jsonb, status text NOT NULL, epoch integer NOT NULL, signed_in_at timestamptz, version integer NOT NULL,
    CONSTRAINT account_username UNIQUE (username),
    CHECK ((kind = 'regulator') = (department_id IS NOT NULL)), CHECK ((kind = 'regulator') = (enterprise_id IS NULL))
);
CREATE INDEX account_region ON account (region, id);
CREATE INDEX account_enterprise ON account (enterprise_id, id);
CREATE INDEX account_department ON account (department_id, id);
CREATE INDEX account_roles ON account USING gin (roles);

-- Apart from the account, so that no hash is ever part of an audit row or an answer.
CREATE TABLE credential (
    account_id uuid PRIMARY KEY REFERENCES account, hash text NOT NULL, set_at timestamptz NOT NULL, first_until timestamptz
);

CREATE TABLE role (
    code text PRIMARY KEY, name text NOT NULL, kind text NOT NULL, region text NOT NULL, permissions text[] NOT NULL,
    grants text[] NOT NULL, is_standard boolean NOT NULL, is_edited boolean NOT NULL, remark text NOT NULL, version integer NOT NULL
);

CREATE TABLE api_client (
    id uuid PRIMARY KEY, name text NOT NULL, owner text NOT NULL, purpose text NOT NULL, region text NOT NULL,
    expires_on date NOT NULL, permissions text[] NOT NULL, scope jsonb NOT NULL, addresses text[] NOT NULL,
    is_active boolean NOT NULL, version integer NOT NULL, CONSTRAINT api_client_name UNIQUE (region, name)
);
CREATE TABLE client_secret (
    id uuid PRIMARY KEY, client_id uuid NOT NULL REFERENCES api_client, digest text NOT NULL, valid_until timestamptz NOT NULL
);
CREATE INDEX client_secret_client ON client_secret (client_id);

CREATE TABLE sign_in_day (enterprise_id uuid, day date, PRIMARY KEY (enterprise_id, day));

CREATE TABLE file (
    id uuid PRIMARY KEY, region text NOT NULL, industry text, enterprise_id uuid, name text NOT NULL, content_type text NOT NULL,
    size bigint NOT NULL, sha256 text NOT NULL, uploaded_by text NOT NULL, created_at timestamptz NOT NULL
);
CREATE INDEX file_enterprise ON file (enterprise_id);

SELECT app.protect('department', industry => false, enterprise => false);
-- Everybody reads and keeps his own account, however narrow his scope, and reads of the department he belongs to.
SELECT app.protect('account', industry => false, beyond => 'id::text = (SELECT app.setting(''account''))');
CREATE POLICY own ON department FOR SELECT USING (id = (SELECT app.setting('department'))::uuid);
SELECT app.protect('api_client', industry => false, enterprise => false);
SELECT app.protect('file');
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLES)
    op.get_bind().exec_driver_sql(CREATE_1)
