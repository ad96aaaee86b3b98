"""What identity announces."""

from marshmallow import fields

from services.kernel.contract import EventType
from services.language.fields import Identifier
from services.language.schema import Schema


class SignInState(Schema):
    """An enterprise's people were here on a day: one announcement a day and enterprise."""

    id = Identifier()
    enterprise_id = Identifier()
    region = fields.String()
    industry = fields.String(allow_none=True)
    version = fields.Integer()  # The day's ordinal: newer days win.
    at = fields.AwareDateTime()


class DepartmentState(Schema):
    """A department (部门) of government, with the places and industries it answers for."""

    id = Identifier()
    enterprise_id = Identifier(allow_none=True)
    region = fields.String()
    industry = fields.String(allow_none=True)
    version = fields.Integer()
    name = fields.String()
    industries = fields.List(fields.String())
    level = fields.String()
    parent_id = Identifier(allow_none=True)
    is_active = fields.Boolean()


ACCOUNT_SIGNED_IN = EventType("gateway", "account.signed_in.v1", SignInState)
DEPARTMENT_CHANGED = EventType("gateway", "department.changed.v1", DepartmentState)
EVENTS = [ACCOUNT_SIGNED_IN, DEPARTMENT_CHANGED]
