"""One's own account as one keeps it oneself: how one is reached, pictures, personal menu; and the way back to a lost password."""

from gateway.contract.accounts import Account
from gateway.contract.parts import secret, texts
from gateway.contract.session import CaptchaFields
from services.kernel.caller import PUBLIC, SIGNED_IN
from services.kernel.contract import Operation
from services.language.fields import number_of, one_of, optional_identifier, shown, text
from services.language.schema import Empty, Schema

CONTACTS = {"mobile": "手机号", "email": "邮箱"}
MOST_SHORTCUTS = 12


class ChangePictures(Schema):
    avatar_id = optional_identifier("头像")
    signature_id = optional_identifier("签名图片")


class KeepShortcuts(Schema):
    shortcuts = texts("个人菜单", MOST_SHORTCUTS, 80, required=True)


class CodeSent(Schema):
    """The same whether or not there was anybody to send a code to."""

    code_id = shown("验证码编号")
    expires_in = number_of("有效秒数")


class AskContact(Schema):
    """Asks for the password again (SEC-08); the code goes to the new address."""

    kind = one_of(CONTACTS, "联系方式", required=True)
    address = text("号码或地址", 100, required=True)
    password = secret("密码", required=True)


class GivenCode(Schema):
    code_id = text("验证码编号", 40, required=True)
    code = text("验证码", 10, required=True)


class AskRecovery(CaptchaFields):
    username = text("用户名", 40, required=True)


class RecoverPassword(GivenCode):
    new_password = secret("新密码", required=True)


CHANGE_PICTURES = Operation("change_own_pictures", "PUT /me/pictures", SIGNED_IN, ChangePictures, Account, "修改头像和签名图片")
KEEP_SHORTCUTS = Operation("keep_shortcuts", "PUT /me/shortcuts", SIGNED_IN, KeepShortcuts, Account, "保存个人菜单")
OPERATIONS = [CHANGE_PICTURES, KEEP_SHORTCUTS]

ASK_CONTACT = Operation("ask_contact_code", "POST /me/contact-codes", SIGNED_IN, AskContact, CodeSent, "获取更换联系方式的验证码")
CHANGE_CONTACT = Operation("change_contact", "PUT /me/contact", SIGNED_IN, GivenCode, Account, "更换手机号或邮箱")
ASK_RECOVERY = Operation("ask_recovery_code", "POST /auth/recovery-codes", PUBLIC, AskRecovery, CodeSent, "获取找回密码的验证码")
RECOVER_PASSWORD = Operation("recover_password", "POST /auth/recovery", PUBLIC, RecoverPassword, Empty, "找回密码")
EDGE_OPERATIONS = [ASK_CONTACT, CHANGE_CONTACT, ASK_RECOVERY, RECOVER_PASSWORD]
