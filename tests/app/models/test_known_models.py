"""The remembered models, kept in the settings."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from fxdiffuse_gui.app.models.known_models import MOST, KnownModel, KnownModels
from fxdiffuse_gui.app.settings import use_settings_folder

A, B = "a" * 64, "b" * 64


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path) -> None:
    use_settings_folder(tmp_path)


def test_they_outlast_the_program(tmp_path: Path) -> None:
    odd = tmp_path / 'a, "b" ü\udcff=[1].safetensors'
    KnownModels().add(tmp_path / "one.safetensors", A)
    KnownModels().add(odd, B)
    KnownModels().choose(odd)
    QSettings().sync()
    known = KnownModels()
    assert known.all == (KnownModel(tmp_path / "one.safetensors", A), KnownModel(odd, B))
    assert known.chosen is not None
    known.remove(tmp_path / "one.safetensors")
    known.choose(None)
    assert known.all == (KnownModel(odd, B),) and known.chosen is None


def test_another_file_in_the_same_place_takes_its_place(tmp_path: Path) -> None:
    known = KnownModels()
    for name, digest in (("one", A), ("two", A), ("one", B)):
        known.add(tmp_path / name, digest)
    assert known.all == (KnownModel(tmp_path / "one", B), KnownModel(tmp_path / "two", A))


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path) -> None:
    known = KnownModels()
    for number in range(MOST + 2):
        known.add(tmp_path / str(number), A)
    assert [one.path.name for one in known.all] == [str(number) for number in range(2, MOST + 2)]


@pytest.mark.parametrize(
    "stored",
    [
        "[", "[]", "5", '{"models": 3}', '{"models": [{"path": "", "sha256": "x"}]}', ["a", "b"],
        '{"models": [{"path": "x", "sha256": "zz"}]}', "{" * 100_000,
    ],
)  # fmt: skip
def test_what_cannot_be_read_counts_as_missing(stored: object) -> None:
    QSettings().setValue("models/known", stored)
    QSettings().setValue("models/chosen", stored if isinstance(stored, list) else "")
    assert KnownModels().all == () and KnownModels().chosen is None
