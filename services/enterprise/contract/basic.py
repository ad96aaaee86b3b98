"""The basic information of an enterprise as data: one row a field, from which checking, forms and answers follow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from marshmallow import fields, validate

from services.enterprise.contract import kinds, vocabulary
from services.language.fields import files, flag, list_of, money, one_of, region, text, whole
from services.language.schema import Schema


@dataclass(frozen=True)
class BasicField:
    """One field: ``is_key`` ones change under review, ``is_personal`` ones are masked, ``catalogue`` holds its codes."""

    code: str
    label: str
    kind: str = "text"
    is_required: bool = False
    is_key: bool = False
    is_personal: bool = False
    longest: int = 200
    options: Mapping[str, str] = field(default_factory=dict)
    catalogue: str | None = None

    def build(self) -> fields.Field[Any]:
        """The marshmallow field that checks and writes it."""
        return _BUILDERS[self.kind](self, {"allow_none": not self.is_required})


def _text(check: Any, field: BasicField, options: dict[str, Any]) -> fields.String:
    return fields.String(validate=check, metadata={"label": field.label}, **options)


def _degrees(lowest: int, highest: int, field: BasicField, options: dict[str, Any]) -> fields.Float:
    return fields.Float(validate=validate.Range(lowest, highest), metadata={"label": field.label}, **options)


_GBT4754 = validate.Regexp(r"^\d{2,4}\Z", error="应为2至4位行业代码")
_BUILDERS: dict[str, Callable[[BasicField, dict[str, Any]], fields.Field[Any]]] = {
    "text": lambda f, options: text(f.label, f.longest, **options),
    "credit_code": partial(_text, kinds.credit_code),
    "region": lambda f, options: region(f.label, **options),
    "code": lambda f, options: text(f.label, 20, **options),
    "gbt4754": partial(_text, _GBT4754),
    "choice": lambda f, options: one_of(f.options, f.label, **options),
    "phone": partial(_text, kinds.PHONE),
    "count": lambda f, options: whole(f.label, 0, 10_000_000, **options),
    "money": lambda f, options: money(f.label, **options),
    "longitude": partial(_degrees, 70, 140),
    "latitude": partial(_degrees, 0, 60),
    "day": lambda f, options: kinds.Day(metadata={"label": f.label}, **options),
    "flag": lambda f, options: flag(f.label, **options),
    "codes": lambda f, options: list_of(text("代码", 20), f.label, 10, **options),
    "files": lambda f, options: files(f.label, 30, **options),
}


def _must(code: str, label: str, kind: str = "text", **more: Any) -> BasicField:
    return BasicField(code, label, kind, is_required=True, **more)


BASIC_FIELDS = [
    _must("name", "企业名称", is_key=True, longest=120),
    _must("unified_credit_code", "统一社会信用代码", "credit_code", is_key=True),
    _must("enterprise_type", "企业类型", "code", catalogue="enterprise_types"),
    BasicField("secondary_types", "兼营类型", "codes", catalogue="enterprise_types"),
    _must("registered_region", "注册地区", "region", catalogue="regions"),
    _must("registered_address", "注册地址", is_key=True),
    _must("region", "生产经营所在地区", "region", is_key=True, catalogue="regions"),
    _must("operating_address", "生产经营地址", is_key=True),
    BasicField("longitude", "经度", "longitude"),
    BasicField("latitude", "纬度", "latitude"),
    _must("industry", "行业类别", "code", is_key=True, catalogue="industries"),
    _must("gbt4754_code", "国民经济行业分类", "gbt4754", catalogue="gbt4754_divisions"),
    BasicField("economic_type", "经济类型", longest=60),
    _must("scale", "企业规模", "choice", options=vocabulary.SCALES),
    _must("employees", "从业人员数", "count"),
    BasicField("founded_on", "成立日期", "day"),
    _must("business_state", "经营状态", "choice", options=vocabulary.BUSINESS_STATES),
    _must("legal_representative", "法定代表人", is_key=True, longest=50),
    BasicField("legal_representative_phone", "法定代表人电话", "phone", is_personal=True),
    _must("principal", "主要负责人", longest=50),
    _must("principal_phone", "主要负责人电话", "phone", is_personal=True),
    BasicField("safety_director", "分管安全负责人", longest=50),
    _must("safety_contact", "安全联系人", longest=50),
    _must("safety_contact_phone", "安全联系人电话", "phone", is_personal=True),
    _must("has_safety_organisation", "是否设置安全管理机构", "flag"),
    BasicField("full_time_safety_staff", "专职安全管理人员数", "count"),
    BasicField("part_time_safety_staff", "兼职安全管理人员数", "count"),
    BasicField("registered_safety_engineers", "注册安全工程师人数", "count"),
    BasicField("special_operators", "特种作业人员数", "count"),
    BasicField("main_business", "主营业务", longest=500),
    BasicField("main_products", "主要产品", longest=500),
    BasicField("raw_materials", "主要原辅材料", longest=500),
    BasicField("annual_output", "年产量", longest=200),
    BasicField("fixed_assets", "固定资产（万元）", "money"),
    BasicField("last_year_sales", "上年销售收入（万元）", "money"),
    BasicField("superior_enterprise", "上级企业", longest=120),
    BasicField("subordinate_enterprises", "下属企业名单", longest=2000),
    BasicField("standardisation_level", "安全生产标准化等级", "choice", options=vocabulary.STANDARDISATION_LEVELS),
    BasicField("major_hazard_installation_level", "重大危险源等级", "choice", options=vocabulary.INSTALLATION_LEVELS),
    BasicField("has_confined_space", "是否有有限空间作业", "flag"),
    BasicField("has_combustible_dust", "是否涉及可燃性粉尘", "flag"),
    BasicField("has_ammonia_refrigeration", "是否涉氨制冷", "flag"),
    BasicField("has_liability_insurance", "是否投保安全生产责任保险", "flag"),
    BasicField("photos", "照片", "files"),
    BasicField("remark", "备注", longest=1000),
]
BY_CODE = {field.code: field for field in BASIC_FIELDS}
REQUIRED = {field.code: field.label for field in BASIC_FIELDS if field.is_required}
KEY_FIELDS = frozenset(field.code for field in BASIC_FIELDS if field.is_key)
PERSONAL = frozenset(field.code for field in BASIC_FIELDS if field.is_personal) | {"registrant_mobile"}


def schema(class_name: str, wanted: list[BasicField], more: Mapping[str, fields.Field[Any]] | None = None) -> type[Schema]:
    """A schema of these fields, none of them demanded: a draft may lack anything until it is submitted."""
    return type(class_name, (Schema,), {field.code: field.build() for field in wanted} | dict(more or {}))


BasicInformation = schema("BasicInformation", BASIC_FIELDS)
KeyInformation = schema("KeyInformation", [f for f in BASIC_FIELDS if f.is_key])
