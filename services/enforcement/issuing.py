"""Issues documents: number, code, paper and its digest, in the transaction of what they tell."""

import hashlib
from typing import Any

import sqlalchemy as sa

from services.enforcement import printing, repository
from services.enforcement.domain.authority import Authority, Seal
from services.enforcement.domain.document import Document, Form, Number
from services.enforcement.domain.inspection import Inspection
from services.enforcement.tables import document_file
from services.kernel import ids
from services.kernel.work import Work


def issue(
    work: Work,
    of: Inspection,
    authority: Authority,
    seal: Seal,
    form: Form,
    content: dict[str, Any],
    document_id: str | None = None,
    replaces_id: str | None = None,
) -> Document:
    """The document with the next number of its authority, form and year; it is of the inspection from now on."""
    number = Number(authority, seal, form, work.today.year)
    text = number.text(work.next_number(number.series))
    made = Document(
        id=document_id or ids.new_id(), inspection_id=of.id, enterprise_id=of.enterprise_id, region=of.region,
        industry=of.industry, enterprise_name=of.enterprise_name, authority_region=authority.region,
        authority_sector=authority.sector, authority_name=seal.name, form=form, number=text, issued_on=work.today,
        token=ids.token(), content=content, replaces_id=replaces_id,
    )  # fmt: skip
    pdf = printing.render(content, text, made.token, work.today)
    made.sha256 = hashlib.sha256(pdf).hexdigest()
    repository.keep_quietly(work, made)
    place = {"id": made.id, "enterprise_id": made.enterprise_id, "region": made.region, "industry": made.industry}
    work.session.execute(sa.insert(document_file), place | {"pdf": pdf})
    of.add_document(made.id)
    return made
