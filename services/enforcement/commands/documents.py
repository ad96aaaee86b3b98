"""Leaders void documents; officers issue a voided one anew, with a new number."""

from services.enforcement import issuing, repository
from services.enforcement.contract import documents as contract
from services.enforcement.domain.document import Document, Form
from services.enforcement.domain.wording import day
from services.kernel.service import handles
from services.kernel.work import Work, absent


@handles(contract.VOID_DOCUMENT)
def void_document(work: Work, document_id: str, reason: str, version: int | None = None) -> Document:
    """The number stays used, and whoever verifies the paper is told that it is void."""
    document = repository.find_document(work, document_id)
    repository.require_authority(work, document.authority_region, document.authority_sector)
    work.expect(document, version)
    document.void(reason, work.caller.name, work.now)
    repository.keep_quietly(work, document)
    return document


@handles(contract.REISSUE_DOCUMENT)
def reissue_document(work: Work, inspection_id: str, document_id: str, id: str | None = None) -> Document:
    """The same content on a new paper of today, in place of one that was voided."""
    of, own = repository.find_own_inspection(work, inspection_id, None)
    voided = repository.find_document(work, document_id)
    if voided.inspection_id != of.id:
        raise absent(Document, "文书")
    voided.require_voided()
    content = voided.content | {"issued_on": day(work.today)}
    made = issuing.issue(work, of, own, repository.seal(work, own), Form(voided.form), content, id, voided.id)
    repository.keep(work, of)
    return made
