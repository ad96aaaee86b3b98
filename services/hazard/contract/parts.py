"""Fields and schemas that several parts of this contract use."""

from services.kernel.contract import Operation
from services.language.fields import identifier, text, version
from services.language.schema import Schema


class OneHazard(Schema):
    hazard_id = identifier("隐患编号", required=True)


class ChangeHazard(OneHazard):
    version = version()


class ReasonedChange(ChangeHazard):
    reason = text("原因", 500, 2, required=True)


def command(name: str, way: str, permission: str, args: type[Schema], answer: type[Schema], summary: str) -> Operation:
    """A change of one hazard."""
    return Operation(name, f"POST /hazards/{{hazard_id}}/{way}", permission, args, answer, summary)
