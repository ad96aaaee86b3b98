"""Legal documents (执法文书): numbered, rendered as PDF, verified by anyone who holds the paper."""

from marshmallow import fields, validate

from services.enforcement.contract.permissions import DOCUMENTS_VOID, INSPECTIONS_READ, INSPECTIONS_WRITE
from services.enforcement.contract.vocabulary import DOCUMENT_STATUSES, FORMS
from services.kernel.caller import PUBLIC
from services.kernel.contract import Operation
from services.language.fields import (
    day,
    flag,
    identifier,
    number_of,
    optional_day,
    optional_identifier,
    optional_one_of,
    shown,
    text,
    version,
    word,
)
from services.language.schema import FileAnswer, PageArgs, Schema, SearchArgs, page_of


class DocumentLine(Schema):
    id = identifier("编号")
    inspection_id = identifier("检查")
    enterprise_id = identifier("企业")
    enterprise_name = shown("企业名称")
    region = shown("地区")
    industry = shown("行业代码")
    authority_name = shown("执法机关")
    form = word(FORMS, "文书种类")
    form_name = shown("文书名称")
    number = shown("文号")
    status = word(DOCUMENT_STATUSES, "状态", attribute="state")
    issued_on = day("签发日期")
    sha256 = shown("文件摘要")
    void_reason = shown("作废原因", allow_none=True)
    version = number_of("版本号")


class Document(DocumentLine):
    content = fields.Dict(metadata={"label": "文书内容"})


class ListDocuments(SearchArgs):
    form = optional_one_of(FORMS, "文书种类")
    enterprise_id = optional_identifier("企业")
    status = optional_one_of(DOCUMENT_STATUSES, "状态")
    issued_from = optional_day("签发日期起")
    issued_to = optional_day("签发日期止")


class DocumentsOfInspection(PageArgs):
    inspection_id = identifier("检查", required=True)


class ReissueDocument(Schema):
    inspection_id = identifier("检查", required=True)
    document_id = identifier("已作废的文书", required=True)
    id = optional_identifier("编号")


class OneDocument(Schema):
    document_id = identifier("文书", required=True)


class VoidDocument(Schema):
    document_id = identifier("文书", required=True)
    reason = text("作废原因", 200, 4, required=True)
    version = version()


class VerifyDocument(Schema):
    token = fields.String(required=True, validate=validate.Regexp(r"^[0-9A-Za-z]{10,40}\Z"), metadata={"label": "验证码"})


class Verification(Schema):
    """What anybody may learn from the code on the paper, and nothing else."""

    number = shown("文号")
    form_name = shown("文书名称")
    authority_name = shown("执法机关")
    enterprise_name = shown("当事人")
    issued_on = day("签发日期")
    sha256 = shown("文件摘要")
    is_valid = flag("是否有效")


READ = INSPECTIONS_READ.code
LIST_DOCUMENTS = Operation("list_documents", "GET /documents", READ, ListDocuments, page_of(DocumentLine), "文书列表", is_list=True)
LIST_INSPECTION_DOCUMENTS = Operation(
    "list_inspection_documents",
    "GET /inspections/{inspection_id}/documents",
    READ,
    DocumentsOfInspection,
    page_of(DocumentLine),
    "一次检查的文书",
    is_list=True,
)
REISSUE_DOCUMENT = Operation(
    "reissue_document",
    "POST /inspections/{inspection_id}/documents",
    INSPECTIONS_WRITE.code,
    ReissueDocument,
    Document,
    "作废后重新签发文书",
    status=201,
)
SHOW_DOCUMENT = Operation("show_document", "GET /documents/{document_id}", READ, OneDocument, Document, "文书内容")
PRINT_DOCUMENT = Operation("print_document", "GET /documents/{document_id}.pdf", READ, OneDocument, FileAnswer, "文书PDF")
VOID_DOCUMENT = Operation(
    "void_document", "POST /documents/{document_id}/voiding", DOCUMENTS_VOID.code, VoidDocument, Document, "作废文书"
)
VERIFY_DOCUMENT = Operation(
    "verify_document", "GET /documents/verification/{token}", PUBLIC, VerifyDocument, Verification, "验证文书真伪"
)
OPERATIONS = [
    LIST_DOCUMENTS,
    LIST_INSPECTION_DOCUMENTS,
    REISSUE_DOCUMENT,
    SHOW_DOCUMENT,
    PRINT_DOCUMENT,
    VOID_DOCUMENT,
    VERIFY_DOCUMENT,
]
