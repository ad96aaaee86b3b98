"""The stage behind a real port, and Chromium before it: pages of an enterprise's people, and of passers-by."""

import logging
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from deploy.local import packages, web
from deploy.local.databases import Databases
from gateway.identity import standing as people
from gateway.sessions import PEOPLE
from tests.stage.stage import standing
from tests.stage.world import Stage

expect.set_options(timeout=20_000)  # A busy machine is slow, not wrong.
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whichever test comes first builds the pages and puts the stage up, which takes a busy machine a while."""
    for item in items:
        if item.path.parent.name == "enterprise" and item.path.parent.parent.name == "browser":
            item.add_marker(pytest.mark.timeout(500))


@pytest.fixture(scope="session")
def stage(databases: Databases, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    web.build()
    with standing(databases, redis_url, tmp_path_factory.mktemp("stage")) as found:
        yield found


@pytest.fixture(scope="session")
def address(stage: Stage) -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, stage.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    packages.ensure(["chromium"])
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=packages.chromium(), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def visit(stage: Stage, address: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """``visit("/", "checker")``: a page as somebody of this side sees it; without a name, as anybody.

    No page may raise an error, or ask for anything that is not this machine's.
    """
    faults: list[str] = []
    contexts = []

    def open_page(path: str, name: str | None = None, size: dict[str, int] = WIDE) -> Page:
        context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")  # type: ignore[arg-type]
        contexts.append(context)
        if name:
            found = people.by_id(stage.identity, stage.here.accounts[name])
            assert found is not None
            token, session = stage.edge.sessions.open(found.caller.id, found.epoch, PEOPLE, True, "127.0.0.1", "browser")
            context.add_cookies([{"name": n, "value": v, "url": address} for n, v in (("session", token), ("csrf", session.csrf))])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request", lambda request: None if request.url.startswith((address, "data:", "blob:")) else faults.append(request.url)
        )
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    # The stage has no process that holds streams: what a page asks of one at port 0 is no stranger's.
    assert [fault for fault in faults if "127.0.0.1:0/" not in fault] == []
