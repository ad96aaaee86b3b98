"""Whatever can stand in an audit trail as an operation has a name that people understand."""

import ast
import re
from importlib import import_module

from gateway.api.audit import name_of
from services.kernel.service import named
from tests.guards.tree import PACKAGES, name, parsed, python

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_operation_is_named() -> None:
    codes = [f"{service}.{operation}" for service in PACKAGES for operation in named(service).operations]
    edge = [f"gateway.{operation.name}" for operation in import_module("gateway.contract").EDGE_OPERATIONS]

    assert nameless([*codes, *edge]) == []


def test_what_is_done_on_others_announcements_is_named_after_their_subject() -> None:
    """By the name that the inbox gives it."""
    heard = {f"{s}.on_{e.type.rpartition('.v')[0].replace('.', '_')}" for s in PACKAGES for e in named(s).listens_to}

    assert heard and nameless(sorted(heard)) == []
    assert name_of("hazard.on_check_item_failed") == "随排查项变动更新"


def test_every_transaction_that_code_begins_by_itself_is_named() -> None:
    begun = {
        f"{name(file)}: {node.args[1].value}": node.args[1].value
        for file in python("services", "gateway")
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "work"
        if len(node.args) > 1 and isinstance(node.args[1], ast.Constant) and isinstance(node.args[1].value, str)
        if not any(keyword.arg == "read_only" for keyword in node.keywords)
    }

    assert begun and {place for place, code in begun.items() if nameless([code])} == set()


def test_what_nobody_knows_any_more_keeps_its_code() -> None:
    assert name_of("hazard.done_long_ago") == "hazard.done_long_ago"


def nameless(codes: list[str]) -> list[str]:
    return [code for code in codes if not CHINESE.search(name_of(code))]
