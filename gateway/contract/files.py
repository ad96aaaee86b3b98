"""Files (附件): photos and attachments, readable only through the scope of their owner."""

from marshmallow import fields

from gateway.contract.parts import identifier
from services.kernel.caller import SIGNED_IN
from services.kernel.contract import Operation, Schema


class UploadFile(Schema):
    """Sent as ``multipart/form-data`` beside the part ``file``."""

    id = identifier("编号", load_default=None, allow_none=True)
    enterprise_id = identifier("所属企业", load_default=None, allow_none=True)


class StoredFile(Schema):
    id = identifier("编号")
    name = fields.String(metadata={"label": "文件名"})
    content_type = fields.String(metadata={"label": "文件类型"})
    size = fields.Integer(metadata={"label": "字节数"})
    sha256 = fields.String(metadata={"label": "摘要"})
    enterprise_id = identifier("所属企业", allow_none=True)
    created_at = fields.AwareDateTime(metadata={"label": "上传时间"})


class OneFile(Schema):
    """``notice_id``: the notice with which the file was received, for whoever does not see its owner."""

    file_id = identifier("文件", required=True)
    notice_id = identifier("所附通知", load_default=None, allow_none=True)


UPLOAD_FILE = Operation("upload_file", "POST /files", SIGNED_IN, UploadFile, StoredFile, "上传文件", status=201)
GET_FILE = Operation("get_file", "GET /files/{file_id}", SIGNED_IN, OneFile, StoredFile, "下载文件")
EDGE_OPERATIONS = [UPLOAD_FILE, GET_FILE]
