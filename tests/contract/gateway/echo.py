"""A service of one test: repeats, refuses, fails and dawdles as it is told.  ``python -m tests.contract.gateway.echo <name>``."""

import eventlet

eventlet.monkey_patch()

import sys  # noqa: E402
from types import ModuleType  # noqa: E402
from typing import Any  # noqa: E402

import sqlalchemy as sa  # noqa: E402
from marshmallow import fields  # noqa: E402

from services.kernel import ids, telemetry  # noqa: E402
from services.kernel.contract import Operation, Permission  # noqa: E402
from services.kernel.errors import REFUSALS  # noqa: E402
from services.kernel.service import Service, handles  # noqa: E402
from services.kernel.work import Work  # noqa: E402
from services.language.schema import Schema  # noqa: E402


class Say(Schema):
    text = fields.String(load_default="")
    refuse = fields.String(load_default=None)
    fail = fields.Boolean(load_default=False)
    state = fields.String(load_default=None)  # An SQLSTATE with which the database answers.
    seconds = fields.Float(load_default=0)


class Said(Schema):
    made = fields.String()  # Another one each time it is really said.
    text = fields.String()
    caller = fields.String()
    request_id = fields.String()


PERMISSION = Permission("data.echo", "重复")
SAY = Operation("say", "POST /say", PERMISSION.code, Say, Said, "重复")


@handles(SAY)
def say(work: Work, text: str, refuse: str | None, fail: bool, state: str | None, seconds: float) -> dict[str, Any]:
    eventlet.sleep(seconds)
    if refuse:
        raise REFUSALS[refuse]("echo.refused", "按要求拒绝", why="测试")
    if state:
        work.session.execute(sa.text(f"DO $$ BEGIN RAISE EXCEPTION 'as told' USING ERRCODE = '{state}'; END $$"))
    if fail:
        raise RuntimeError("password=secret")
    return {"made": ids.new_id(), "text": text, "caller": work.caller.name, "request_id": work.caller.request_id}


def echo_service(name: str) -> Service:
    contract = ModuleType("echo_contract")
    contract.OPERATIONS, contract.EVENTS, contract.PERMISSIONS = [SAY], [], [PERMISSION]  # type: ignore[attr-defined]
    return Service(name, contract, [sys.modules[__name__]])


def main(name: str) -> None:
    from services.runtime.rpc import nameko_class
    from services.runtime.serve import hosting, verifier
    from services.runtime.settings import settings

    config = settings()
    telemetry.configure(config.log_level)
    runner = hosting(config.amqp_url, 5, nameko_class(echo_service(name), config.database("gateway"), verifier(config)))
    runner.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    runner.wait()


if __name__ == "__main__":
    main(sys.argv[1])
