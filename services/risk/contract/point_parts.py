"""What a risk point is made of: factors with their measures, the assessment, the control plan."""

from marshmallow import fields, validate

from services.language.fields import (
    OPTIONAL,
    Number,
    day,
    flag,
    identifier,
    list_of,
    moment,
    number_of,
    one_of,
    optional_identifier,
    optional_one_of,
    optional_text,
    shown,
    text,
    whole,
)
from services.language.schema import Owned, Schema
from services.risk.contract.vocabulary import (
    ACCIDENT_STANDARDS,
    DIRECT_RULES,
    LEVELS,
    MEASURE_KINDS,
    METHODS,
    OBJECT_TYPES,
    POINT_SOURCES,
    POINT_STATUSES,
    REVIEW_TRIGGERS,
    TIERS,
)

PHONE = validate.Regexp(r"^(1\d{10}|0\d{2,3}-?\d{7,8}(-\d{1,5})?)?\Z", error="应为手机号或带区号的座机号")


class Measure(Schema):
    kind = one_of(MEASURE_KINDS, "措施类别", required=True)
    text = text("措施", 500, 2, required=True)


class Factor(Schema):
    """One hazard factor (GB/T 13861) with the measures against it."""

    code = text("危害因素代码", 8, required=True)
    description = text("危害因素描述", 300, required=True)
    measures = list_of(fields.Nested(Measure), "控制措施", 40, load_default=list)


class CheckItem(Schema):
    item = text("检查内容", 300, 2, required=True)
    standard = optional_text("检查标准", 500)


class Assess(Schema):
    """``parameters``: LEC takes L, E, C; LS takes L and S, or law, people, loss (万元), stoppage, image in place of S;
    MES takes M, E and S, or people, disease, property (万元), environment in place of S.  The server computes; a
    ``value`` or ``level`` sent along has to be the same."""

    method = one_of(METHODS, "评价方法", required=True)
    parameters = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 12)),
        values=Number(allow_nan=False),
        required=True,
        validate=validate.Length(1, 8, error="评价参数应有{min}至{max}个"),
        metadata={"label": "评价参数"},
    )
    direct_rule = optional_one_of(DIRECT_RULES, "直接判定规则")
    reason = optional_text("评价说明", 500)
    value = Number(load_default=None, allow_none=True, metadata={"label": "风险值"})
    level = optional_one_of(LEVELS, "风险等级")


class Assessment(Schema):
    number = number_of("评价序号")
    method = one_of(METHODS, "评价方法")
    parameters = fields.Dict(keys=fields.String(), values=Number(), metadata={"label": "评价参数"})
    value = Number(metadata={"label": "风险值"})
    grade = shown("分级结论")
    level = one_of(LEVELS, "风险等级")
    control_tier = one_of(TIERS, "管控层级")
    direct_rule = one_of(DIRECT_RULES, "直接判定规则", allow_none=True)
    reason = shown("评价说明", allow_none=True)
    assessed_by = shown("评价人账号")
    assessed_by_name = shown("评价人")
    assessed_at = moment("评价时间")


class ControlPlan(Schema):
    """What a red or orange point needs before its list is filed (管控方案)."""

    goal = text("管控目标", 500, 2, required=True)
    measures = text("管控措施", 2000, 2, required=True)
    funds = text("资金保障", 300, required=True)
    person = text("责任人", 50, required=True)
    emergency = text("应急处置", 1000, 2, required=True)
    review_on = day("复核日期", required=True)


class RiskPointRow(Owned):
    number = shown("风险点编号")
    name = shown("名称")
    object_type = one_of(OBJECT_TYPES, "对象类型")
    unit_id = identifier("所属单元编号")
    unit_name = shown("所属单元", allow_none=True)
    enterprise_name = shown("企业名称", allow_none=True)
    category_id = identifier("分类编号", allow_none=True)
    place = shown("位置")
    status = one_of(POINT_STATUSES, "状态")
    level = one_of(LEVELS, "风险等级", allow_none=True)
    control_tier = one_of(TIERS, "管控层级", allow_none=True)
    method = one_of(METHODS, "评价方法", allow_none=True)
    value = Number(allow_none=True, metadata={"label": "风险值"})
    responsible_person = shown("责任人", allow_none=True)
    source = one_of(POINT_SOURCES, "来源")
    is_filed = flag("是否在已报备清单")
    is_version_waiting = flag("是否有待发布的重新评价")
    is_card_outdated = flag("告知卡是否需重打")
    review_due_on = day("评审期限", allow_none=True)
    longitude = Number(allow_none=True, metadata={"label": "经度"})
    latitude = Number(allow_none=True, metadata={"label": "纬度"})


class RiskPointLine(RiskPointRow):
    """A point in the library, with how much there is of it."""

    factor_count = number_of("危害因素数")
    measure_count = number_of("控制措施数")
    list_count = number_of("所在已报备清单数")
    assessed_at = moment("评价时间", allow_none=True)


class RiskPoint(RiskPointRow):
    factors = fields.List(fields.Nested(Factor), metadata={"label": "危害因素"})
    accident_standard = one_of(ACCIDENT_STANDARDS, "事故分类标准")
    accident_types = fields.List(fields.String(), metadata={"label": "可能导致的事故类型"})
    check_items = fields.List(fields.Nested(CheckItem), metadata={"label": "检查内容"})
    is_infrequent = flag("作业频次为每周一次或更少")
    is_proof_demanded = flag("检查须扫码或定位")
    responsible_phone = shown("责任人电话", allow_none=True)
    photo_ids = fields.List(identifier("照片"), metadata={"label": "照片"})
    token = shown("二维码令牌", allow_none=True)
    source_code = shown("来源代码", allow_none=True)
    copied_at = moment("引用时间", allow_none=True)
    assessment = fields.Nested(Assessment, allow_none=True, metadata={"label": "现行评价"})
    waiting = fields.Nested(Assessment, allow_none=True, metadata={"label": "待发布的重新评价"})
    control_plan = fields.Nested(ControlPlan, allow_none=True, metadata={"label": "管控方案"})
    review_trigger = one_of(REVIEW_TRIGGERS, "评审原因", allow_none=True)
    missing = fields.List(fields.String(), metadata={"label": "发布前还缺什么"})
    allowed = fields.List(fields.String(), metadata={"label": "现在可以做"})


class PointFields(Schema):
    """What the author writes; the state moves on by its own commands."""

    name = text("名称", 100, required=True)
    object_type = one_of(OBJECT_TYPES, "对象类型", required=True)
    unit_id = identifier("所属单元", required=True)
    place = text("位置", 200, required=True)
    category_id = optional_identifier("分类")
    factors = list_of(fields.Nested(Factor), "危害因素", 60, load_default=list)
    accident_standard = one_of(ACCIDENT_STANDARDS, "事故分类标准", load_default="2025")
    accident_types = list_of(text("事故类型", 8), "可能导致的事故类型", 27, load_default=list)
    check_items = list_of(fields.Nested(CheckItem), "检查内容", 100, load_default=list)
    is_infrequent = flag("作业频次为每周一次或更少", load_default=False)
    is_proof_demanded = flag("检查须扫码或定位", load_default=False)
    responsible_person = optional_text("责任人", 50)
    responsible_phone = fields.String(validate=PHONE, metadata={"label": "责任人电话"}, **OPTIONAL)
    photo_ids = list_of(identifier("照片"), "照片", 10, load_default=list)
    longitude = Number(load_default=None, allow_none=True, validate=validate.Range(-180, 180), metadata={"label": "经度"})
    latitude = Number(load_default=None, allow_none=True, validate=validate.Range(-90, 90), metadata={"label": "纬度"})


class RiskCard(Schema):
    """The post notice card (岗位风险告知卡): allow-listed, for print and for whoever scans the code."""

    number = shown("风险点编号")
    name = shown("名称")
    place = shown("位置")
    enterprise_name = shown("企业名称", allow_none=True)
    unit_name = shown("所属单元", allow_none=True)
    level = one_of(LEVELS, "风险等级", allow_none=True)
    colour = shown("颜色", allow_none=True)
    control_tier = one_of(TIERS, "管控层级", allow_none=True)
    factors = fields.List(fields.String(), metadata={"label": "危害因素"})
    accidents = fields.List(fields.String(), metadata={"label": "事故类型"})
    measures = fields.List(fields.Nested(Measure), metadata={"label": "控制措施"})
    emergency = fields.List(fields.String(), metadata={"label": "应急处置"})
    responsible_person = shown("责任人", allow_none=True)
    responsible_phone = shown("责任人电话", allow_none=True)
    token = shown("二维码令牌", allow_none=True)
    assessment_number = number_of("评价序号", allow_none=True)


class LevelCount(Schema):
    key = shown("分组", allow_none=True)
    name = shown("名称", allow_none=True)
    red = whole("重大风险", 0, 10**9)
    orange = whole("较大风险", 0, 10**9)
    yellow = whole("一般风险", 0, 10**9)
    blue = whole("低风险", 0, 10**9)
    unrated = whole("未评价", 0, 10**9)
