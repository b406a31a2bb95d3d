"""The subpackages of the engine import downward alone, type-checking imports included."""

import ast
from collections.abc import Iterator
from pathlib import Path

ENGINE = Path(__file__).resolve().parents[2] / "fxdiffuse_gui" / "engine"
ROOT = "fxdiffuse_gui.engine"
LAYERS = (
    ("pipeline",),
    ("tiles",),
    ("model_summary",),
    ("checkpoint",),
    ("diffusion", "model_card"),
    ("inpainting", "measure", "proxy_preview"),
    ("network",),
    ("effects",),
    ("conditions",),
)
"""From the top; parts of one layer do not import each other."""
DEPTH = {part: depth for depth, layer in enumerate(LAYERS) for part in layer}


def imports() -> Iterator[tuple[str, str, str]]:
    """(file, part of the engine that it belongs to, part that it imports), where these differ."""
    for path in sorted(ENGINE.rglob("*.py")):
        place = path.relative_to(ENGINE)
        part = place.parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(f"{ROOT}."):
                other = node.module.removeprefix(f"{ROOT}.").partition(".")[0]
                if other != part:
                    yield str(place), part, other


def test_every_part_has_its_layer() -> None:
    parts = {path.name.removesuffix(".py") for path in ENGINE.iterdir() if not path.name.startswith("__")}
    assert parts == set(DEPTH)


def test_imports_go_down() -> None:
    found = list(imports())
    assert len(found) > 40
    assert [(file, other) for file, part, other in found if DEPTH[part] >= DEPTH[other]] == []
