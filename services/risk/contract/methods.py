"""How risks are assessed: the tables of the methods and what follows from a level, for whoever fills in an assessment."""

from marshmallow import fields

from services.kernel.contract import Operation
from services.language.fields import Number, list_of, number_of, one_of, shown
from services.language.schema import Schema
from services.risk.contract import permissions
from services.risk.contract.vocabulary import DIRECT_RULES, LEVELS, MEASURE_KINDS, METHODS, PERIODS, TIERS


class Choice(Schema):
    value = Number(metadata={"label": "分值"})
    meaning = shown("含义")


class MethodFactor(Schema):
    name = shown("参数")
    label = shown("参数名称")
    choices = fields.List(fields.Nested(Choice), metadata={"label": "可选分值"})


class MethodBand(Schema):
    """Values from ``lowest`` on, this one included, up to the next band's."""

    lowest = Number(metadata={"label": "最低风险值"})
    grade = shown("分级结论")
    level = one_of(LEVELS, "风险等级")


class AssessmentMethod(Schema):
    """The value is the product of the factors; the first band that it reaches tells the level."""

    code = one_of(METHODS, "评价方法")
    result = shown("风险值符号")
    factors = fields.List(fields.Nested(MethodFactor), metadata={"label": "评价参数"})
    bands = fields.List(fields.Nested(MethodBand), metadata={"label": "分级"})


class LeastFrequency(Schema):
    tier = one_of(TIERS, "管控层级")
    period = one_of(PERIODS, "检查周期")
    times = number_of("次数")


class LevelRule(Schema):
    level = one_of(LEVELS, "风险等级")
    control_tier = one_of(TIERS, "管控层级")
    least = fields.List(fields.Nested(LeastFrequency), metadata={"label": "最低检查频次"})
    # Of each group one kind is needed.
    needed = fields.List(
        list_of(one_of(MEASURE_KINDS, "措施类别"), "措施类别", 5), metadata={"label": "必须有的措施类别（每组至少一类）"}
    )


class DirectRule(Schema):
    code = one_of(DIRECT_RULES, "直接判定规则")
    text = shown("情形")


class AssessmentMethods(Schema):
    methods = fields.List(fields.Nested(AssessmentMethod), metadata={"label": "评价方法"})
    levels = fields.List(fields.Nested(LevelRule), metadata={"label": "等级与要求"})
    direct_rules = fields.List(fields.Nested(DirectRule), metadata={"label": "直接判定为重大风险的规则"})


SHOW_METHODS = Operation(
    "show_assessment_methods", "GET /risk-methods", permissions.POINTS_READ.code, Schema, AssessmentMethods, "风险评价方法与分级"
)
OPERATIONS = [SHOW_METHODS]
