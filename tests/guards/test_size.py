"""Files and functions stay of a size that one reads at a glance; the kernel stays small.

Code of the kernel is counted as lines that hold code: blank lines, comments and docstrings are free, for it is not
explaining that makes a kernel large.
"""

import ast
import io
import tokenize
from pathlib import Path

from tests.guards.tree import name, parsed, python

NO_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING, tokenize.ENDMARKER}


def test_no_file_is_over_300_lines() -> None:
    long = {name(f): n for f in python() if (n := len(f.read_text("utf-8").splitlines())) > 300}

    assert not long


def test_no_function_is_over_40_lines() -> None:
    long = {}
    for file in python():
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > 40:
                    long[f"{name(file)}:{node.name}"] = lines

    assert not long


def test_the_kernel_stays_under_1000_lines_of_code() -> None:
    assert sum(map(code_lines, python("services/kernel"))) <= 1000


def test_blank_lines_comments_and_docstrings_are_not_code(tmp_path: Path) -> None:
    file = tmp_path / "example.py"
    file.write_text('"""Two\nlines."""\n\n# A comment.\nx = [\n    1,\n]\n\n\ndef f() -> None:\n    """Says."""\n    return None\n')

    assert code_lines(file) == 5


def code_lines(file: Path) -> int:
    """Lines on which code stands."""
    text = file.read_text("utf-8")
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in NO_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines - docstring_lines(ast.parse(text)))


def docstring_lines(tree: ast.Module) -> set[int]:
    holders = [n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)]
    first = [h.body[0] for h in holders if h.body and ast.get_docstring(h, clean=False) is not None]
    return {line for node in first for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
