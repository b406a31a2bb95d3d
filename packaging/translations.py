#!/usr/bin/env python3
"""Bring the catalogs of the window's texts up to date, and say what is still to be translated.

    .venv/bin/python packaging/translations.py

Collects every text for `tr`, merges it into resources/translations/fxdiffuse_*.ts (Qt Linguist's format:
edit them there or in an editor), and compiles those to the .qm files beside them, which the program loads.
What is in a catalog stays; texts that are gone go. Ends with 1 while a text has no translation.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from fxdiffuse_gui.engine.conditions.tasks import TASKS  # noqa: E402

CATALOGS = ROOT / "resources" / "translations"
LANGUAGES = ("de", "zh_CN")
CONTEXT = "fxdiffuse"
CALLS = frozenset({
    "tr", "tr_noop", "Message", "UserError", "PhotoError", "ModelError", "ProfileError", "ConditionError",
    "ReceiptError", "FieldError", "ProjectError", "PresetError", "PictureBytesError", "JobError",
    "ReplayError", "PhotoMissingError", "SettingsError",
})  # fmt: skip
"""What is called with a text to translate; of the errors, see `fxdiffuse_gui.core.errors`."""


def main() -> int:
    """Update and compile all catalogs; returns the process's exit code."""
    texts = collect()
    missing = 0
    for language in LANGUAGES:
        path = CATALOGS / f"fxdiffuse_{language}.ts"
        translations = read(path)
        todo = [text for text in texts if not translations.get(text)]
        write(path, language, {text: translations.get(text, "") for text in texts})
        release(path)
        missing += len(todo)
        print(f"{path.name}: {len(texts)} texts, {len(todo)} without a translation")
        for text in todo:
            print(f"    {text!r}")
    return 1 if missing else 0


def collect() -> list[str]:
    """Every text of the window, in the order of the files that say it."""
    found: dict[str, None] = {}
    for path in sorted((ROOT / "fxdiffuse_gui").rglob("*.py")):
        found |= dict.fromkeys(_literals(ast.parse(path.read_text(encoding="utf-8"))))
    for spec in TASKS:
        found |= dict.fromkeys((spec.label, spec.label.lower(), spec.help))
    for path in sorted((ROOT / "resources" / "presets").glob("*.json")):
        found[json.loads(path.read_text(encoding="utf-8"))["name"]] = None
    return list(found)


def read(path: Path) -> dict[str, str]:
    """The translations in a catalog by their English texts; none when there is no such file."""
    if not path.exists():
        return {}
    messages = ElementTree.parse(path).getroot().iter("message")
    return {one.findtext("source", ""): one.findtext("translation", "") for one in messages}


def write(path: Path, language: str, translations: dict[str, str]) -> None:
    """Writes a catalog; a text without a translation is marked unfinished."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for text, translation in translations.items():
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = text
        attributes = {} if translation else {"type": "unfinished"}
        ElementTree.SubElement(message, "translation", attributes).text = translation
    ElementTree.indent(root, "    ")
    body = ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def release(path: Path) -> None:
    """Compiles a catalog to the .qm file beside it."""
    tool = Path(sys.executable).parent / "pyside6-lrelease"
    command = [str(tool), "-silent", str(path), "-qm", str(path.with_suffix(".qm"))]
    subprocess.run(command, check=True)


def _literals(tree: ast.Module) -> Iterator[str]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        text = call.args[0]
        is_shown = isinstance(call.func, ast.Name) and call.func.id in CALLS
        if is_shown and isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield text.value


if __name__ == "__main__":
    sys.exit(main())
