"""Both sets of colors: neutral, and what is written can be read wherever it is written."""

import ast
import re
from dataclasses import asdict, fields
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

import resources
from fxdiffuse_gui import views
from fxdiffuse_gui.views.style import theme
from fxdiffuse_gui.views.style.palettes import DARK, LIGHT, Colors

PALETTES = [pytest.param(DARK, id="dark"), pytest.param(LIGHT, id="light")]
ICONS = Path(resources.__file__).parent / "icons"

GRAYS = [
    "canvas",
    "window",
    "card",
    "card_off",
    "raised",
    "hover",
    "pressed",
    "field",
    "plate",
    "line",
    "groove",
    "fill_off",
    "handle",
    "handle_edge",
    "handle_hover",
    "handle_off",
    "knob",
    "bright",
    "text",
    "muted",
    "disabled",
    "check_light",
    "check_dark",
]
SURFACES = ["canvas", "window", "card", "card_off", "raised", "hover", "pressed", "field", "plate"]
QUIET_SURFACES = ["canvas", "window", "card", "card_off", "raised", "field", "plate"]
"""Where secondary text is written; under the pointer it is brightened."""


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(color).getRgbF()[:3]
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def failures(colors: Colors, inks: list[str], grounds: list[str], least: float) -> dict[str, float]:
    """What is too faint, with its contrast."""
    found = {
        f"{ink} on {ground}": round(contrast(getattr(colors, ink), getattr(colors, ground)), 2)
        for ink in inks
        for ground in grounds
    }
    return {pair: ratio for pair, ratio in found.items() if ratio < least}


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("colors", PALETTES)
def test_grays_are_neutral(colors: Colors) -> None:
    for name in GRAYS:
        color = QColor(getattr(colors, name))
        assert color.red() == color.green() == color.blue(), name


@pytest.mark.parametrize("colors", PALETTES)
def test_text_can_be_read_on_every_surface(colors: Colors) -> None:
    assert not failures(colors, ["text", "bright"], SURFACES, 7)
    assert not failures(colors, ["muted"], QUIET_SURFACES, 4.5)
    assert not failures(colors, ["bad"], ["window", "card", "card_off", "field", "plate"], 4.5)
    assert not failures(colors, ["accent_text"], ["window", "card", "card_off", "pressed", "field"], 4.5)
    assert not failures(colors, ["on_accent"], ["accent", "accent_hover", "accent_pressed"], 4.5)


@pytest.mark.parametrize("colors", PALETTES)
def test_what_is_no_text_can_be_made_out(colors: Colors) -> None:
    """Rings, dots, handles and the filled part of sliders: 3:1, as WCAG asks of what is no text."""
    assert not failures(colors, ["accent"], ["window", "card", "card_off", "field", "plate"], 3)
    assert not failures(colors, ["good", "bad"], ["plate"], 3)
    seen = "handle" if colors.is_dark else "handle_edge"
    assert not failures(colors, [seen], ["window", "card", "card_off"], 3)


def test_the_light_one_is_light_and_its_surround_in_the_middle() -> None:
    for name in ("window", "card", "field"):
        assert luminance(getattr(DARK, name)) < 0.1
        assert luminance(getattr(LIGHT, name)) > 0.7
    assert 0.18 < luminance(LIGHT.canvas) < 0.6


@pytest.mark.parametrize("colors", PALETTES)
def test_glyphs_of_the_style_sheet_have_the_colors_of_the_set(colors: Colors) -> None:
    prefix = "" if colors.is_dark else "light-"
    expected = {"check": colors.on_accent, "dot": colors.on_accent, "tick": colors.text}
    glyphs = sorted(ICONS.glob(f"{prefix}glyph-*.svg"))
    assert len(glyphs) == 7
    for glyph in glyphs:
        name = glyph.stem.removeprefix(f"{prefix}glyph-")
        drawn = set(re.findall(r"#[0-9a-f]{6}", glyph.read_text()))
        assert drawn == {expected.get(name, colors.muted)}, name


def test_every_color_that_the_code_names_is_there() -> None:
    """`theme` looks colors up when they are asked for, so the type checker cannot tell."""
    tests = Path(__file__).parent
    files = [*Path(views.__path__[0]).rglob("*.py"), *tests.glob("*.py")]
    named = {
        node.attr
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "theme"
        if node.attr.isupper()
    } - {"MAUVE", "IS_DARK"}
    assert "TEXT" in named
    assert not [name for name in named if not hasattr(theme, name)]


def test_no_view_keeps_a_color_of_its_own() -> None:
    """A color written into a view would stay when the look changes."""
    kept = {
        file.name: found
        for file in Path(views.__path__[0]).rglob("*.py")
        if file.name not in ("palettes.py", "theme.py")
        if (found := re.findall(r"[\"']#[0-9a-fA-F]{6}", file.read_text(encoding="utf-8")))
    }
    # The channels of the histogram are red, green and blue in any look.
    kept.pop("scopes.py", None)
    assert not kept


def test_every_color_is_one() -> None:
    for colors in (DARK, LIGHT):
        values = asdict(colors)
        assert set(values) == {field.name for field in fields(Colors)}
        assert all(QColor(value).isValid() for value in values.values() if isinstance(value, str))
