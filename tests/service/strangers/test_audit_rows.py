"""What was done on the stage is on record: one row for each command, written by the transaction that did it."""

from collections import defaultdict

import pytest
import sqlalchemy as sa

from services.kernel.caller import system
from tests.service.strangers.test_repeats import WITHOUT_KEYS
from tests.stage.world import Call, Stage

WATCHER = system("watcher")
# Audit rows of each request, and whether the transaction that wrote one also kept the answer under the request's key.
WRITTEN = """
SELECT asked.request_id, a.operation, a.result, a.actor, a.address, a.at IS NOT NULL AS has_moment,
    a.changes <> '{}' AS has_changes,
    EXISTS (SELECT FROM idempotency i WHERE i.caller = a.actor AND i.key = asked.key AND i.xmin = a.xmin) AS is_its_own
FROM unnest(CAST(:request_ids AS text[]), CAST(:keys AS text[])) AS asked(request_id, key)
JOIN audit a ON a.request_id = asked.request_id AND a.actor NOT LIKE 'system:%'
"""


@pytest.mark.feature("SEC-58")
def test_each_command_left_one_row_in_its_own_transaction(stage: Stage) -> None:
    calls = [call for side in (stage.here, stage.there) for call in side.calls if call.operation.is_command]
    commands = [call for call in calls if f"{call.service}.{call.operation.name}" not in WITHOUT_KEYS]

    rows = rows_of(stage, commands)
    wrong = {f"{c.service}.{c.operation.name}": found for c in commands if (found := rows[c.request_id]) and not is_one(found, c)}
    missing = {f"{c.service}.{c.operation.name}" for c in commands if not rows[c.request_id]}

    assert len(commands) > 100
    assert (wrong, missing) == ({}, set())


def rows_of(stage: Stage, calls: list[Call]) -> dict[str, list[sa.RowMapping]]:
    """What each service has on record of these calls, by their requests."""
    found: dict[str, list[sa.RowMapping]] = defaultdict(list)
    for service, (_, database) in stage.parts.items():
        asked = [call for call in calls if call.service == service]
        values = {"request_ids": [call.request_id for call in asked], "keys": [call.key for call in asked]}
        with database.work(WATCHER, "watch", read_only=True) as work:
            for row in work.session.execute(sa.text(WRITTEN), values).mappings():
                found[row["request_id"]].append(row)
    return found


def is_one(rows: list[sa.RowMapping], call: Call) -> bool:
    """Who, when, from where, what, before and after; and written by the transaction that did it."""
    if len(rows) != 1:
        return False
    row = rows[0]
    told = (row["operation"], row["result"], row["address"], row["has_moment"], row["has_changes"], row["is_its_own"])
    return told == (f"{call.service}.{call.operation.name}", "done", "127.0.0.1", True, True, True)
