"""Puts a document on paper: one typst template for all forms, our numbers and words as its data, a code for its verification.

Typst runs outside the event loop (a native thread), one sheet at a time with one compiler, which keeps the fonts read.
"""

import io
import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

from services.kernel.errors import Conflict

TEMPLATE = Path(__file__).parent / "forms" / "document.typ"
FONT = "Noto Serif CJK SC"
FONT_PACKAGE = "fonts-noto-cjk"
_one_at_a_time = threading.Lock()


def address(token: str) -> str:
    """Where anybody verifies the document with this code."""
    return f"{os.environ.get('PUBLIC_URL', '').rstrip('/')}/verify/{token}"


def render(content: Mapping[str, Any], number: str, token: str, issued_on: date) -> bytes:
    """The document as PDF; the same content makes the same bytes with the same fonts."""
    with _one_at_a_time:
        return _outside(lambda: _rendered(content, number, token, issued_on))


def _outside(work: Callable[[], bytes]) -> bytes:
    """In a native thread when the process runs greenlets, so that the others go on meanwhile."""
    if "eventlet" not in sys.modules:
        return work()
    from eventlet import patcher, tpool  # Only where it is in use: importing it warns of its age.

    return bytes(tpool.execute(work)) if patcher.is_monkey_patched("thread") else work()


def _rendered(content: Mapping[str, Any], number: str, token: str, issued_on: date) -> bytes:
    if not _has_font():
        raise Conflict("document.font_missing", f"服务器缺少中文字体，请系统管理员安装软件包 {FONT_PACKAGE} 后重试")
    data = {**content, "number": number, "code": _code(address(token))}
    moment = int(datetime.combine(issued_on, time(), UTC).timestamp())
    made: Any = _compiler().compile(format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, timestamp=moment)
    return bytes(made)


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent))


def _has_font() -> bool:
    """Looks again until the font is there: a server is repaired without a restart."""
    if FONT not in _families():
        _families.cache_clear()
        _compiler.cache_clear()
    return FONT in _families()


@cache
def _families() -> frozenset[str]:
    return frozenset(typst.Fonts().families())


def _code(link: str) -> str:
    """The QR code as SVG."""
    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="svg", border=1, xmldecl=False)
    return out.getvalue().decode()
