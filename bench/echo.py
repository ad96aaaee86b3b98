"""A service that says again what it is told, for measuring the way to it; ``echo_process`` runs it."""

import sys
from datetime import datetime
from types import ModuleType
from typing import Any

from marshmallow import fields

from services.kernel.caller import Caller
from services.kernel.contract import Operation, Permission, load, made
from services.kernel.service import Service, handles
from services.kernel.work import Database, Work
from services.language.schema import Schema

NAME = "echo"


class Said(Schema):
    text = fields.String()


PERMISSION = Permission("data.echo", "重复")
SAY = Operation("say", "GET /say", PERMISSION.code, Said, Said, "重复")
SAY_IN_TRANSACTION = Operation("say_in_transaction", "GET /said", PERMISSION.code, Said, Said, "在事务中重复")


@handles(SAY_IN_TRANSACTION)
def say_in_transaction(work: Work, text: str) -> dict[str, Any]:
    return {"text": text}


@handles(SAY)
def say(work: Work, text: str) -> dict[str, Any]:
    return {"text": text}


class Echo(Service):
    """Answers ``say`` without a database, so that nothing but the hop is measured."""

    def call(
        self, database: Database, name: str, raw: dict[str, Any], caller: Caller, key: str | None = None,
        deadline: datetime | None = None,
    ) -> Any:  # fmt: skip
        if name != SAY.name:
            return super().call(database, name, raw, caller, key, deadline)
        caller.require(SAY.permission)
        return made(SAY.answer).dump(load(made(SAY.args), raw))


def service() -> Echo:
    contract = ModuleType("echo_contract")
    contract.OPERATIONS, contract.EVENTS, contract.PERMISSIONS = [SAY, SAY_IN_TRANSACTION], [], [PERMISSION]  # type: ignore[attr-defined]
    return Echo(NAME, contract, [sys.modules[__name__]])
