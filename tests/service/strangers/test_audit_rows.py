"""What was done on the stage is on record: one row for each command, written by the transaction that did it."""

import pytest
import sqlalchemy as sa

from services.kernel.caller import system
from tests.service.strangers.test_repeats import WITHOUT_KEYS
from tests.stage.world import Call, Stage

WATCHER = system("watcher")
# Audit rows of one request, and whether the transaction that wrote them also kept the answer under the request's key.
WRITTEN = """
SELECT a.operation, a.result, a.actor, a.address, a.at IS NOT NULL AS has_moment, a.changes <> '{}' AS has_changes,
    EXISTS (SELECT FROM idempotency i WHERE i.caller = a.actor AND i.key = :key AND i.xmin = a.xmin) AS is_its_own
FROM audit a WHERE a.request_id = :request_id AND a.actor NOT LIKE 'system:%'
"""


@pytest.mark.feature("SEC-58")
def test_each_command_left_one_row_in_its_own_transaction(stage: Stage) -> None:
    calls = [call for side in (stage.here, stage.there) for call in side.calls if call.operation.is_command]
    commands = [call for call in calls if f"{call.service}.{call.operation.name}" not in WITHOUT_KEYS]

    wrong = {f"{c.service}.{c.operation.name}": found for c in commands if (found := rows_of(stage, c)) and not is_one(found, c)}
    missing = {f"{c.service}.{c.operation.name}" for c in commands if not rows_of(stage, c)}

    assert len(commands) > 100
    assert (wrong, missing) == ({}, set())


def rows_of(stage: Stage, call: Call) -> list[sa.RowMapping]:
    with stage.parts[call.service][1].work(WATCHER, "watch", read_only=True) as work:
        return list(work.session.execute(sa.text(WRITTEN), {"request_id": call.request_id, "key": call.key}).mappings())


def is_one(rows: list[sa.RowMapping], call: Call) -> bool:
    """Who, when, from where, what, before and after; and written by the transaction that did it."""
    if len(rows) != 1:
        return False
    row = rows[0]
    told = (row["operation"], row["result"], row["address"], row["has_moment"], row["has_changes"], row["is_its_own"])
    return told == (f"{call.service}.{call.operation.name}", "done", "127.0.0.1", True, True, True)
