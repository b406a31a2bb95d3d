"""Finds texts in the source that are shown to the user without being translated."""

import ast
import re
from collections.abc import Iterable, Iterator

# fmt: off
SETTERS = frozenset([
    "setText", "setToolTip", "setStatusTip", "setWhatsThis", "setWindowTitle", "setInformativeText",
    "setAccessibleName", "setAccessibleDescription", "setPlaceholderText", "setTitle", "setEmptyLabel",
    "setLabelText", "addAction", "addMenu", "addButton", "addTab", "setTabText", "addItem", "setSuffix",
    "setPrefix", "setIconText", "showMessage", "show_message", "emit", "notify", "QLabel", "QPushButton",
    "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "QDockWidget",
    "question", "warning", "information", "critical", "about", "getText", "getItem", "getOpenFileName",
    "getSaveFileName", "getExistingDirectory", "getColor", "agrees", "may_replace", "ask_saved_name",
    "ask_photo", "photo_kind",
])
# fmt: on
"""What shows a text that it is given."""
SAME_IN_ALL = frozenset({"JPEG", "PNG", "TIFF", "WebP", "AVIF", "fxdiffuse", "px"})


def bare_texts(source: str) -> Iterator[str]:
    """Texts with words in them that are shown without being translated."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _called(node) in SETTERS and not _is_log(node):
            for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                yield from (text for text in _shown(argument) if text not in SAME_IN_ALL)


def _shown(argument: ast.AST) -> Iterator[str]:
    """The literals in an argument that are not translated first; what a call is given is its own business."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        if re.search(r"[^\W\d_]{2}", argument.value) and not re.fullmatch(r"\.\w+", argument.value):
            yield argument.value
    elif isinstance(argument, ast.JoinedStr):
        words = "".join(part.value for part in argument.values if isinstance(part, ast.Constant))
        # Tags and the program's own name are no words of a language.
        if re.search(r"[^\W\d_]{2}", re.sub(r"<[^>]*>|fxdiffuse", "", words)):
            yield words
    elif isinstance(argument, ast.IfExp):
        yield from _shown(argument.body)
        yield from _shown(argument.orelse)
    elif isinstance(argument, ast.BoolOp):
        for value in argument.values:
            yield from _shown(value)
    elif isinstance(argument, ast.BinOp):
        yield from _shown(argument.left)
        yield from _shown(argument.right)
    elif isinstance(argument, ast.Call) and ast.unparse(argument.func).endswith(".format"):
        yield from (text for part in ast.iter_child_nodes(argument.func) for text in _shown(part))


def english_errors(source: str) -> Iterator[str]:
    """Where an exception becomes a text by `str` or in an f-string, which gives its English sentence."""
    tree = ast.parse(source)
    for handler in ast.walk(tree):
        if isinstance(handler, ast.ExceptHandler) and handler.name is not None:
            for node in _outside_logs(handler):
                if _is_text_of(node, handler.name):
                    yield f"line {node.lineno}: {ast.unparse(node)}"


def _is_text_of(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "str":
        return len(node.args) == 1 and _is_name(node.args[0], name)
    if isinstance(node, ast.JoinedStr):
        return any(_is_name(part.value, name) for part in node.values if isinstance(part, ast.FormattedValue))
    return False


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _outside_logs(node: ast.AST) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.Call) and _is_log(child)):
            if isinstance(child, ast.expr):
                yield child
            yield from _outside_logs(child)


def error_classes(sources: Iterable[str]) -> dict[str, bool]:
    """The names of `UserError` and of every class that derives from it, and whether it is called with a
    template: not so when it, or a class between, has an `__init__` of its own."""
    classes = [
        node for source in sources for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)
    ]
    found = {"UserError": True}
    while more := {
        node.name: all(found[base] for base in bases) and not _has_own_init(node)
        for node in classes
        if node.name not in found and (bases := _bases(node) & found.keys())
    }:
        found |= more
    return found


def built_sentences(source: str, errors: dict[str, bool]) -> Iterator[str]:
    """Where an error for the user is made from anything but a literal template, which no catalog can have."""
    tree = ast.parse(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and errors.get(_called(node))]
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and _bases(node) & errors.keys() and _has_own_init(node):
            calls += [
                call
                for call in ast.walk(node)
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "super().__init__"
            ]
    for call in calls:
        # An error with more fields passes on the template that it is given.
        is_passed_on = ast.unparse(call) == "super().__init__(template, **names)"
        is_literal = is_passed_on or (call.args and isinstance(call.args[0], ast.Constant))
        if not is_literal:
            yield f"line {call.lineno}: {ast.unparse(call)}"


def _bases(node: ast.ClassDef) -> set[str]:
    return {ast.unparse(base).rpartition(".")[2] for base in node.bases}


def _has_own_init(node: ast.ClassDef) -> bool:
    return any(isinstance(one, ast.FunctionDef) and one.name == "__init__" for one in node.body)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)


def _is_log(node: ast.Call) -> bool:
    return ast.unparse(node.func).startswith(("logger.", "logging."))
