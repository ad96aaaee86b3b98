"""What all imports say: a spreadsheet goes in, and what is wrong with it comes out by row and column."""

from services.language.fields import file_content, one_of, optional_text, shown, whole
from services.language.schema import Schema

LARGEST_FILE = 3 * 1024 * 1024
IMPORT_MODES = {"all": "全部正确才导入", "skip": "跳过有错误的"}


class SheetToImport(Schema):
    """An Excel file (.xlsx) as its template is, filled in."""

    content_base64 = file_content("文件内容", LARGEST_FILE, "文件不能超过3MB，请分批导入", required=True)
    file_name = optional_text("文件名", 200)
    mode = one_of(IMPORT_MODES, "导入方式", load_default="all")


class RowError(Schema):
    row = whole("行号", 0, 100_000)
    column = shown("列")
    message = shown("错误")
