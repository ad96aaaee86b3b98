"""Accounts of government out of a spreadsheet: the template, and what is read of one that was filled in."""

from marshmallow import fields

from gateway.contract.accounts import Certified, username
from gateway.contract.parts import mobile, texts
from gateway.contract.permissions import ACCOUNTS_WRITE
from services.kernel.contract import Operation
from services.language.fields import flag, number_of, shown, text
from services.language.schema import FileAnswer, Schema
from services.language.sheets import RowError, SheetToImport

MOST_ROWS = 1000  # Of one file: what is checked, kept and audited in one transaction of a few seconds.


class AccountRow(Certified):
    """One row of the sheet; department and roles by the names that the template offers, or by code."""

    name = text("姓名", 40, 2, required=True)
    username = username(required=True)
    department = text("部门", 100, required=True)
    mobile = mobile(required=True)
    roles = texts("角色", 20, 40, load_default=list)


class ImportAccounts(SheetToImport):
    """The template is that of ``get_account_template``."""


class OpenedAccount(Schema):
    name = shown("姓名")
    username = shown("用户名")
    department = shown("部门")
    first_password = shown("初始密码")


class ImportedAccounts(Schema):
    """In mode ``all`` nobody is imported while there is an error.  First passwords are shown this once, with their names."""

    once = ("accounts",)
    is_imported = flag("是否已导入")
    count = number_of("用户数")
    failed_rows = number_of("错误行数")
    errors = fields.List(fields.Nested(RowError), metadata={"label": "错误"})
    accounts = fields.List(fields.Nested(OpenedAccount), allow_none=True, metadata={"label": "新开立的用户（仅首次返回）"})


WRITE = ACCOUNTS_WRITE.code
GET_TEMPLATE = Operation("get_account_template", "GET /accounts/import/template", WRITE, Schema, FileAnswer, "下载用户导入模板")
PREVIEW_IMPORT = Operation(
    "preview_account_import", "POST /accounts/import/preview", WRITE, ImportAccounts, ImportedAccounts, "预览导入用户"
)
IMPORT_ACCOUNTS = Operation("import_accounts", "POST /accounts/import", WRITE, ImportAccounts, ImportedAccounts, "批量导入用户")
OPERATIONS = [GET_TEMPLATE, PREVIEW_IMPORT, IMPORT_ACCOUNTS]
