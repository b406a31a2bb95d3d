"""The manual: its pages in order, and how often a text occurs in them. English only."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtGui import QTextDocument

import resources

FOLDER: Final = Path(resources.__file__).parent / "manual"
INDEX: Final = "index.md"
"""The first page; the links in it are the contents."""

_LINK = re.compile(r"\[([^\]]+)\]\((\w[\w-]*\.md)\)")
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A Markdown file: its `name` in the folder, its title and its text."""

    name: str
    title: str
    text: str

    @property
    def plain(self) -> str:
        """The text without Markdown."""
        return _plain(self.text)


def read_pages(folder: Path = FOLDER) -> list[Page]:
    """Every page of the manual in `folder`, the index first. Those that cannot be read are left out."""
    index = _read(folder / INDEX)
    if index is None:
        return []
    names = dict.fromkeys([INDEX, *(name for _, name in _LINK.findall(index))])
    texts = {name: _read(folder / name) for name in names}
    return [Page(name, _title(name, text), text) for name, text in texts.items() if text is not None]


def count(page: Page, text: str) -> int:
    """How often `text` occurs in `page`, ignoring case; 0 for an empty text."""
    text = text.strip().casefold()
    return page.plain.casefold().count(text) if text else 0


def _title(name: str, text: str) -> str:
    heading = _HEADING.search(text)
    return heading[1] if heading else name


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


@lru_cache(maxsize=64)
def _plain(markdown: str) -> str:
    document = QTextDocument()
    document.setMarkdown(markdown)
    return document.toPlainText()
