"""What the documents name exists: files, functions in them, links, targets of the Makefile; decisions are numbered without gaps."""

import ast
import re
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.guards.tree import ROOT, name, parsed

PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")])
RECORDS = sorted((ROOT / "docs" / "adr").glob("*.md"))
# `services/kernel/work.py:Work.keep`: a path from the root, and what is defined there.
NAMED = re.compile(r"(?<![\w/.<-])((?:services|gateway|deploy|tests|docs)/[\w./-]*\w)(?::([A-Za-z_][\w.]*\w))?")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
TARGET = re.compile(r"\bmake ([a-z]+)\b(?=[`\s]*(?:$|[`;,#(A-Z]))", re.MULTILINE)
PROGRAM = re.compile(r"-m ((?:services|gateway|deploy)[\w.]*)")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_file_and_function_that_is_named_exists(page: Path) -> None:
    missing = [m[0] for m in NAMED.finditer(page.read_text("utf-8")) if not exists(ROOT / m[1], m[2])]

    assert not missing


@pytest.mark.parametrize("page", [*PAGES, *RECORDS], ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]

    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_that_is_named_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    assert set(TARGET.findall(text)) <= targets
    assert [module for module in PROGRAM.findall(text) if find_spec(module) is None] == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(record.name[:4]) for record in RECORDS]

    assert numbers == list(range(len(RECORDS)))


@pytest.mark.parametrize("record", RECORDS, ids=name)
def test_every_decision_has_the_four_parts(record: Path) -> None:
    text = record.read_text("utf-8")

    assert text.startswith(f"# {record.name[:4] if record.name[:4] != '0000' else 'NNNN'} ")
    assert [part for part in ("Context", "Decision", "Consequences", "Check") if f"**{part}.**" not in text] == []


def test_the_glossary_has_one_line_for_a_term() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    terms = [line.split(" | ")[0] for line in text.splitlines() if line.startswith("| ") and "| --- |" not in line]
    given = Counter(term for term in terms if term != "| Chinese")

    assert [term for term, count in given.items() if count > 1] == []
    assert len(given) > 300


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("`services/kernel/work.py:Work.keep`", True),
        ("`services/kernel/work.py:Work.lose`", False),
        ("`services/kernel/nowhere.py`", False),
        ("in tests/guards.", True),
    ],
)
def test_a_name_that_is_wrong_is_found(found: str, wanted: bool) -> None:
    match = NAMED.search(found)

    assert match is not None
    assert exists(ROOT / match[1], match[2]) is wanted


def exists(path: Path, inner: str | None) -> bool:
    """Whether there is such a path and, in a Python file, such a name (``Class.method``)."""
    if inner is None or not path.is_file():
        return path.exists() and inner is None
    body: list[ast.stmt] = parsed(path).body
    for part in inner.split("."):
        found = [node for node in body if part in defined(node)]
        if not found:
            return False
        body = getattr(found[0], "body", [])
    return True


def defined(node: ast.stmt) -> set[str]:
    """The names that a statement gives."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {leaf.id for target in targets for leaf in ast.walk(target) if isinstance(leaf, ast.Name)}
