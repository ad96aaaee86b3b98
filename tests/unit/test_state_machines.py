"""The file of state machines itself: whole, and without a move that leads to two states."""

import pytest

from tests.unit.state_machine import machines


@pytest.mark.parametrize("machine_id", sorted(machines()))
def test_moves_lead_from_known_states_to_one_known_state(machine_id: str) -> None:
    machine = machines()[machine_id]
    states = {state["code"] for state in machine["states"]}
    moves = [(state, row["event"]) for row in machine["transitions"] for state in row["from"]]

    assert len(moves) == len(set(moves))
    assert {state for state, _ in moves if state} | {row["to"] for row in machine["transitions"]} <= states
    assert {machine["initial"], *machine["terminal"]} <= states


@pytest.mark.parametrize("machine_id", sorted(machines()))
def test_every_state_is_reached_from_the_first(machine_id: str) -> None:
    machine = machines()[machine_id]
    reached: set[str] = {machine["initial"]}
    before: set[str] = set()
    while reached != before:
        before = set(reached)
        reached |= {row["to"] for row in machine["transitions"] if reached & set(row["from"])}

    assert reached == {state["code"] for state in machine["states"]}
