"""Workers: entered in the wizard of registration, kept up afterwards.  Their numbers are masked in every answer but one."""

from marshmallow import fields, validate

from services.enterprise.contract import permissions, vocabulary
from services.enterprise.contract.kinds import PHONE, Day, EnterpriseArgs, IdentityNumber
from services.kernel.contract import Operation
from services.language.fields import (
    OPTIONAL,
    identifier,
    list_of,
    number_of,
    optional_identifier,
    optional_one_of,
    optional_text,
    shown,
    text,
    version,
    word,
)
from services.language.schema import Empty, Schema, SearchArgs, page_of

MOST_CERTIFICATES = 20


class WorkerCertificate(Schema):
    """One certificate that somebody holds."""

    certificate_type = text("证书类型", 20, required=True)
    number = text("证书编号", 100, required=True)
    valid_to = Day(metadata={"label": "有效期至"}, **OPTIONAL)
    scan = optional_identifier("扫描件")


def _phone(value: str) -> None:
    """A telephone number, or an empty text, which takes away the one that is there."""
    if value:
        PHONE(value)


class WorkerFields(Schema):
    name = text("姓名", 50, required=True)
    sex = optional_one_of(vocabulary.SEXES, "性别")
    phone = fields.String(validate=_phone, metadata={"label": "联系电话"}, **OPTIONAL)
    post = text("岗位", 50, required=True)
    title = optional_text("职称", 50)
    certificates = list_of(fields.Nested(WorkerCertificate), "证书", MOST_CERTIFICATES, load_default=list)


class AddWorker(EnterpriseArgs, WorkerFields):
    """``id`` is the client's."""

    id = optional_identifier("人员编号")
    id_number = IdentityNumber(required=True, metadata={"label": "身份证号"})


class PersonnelListArgs(SearchArgs, EnterpriseArgs):
    """``q`` is part of a name, or a whole identity number."""

    q = fields.String(validate=validate.Length(max=100), metadata={"label": "姓名或完整身份证号", "is_personal": True}, **OPTIONAL)


class WorkerArgs(Schema):
    worker_id = identifier("人员编号", required=True)


class WorkerChangeArgs(WorkerArgs):
    version = version()


class EditWorker(WorkerChangeArgs, WorkerFields):
    """The whole record anew; without identity number or telephone those that are there stay."""

    id_number = IdentityNumber(metadata={"label": "身份证号"}, **OPTIONAL)


class WorkerState(Schema):
    id = identifier("人员编号")
    enterprise_id = identifier("企业编号")
    name = shown("姓名")
    id_number = shown("身份证号")
    sex = word(vocabulary.SEXES, "性别")
    phone = shown("联系电话", allow_none=True)
    post = shown("岗位")
    title = shown("职称", allow_none=True)
    certificates = fields.List(fields.Nested(WorkerCertificate), metadata={"label": "证书"})
    version = number_of("版本号")


class WorkerNumbers(Schema):
    """The numbers of one worker, whole; shown once to whoever asked, and kept in no answer."""

    once = ("whole_id_number", "whole_phone")
    id = identifier("人员编号")
    whole_id_number = shown("身份证号", allow_none=True)
    whole_phone = shown("联系电话", allow_none=True)


ADD_WORKER = Operation(
    "add_worker", "POST /enterprises/{enterprise_id}/personnel", permissions.KEEP_PERSONNEL, AddWorker, WorkerState, "登记人员",
    status=201,
)  # fmt: skip
EDIT_WORKER = Operation(
    "edit_worker", "PUT /personnel/{worker_id}", permissions.KEEP_PERSONNEL, EditWorker, WorkerState, "修改人员信息"
)
REMOVE_WORKER = Operation(
    "remove_worker", "DELETE /personnel/{worker_id}", permissions.KEEP_PERSONNEL, WorkerChangeArgs, Empty, "删除人员"
)
LIST_PERSONNEL = Operation(
    "list_personnel", "GET /enterprises/{enterprise_id}/personnel", permissions.READ, PersonnelListArgs, page_of(WorkerState),
    "人员列表", is_list=True,
)  # fmt: skip
SHOW_WORKER = Operation("show_worker", "GET /personnel/{worker_id}", permissions.READ, WorkerArgs, WorkerState, "人员信息")
# No GET, though it changes nothing: who saw whose number stands in the audit trail, which a reading transaction cannot write.
REVEAL_WORKER = Operation(
    "reveal_worker", "POST /personnel/{worker_id}/numbers", permissions.KEEP_PERSONNEL, WorkerArgs, WorkerNumbers,
    "查看人员完整号码",
)  # fmt: skip
OPERATIONS = [ADD_WORKER, EDIT_WORKER, REMOVE_WORKER, LIST_PERSONNEL, SHOW_WORKER, REVEAL_WORKER]
