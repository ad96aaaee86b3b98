"""Bodies are small, but where a contract takes a file inside JSON it may be as large as the contract says."""

import pytest

from services.kernel.contract import Operation
from services.language.sheets import LARGEST_FILE
from services.risk.contract.sheets import IMPORT_RISK_POINTS, PREVIEW_IMPORT
from tests.stage.world import OPERATIONS, Stage

IMPORTS = [PREVIEW_IMPORT, IMPORT_RISK_POINTS]
LONGEST = LARGEST_FILE * 4 // 3
ORDINARY = next(operation for _, operation in OPERATIONS if operation.name == "require_review")


@pytest.mark.parametrize(
    ("length", "status", "code"),
    [
        (LONGEST, 422, "import.not_xlsx"),
        (LONGEST + 4, 422, "args.invalid"),
        (LONGEST + 1024 * 1024, 413, "request.too_large"),
    ],
)
@pytest.mark.parametrize("operation", IMPORTS, ids=lambda operation: operation.name)
def test_a_file_inside_json_is_read_up_to_what_its_contract_allows(
    stage: Stage, operation: Operation, length: int, status: int, code: str
) -> None:
    token = stage.here.tokens["enterprise.business"]

    answer = stage.ask(token, operation, {"content_base64": "A" * length})

    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_no_other_body_is_longer_than_a_megabyte(stage: Stage) -> None:
    token = stage.here.tokens["enterprise.business"]

    answer = stage.ask(token, ORDINARY, {"trigger": "x" * 1024 * 1024})

    assert (answer.status_code, answer.json["code"]) == (413, "request.too_large")
