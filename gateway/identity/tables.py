"""The tables of identity, and how its classes lie on them."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID
from sqlalchemy.orm import registry

from gateway.identity.domain.account import Account, AccountKind, Status
from gateway.identity.domain.client import Client
from gateway.identity.domain.department import Department
from gateway.identity.domain.role import Role
from services.enterprise.contract import reference

metadata = sa.MetaData()
_id = UUID(as_uuid=False)
_moment = sa.DateTime(timezone=True)
_texts = ARRAY(sa.Text())


def _enum(kind: type[AccountKind] | type[Status]) -> sa.Enum:
    return sa.Enum(kind, native_enum=False, values_callable=lambda members: [m.value for m in members])


account = sa.Table(
    "account", metadata,
    sa.Column("id", _id, primary_key=True), sa.Column("kind", _enum(AccountKind)), sa.Column("username", sa.Text()),
    sa.Column("name", sa.Text()), sa.Column("region", sa.Text()), sa.Column("enterprise_id", _id),
    sa.Column("department_id", _id), sa.Column("unit_id", _id), sa.Column("roles", _texts),
    sa.Column("supervision", JSONB(none_as_null=True)), sa.Column("status", _enum(Status)), sa.Column("epoch", sa.Integer()),
    sa.Column("signed_in_at", _moment), sa.Column("version", sa.Integer()),
)  # fmt: skip
credential = sa.Table(
    "credential", metadata,
    sa.Column("account_id", _id, primary_key=True), sa.Column("hash", sa.Text()), sa.Column("set_at", _moment),
    sa.Column("first_until", _moment),
)  # fmt: skip
department = sa.Table(
    "department", metadata,
    sa.Column("id", _id, primary_key=True), sa.Column("name", sa.Text()), sa.Column("region", sa.Text()),
    sa.Column("industries", _texts), sa.Column("level", sa.Text()), sa.Column("parent_id", _id),
    sa.Column("position", sa.Integer()), sa.Column("is_active", sa.Boolean()), sa.Column("version", sa.Integer()),
)  # fmt: skip
role = sa.Table(
    "role", metadata,
    sa.Column("code", sa.Text(), primary_key=True), sa.Column("name", sa.Text()), sa.Column("kind", sa.Text()),
    sa.Column("region", sa.Text()), sa.Column("permissions", _texts), sa.Column("grants", _texts),
    sa.Column("is_standard", sa.Boolean()), sa.Column("is_edited", sa.Boolean()), sa.Column("remark", sa.Text()),
    sa.Column("version", sa.Integer()),
)  # fmt: skip
client = sa.Table(
    "api_client", metadata,
    sa.Column("id", _id, primary_key=True), sa.Column("name", sa.Text()), sa.Column("owner", sa.Text()),
    sa.Column("purpose", sa.Text()), sa.Column("region", sa.Text()), sa.Column("expires_on", sa.Date()),
    sa.Column("permissions", _texts), sa.Column("scope", JSONB()), sa.Column("addresses", _texts),
    sa.Column("is_active", sa.Boolean()), sa.Column("version", sa.Integer()),
)  # fmt: skip
client_secret = sa.Table(
    "client_secret", metadata,
    sa.Column("id", _id, primary_key=True), sa.Column("client_id", _id), sa.Column("digest", sa.Text()),
    sa.Column("valid_until", _moment),
)  # fmt: skip
sign_in_day = sa.Table(
    "sign_in_day", metadata, sa.Column("enterprise_id", _id, primary_key=True), sa.Column("day", sa.Date(), primary_key=True)
)
file = sa.Table(
    "file", metadata,
    sa.Column("id", _id, primary_key=True), sa.Column("region", sa.Text()), sa.Column("industry", sa.Text()),
    sa.Column("enterprise_id", _id), sa.Column("name", sa.Text()), sa.Column("content_type", sa.Text()),
    sa.Column("size", sa.BigInteger()), sa.Column("sha256", sa.Text()), sa.Column("uploaded_by", sa.Text()),
    sa.Column("created_at", _moment),
)  # fmt: skip
enterprise_ref = reference.enterprise_ref(metadata)

mapping = registry(metadata=metadata)
mapping.map_imperatively(Account, account)
mapping.map_imperatively(Department, department)
mapping.map_imperatively(Role, role, properties={"id": role.c.code})
mapping.map_imperatively(Client, client)
