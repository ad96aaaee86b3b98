"""What a request asks for, as the operation's schema is given it."""

import pytest
from flask import Flask

from gateway.api.reading import arguments
from services.stats.contract.reports import LIST_MONTHLY_FIGURES


@pytest.mark.parametrize(
    ("written", "given"),
    [("2026", 2026), ("-1", -1), ("20x6", "20x6"), ("2026.5", "2026.5"), ("٢٠٢٦", "٢٠٢٦"), ("9" * 11, "9" * 11)],
)
def test_a_whole_number_of_an_address_arrives_as_a_number_and_nothing_else_does(written: str, given: object) -> None:
    with Flask(__name__).test_request_context("/", query_string={"year": written, "region": "520500"}):
        assert arguments(LIST_MONTHLY_FIGURES, {}) == {"year": given, "region": "520500"}
