"""Every filter of every query, as the code has it: each can be taken out while the platform runs.

A filter is a place where ``within`` is called, or a function that makes of a caller or his work the condition under which
he sees something.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import sqlalchemy as sa

from services.kernel import work
from tests.guards.tree import ROOT, parsed, python

_METHOD, _WITHIN = work.Work.within.__code__, work.within


@dataclass(frozen=True, order=True)
class Filter:
    """A call of ``within`` by its file and line, or a function by its file and name."""

    file: str
    place: str

    def __str__(self) -> str:
        return f"{self.file}:{self.place}"


def filters() -> dict[Filter, str]:
    """All there are, and the function each stands in; that ``Work.within`` passes its word on is none."""
    found = {}
    for file in [*python("services"), *python("gateway")]:
        name = str(file.relative_to(ROOT))
        for function in (node for node in ast.walk(parsed(file)) if isinstance(node, ast.FunctionDef)):
            place = f"{name}:{function.name}"
            if _makes_a_condition(function) and function.name != "within":
                found[Filter(name, function.name)] = place
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and _called(node.func) == "within":
                    found[Filter(name, str(node.lineno))] = place
    found.pop(Filter("services/kernel/work.py", str(_METHOD.co_firstlineno + 1)))
    return found


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _makes_a_condition(node: ast.FunctionDef) -> bool:
    first = node.args.args[0].arg if node.args.args else ""
    return first in ("work", "caller") and node.returns is not None and ast.unparse(node.returns) == "sa.ColumnElement[bool]"


@contextmanager
def without(gone: set[Filter], reached: Callable[[Filter], None] = lambda found: None) -> Iterator[None]:
    """While these filters let everything through; ``reached`` hears of every filter that is come to."""
    for module, name, value in _bound():
        setattr(module, name, _replaced(value, gone, reached))
    try:
        yield
    finally:
        for module, name, value in _bound():
            setattr(module, name, value)


@cache
def _bound() -> list[tuple[ModuleType, str, Any]]:
    """Every name in every module of the platform by which a filter is called."""
    modules = [module for name, module in list(sys.modules.items()) if name.startswith(("services.", "gateway."))]
    return [
        (m, name, value) for m in modules for name, value in vars(m).items() if value is _WITHIN or _filter_of(value) in FILTERS
    ]


def _filter_of(value: Any) -> Filter | None:
    code = value.__code__ if isinstance(value, FunctionType) else None
    if code is None or not code.co_filename.startswith(str(ROOT)):
        return None
    return Filter(code.co_filename.removeprefix(f"{ROOT}/"), code.co_name)


def _replaced(value: Any, gone: set[Filter], reached: Callable[[Filter], None]) -> Any:
    if value is _WITHIN:
        return _lets_through(gone, reached)
    found = _filter_of(value)
    assert found is not None
    return _open(value, found, gone, reached)


def _lets_through(gone: set[Filter], reached: Callable[[Filter], None]) -> Any:
    def within(caller: Any, table: Any, by_place: bool = False) -> sa.ColumnElement[bool]:
        frame: Any = sys._getframe(1)
        frame = frame.f_back if frame.f_code is _METHOD else frame
        found = Filter(str(Path(frame.f_code.co_filename).relative_to(ROOT)), str(frame.f_lineno))
        reached(found)
        return sa.true() if found in gone else _WITHIN(caller, table, by_place)

    return within


def _open(value: Any, found: Filter, gone: set[Filter], reached: Callable[[Filter], None]) -> Any:
    def condition(*args: Any, **kwargs: Any) -> sa.ColumnElement[bool]:
        reached(found)
        made: sa.ColumnElement[bool] = value(*args, **kwargs)
        return sa.true() if found in gone else made

    return condition


FILTERS = filters()
