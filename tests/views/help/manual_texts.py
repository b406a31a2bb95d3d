"""The pages of the manual as text, and what is code, bold or italic in them."""

import re

from fxdiffuse_gui.app.manual import read_pages

PAGES = {page.name: page.text for page in read_pages()}
CODE = re.compile(r"^```.*?^```|`[^`]*`", re.MULTILINE | re.DOTALL)
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
ITALIC = re.compile(r"(?<!\*)\*(?!\*)(.+?)(?<!\*)\*(?!\*)", re.DOTALL)
