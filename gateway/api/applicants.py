"""The account of whoever registers an enterprise, opened by himself: his mobile is his once the code sent there has come back.

The captcha goes with the request for the code, and the code with the account.  A site that sends no short messages asks for
the captcha with the account, so that one can register there too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from gateway import captcha, codes, sending
from gateway.api.views import answers, ask
from gateway.contract import applicants as contract
from gateway.edge import edge
from services.kernel import ids
from services.kernel.caller import ALL, Caller, Scope

PURPOSE = "applicant"
FROM_ONE_ADDRESS = 30  # An hour: a service hall, where many register, has one address.
TEXT = "您正在开立企业注册申报账号，验证码 {code}，10 分钟内有效。不是本人操作的，请忽略。"


@answers(contract.ASK_CODE)
def ask_applicant_code(caller: Caller, args: dict[str, Any]) -> dict[str, Any]:
    memory, mobile = edge().memory, args["mobile"]
    captcha.require(memory, args["captcha_id"], args["captcha_text"])
    codes.require_seldom(memory, f"{PURPOSE}_from", str(caller.address), FROM_ONE_ADDRESS)
    codes.require_seldom(memory, PURPOSE, mobile)
    code_id, code = codes.new(memory, PURPOSE, mobile=mobile)
    if sending.MOBILE in edge().sends:
        sending.put_down(memory, sending.MOBILE, mobile, TEXT.format(code=code))
    return {"code_id": code_id, "expires_in": codes.SECONDS}


@answers(contract.CREATE_APPLICANT)
def create_applicant(caller: Caller, args: dict[str, Any]) -> Any:
    """The account may write its own enterprise only."""
    own = replace(caller, scope=Scope(ALL, ALL, (ids.new_id(),)))
    with _proven(args):
        return ask("gateway", contract.CREATE_APPLICANT, args, own)


@contextmanager
def _proven(args: dict[str, Any]) -> Iterator[None]:
    """Inside, a person asks whose mobile this is; what fails inside for another reason gives the code back."""
    memory = edge().memory
    if sending.MOBILE not in edge().sends:
        captcha.require(memory, args["captcha_id"], args["captcha_text"])
        yield
        return
    code_id = args["code_id"] or ""
    kept = codes.use(memory, code_id, args["code"] or "", PURPOSE)
    try:
        if kept["mobile"] != args["mobile"]:
            raise codes.wrong()
        yield
    except Exception:
        codes.give_back(memory, code_id, kept)
        raise
