"""API clients (接入系统): other systems that enter with OAuth2 client credentials; nothing is theirs by default."""

from marshmallow import fields, validate

from gateway.contract.parts import Supervision, texts
from gateway.contract.permissions import CLIENTS_READ, CLIENTS_WRITE
from services.kernel.caller import PUBLIC
from services.kernel.contract import Operation
from services.language.fields import OPTIONAL, day, flag, identifier, number_of, optional_identifier, shown, text, version
from services.language.schema import Schema, SearchArgs, page_of


class ClientFields(Schema):
    name = text("名称", 80, 2, required=True)
    owner = text("责任人", 80, 2, required=True)
    purpose = text("用途", 200, 4, required=True)
    region = text("行政区划", 12, 6, required=True)
    permissions = texts("权限", 200, required=True)
    scope = fields.Nested(Supervision, required=True, metadata={"label": "数据范围"})
    addresses = texts("来源地址", 20, 50, load_default=list)  # Addresses or networks; none named: from anywhere.
    expires_on = day("有效期至", required=True)


class Client(ClientFields):
    id = identifier("编号")
    is_active = flag("是否启用")
    version = number_of("版本号")


class NewSecret(Client):
    """Shown once."""

    once = ("client_secret",)
    client_secret = shown("密钥（仅首次返回）", allow_none=True)


class CreateClient(ClientFields):
    id = optional_identifier("编号")


class OneClient(Schema):
    client_id = identifier("接入系统", required=True)


class ChangeClient(ClientFields):
    client_id = identifier("接入系统", required=True)
    is_active = flag("是否启用", load_default=True)
    version = version()


class TokenRequest(Schema):
    """OAuth 2.0, RFC 6749 §4.4; the secret may also come by HTTP Basic."""

    grant_type = fields.String(
        required=True,
        validate=validate.Equal("client_credentials", error="应为 client_credentials"),
        metadata={"label": "授权类型"},
    )
    client_id = text("接入系统编号", 100, **OPTIONAL)
    client_secret = fields.String(
        load_default=None, validate=validate.Length(1, 200), metadata={"label": "密钥", "format": "password"}
    )
    scope = text("申请的权限", 4000, 0, **OPTIONAL)


class TokenAnswer(Schema):
    access_token = shown("访问令牌")
    token_type = shown("令牌类型")
    expires_in = number_of("有效秒数")
    scope = shown("授予的权限")


READ, WRITE = CLIENTS_READ.code, CLIENTS_WRITE.code
LIST_CLIENTS = Operation("list_clients", "GET /api-clients", READ, SearchArgs, page_of(Client), "接入系统列表", is_list=True)
CREATE_CLIENT = Operation("create_client", "POST /api-clients", WRITE, CreateClient, NewSecret, "新增接入系统", status=201)
CHANGE_CLIENT = Operation("change_client", "PUT /api-clients/{client_id}", WRITE, ChangeClient, Client, "修改接入系统")
ADD_SECRET = Operation(
    "add_client_secret",
    "POST /api-clients/{client_id}/secrets",
    WRITE,
    OneClient,
    NewSecret,
    "更换密钥，旧密钥再用24小时",
    status=201,
)
TOKEN = Operation("issue_token", "POST /oauth/token", PUBLIC, TokenRequest, TokenAnswer, "接入系统换取访问令牌")
OPERATIONS = [LIST_CLIENTS, CREATE_CLIENT, CHANGE_CLIENT, ADD_SECRET]
EDGE_OPERATIONS = [TOKEN]
