"""Holds a table of moves in the code against the machine of the same id in ``docs/state_machines.json``."""

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[2] / "docs" / "state_machines.json"


@cache
def machines() -> dict[str, dict[str, Any]]:
    return {machine["id"]: machine for machine in json.loads(FILE.read_text("utf-8"))["machines"]}


def table(machine_id: str) -> dict[tuple[str, str], str]:
    """Every move of a machine: from a state, by an event, to a state.

    A row from no state makes the thing in a state of its own; that is a constructor in the code, and no move.
    """
    rows = machines()[machine_id]["transitions"]
    return {(state, row["event"]): row["to"] for row in rows for state in row["from"] if state}


def check(machine_id: str, moves: Mapping[tuple[StrEnum, StrEnum], StrEnum], states: Iterable[StrEnum]) -> None:
    """The code knows exactly the machine's states, and exactly its moves."""
    assert {str(s) for s in states} == {s["code"] for s in machines()[machine_id]["states"]}
    assert {(str(state), str(move)): str(to) for (state, move), to in moves.items()} == table(machine_id)
