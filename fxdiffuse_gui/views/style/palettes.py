"""The two sets of colors that the program is drawn in, one for a dark window and one for a light one.

Every gray is neutral (equal red, green and blue), because a tinted surround shifts how the colors of a
photograph are judged. One accent, the amber of a darkroom safelight, marks what is on, focused or chosen; on
light grays it has to be deeper to be seen, and deeper still as text.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Colors:
    """Every color by its use, as Qt writes them: #rrggbb, or #aarrggbb with alpha."""

    is_dark: bool
    canvas: str
    """Surround of the photo."""
    window: str
    """Tool bars, panels, dialogs."""
    card: str
    """A raised group of controls."""
    card_off: str
    """The card of an effect that is switched off."""
    raised: str
    """Buttons at rest."""
    hover: str
    """Buttons under the pointer."""
    pressed: str
    """Buttons held down, or checked."""
    field: str
    """Typed values, lists."""
    plate: str
    """Background of text on the canvas: the chip, messages."""
    veil: str
    """A button on a picture."""
    veil_hover: str
    line: str
    """Hairlines."""
    groove: str
    """The unfilled part of a slider, a switch that is off."""
    fill_off: str
    """The filled part of the slider of an effect that is off."""
    handle: str
    """The handle of a slider."""
    handle_edge: str
    handle_hover: str
    handle_off: str
    knob: str
    """The round part of a switch."""
    bright: str
    """What is under the pointer."""
    text: str
    muted: str
    """Secondary text."""
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_text: str
    """Text and icons in the accent."""
    on_accent: str
    """Text and glyphs on the accent."""
    good: str
    bad: str
    check_light: str
    """The lighter squares behind a photo that is transparent."""
    check_dark: str


DARK: Final = Colors(
    is_dark=True,
    canvas="#1c1c1c",
    window="#262626",
    card="#2f2f2f",
    card_off="#2a2a2a",
    raised="#3b3b3b",
    hover="#474747",
    pressed="#212121",
    field="#1f1f1f",
    plate="#141414",
    veil="#96000000",
    veil_hover="#dc000000",
    line="#404040",
    groove="#525252",
    fill_off="#6a6a6a",
    handle="#e4e4e4",
    handle_edge="#2f2f2f",
    handle_hover="#ffffff",
    handle_off="#9a9a9a",
    knob="#ffffff",
    bright="#ffffff",
    text="#e4e4e4",
    muted="#a8a8a8",
    disabled="#757575",
    accent="#e0a04e",
    accent_hover="#efb666",
    accent_pressed="#c2873a",
    accent_text="#e0a04e",
    on_accent="#1b1408",
    good="#86b886",
    bad="#ea8272",
    check_light="#9a9a9a",
    check_dark="#666666",
)

LIGHT: Final = Colors(
    is_dark=False,
    canvas="#b8b8b8",
    window="#e6e6e6",
    card="#f3f3f3",
    card_off="#ededed",
    raised="#dcdcdc",
    hover="#d4d4d4",
    pressed="#cecece",
    field="#fafafa",
    plate="#fafafa",
    veil="#d2ffffff",
    veil_hover="#ffffffff",
    line="#d0d0d0",
    groove="#a9a9a9",
    fill_off="#8b8b8b",
    handle="#ffffff",
    handle_edge="#757575",
    handle_hover="#f0f0f0",
    handle_off="#9d9d9d",
    knob="#ffffff",
    bright="#000000",
    text="#1f1f1f",
    muted="#494949",
    disabled="#8f8f8f",
    accent="#b06000",
    accent_hover="#9c5400",
    accent_pressed="#854600",
    accent_text="#854600",
    on_accent="#ffffff",
    good="#2f7a36",
    bad="#a5281a",
    check_light="#ececec",
    check_dark="#cbcbcb",
)
