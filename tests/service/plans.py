"""Plans of a database for a table that holds many rows, which are taken back afterwards."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from services.kernel.caller import EVERYTHING, Scope


@contextmanager
def of_a_full(engine: sa.Engine, table: str, fill: str) -> Iterator[Callable[[Scope, str], str]]:
    """``plan(scope, "EXPLAIN …")`` inside: the answer as the database gives it to somebody of that scope."""
    with engine.connect() as connection:

        def see(scope: Scope) -> None:
            for name, value in scope.settings().items():
                connection.execute(sa.text("SELECT set_config(:name, :value, true)"), {"name": f"app.{name}", "value": value})

        def plan(scope: Scope, question: str) -> str:
            see(scope)
            return "\n".join(row[0] for row in connection.execute(sa.text(question)))

        see(EVERYTHING)
        connection.execute(sa.text(fill))
        connection.execute(sa.text(f"ANALYZE {table}"))
        yield plan
        connection.rollback()


@contextmanager
def overheard(engine: sa.Engine) -> Iterator[list[str]]:
    """What is asked of the database inside, with its values."""
    asked: list[str] = []

    def note(_: Any, cursor: Any, statement: str, parameters: Any, *more: Any) -> None:
        asked.append(cursor.mogrify(statement, parameters).decode())

    sa.event.listen(engine, "before_cursor_execute", note)
    yield asked
    sa.event.remove(engine, "before_cursor_execute", note)
