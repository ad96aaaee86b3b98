"""Accounts come from a spreadsheet: checked row by row, kept whole or without the wrong rows, each with a first password."""

import base64
from dataclasses import asdict
from typing import Any

from gateway.contract import account_sheets as contract
from gateway.identity import imported, sheet
from gateway.identity.commands.accounts import with_first_password
from gateway.identity.hashing import quickly
from gateway.identity.imported import Made
from gateway.identity.repository import keep_account
from gateway.identity.sheet import Read
from services.kernel.service import handles
from services.kernel.work import Work
from services.sheets import XLSX
from services.sheets.reading import MOST_ERRORS, decoded


@handles(contract.GET_TEMPLATE)
def get_account_template(work: Work) -> dict[str, Any]:
    """The empty sheet with the caller's departments, and the roles of government, to choose from."""
    departments = imported.names_of_places(imported.places(work))
    content = sheet.template(departments, [name for _, name in imported.names_of_roles(work)])
    return {"filename": "用户导入模板.xlsx", "content_type": XLSX, "content_base64": base64.b64encode(content).decode("ascii")}


@handles(contract.PREVIEW_IMPORT)
def preview_account_import(work: Work, content_base64: str, file_name: str | None, mode: str) -> dict[str, Any]:
    """What the import would do; nothing is kept."""
    read = sheet.read(decoded(content_base64))
    return _answer(read, imported.accounts_of(work, read), is_imported=False)


@handles(contract.IMPORT_ACCOUNTS)
def import_accounts(work: Work, content_base64: str, file_name: str | None, mode: str) -> dict[str, Any]:
    """Keep everybody, or with ``skip`` those whose rows are all right; with ``all`` one error stops everything."""
    read = sheet.read(decoded(content_base64))
    made = imported.accounts_of(work, read)
    if mode != "skip" and read.errors:
        return _answer(read, [], is_imported=False)
    with quickly():
        opened = [_opened(work, each) for each in made]
    return _answer(read, made, is_imported=True) | {"accounts": opened}


def _opened(work: Work, each: Made) -> dict[str, Any]:
    keep_account(work, each.account)
    return with_first_password(work, each.account) | {"department": each.department}


def _answer(read: Read, made: list[Made], is_imported: bool) -> dict[str, Any]:
    errors = sorted(read.errors, key=lambda error: error.row)
    return {
        "is_imported": is_imported,
        "count": len(made),
        "failed_rows": len({error.row for error in errors}),
        "errors": [asdict(error) for error in errors[:MOST_ERRORS]],
        "accounts": [],
    }
