"""Nothing unfinished and nothing of one machine is committed."""

import re

import pytest

from tests.guards.tree import files, name

# Put together, so that this file does not hold what it looks for.
UNFINISHED = re.compile(
    r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]) + r")\b|raise NotImplemented" + "Error"
)
MACHINE = re.compile("/(" + "|".join(["work" + "/wt", "work" + "/main", "work" + "/shared", "home" + "/", "root" + "/"]) + ")")
REGISTRY = re.compile("(" + "|".join(["index" + "-url", "_auth" + "Token", 'resolved": "' + "http"]) + ")")
SPEAK_OF_IT = {"Makefile"}  # It tells pip-compile to leave the index out.


@pytest.mark.parametrize("pattern", [UNFINISHED, MACHINE, REGISTRY])
def test_no_file_holds(pattern: re.Pattern[str]) -> None:
    found = [
        f"{name(file)}:{number}: {line.strip()[:80]}"
        for file in files()
        if name(file) not in SPEAK_OF_IT
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]

    assert not found
