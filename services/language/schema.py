"""Schemas: how all of them refuse, and those that several contracts use."""

from functools import cache
from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from services.language.fields import OPTIONAL, flag, identifier, number_of, optional_text, shown


class Schema(ma.Schema):
    """Refuses unknown fields and answers in Chinese; a field's ``metadata={"label": "整改期限"}`` names it to people."""

    class Meta:
        unknown = ma.RAISE

    error_messages = {"unknown": "没有这个字段", "type": "应为一组字段"}

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """The value of a field; of rows, which most answers are made of, without the library's ways to guess what they are."""
        return obj.get(attr, default) if type(obj) is dict else super().get_attribute(obj, attr, default)


class Empty(Schema):
    """Nothing."""


class PageArgs(Schema):
    """What every list takes; one that can be sorted declares ``sort`` with the orders it knows."""

    limit = fields.Integer(load_default=20, validate=validate.Range(1, 200), metadata={"label": "每页条数"})
    cursor = fields.String(validate=validate.Length(max=500), metadata={"label": "页标"}, **OPTIONAL)
    is_counted = flag("第一页是否告知总数", load_default=False)


class SearchArgs(PageArgs):
    """What a list takes in which words are searched for."""

    q = optional_text("关键字", 100)


PAGE = {"next_cursor": fields.String(allow_none=True), "total": number_of("总数（至多数到1000，更多为1001）")}


@cache
def page_of(item: type[ma.Schema]) -> type[ma.Schema]:
    """The answer of a list: items and, while there are more, the cursor of the next page; one schema an item.

    ``total`` is there where it was asked for: exact up to 1000, and 1001 for more.
    """
    name = item.__name__.removesuffix("Schema") + "Page"
    return type(name, (Schema,), PAGE | {"items": fields.List(fields.Nested(item))})


class Owned(Schema):
    """What every record of an enterprise tells about itself."""

    id = identifier("编号")
    enterprise_id = identifier("企业编号")
    region = shown("所在地区")
    industry = shown("行业类别", allow_none=True)
    version = number_of("版本号")


class Done(Schema):
    """The id of what was changed or taken away."""

    id = shown("编号")


class Affected(Schema):
    """How many records were touched."""

    count = number_of("数量")


class FileAnswer(Schema):
    """A file as the answer of an operation; the gateway sends it as such, not as JSON."""

    filename = shown("文件名", required=True)
    content_type = shown("文件类型", required=True)
    content_base64 = shown("内容", required=True)
