"""What marshmallow says of a wrong field, in Chinese: set once for the whole process, on import."""

from typing import Any

from marshmallow import fields, validate

_MESSAGES: dict[type[fields.Field[Any]], dict[str, str]] = {
    fields.Field: {"required": "必填", "null": "不能为空", "validator_failed": "内容不符合要求"},
    fields.String: {"invalid": "应为文字", "invalid_utf8": "应为文字"},
    fields.Integer: {"invalid": "应为整数", "too_large": "数字过大"},
    fields.Decimal: {"invalid": "应为数字", "special": "应为数字", "too_large": "数字过大"},
    fields.Float: {"invalid": "应为数字", "special": "应为数字", "too_large": "数字过大"},
    fields.Boolean: {"invalid": "应为是或否"},
    fields.DateTime: {
        "invalid": "应为时间，如 2026-01-31T08:00:00+08:00",
        "format": "应为时间",
        "invalid_awareness": "应为带时区的时间，如 2026-01-31T08:00:00+08:00",
    },
    fields.Date: {"invalid": "应为日期，如 2026-01-31", "format": "应为日期"},
    fields.UUID: {"invalid_uuid": "编号格式不正确"},
    fields.List: {"invalid": "应为列表"},
    fields.Nested: {"type": "应为一组字段"},
    fields.Dict: {"invalid": "应为一组字段"},
    fields.Mapping: {"invalid": "应为一组字段"},
}
for _kind, _texts in _MESSAGES.items():
    _kind.default_error_messages = {**_kind.default_error_messages, **_texts}
validate.Length.message_min, validate.Length.message_max = "至少{min}个字", "最多{max}个字"
validate.Length.message_all, validate.Length.message_equal = "应为{min}至{max}个字", "应为{equal}个字"
validate.Range.message_min, validate.Range.message_max = "应{min_op}{{min}}", "应{max_op}{{max}}"
validate.Range.message_all = "应{min_op}{{min}}，且{max_op}{{max}}"
validate.Range.message_gte, validate.Range.message_gt = "不小于", "大于"
validate.Range.message_lte, validate.Range.message_lt = "不大于", "小于"
validate.OneOf.default_message, validate.Regexp.default_message = "不在可选范围内", "格式不正确"
validate.ContainsOnly.default_message = "有不在可选范围内的值"
