"""Signing in and out, one's own account, password and sessions."""

from marshmallow import fields

from gateway.contract.accounts import Account
from gateway.contract.parts import Supervision, secret
from services.kernel.caller import PUBLIC, SIGNED_IN
from services.kernel.contract import Operation
from services.language.fields import OPTIONAL, flag, identifier, moment, number_of, one_of, shown, text
from services.language.schema import Empty, Schema

CARRIERS = {"token": "令牌", "cookie": "Cookie"}


class Captcha(Schema):
    captcha_id = shown("验证码编号")
    image = shown("图片（data URI）")
    expires_in = number_of("有效秒数")


class CaptchaFields(Schema):
    captcha_id = text("验证码编号", 40, **OPTIONAL)
    captcha_text = text("验证码", 10, **OPTIONAL)


class OneCaptcha(Schema):
    captcha_id = text("验证码编号", 40, required=True)


class CaptchaAudio(Schema):
    audio = shown("读音（data URI）")


class SignInArgs(CaptchaFields):
    username = text("用户名", 40, required=True)
    password = secret("密码", required=True)
    carrier = one_of(CARRIERS, "会话方式", load_default="token")  # Pages take a cookie, programs a token.


class SignedIn(Schema):
    token = shown("会话令牌", allow_none=True)  # Only where the carrier is a token.
    csrf_token = shown("防伪令牌")
    idle_seconds = number_of("空闲多少秒后失效")
    expires_at = moment("失效时间")
    must_change_password = flag("须修改密码")
    account = fields.Nested(Account, metadata={"label": "用户"})


class SignOutArgs(Schema):
    everywhere = flag("同时退出其他设备", load_default=False)


class ChangePassword(Schema):
    old_password = secret("原密码", required=True)
    new_password = secret("新密码", required=True)


class Me(Account):
    permissions = fields.List(fields.String(), metadata={"label": "权限"})
    scope = fields.Nested(Supervision, metadata={"label": "可见范围"})
    shortcuts = fields.List(fields.String(), metadata={"label": "个人菜单"})
    avatar_id = identifier("头像", allow_none=True)
    signature_id = identifier("签名图片", allow_none=True)
    department_name = shown("部门名称", allow_none=True)
    enterprise_name = shown("企业名称", allow_none=True)


class SessionEntry(Schema):
    id = shown("会话编号")
    started_at = moment("登录时间")
    last_seen_at = moment("最近活动")
    address = shown("来源地址", allow_none=True)
    agent = shown("设备", allow_none=True)
    is_this_one = flag("是否本会话")


class Sessions(Schema):
    items = fields.List(fields.Nested(SessionEntry), metadata={"label": "会话"})


class OneSession(Schema):
    session_id = text("会话编号", 80, required=True)


CHANGE_PASSWORD = Operation("change_password", "POST /auth/password", SIGNED_IN, ChangePassword, SignedIn, "修改密码")
GET_ME = Operation("get_me", "GET /me", SIGNED_IN, Empty, Me, "当前用户")
OPERATIONS = [CHANGE_PASSWORD, GET_ME]

SIGN_IN = Operation("sign_in", "POST /auth/login", PUBLIC, SignInArgs, SignedIn, "登录")
SIGN_OUT = Operation("sign_out", "POST /auth/logout", SIGNED_IN, SignOutArgs, Empty, "退出登录")
REFRESH = Operation("refresh_session", "POST /auth/refresh", SIGNED_IN, Empty, SignedIn, "更换会话令牌")
GET_CAPTCHA = Operation("get_captcha", "GET /auth/captcha", PUBLIC, Empty, Captcha, "获取验证码")
GET_CAPTCHA_AUDIO = Operation(
    "get_captcha_audio", "GET /auth/captcha/{captcha_id}/audio", PUBLIC, OneCaptcha, CaptchaAudio, "听验证码"
)
LIST_SESSIONS = Operation("list_sessions", "GET /auth/sessions", SIGNED_IN, Empty, Sessions, "我的会话")
END_SESSION = Operation("end_session", "DELETE /auth/sessions/{session_id}", SIGNED_IN, OneSession, Empty, "结束一个会话")
EDGE_OPERATIONS = [SIGN_IN, SIGN_OUT, REFRESH, GET_CAPTCHA, GET_CAPTCHA_AUDIO, LIST_SESSIONS, END_SESSION]
