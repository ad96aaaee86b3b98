"""How many rows a list has is counted up to a limit, and only when somebody asks on the first page."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from services.kernel import paging
from services.kernel.caller import system
from services.kernel.work import Database


@pytest.fixture
def page(meters: Database) -> Callable[..., dict[str, Any]]:
    """A page of so many rows."""

    def of(rows: int, limit: int = 20, cursor: str | None = None, is_counted: bool = True) -> dict[str, Any]:
        many = sa.func.generate_series(1, rows).table_valued(sa.column("n", sa.Integer)).render_derived()
        with meters.work(system("test"), "test", read_only=True) as work:
            work.session.info[paging.IS_COUNTED] = is_counted
            return paging.page(work.session, sa.select(many.c.n, (many.c.n * 2).label("double")), [many.c.n], limit, cursor, False)

    return of


@pytest.mark.parametrize(("rows", "total"), [(0, 0), (7, 7), (20, 20), (21, 21), (1000, 1000), (1001, 1001), (40_000, 1001)])
def test_rows_are_counted_up_to_a_limit(page: Callable[..., dict[str, Any]], rows: int, total: int) -> None:
    assert page(rows)["total"] == total


def test_nobody_counts_unasked_or_on_a_further_page(page: Callable[..., dict[str, Any]]) -> None:
    first = page(50)

    assert "total" not in page(50, is_counted=False)
    assert "total" not in page(50, cursor=first["next_cursor"])
