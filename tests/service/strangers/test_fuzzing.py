"""Whatever the description of the API allows or forbids is sent to the API itself, by four kinds of people: no fault, no answer
that the description does not know.

Runs last on its stage, since much of what it sends is carried out.
"""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from tests.amounts import many
from tests.service.strangers.cases import Case, insider, name_of
from tests.stage.world import OPERATIONS, Stage

CHECKS = [
    not_a_server_error, checks.status_code_conformance, checks.content_type_conformance, checks.response_schema_conformance,
    checks.response_headers_conformance,
]  # fmt: skip
PEOPLE = ("bureau", "enterprise.business", "client.county", "nobody")
ROUTED = [case for case in OPERATIONS if case[1].route]


@pytest.fixture(scope="module")
def described(stage: Stage) -> dict[str, Any]:
    """The operations as the gateway itself describes them."""
    found = schemathesis.openapi.from_wsgi("/api/openapi.json", stage.app).get_all_operations()
    return {operation.definition.raw["operationId"]: operation for operation in (result.ok() for result in found)}


@pytest.mark.feature("SEC-36")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("case", ROUTED, ids=name_of)
def test_no_request_finds_a_fault_or_an_undescribed_answer(stage: Stage, described: dict[str, Any], case: Case) -> None:
    operation = described[f"{case[0]}_{case[1].name}"]
    right = stage.here.sample(*case)

    @settings(
        max_examples=many(5, 1_000), derandomize=True, database=None, deadline=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.data())
    def attempt(data: st.DataObject) -> None:
        mode = data.draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
        sent = data.draw(operation.as_strategy(mode if _has_arguments(case) else GenerationMode.POSITIVE))
        if data.draw(st.booleans()):  # What is there is found; made-up ids never are.
            sent.path_parameters = {name: str(right.get(name, "missing")) for name in case[1].path_fields}
        token = _token(stage, case, data.draw(st.sampled_from(PEOPLE)))
        answer = sent.call(headers={"Authorization": f"Bearer {token}"} if token else {})
        sent.validate_response(answer, checks=CHECKS)

    attempt()


def _has_arguments(case: Case) -> bool:
    return any(not field.dump_only for field in case[1].args().fields.values())


def _token(stage: Stage, case: Case, who: str) -> str | None:
    if who == "nobody":
        return None
    return insider(stage, stage.here, case[1]) if who == "bureau" else stage.here.tokens[who]
