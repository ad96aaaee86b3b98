"""Pictures for the demonstration: scans and photographs that say of themselves what they are."""

import io
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from deploy.demo.stage import Stage
from gateway.api.files import keep
from gateway.files.store import FileStore
from services.kernel.caller import Caller

FONTS = ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc", "wqy-microhei.ttc", "DroidSansFallbackFull.ttf")
PAPER, INK, SEAL = (250, 247, 238), (60, 60, 60), (190, 40, 40)
GROUNDS = [(120, 132, 118), (134, 120, 104), (104, 118, 136), (128, 128, 112)]


class Album:
    """Draws a picture and has it kept as an upload of ``caller``; the ids of the files."""

    def __init__(self, stage: Stage, files: FileStore) -> None:
        self._stage, self._files = stage, files

    def scan(self, caller: Caller, title: str, *lines: str) -> str:
        return self._keep(caller, f"{title}.jpg", _scan(title, lines))

    def photo(self, caller: Caller, words: str) -> str:
        return self._keep(caller, "现场照片.jpg", _photo(words, self._stage.chance.choice(GROUNDS)))

    def _keep(self, caller: Caller, name: str, content: bytes) -> str:
        row: dict[str, Any] = keep(self._stage.database("gateway"), self._files, caller, name, content)
        return str(row["id"])


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | None:
    """A font with Chinese characters, where the machine has one."""
    for name in FONTS:
        for path in Path("/usr/share/fonts").rglob(name):
            return ImageFont.truetype(str(path), size)
    return None


def _scan(title: str, lines: tuple[str, ...]) -> bytes:
    picture = Image.new("RGB", (420, 297), PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((12, 12, 408, 285), outline=SEAL, width=2)
    _write(draw, (36, 34), title, 22, INK)
    for number, line in enumerate(lines):
        _write(draw, (36, 84 + 30 * number), line, 15, INK)
    draw.ellipse((300, 190, 380, 270), outline=SEAL, width=3)
    _write(draw, (318, 220), "演示件", 15, SEAL)
    return _saved(picture)


def _photo(words: str, ground: tuple[int, int, int]) -> bytes:
    picture = Image.new("RGB", (400, 300), ground)
    draw = ImageDraw.Draw(picture)
    draw.polygon([(0, 300), (400, 300), (400, 190), (250, 160), (120, 205), (0, 175)], fill=tuple(c // 2 for c in ground))
    draw.polygon([(200, 60), (160, 130), (240, 130)], outline=(255, 210, 0), width=5)
    for number, line in enumerate(wrap(words, 18)[:3]):
        _write(draw, (24, 205 + 24 * number), line, 17, (255, 255, 255))
    _write(draw, (296, 272), "演示照片", 14, (230, 230, 230))
    return _saved(picture)


def _write(draw: ImageDraw.ImageDraw, place: tuple[int, int], words: str, size: int, ink: tuple[int, int, int]) -> None:
    if (font := _font(size)) is not None:
        draw.text(place, words, fill=ink, font=font)


def _saved(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70)
    return out.getvalue()
