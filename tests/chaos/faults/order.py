"""R-06: several consumers of one inbox, killed now and then: no copy ever goes back to an older version.

A trigger on every copy writes down each change of version, whoever makes it: the trace that the services do not keep.
"""

import signal
import time
from contextlib import ExitStack
from random import Random

from tests.chaos.projections import COPIES
from tests.chaos.rig import Rig
from tests.chaos.trial import Result, Trial, at_work

SERVICES = ("stats", "hazard")
TRACE = """
CREATE TABLE IF NOT EXISTS trace (name text, id text, before bigint, after bigint);
GRANT INSERT ON trace TO PUBLIC;
CREATE OR REPLACE FUNCTION trace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO trace VALUES (TG_TABLE_NAME, to_jsonb(NEW)->>TG_ARGV[0], OLD.version, NEW.version);
    RETURN NEW;
END $$;
"""
LATE = (
    "SELECT count(*) FROM (SELECT sequence, max(sequence) OVER (PARTITION BY source, epoch, subject ORDER BY done_at"
    " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM inbox WHERE done_at IS NOT NULL) t WHERE before > sequence"
)


def watch(rig: Rig) -> None:
    """Put the trace on every copy."""
    for service in {copy.service for copy in COPIES}:
        rig.execute(service, TRACE)
    for service, table, key in {(copy.service, copy.table, copy.key) for copy in COPIES}:
        rig.execute(
            service,
            f"CREATE OR REPLACE TRIGGER trace AFTER UPDATE ON {table} FOR EACH ROW"
            f" WHEN (OLD.version <> NEW.version) EXECUTE FUNCTION trace('{key}')",
        )


def run(trial: Trial, seconds: float = 60, kills: int = 6, more: int = 3, seed: str = "R-06") -> Result:
    rig, chance, result = trial.rig, Random(seed), Result("R-06 order", "")
    watch(rig)
    before = {service: rig.rows(service, LATE)[0][0] for service in SERVICES}
    with ExitStack() as workers, at_work(trial, result, seed):
        for service in SERVICES:
            for number in range(more):
                workers.enter_context(rig.second_worker(service, number))
        for _ in range(kills):
            time.sleep(seconds / kills)
            rig.signal(f"{chance.choice(SERVICES)}-{chance.choice(('worker', 'serve'))}", signal.SIGKILL)
    changes = back = 0
    for service in sorted({copy.service for copy in COPIES}):
        all_of, regressions = rig.rows(service, "SELECT count(*), count(*) FILTER (WHERE after < before) FROM trace")[0]
        changes, back = changes + all_of, back + regressions
    late = sum(rig.rows(service, LATE)[0][0] - before[service] for service in SERVICES)
    result.hits = f"{more + 1} consumers of {' and '.join(SERVICES)}, {kills} kills, {changes} changes of copies traced"
    result.figures |= {"regressions applied": back, "events acted on after a later one (and passed over)": late}
    result.wrong += [f"{back} copies went back to an older version"] if back else []
    result.wrong += ["no change was traced"] if not changes else []
    return result
