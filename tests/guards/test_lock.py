"""The lock file holds what pyproject asks for, with hashes and without the address of any index."""

import json
import re
import tomllib

import pytest

from tests.guards.tree import ROOT

PINNED = re.compile(r"^([a-z0-9._-]+)==([^ \\]+)", re.MULTILINE | re.IGNORECASE)


def locked() -> dict[str, str]:
    return {normal(name): version for name, version in PINNED.findall((ROOT / "requirements.lock").read_text("utf-8"))}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_requirement_is_locked_at_its_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [re.split(r"\[|==|<|>", r)[0] for r in project["dependencies"] + project["optional-dependencies"]["dev"]]
    exact = dict(re.sub(r"\[.*\]", "", r).split("==") for r in project["dependencies"] if "==" in r)

    assert {normal(name) for name in wanted} <= set(locked())
    assert {normal(name): version for name, version in exact.items()}.items() <= locked().items()


@pytest.mark.parametrize("lock", ["requirements.lock", "gateway/web/node.lock"])
def test_every_locked_package_has_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text.strip(), flags=re.IGNORECASE)

    assert [block.splitlines()[0] for block in blocks if "==" in block.splitlines()[0] and "--hash=sha256:" not in block] == []
    assert "://" not in text


def test_every_package_of_the_pages_is_locked_at_its_version_and_without_an_address() -> None:
    web = ROOT / "gateway" / "web"
    wanted = json.loads((web / "package.json").read_text("utf-8"))
    locked = json.loads((web / "package-lock.json").read_text("utf-8"))["packages"]

    for name, version in (wanted["dependencies"] | wanted["devDependencies"]).items():
        assert locked[f"node_modules/{name}"]["version"] == version
    assert [name for name, entry in locked.items() if "resolved" in entry] == []
