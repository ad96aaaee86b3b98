"""What domain code may know, and where time and chance are read; the other import rules are import-linter's."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.guards.tree import PACKAGES, name, parsed, python

KERNEL = {f"services.kernel.{module}" for module in ("errors", "event", "region", "caller", "clock")}
# The worker and the relay pace themselves by the machine's own clock; that is no business time.
CLOCK = re.compile(
    r"\bdatetime\.(now|utcnow|today)\(|\bdate\.today\(|\btime\.time\(|\buuid[147]\(|\brandom\.\w+\(|\bsecrets\.\w+\("
)
ALLOWED = {"services/kernel/clock.py", "services/kernel/ids.py"}


def test_domain_code_knows_the_standard_library_and_five_parts_of_the_kernel() -> None:
    wrong = [
        f"{name(file)}: {module}"
        for package in PACKAGES.values()
        for file in python(f"{package}/domain")
        for module in imported(file)
        if not may_be_known(module, package.replace("/", "."))
    ]

    assert not wrong


def test_time_and_chance_are_read_in_one_place_each() -> None:
    read = [
        f"{name(file)}:{number}: {line.strip()}"
        for file in python("services", "gateway")
        if name(file) not in ALLOWED
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if CLOCK.search(line.partition("#")[0])
    ]

    assert not read


def may_be_known(module: str, package: str) -> bool:
    top = module.partition(".")[0]
    return top in sys.stdlib_module_names or module in KERNEL or f"{module}.".startswith(f"{package}.domain.")


def imported(file: Path) -> Iterator[str]:
    """Modules that a file imports; ``from services.kernel import clock`` counts as ``services.kernel.clock``."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            deeper = node.module == "services.kernel" or node.module.endswith(".domain")
            yield from (f"{node.module}.{alias.name}" for alias in node.names) if deeper else (node.module,)
