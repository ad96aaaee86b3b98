"""``python -m gateway.describe``: write the API's description to ``docs/openapi.json``, which is committed."""

import json
import sys
from pathlib import Path
from typing import cast

from flask import Flask

from gateway.app import create_app
from gateway.edge import Edge, Limits

FILE = Path(__file__).parents[1] / "docs" / "openapi.json"


class _Nothing:
    """Stands for what is not needed to describe: any use of it is an error."""

    limits = Limits()
    redis_url = "memory://"
    proxies = 0
    stream_port = 0


def application() -> Flask:
    """The gateway with all its routes and nothing behind them."""
    return create_app(cast(Edge, _Nothing()))


def text(app: Flask) -> str:
    found = app.extensions["api"].spec.to_dict()
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(application()), "utf-8")
    sys.stdout.write(f"{FILE}\n")
