"""The search over variants of the recipe: each is trained and measured once, and listed in a table."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fxdiffuse_gui.engine.diffusion.model_config import DEFAULT_STEPS
from tests.trainer.conftest import silent, write_photo
from trainer.data.pack import Pack
from trainer.errors import TrainerError
from trainer.evaluation.evaluate import EPSILON_STEPS
from trainer.recipes import Phase, default, tiny
from trainer.training import search as module

NAMES = ["default, bridged holes", "no activation labels"]


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "default", tiny)
    monkeypatch.setattr(module, "_PHASES", (Phase(1.0, 32, 2),))


@pytest.mark.usefixtures("_small")
def test_every_variant_is_trained_and_measured_once(tmp_path: Path, pack: Pack) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    write_photo(photos / "a.png", 256, 256, 0)
    write_photo(photos / "b.png", 256, 256, 1)
    names: list[str] = []

    def report(_step: int, _of: int, name: str) -> None:
        names.append(name)

    table = module.search(pack, [photos], tmp_path / "out", 2, NAMES, report)
    text = table.read_text(encoding="utf-8")
    assert names == [name for name in NAMES for _ in range(2)]
    assert all(f"| {name} |" in text for name in NAMES)
    figures = [json.loads(path.read_text()) for path in (tmp_path / "out").glob("*/figures.json")]
    assert len(figures) == 2
    assert figures[0]["blur"] != figures[1]["blur"]

    module.search(pack, [photos], tmp_path / "out", 2, NAMES, report)
    assert len(names) == 4
    assert table.read_text(encoding="utf-8") == text

    old = next((tmp_path / "out").glob("*/figures.json"))
    old.write_text(json.dumps({"blur": 1.0}))  # as versions before the number of evaluations was kept
    module.search(pack, [photos], tmp_path / "out", 2, NAMES, report)
    assert table.read_text(encoding="utf-8") == text


@pytest.mark.usefixtures("_small")
def test_epsilon_models_get_enough_evaluations(
    tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    write_photo(photos / "a.png", 256, 256, 0)
    made: list[int | None] = []
    edit = module.edit

    def recorded(*arguments: Any, steps: int | None = None) -> Any:
        made.append(steps)
        return edit(*arguments, steps=1)

    monkeypatch.setattr(module, "edit", recorded)
    names = ["default, bridged holes", "epsilon, no heads"]
    table = module.search(pack, [photos], tmp_path / "out", 1, names, silent)
    assert len(made) == 12
    assert set(made[:6]) == {DEFAULT_STEPS}
    assert set(made[6:]) == {EPSILON_STEPS} and EPSILON_STEPS >= 20
    rows = [line.split(" | ") for line in table.read_text().splitlines() if line.startswith("| ")]
    assert [row[2] for row in rows] == ["evaluations", "4", "20"]


def test_variants_differ_from_the_default_and_only_as_they_say() -> None:
    base = replace(default(), model=replace(default().model, fill=False))
    assert module.VARIANTS[NAMES[0]](base) == base
    others = [change(base) for name, change in module.VARIANTS.items() if name != NAMES[0]]
    assert all(other != base for other in others)


def test_an_unknown_variant_is_named(tmp_path: Path, pack: Pack) -> None:
    with pytest.raises(TrainerError, match="no variant 'magic'"):
        module.search(pack, [tmp_path], tmp_path, 1, ["magic"], lambda *_: None)
