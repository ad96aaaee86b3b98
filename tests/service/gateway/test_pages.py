"""The plain pages: served with their policy, made of their own files, asking only what the API has."""

import re
from pathlib import Path

import pytest
from flask import Flask

from gateway.operations import operations
from gateway.web import pages
from gateway.web.pages import FOLDER, PAGES

FILES = sorted(FOLDER.iterdir())
SCRIPTS = [file for file in FILES if file.suffix == ".js"]
ASKED = re.compile(r'\bget\(["`](/[^"`?]*)["`]')


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A build of the application with one script."""
    (tmp_path / "app").mkdir()
    (tmp_path / "index.html").write_text('<div id="app"></div>', "utf-8")
    (tmp_path / "app" / "index-1a2b.js").write_text("1", "utf-8")
    monkeypatch.setattr(pages, "BUILT", tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_open_to_everybody_and_runs_nothing_foreign(app: Flask, path: str) -> None:
    answer = app.test_client().get(path)

    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", PAGES)
def test_whatever_a_page_is_made_of_is_there(app: Flask, path: str) -> None:
    client = app.test_client()
    page = client.get(path).text
    wanted = set(re.findall(r'(?:src|href)="(/assets/[^"]+)"', page))
    for script in SCRIPTS:
        wanted |= set(re.findall(r'from "(/assets/[^"]+)"', script.read_text("utf-8")))

    assert wanted
    assert {address: client.get(address).status_code for address in wanted} == dict.fromkeys(wanted, 200)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_pages_hold_nothing_that_their_policy_forbids(file: Path) -> None:
    text = file.read_text("utf-8")

    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", text) == []
    assert re.findall(r"\sstyle=|\son\w+=\"|<script(?![^>]*\bsrc=)|<style|innerHTML|insertAdjacentHTML|\beval\(", text) == []


def test_pages_ask_only_what_the_api_has() -> None:
    known = {re.sub(r"{\w+}", "*", operation.path) for _, operation in operations()}
    text = "".join(script.read_text("utf-8") for script in SCRIPTS)
    asked = {re.sub(r"\${[^}]*}", "*", path) for path in ASKED.findall(text)}

    assert asked
    assert asked - known == set()


def test_no_page_file_is_over_300_lines() -> None:
    assert {file.name: n for file in FILES if (n := len(file.read_text("utf-8").splitlines())) > 300} == {}


@pytest.mark.parametrize(
    "path", ["/assets/login.html", "/assets/../pages.py", "/assets/..%2fpages.py", "/assets/", "/assets/none.js"]
)
def test_nothing_beside_the_pages_files_is_given_out(app: Flask, path: str) -> None:
    answer = app.test_client().get(path)

    assert (answer.status_code, answer.json["code"]) == (404, "route.not_found")


def test_pages_are_told_where_and_under_which_names_changes_arrive(app: Flask) -> None:
    answer = app.test_client().get("/web-settings").json

    assert answer["stream_port"] == 0
    assert {"hazard.closed", "notice.published", "figures.changed"} <= set(answer["live_types"])


def test_pages_are_told_their_release_which_another_build_changes(app: Flask, built: Path) -> None:
    client = app.test_client()
    first = client.get("/web-settings").json["release"]
    (built / "index.html").write_text("<div></div>", "utf-8")
    second = client.get("/web-settings").json["release"]
    (built / "index.html").unlink()

    assert first and second and first != second
    assert client.get("/web-settings").json["release"] is None


def test_the_code_on_a_document_leads_to_a_page_for_anybody(app: Flask) -> None:
    from services.enforcement.printing import address

    answer = app.test_client().get(address("aZ3456789012345678901X"))

    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert 'src="/assets/verify.js"' in answer.text


@pytest.mark.feature("SYS-01")
@pytest.mark.parametrize("path", ["/", "/login", "/hazards/019ab0c1", "/enterprises?region=520500&limit=20"])
def test_every_address_of_a_page_opens_the_application(app: Flask, built: Path, path: str) -> None:
    answer = app.test_client().get(path, headers={"Accept": "text/html,*/*;q=0.8"})

    assert (answer.status_code, answer.mimetype, answer.text) == (200, "text/html", '<div id="app"></div>')
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_a_built_part_is_kept_for_ever_since_its_name_changes_with_it(app: Flask, built: Path) -> None:
    answer = app.test_client().get("/app/index-1a2b.js")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/api/none", "/api/v1/none", "/app/none.js", "/app/../index.html", "/assets/index.html"])
def test_what_is_no_page_is_refused_in_the_form_of_the_api(app: Flask, built: Path, path: str) -> None:
    answer = app.test_client().get(path, headers={"Accept": "text/html"})

    assert (answer.status_code, answer.json["code"]) == (404, "route.not_found")


def test_a_program_that_asks_for_no_page_is_told_that_there_is_none(app: Flask, built: Path) -> None:
    answer = app.test_client().get("/hazards", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json["code"]) == (404, "route.not_found")


def test_an_unbuilt_application_says_in_chinese_how_it_comes_to_be(app: Flask, built: Path) -> None:
    (built / "index.html").unlink()

    answer = app.test_client().get("/hazards", headers={"Accept": "text/html"})

    assert (answer.status_code, answer.mimetype) == (503, "text/html")
    assert "网页尚未生成" in answer.text and "make run" in answer.text
