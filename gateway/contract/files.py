"""Files (附件): photos and attachments, readable only through the scope of their owner."""

from services.kernel.caller import SIGNED_IN
from services.kernel.contract import Operation
from services.language.fields import identifier, moment, number_of, optional_identifier, shown
from services.language.schema import Schema


class UploadFile(Schema):
    """Sent as ``multipart/form-data`` beside the part ``file``."""

    id = optional_identifier("编号")
    enterprise_id = optional_identifier("所属企业")


class StoredFile(Schema):
    id = identifier("编号")
    name = shown("文件名")
    content_type = shown("文件类型")
    size = number_of("字节数")
    sha256 = shown("摘要")
    enterprise_id = identifier("所属企业", allow_none=True)
    created_at = moment("上传时间")


class OneFile(Schema):
    """``notice_id``: the notice with which the file was received, for whoever does not see its owner."""

    file_id = identifier("文件", required=True)
    notice_id = identifier("所附通知", load_default=None, allow_none=True)


UPLOAD_FILE = Operation("upload_file", "POST /files", SIGNED_IN, UploadFile, StoredFile, "上传文件", status=201)
GET_FILE = Operation("get_file", "GET /files/{file_id}", SIGNED_IN, OneFile, StoredFile, "下载文件")
EDGE_OPERATIONS = [UPLOAD_FILE, GET_FILE]
