#!/usr/bin/env python3
"""Update the translation catalogs, and list the texts that are not translated yet.

    .venv/bin/python packaging/translations.py

Collects every text of the window from the code, merges it into resources/translations/fxdiffuse_*.ts (Qt
Linguist's format: edit them there or in an editor), and compiles those to the .qm files that the program
loads. Existing translations are kept; texts that are no longer in the code are removed. A text with `%n` has
one translation per plural form of the language; the English catalog holds these texts alone, because "%n
photos" needs a singular. Exit code 1 while a translation is missing.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from fxdiffuse_gui.engine.conditions.tasks import TASKS  # noqa: E402

CATALOGS = ROOT / "resources" / "translations"
LANGUAGES = ("de", "zh_CN")
"""Languages into which every text is translated."""
ENGLISH = "en"
PLURAL_FORMS = {"de": 2, "zh_CN": 1, ENGLISH: 2}
"""How many forms a text with `%n` has, in Qt's order: for 1 first, then for other numbers."""
CONTEXT = "fxdiffuse"
FUNCTIONS = frozenset({"tr", "tr_noop", "Message"})
"""Called with a text to translate, as the errors derived from `ERROR` are."""
ERROR = "UserError"

Forms = tuple[str, ...]
"""The translations of one text: one, or one per plural form. Empty strings are missing."""


def main() -> int:
    """Update and compile all catalogs; returns the exit code."""
    texts = collect()
    missing = 0
    for language in (*LANGUAGES, ENGLISH):
        path = CATALOGS / f"fxdiffuse_{language}.ts"
        catalog = merged(texts, read(path), language)
        write(path, language, catalog)
        release(path)
        todo = untranslated(catalog)
        missing += len(todo)
        print(f"{path.name}: {len(catalog)} texts, {len(todo)} without a translation")
        for text in todo:
            print(f"    {text!r}")
    return 1 if missing else 0


def collect() -> list[str]:
    """Every text of the window, in the order of the files."""
    paths = sorted((ROOT / "fxdiffuse_gui").rglob("*.py"))
    found = dict.fromkeys(texts_in(ast.parse(path.read_text(encoding="utf-8")) for path in paths))
    for spec in TASKS:
        found |= dict.fromkeys((spec.label, spec.label.lower(), spec.help))
    for path in sorted((ROOT / "resources" / "presets").glob("*.json")):
        found[json.loads(path.read_text(encoding="utf-8"))["name"]] = None
    return list(found)


def texts_in(modules: Iterable[ast.Module]) -> Iterator[str]:
    """The literals with which the functions for texts, and the errors for users, are called."""
    trees = list(modules)
    names = FUNCTIONS | user_errors(trees)
    for tree in trees:
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
        for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
            if _name(call.func) in names:
                yield from _literals(call.args[0])


def user_errors(modules: Iterable[ast.Module]) -> set[str]:
    """The names of `ERROR` and of the classes derived from it, directly or not."""
    bases: dict[str, set[str]] = {}
    for tree in modules:
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                bases.setdefault(node.name, set()).update(_name(base) for base in node.bases)
    found = {ERROR}
    while derived := {name for name, parents in bases.items() if parents & found} - found:
        found |= derived
    return found


def has_plural(text: str) -> bool:
    """Whether the text depends on a number."""
    return "%n" in text


def merged(texts: Iterable[str], old: Mapping[str, Forms], language: str) -> dict[str, Forms]:
    """The catalog of `texts` with the translations in `old`; missing ones are empty."""
    catalog: dict[str, Forms] = {}
    for text in texts:
        if language == ENGLISH and not has_plural(text):
            continue
        count = PLURAL_FORMS[language] if has_plural(text) else 1
        forms = old.get(text, ())
        if len(forms) != count:
            forms = ("",) * count
        if language == ENGLISH:
            forms = (*forms[:-1], forms[-1] or text)  # the text itself is the plural
        catalog[text] = forms
    return catalog


def untranslated(catalog: Mapping[str, Forms]) -> list[str]:
    """The texts of which a translation is missing."""
    return [text for text, forms in catalog.items() if not all(form.strip() for form in forms)]


def read(path: Path) -> dict[str, Forms]:
    """The translations in a catalog by their English texts; empty when there is no such file."""
    if not path.exists():
        return {}
    catalog: dict[str, Forms] = {}
    for message in ElementTree.parse(path).getroot().iter("message"):
        forms = [form.text or "" for form in message.iter("numerusform")]
        catalog[message.findtext("source", "")] = tuple(forms) or (message.findtext("translation", ""),)
    return catalog


def write(path: Path, language: str, catalog: Mapping[str, Sequence[str]]) -> None:
    """Writes a catalog; a text without all its translations is marked unfinished."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for text, forms in catalog.items():
        message = ElementTree.SubElement(context, "message", {"numerus": "yes"} if has_plural(text) else {})
        ElementTree.SubElement(message, "source").text = text
        attributes = {} if all(forms) else {"type": "unfinished"}
        translation = ElementTree.SubElement(message, "translation", attributes)
        if has_plural(text):
            for form in forms:
                ElementTree.SubElement(translation, "numerusform").text = form
        else:
            translation.text = forms[0]
    ElementTree.indent(root, "    ")
    body = ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def release(path: Path) -> None:
    """Compiles a catalog to the .qm file next to it."""
    tool = Path(sys.executable).parent / "pyside6-lrelease"
    command = [str(tool), "-silent", str(path), "-qm", str(path.with_suffix(".qm"))]
    subprocess.run(command, check=True)


def _name(expression: ast.expr) -> str:
    """The last part of a (dotted) name; empty for other expressions."""
    if isinstance(expression, ast.Attribute):
        return expression.attr
    return expression.id if isinstance(expression, ast.Name) else ""


def _literals(argument: ast.expr) -> Iterator[str]:
    """The string literals that an argument may be."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.IfExp):
        yield from _literals(argument.body)
        yield from _literals(argument.orelse)


if __name__ == "__main__":
    sys.exit(main())
