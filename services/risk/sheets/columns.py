"""The columns of the sheet of points."""

from dataclasses import dataclass

from services.risk.contract.vocabulary import DIRECT_RULES, MEASURE_KINDS, METHODS, OBJECT_TYPES
from services.sheets import columns
from services.sheets.columns import Kind


@dataclass(frozen=True)
class Column(columns.Column):
    """``is_of_point``: told once a point."""

    is_of_point: bool = True


COLUMNS = [
    Column("所属单元", "unit", is_required=True),
    Column("风险点名称", "name", is_required=True, example="示例：冲压机"),
    Column("分类", "category"),
    Column("对象类型", "object_type", is_required=True, words=tuple(OBJECT_TYPES.values()), example="设备设施"),
    Column("位置", "place", is_required=True, example="一车间东侧"),
    Column("危害因素代码", "factor_code", Kind.CODE, is_required=True, is_of_point=False, example="2102"),
    Column("危害因素描述", "factor", is_required=True, is_of_point=False, example="安全防护装置缺失或失效"),
    Column("事故分类标准", "accident_standard", words=("GB 6441-2025", "GB 6441-1986"), example="GB 6441-1986"),
    Column("事故类型", "accident_types", Kind.LIST, example="机械伤害"),
    Column("评价方法", "method", Kind.CODE, is_required=True, words=tuple(METHODS), example="LEC"),
    *(Column(name, f"parameters.{name}", Kind.NUMBER, example={"L": 1, "E": 6, "C": 15}.get(name)) for name in "LECMS"),
    Column("直接判定规则", "direct_rule", Kind.CODE, words=tuple(DIRECT_RULES)),
    *(
        Column(f"{label}措施", f"measures.{kind}", Kind.LIST, is_of_point=False, example=f"（写明{label}措施）")
        for kind, label in ((kind, label.removesuffix("措施")) for kind, label in MEASURE_KINDS.items())
    ),
    Column("检查内容", "check_items", Kind.ITEMS, example="防护罩完好、联锁有效|防护罩无缺损，打开即停机"),
    Column("责任人", "responsible_person", example="张三"),
    Column("责任人电话", "responsible_phone", Kind.CODE, example="13800138000"),
]
BY_FIELD = {column.field: column for column in COLUMNS}


def heading_of(path: str) -> str:
    """The heading that an error at a schema's path belongs to."""
    field = path.partition(".")[0]
    if path in BY_FIELD:
        return BY_FIELD[path].heading
    return BY_FIELD[field].heading if field in BY_FIELD else {"parameters": "评价参数", "measures": "控制措施"}.get(field, field)
