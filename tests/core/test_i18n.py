"""Messages and errors: rendered in English or through a translator, with everything nested in them."""

from collections.abc import Iterator

import pytest

from fxdiffuse_gui.core import i18n
from fxdiffuse_gui.core.errors import UserError, os_reason
from fxdiffuse_gui.core.i18n import Message, tr, translated, use_translator
from fxdiffuse_gui.photo.image import PhotoError

GERMAN = {
    "{name} cannot be read ({reason}).": "{name} ist nicht lesbar ({reason}).",
    "the path is not valid": "der Pfad ist ungültig",
    "{share:.1f} % of {name}": "{share:.1f} % von {name}",
}


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(i18n, "_translator", [])

    def translate(text: str, count: int) -> str:
        if text == "%n photos":
            return "%n Foto" if count == 1 else "%n Fotos"
        return GERMAN.get(text, text)

    use_translator(translate)
    yield
    use_translator(None)


@pytest.mark.usefixtures("german")
def test_an_error_is_translated_with_its_reason() -> None:
    reason = Message("the path is not valid")
    error = PhotoError("{name} cannot be read ({reason}).", name="a.jpg", reason=reason)
    assert str(error) == "a.jpg cannot be read (the path is not valid)."
    assert translated(error) == "a.jpg ist nicht lesbar (der Pfad ist ungültig)."


@pytest.mark.usefixtures("german")
def test_an_error_can_be_the_reason_of_another() -> None:
    outer = PhotoError(
        "{name} cannot be read ({reason}).", name="a", reason=UserError("the path is not valid")
    )
    assert translated(outer) == "a ist nicht lesbar (der Pfad ist ungültig)."
    assert str(outer) == "a cannot be read (the path is not valid)."


@pytest.mark.usefixtures("german")
def test_numbers_are_formatted_by_the_template() -> None:
    assert tr("{share:.1f} % of {name}", share=12.345, name="a") == "12.3 % von a"


@pytest.mark.usefixtures("german")
def test_a_count_chooses_the_form() -> None:
    assert [translated(Message("%n photos", {}, count)) for count in (1, 2)] == ["1 Foto", "2 Fotos"]


@pytest.mark.usefixtures("german")
def test_what_carries_no_message_stays_as_it_is() -> None:
    assert translated(ValueError("x")) == "x" and translated("%n") == "%n" and tr("Unknown") == "Unknown"


def test_braces_in_a_name_are_not_placeholders() -> None:
    assert str(PhotoError("{name} is empty.", name="{reason}.jpg")) == "{reason}.jpg is empty."
    assert str(Message("no {names}")) == "no {names}"


def test_more_names() -> None:
    message = Message("{a} and {b}", {"a": 1}).with_names(b=2)
    assert str(message) == "1 and 2"


def test_the_system_s_reason_is_not_translated() -> None:
    assert os_reason(OSError(28, "No space left on device")) == "No space left on device"
    assert os_reason(OSError("encoder")) == "encoder"
    assert os_reason(ValueError("embedded null byte")) == Message("the path is not valid")
    error = UserError("it is damaged")
    assert os_reason(error) is error
