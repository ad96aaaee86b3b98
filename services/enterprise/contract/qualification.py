"""Qualification certificates: entered in the wizard of registration, kept up afterwards."""

from marshmallow import fields, validate

from services.enterprise.contract import permissions
from services.enterprise.contract.kinds import Day, EnterpriseArgs
from services.kernel.contract import Operation
from services.language.fields import OPTIONAL, day, files, identifier, number_of, optional_identifier, text, version
from services.language.schema import Empty, Schema, SearchArgs, page_of

MOST_DETAILS = 100


class QualificationLine(Schema):
    """One speciality of a certificate."""

    speciality = text("专业", 20, required=True)
    level = text("等级", 20, required=True)
    approved_on = Day(load_default=None, allow_none=True, metadata={"label": "批准日期"})
    approval_number = text("批准文号", 100, **OPTIONAL)


class QualificationFields(Schema):
    number = text("证书编号", 100, required=True)
    issuer = text("发证机关", 200, required=True)
    issued_on = day("发证日期", required=True)
    valid_to = day("有效期至", required=True)
    qualification_class = text("资质类别", 50, required=True)
    level = text("资质等级", 20, required=True)
    permitted_scope = text("承包范围", 1000, **OPTIONAL)
    scans = files("扫描件", 30, required=True)
    details = fields.List(
        fields.Nested(QualificationLine),
        load_default=list,
        validate=validate.Length(max=MOST_DETAILS),
        metadata={"label": "资质明细"},
    )


class AddQualification(EnterpriseArgs, QualificationFields):
    """``id`` is the client's."""

    id = optional_identifier("资质编号")


class QualificationListArgs(SearchArgs, EnterpriseArgs):
    pass


class QualificationArgs(Schema):
    qualification_id = identifier("资质编号", required=True)
    version = version()


class EditQualification(QualificationArgs, QualificationFields):
    """The whole certificate anew."""


class QualificationState(QualificationFields):
    id = identifier("资质编号")
    enterprise_id = identifier("企业编号")
    version = number_of("版本号")


ADD_QUALIFICATION = Operation(
    "add_qualification", "POST /enterprises/{enterprise_id}/qualifications", permissions.KEEP_QUALIFICATION, AddQualification,
    QualificationState, "录入企业资质", status=201,
)  # fmt: skip
EDIT_QUALIFICATION = Operation(
    "edit_qualification", "PUT /qualifications/{qualification_id}", permissions.KEEP_QUALIFICATION, EditQualification,
    QualificationState, "修改企业资质",
)  # fmt: skip
REMOVE_QUALIFICATION = Operation(
    "remove_qualification", "DELETE /qualifications/{qualification_id}", permissions.KEEP_QUALIFICATION, QualificationArgs, Empty,
    "删除企业资质",
)  # fmt: skip
LIST_QUALIFICATIONS = Operation(
    "list_qualifications", "GET /enterprises/{enterprise_id}/qualifications", permissions.READ, QualificationListArgs,
    page_of(QualificationState), "企业资质列表", is_list=True,
)  # fmt: skip
OPERATIONS = [ADD_QUALIFICATION, EDIT_QUALIFICATION, REMOVE_QUALIFICATION, LIST_QUALIFICATIONS]
