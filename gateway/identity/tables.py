"""The tables of identity, and how its classes lie on them."""

from functools import partial

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID
from sqlalchemy.orm import registry

from gateway.identity.domain.account import Account, AccountKind, Status
from gateway.identity.domain.client import Client
from gateway.identity.domain.department import Department
from gateway.identity.domain.role import Role
from services.enterprise.contract import reference
from services.kernel.tables import table

metadata = sa.MetaData()
ID, MOMENT, DAY, TEXT, NUMBER, FLAG = (
    UUID(as_uuid=False), sa.DateTime(timezone=True), sa.Date(), sa.Text(), sa.Integer(), sa.Boolean(),
)  # fmt: skip
TEXTS = ARRAY(sa.Text())


def _enum(kind: type[AccountKind] | type[Status]) -> sa.Enum:
    return sa.Enum(kind, native_enum=False, values_callable=lambda members: [m.value for m in members])


_table = partial(table, metadata)

account = _table(
    "account", id=ID, kind=_enum(AccountKind), username=TEXT, name=TEXT, region=TEXT, enterprise_id=ID, department_id=ID,
    unit_id=ID, roles=TEXTS, supervision=JSONB(none_as_null=True), status=_enum(Status), epoch=NUMBER, signed_in_at=MOMENT,
    mobile=TEXT, email=TEXT, certificate_number=TEXT, avatar_id=ID, signature_id=ID, shortcuts=TEXTS, version=NUMBER,
)  # fmt: skip
credential = _table("credential", "account_id", account_id=ID, hash=TEXT, set_at=MOMENT, first_until=MOMENT)
department = _table(
    "department", id=ID, name=TEXT, region=TEXT, industries=TEXTS, level=TEXT, parent_id=ID, position=NUMBER, is_active=FLAG,
    version=NUMBER,
)  # fmt: skip
role = _table(
    "role", "code", code=TEXT, name=TEXT, kind=TEXT, region=TEXT, permissions=TEXTS, grants=TEXTS, is_standard=FLAG,
    is_edited=FLAG, is_active=FLAG, remark=TEXT, version=NUMBER,
)  # fmt: skip
client = _table(
    "api_client", id=ID, name=TEXT, owner=TEXT, purpose=TEXT, region=TEXT, expires_on=DAY, permissions=TEXTS, scope=JSONB(),
    addresses=TEXTS, is_active=FLAG, version=NUMBER,
)  # fmt: skip
client_secret = _table("client_secret", id=ID, client_id=ID, digest=TEXT, valid_until=MOMENT)
sign_in_day = _table("sign_in_day", "enterprise_id day", enterprise_id=ID, day=DAY)
file = _table(
    "file", id=ID, region=TEXT, industry=TEXT, enterprise_id=ID, name=TEXT, content_type=TEXT, size=sa.BigInteger(),
    sha256=TEXT, uploaded_by=TEXT, created_at=MOMENT,
)  # fmt: skip
# Organisation units that were merged: whose people and accounts belong to which other unit now.
merged_unit = _table("merged_unit", id=ID, enterprise_id=ID, region=TEXT, into_id=ID, version=NUMBER)
enterprise_ref = reference.enterprise_ref(metadata)

mapping = registry(metadata=metadata)
mapping.map_imperatively(Account, account)
mapping.map_imperatively(Department, department)
mapping.map_imperatively(Role, role, properties={"id": role.c.code})
mapping.map_imperatively(Client, client)
