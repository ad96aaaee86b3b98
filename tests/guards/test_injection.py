"""Nothing that people send is ever taken for code: SQL is put together of constants, and nothing is evaluated or run."""

import ast
from collections.abc import Iterator

import pytest

from tests.guards.tree import name, parsed, python

FILES = [file for file in python("services", "gateway") if "migrations" not in file.parts]  # Those run whole files of ours.
# What evaluates or runs what it is given, by the name it is called by.
RUNNING = {"eval", "exec", "__import__", "popen", "Popen", "check_output", "render_template_string"}
MODULES = {"pickle", "marshal", "shelve", "subprocess", "yaml", "lxml"}
RAW = {"text", "exec_driver_sql", "literal_column"}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            yield function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", ""), node


@pytest.mark.feature("SEC-37")
def test_nothing_is_evaluated_and_no_program_is_run() -> None:
    called = {f"{name(file)}:{node.lineno} {what}" for file in FILES for what, node in calls(parsed(file)) if what in RUNNING}
    imported = {f"{name(file)} {module}" for file in FILES for module in modules(parsed(file)) if module in MODULES}

    assert (called, imported) == (set(), set())


def modules(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


@pytest.mark.feature("SEC-37")
def test_sql_is_put_together_of_constants() -> None:
    """Raw SQL is a text, or one with constants of its module in it: names in capitals, or what goes through such a name."""
    loose = {}
    for file in FILES:
        for what, node in calls(parsed(file)):
            sql = isinstance(node.func, ast.Attribute) and (what != "text" or getattr(node.func.value, "id", "") == "sa")
            if what in RAW and sql and node.args and not is_constant(node.args[0]):
                loose[f"{name(file)}:{node.lineno}"] = ast.unparse(node.args[0])

    assert loose == {}


def is_constant(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return all(is_constant(part.value) for part in node.values if isinstance(part, ast.FormattedValue))
    if isinstance(node, ast.BinOp):
        return is_constant(node.left) and is_constant(node.right)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join":
        return is_constant(node.func.value) and is_listed(node.args[0])
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.strip("_").isupper())


def is_listed(node: ast.expr) -> bool:
    """A list of constants, or something made of each of one."""
    if isinstance(node, ast.GeneratorExp):
        return all(is_listed(loop.iter) and not loop.ifs for loop in node.generators)
    return is_constant(node.value if isinstance(node, ast.Subscript) else node)
