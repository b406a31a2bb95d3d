"""What is shown of a model card, whoever wrote it."""

from typing import Any

import pytest

from fxdiffuse_gui.app.models.model_facts import quality_facts, training_facts
from fxdiffuse_gui.engine.checkpoint import load_model
from fxdiffuse_gui.engine.model_card import ModelCard


def test_the_bundled_model_tells_its_training() -> None:
    facts = dict(training_facts(load_model(None, "cpu").card))
    assert (facts["Recipe"], facts["Steps"], facts["Photos"]) == ("polish", "300", "160")
    assert facts["Tiles cut from them"] == "1,711"
    licenses = facts["Licenses of the photos"].splitlines()
    assert licenses[0].startswith("48 × per photo") and len(licenses) == 9
    assert len(facts["Pack, SHA-256"]) == 64


def test_what_a_card_lacks_is_left_out() -> None:
    assert training_facts(ModelCard("mine")) == [("Recipe", "mine")]


@pytest.mark.parametrize(
    "fields",
    [
        {"name": 5, "steps": "many", "data": [], "commit": None},
        {"name": "", "steps": True, "data": {"photos": -3, "tiles": 10**400, "licenses": ["CC0"]}},
        {"name": "", "steps": 1.5, "data": {"licenses": {"CC0": "x", "MIT": None}, "pack": {}}},
    ],
)
def test_nonsense_is_left_out(fields: dict[str, Any]) -> None:
    assert training_facts(ModelCard(**fields)) == []


def test_long_and_unprintable_texts_are_tamed() -> None:
    ((_, name),) = training_facts(ModelCard("\x1b[31m\n\u202e" + "x" * 5000))
    assert name.isprintable() and len(name) == 201 and name.endswith("…")


def test_of_many_licenses_the_commonest_are_named() -> None:
    licenses = {f"license {number}": number for number in range(1, 41)}
    ((_, text),) = training_facts(ModelCard("", data={"licenses": licenses}))
    lines = text.splitlines()
    assert lines[0] == "40 × license 40" and lines[-1] == "and 28 more" and len(lines) == 13


def test_measured_figures_are_told_with_their_units() -> None:
    quality = {"crops": 19, "psnr": {"blur": 66.04, "color": 48.0, "inpaint": 21.6}, "grain": 1.0081}
    assert quality_facts(ModelCard("mine", data={"quality": quality})) == [
        ("Crops it was measured on", "19"),
        ("Inpaint, PSNR", "21.6 dB"),
        ("Color transfer, PSNR", "48.0 dB"),
        ("Motion blur, PSNR", "66.0 dB"),
        ("Film grain, strength over what was asked", "1.008 ×"),
    ]


@pytest.mark.parametrize(
    "quality",
    [
        None, [], {"crops": "many", "psnr": [1], "grain": "strong"},
        {"crops": -1, "psnr": {"blur": float("nan"), "color": 10**400, "sharpen": True}, "grain": -1e300},
    ],
)  # fmt: skip
def test_figures_that_are_none_are_left_out(quality: Any) -> None:
    assert quality_facts(ModelCard("mine", data={"quality": quality})) == []
