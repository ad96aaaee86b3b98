"""The Makefile says each thing once."""

import re
from collections import Counter

from tests.guards.tree import ROOT

TARGET = re.compile(r"^([a-z]+):.*?(## .*)?$", re.MULTILINE)


def test_every_target_is_given_once_and_declared() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    given = Counter(match[1] for match in TARGET.finditer(text))
    declared = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)

    assert [name for name, count in given.items() if count > 1] == []
    assert declared is not None and set(declared[1].split()) == given.keys()


def test_every_target_that_people_use_has_its_line_of_help() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")

    assert [match[1] for match in TARGET.finditer(text) if not match[2]] == ["environment"]
