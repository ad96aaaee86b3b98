"""The plain pages: served with their policy, made of their own files, asking only what the API has."""

import re
from pathlib import Path

import pytest
from flask import Flask

from gateway.operations import operations, permissions
from gateway.web.pages import FOLDER, PAGES

FILES = sorted(FOLDER.iterdir())
SCRIPTS = [file for file in FILES if file.suffix == ".js"]
ASKED = re.compile(r'(?:get|post|remove|call)\((?:"(POST)", )?["`](/[^"`?]*)["`]|path: "(/[^"]+)"')


@pytest.mark.feature("SYS-01")
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
    asked = {re.sub(r"\${[^}]*}", "*", path or query) for _, path, query in ASKED.findall(text)}

    assert len(asked) > 10
    assert asked - known == set()


def test_pages_look_for_rights_that_are_declared() -> None:
    declared = {permission.code for _, permission in permissions()}
    text = "".join(script.read_text("utf-8") for script in SCRIPTS)
    looked_for = set(re.findall(r'(?:held\.has\(|right: )"([^"]+)"', text))

    assert looked_for
    assert looked_for - declared == set()


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


def test_the_code_on_a_document_leads_to_a_page_for_anybody(app: Flask) -> None:
    from services.enforcement.printing import address

    answer = app.test_client().get(address("aZ3456789012345678901X"))

    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert 'src="/assets/verify.js"' in answer.text
