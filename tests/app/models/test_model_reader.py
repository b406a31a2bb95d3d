"""Files that are looked into because they may be models."""

from pathlib import Path

import pytest

from fxdiffuse_gui.app.models import model_reader
from fxdiffuse_gui.app.models.model_reader import ModelReader


def refusal(path: Path) -> str:
    told: list[str] = []
    reader = ModelReader()
    reader.refused.connect(lambda _, why: told.append(why))
    reader.read_model(path)
    assert len(told) == 1
    return told[0]


@pytest.mark.parametrize("name", ["mine.safetensors", "{mine}.safetensors"])
def test_a_bad_file_is_one_sentence_whatever_its_name(qapp: object, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"no model")
    assert refusal(path) == f"{name} is not a safetensors model file."


def test_what_nobody_foresaw_names_the_file(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path) -> None:
        raise RuntimeError("the sky fell")

    monkeypatch.setattr(model_reader, "summarize", broken)
    assert refusal(tmp_path / "{x}.safetensors") == "{x}.safetensors cannot be read: the sky fell."
