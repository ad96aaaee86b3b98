"""Receivers read, register and answer what they received; publishers close it."""

from datetime import date
from typing import Any

from services.kernel.errors import Forbidden
from services.kernel.service import handles
from services.kernel.work import Work
from services.notice import answers, repository
from services.notice.contract import receipts as contract
from services.notice.domain.receipt import Receipt, Status


@handles(contract.READ_NOTICE)
def read_notice(work: Work, receipt_id: str, version: int | None = None) -> dict[str, Any]:
    """Sign for the notice; the first reader's name and moment stay, and later readers change nothing."""
    receipt = repository.find_received_receipt(work, receipt_id)
    if receipt.status == Status.UNREAD:
        work.expect(receipt, version)
        repository.keep_receipt(work, receipt, receipt.read(work.caller.name, work.now))
    return answers.receipt(receipt)


@handles(contract.REGISTER_RECEIPT)
def register_receipt(
    work: Work, receipt_id: str, handler: str, handling_opinion: str | None = None, handling_due_on: date | None = None,
    version: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    receipt = _own(work, receipt_id, version)
    fact = receipt.register(work.caller.name, handler, handling_opinion, handling_due_on, work.now)
    repository.keep_receipt(work, receipt, fact)
    return answers.receipt(receipt)


@handles(contract.REPLY_RECEIPT)
def reply_receipt(work: Work, receipt_id: str, reply: str, reply_files: list[str], version: int | None = None) -> dict[str, Any]:
    """Answer; after the deadline the answer is taken and marked late."""
    receipt = _own(work, receipt_id, version)
    fact = receipt.answer(work.caller.id, work.caller.name, reply, reply_files, work.now)
    repository.keep_receipt(work, receipt, fact)
    return answers.receipt(receipt)


@handles(contract.CLOSE_RECEIPT)
def close_receipt(work: Work, receipt_id: str, closing_opinion: str | None = None, version: int | None = None) -> dict[str, Any]:
    receipt, notice = repository.find_receipt(work, receipt_id)
    work.expect(receipt, version)
    if not notice.is_of(work.caller.id, work.caller.department_id):
        raise Forbidden("notice.not_yours", "只能办理本部门发布的通知")
    repository.keep_receipt(work, receipt, receipt.close(work.caller.id, work.caller.name, closing_opinion, work.now))
    return answers.receipt(receipt)


def _own(work: Work, receipt_id: str, version: int | None) -> Receipt:
    receipt = repository.find_received_receipt(work, receipt_id)
    work.expect(receipt, version)
    return receipt
