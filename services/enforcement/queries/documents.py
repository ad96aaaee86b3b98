"""Documents in scope, their papers, and what anybody may learn from a paper's code."""

import base64
import hashlib
from typing import Any

import sqlalchemy as sa

from services.enforcement import repository
from services.enforcement.contract import documents as contract
from services.enforcement.domain.document import NAMES, Document, Form, State
from services.enforcement.tables import document, document_file
from services.kernel import paging
from services.kernel.errors import NotFound
from services.kernel.service import handles
from services.kernel.work import Work

_OF = document.c
_LINE = [_OF[field.attribute or name] for name, field in contract.DocumentLine().fields.items() if name != "form_name"]


@handles(contract.LIST_DOCUMENTS)
def list_documents(work: Work, limit: int, cursor: str | None, q: str | None, **filters: Any) -> dict[str, Any]:
    given = {name: value for name, value in filters.items() if value is not None}
    ways = {
        "form": lambda value: _OF.form == value,
        "enterprise_id": lambda value: _OF.enterprise_id == value,
        "status": lambda value: _OF.state == value,
        "issued_from": lambda value: _OF.issued_on >= value,
        "issued_to": lambda value: _OF.issued_on <= value,
    }
    return _page(work, [ways[name](value) for name, value in given.items()], limit, cursor, q)


@handles(contract.LIST_INSPECTION_DOCUMENTS)
def list_inspection_documents(work: Work, inspection_id: str, limit: int, cursor: str | None) -> dict[str, Any]:
    repository.find_inspection(work, inspection_id, lock=False)
    return _page(work, [_OF.inspection_id == inspection_id], limit, cursor)


@handles(contract.SHOW_DOCUMENT)
def show_document(work: Work, document_id: str) -> Document:
    return repository.find_document(work, document_id, lock=False)


@handles(contract.PRINT_DOCUMENT)
def print_document(work: Work, document_id: str) -> dict[str, str]:
    """The paper byte for byte as it was issued."""
    found = repository.find_document(work, document_id, lock=False)
    query = sa.select(document_file.c.pdf).where(document_file.c.id == found.id, work.within(document_file))
    pdf = bytes(work.session.execute(query).scalar_one())
    if hashlib.sha256(pdf).hexdigest() != found.sha256:
        raise RuntimeError(f"the stored paper of document {found.id} is not the one that was issued")
    name = f"{found.form_name}{found.number}{'（已作废）' if found.state == State.VOIDED else ''}.pdf"
    return {"filename": name, "content_type": "application/pdf", "content_base64": base64.b64encode(pdf).decode()}


@handles(contract.VERIFY_DOCUMENT)
def verify_document(work: Work, token: str) -> dict[str, Any]:
    query = sa.text("SELECT * FROM app.public_document(:token)")
    found = work.session.execute(query, {"token": token}).mappings().one_or_none()
    if found is None:
        raise NotFound("document.not_found", "没有找到该文书，请核对验证码；查不到的文书不是由本平台签发的")
    return dict(found) | {"form_name": NAMES[Form(found["form"])][0]}


def _page(
    work: Work, conditions: list[sa.ColumnElement[bool]], limit: int, cursor: str | None, q: str | None = None
) -> dict[str, Any]:
    query = sa.select(*_LINE).where(work.within(document), repository.readable(work.caller), *conditions)
    if q:
        query = query.where(sa.or_(_OF.enterprise_name.icontains(q, autoescape=True), _OF.number == q))
    found = paging.page(work.session, query, [_OF.id], limit, cursor)
    for row in found["items"]:
        row["form_name"] = NAMES[Form(row["form"])][0]
    return found
