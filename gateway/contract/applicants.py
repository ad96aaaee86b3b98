"""Whoever registers an enterprise (注册申请人): an account of his own, opened by nobody but himself."""

from gateway.contract.accounts import Account, username
from gateway.contract.own import CodeSent
from gateway.contract.parts import email, mobile, secret
from gateway.contract.session import CaptchaFields
from services.kernel.caller import PUBLIC
from services.kernel.contract import Operation
from services.language.fields import OPTIONAL, text


class AskApplicantCode(CaptchaFields):
    mobile = mobile(required=True)


class CreateApplicant(CaptchaFields):
    """Proves himself where the request arrives: by the code sent to his mobile, or by a captcha where the site sends none."""

    username = username(required=True)
    password = secret("密码", required=True)
    name = text("姓名", 40, 2, required=True)
    mobile = mobile(required=True)
    email = email(required=True)
    code_id = text("短信验证码编号", 40, **OPTIONAL)
    code = text("短信验证码", 10, **OPTIONAL)


class Applicant(Account):
    """``enterprise_id`` is the id under which this account may register its enterprise."""


CREATE_APPLICANT = Operation(
    "create_applicant", "POST /auth/applicants", PUBLIC, CreateApplicant, Applicant, "开立注册账号", status=201
)
OPERATIONS = [CREATE_APPLICANT]

ASK_CODE = Operation(
    "ask_applicant_code", "POST /auth/applicants/codes", PUBLIC, AskApplicantCode, CodeSent, "获取开立账号的验证码"
)
EDGE_OPERATIONS = [ASK_CODE]
