"""One stage behind a real port for all folders below, and Chromium before it: pages as anybody who stands on it sees them."""

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

from deploy.local import packages, web
from deploy.local.databases import Databases
from deploy.local.place import Place
from gateway.identity import standing as people
from gateway.identity.service import SERVICE as IDENTITY
from gateway.sessions import PEOPLE
from services.kernel import ids
from tests.stage.people import PLATFORM, official, settle
from tests.stage.stage import standing
from tests.stage.world import Side, Stage

expect.set_options(timeout=20_000)  # A busy machine is slow, not wrong.
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whichever test comes first builds the pages and puts the stage up, which takes a busy machine a while."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(500))


@pytest.fixture(scope="session")
def stage(place: Place, databases: Databases, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with place.locked("pages"):  # Another process of the same run may come here too.
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


def sign_in(context: BrowserContext, side: Side, name: str, address: str) -> None:
    """This person of the side has a session in this browser."""
    found = people.by_id(side.stage.identity, side.accounts[name])
    assert found is not None
    token, session = side.stage.edge.sessions.open(found.caller.id, found.epoch, PEOPLE, True, "127.0.0.1", "browser")
    context.add_cookies([{"name": n, "value": v, "url": address} for n, v in (("session", token), ("csrf", session.csrf))])


@pytest.fixture
def visit(stage: Stage, address: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """``visit("/", "checker")``: a page as somebody of ``stage.here`` sees it, official or not; without a name, as anybody.

    ``side`` names the other side, ``remembers`` is what this browser keeps of the person's likings.  No page may raise
    an error, or ask for anything that is not this machine's.
    """
    faults: list[str] = []
    contexts = []

    def open_page(
        path: str,
        name: str | None = None,
        size: dict[str, int] = WIDE,
        side: Side = stage.here,
        remembers: dict[str, str] | None = None,
    ) -> Page:
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",  # What nobody looks at need not move.
        )
        contexts.append(context)
        if name:
            sign_in(context, side, name, address)
        for what, value in (remembers or {}).items():
            context.add_init_script(f"localStorage.setItem('dual.{what}', '{value}')")
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


@pytest.fixture(scope="session")
def province_leader(stage: Stage) -> str:
    """Somebody at the province, above both sides; ``visit`` knows him by the name that this gives."""
    args = {"name": f"省应急管理厅{ids.token(4)}", "region": "520000", "industries": ["*"]}
    department = IDENTITY.call(stage.identity, "create_department", args, PLATFORM)
    account = official(stage.identity, department, f"leader.{ids.token(6)}", ["regulator_leader"], "省厅")
    settle(stage.identity)
    stage.here.sign_in("province_leader", account)
    return "province_leader"


@pytest.fixture
def public_pages(stage: Stage) -> list[str]:
    """What is open to whoever has no account."""
    point = stage.here.see("safety_manager", "risk", "list_risk_points", status="active")["items"][0]
    token = stage.here.see("safety_manager", "risk", "get_risk_point", risk_point_id=point["id"])["token"]
    return ["/login", "/licences/verification", f"/risk-cards/{token}"]
