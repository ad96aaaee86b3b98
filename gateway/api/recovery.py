"""Codes that reach their owner by mobile or mail: for a lost password, and for another mobile or mailbox of one's own."""

import re
from typing import Any

from gateway import captcha, codes, sending
from gateway.api.views import answers
from gateway.contract import own as contract
from gateway.edge import edge
from gateway.identity import repository
from gateway.identity.commands import own
from services.kernel.caller import Caller
from services.kernel.errors import Invalid

CONTACT = "contact"
TEXT = "您正在把账号的联系方式改为本号码（地址），验证码 {code}，10 分钟内有效。不是本人操作的，请忽略。"
SHAPES = {
    sending.MOBILE: (re.compile(r"1[0-9]{10}"), "应为11位手机号"),
    sending.EMAIL: (re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"), "应为邮箱地址"),
}
AWAY = {
    sending.MOBILE: "本平台没有开通短信，请由本单位管理员登记手机号",
    sending.EMAIL: "本平台没有开通邮件，请由本单位管理员登记邮箱",
}


@answers(contract.ASK_RECOVERY)
def ask_recovery_code(caller: Caller, args: dict[str, Any]) -> dict[str, Any]:
    captcha.require(edge().memory, args["captcha_id"], args["captcha_text"])
    return {"code_id": edge().recovering.ask(args["username"]), "expires_in": codes.SECONDS}


@answers(contract.RECOVER_PASSWORD)
def recover_password(caller: Caller, args: dict[str, Any]) -> dict[str, Any]:
    edge().recovering.complete(args["code_id"], args["code"], args["new_password"], caller)
    return {}


@answers(contract.ASK_CONTACT)
def ask_contact_code(caller: Caller, args: dict[str, Any]) -> dict[str, Any]:
    """Tries are counted before the password is weighed."""
    kind, address = args["kind"], args["address"].strip()
    _require_reachable(kind, address)
    codes.require_seldom(edge().memory, CONTACT, caller.id)
    with edge().database.work(caller, "gateway.ask_contact_code", read_only=True) as work:
        if not own.knows_password(work, repository.find_own_account(work, lock=False), args["password"]):
            raise Invalid("password.wrong", "密码不正确", password="密码不正确")
    code_id, code = codes.new(edge().memory, CONTACT, account_id=caller.id, kind=kind, address=address)
    sending.put_down(edge().memory, kind, address, TEXT.format(code=code))
    return {"code_id": code_id, "expires_in": codes.SECONDS}


@answers(contract.CHANGE_CONTACT)
def change_contact(caller: Caller, args: dict[str, Any]) -> dict[str, Any]:
    kept = codes.use(edge().memory, args["code_id"], args["code"], CONTACT)
    if kept["account_id"] != caller.id:
        raise codes.wrong()
    with edge().database.work(caller, "gateway.change_contact") as work:
        return own.change_contact(work, kept["kind"], kept["address"])


def _require_reachable(kind: str, address: str) -> None:
    shape, words = SHAPES[kind]
    if not shape.fullmatch(address):
        raise Invalid("contact.wrong", words, address=words)
    if kind not in edge().sends:
        raise Invalid("contact.away", AWAY[kind], kind=AWAY[kind])
