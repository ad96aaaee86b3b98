"""Which criteria may be chosen for a major hazard."""

from typing import Any

import pytest

from services.hazard.domain.criteria import choosable, require_choosable
from services.kernel.errors import Invalid


def a_row(code: str, **values: Any) -> dict[str, str]:
    return {"code": code, "industry_group": "GONGMAO", "is_leaf": "1", "status": "current"} | values


ROWS = [
    a_row("A"), a_row("HEADING", is_leaf="0"), a_row("OLD", status="superseded"),
    a_row("COAL", industry_group="COAL", status="superseded"),
]  # fmt: skip


@pytest.mark.feature("HAZ-34")
def test_headings_and_renewed_texts_are_not_chosen_but_the_last_text_at_hand_is() -> None:
    assert choosable(ROWS) == {"A", "COAL"}


@pytest.mark.parametrize("code", ["HEADING", "OLD", "UNKNOWN"])
def test_anything_else_is_refused(code: str) -> None:
    with pytest.raises(Invalid):
        require_choosable(code, ROWS)
