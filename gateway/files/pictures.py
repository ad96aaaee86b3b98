"""Pictures are made anew: what hides behind or inside them, place of taking included, stays outside."""

import io
import warnings

from PIL import Image, ImageOps

from gateway.files.kinds import JPEG, PNG, FileKind
from services.kernel.errors import Invalid

PIXELS = 50_000_000
FORMATS = {JPEG: "JPEG", PNG: "PNG"}


def remade(content: bytes, kind: FileKind) -> bytes:
    """The same picture, upright, without metadata; Invalid when it is broken or a bomb."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as picture:
                if picture.width * picture.height > PIXELS:
                    raise Invalid("file.too_many_pixels", "图片像素过大，请缩小到5000万像素以内")
                return _saved(ImageOps.exif_transpose(picture), FORMATS[kind])
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Invalid("file.too_many_pixels", "图片像素过大，请缩小到5000万像素以内") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Invalid("file.broken", "图片已损坏，无法读取") from error


def _saved(picture: Image.Image, file_format: str) -> bytes:
    plain = Image.new(picture.mode, picture.size)
    if picture.mode == "P" and (palette := picture.getpalette()):
        plain.putpalette(palette)
    plain.paste(picture)
    out = io.BytesIO()
    if file_format == "JPEG":
        plain.save(out, file_format, quality=90)
    else:
        plain.save(out, file_format)
    return out.getvalue()
