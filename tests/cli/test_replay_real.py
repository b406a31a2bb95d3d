"""What the real model has made, from the command line or in the app, is made again sample for sample."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from fxdiffuse_gui import __main__ as cli
from fxdiffuse_gui.app.background import BackgroundThread
from fxdiffuse_gui.app.render.engine_port import TorchEngine
from fxdiffuse_gui.app.render.request import ExportJob
from fxdiffuse_gui.app.render.sampler_worker import SamplerWorker
from fxdiffuse_gui.app.render.source import Source
from fxdiffuse_gui.document.edit_state import EditState, Reference
from fxdiffuse_gui.document.photo_link import PhotoLink
from fxdiffuse_gui.document.project import Project
from fxdiffuse_gui.document.project_file import write_project
from fxdiffuse_gui.engine.conditions.condition import EditCondition, image_hash
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.photo.reader import read_photo, read_pixels
from fxdiffuse_gui.photo.writer import ExportOptions
from tests.photo.photo_files import random_samples, save


@pytest.fixture(autouse=True)
def photo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    mask = np.zeros((48, 64, 1), dtype=np.uint8)
    mask[10:20, 30:50] = 255
    save(Path("mask.png"), mask)
    save(Path("look.png"), random_samples(20, 20) // 2)
    return save(Path("photo.jpg"), random_samples(48, 64) // 2 + np.uint8(60))


def test_from_the_command_line(photo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flags = "--grain 0.05 --sharpen 1.1 --blur 4 --reference look.png --mask mask.png --seed 5 --steps 2"
    flags += " --grain-seed 6"
    assert cli.main(["edit", str(photo), "-o", "out.jpg", *flags.split()]) == 0
    assert cli.main(["replay", "out.jpg", "--verify"]) == 0
    assert "identical: photo.jpg" in capsys.readouterr().out


def test_from_the_app(qapp: QApplication, photo: Path) -> None:
    painted = np.zeros((48, 64), dtype=np.uint8)
    painted[5:15, 5:15] = 200
    save(Path("painted.png"), painted[..., None])
    condition = EditCondition(grain=0.03, color=0.7, reference=read_pixels("look.png"), seed=8)
    job = ExportJob(
        Source(read_photo(photo)), condition, painted, Path("out.tif"), ExportOptions(bit_depth=16)
    )
    SamplerWorker(TorchEngine(), BackgroundThread("test")).export(job)
    arguments = ["--mask", "painted.png", "--reference", "look.png"]
    assert cli.main(["replay", "out.tif", "--verify", *arguments]) == 0


def test_from_the_app_with_its_project(qapp: QApplication, photo: Path) -> None:
    picture, pixels = read_photo(photo), read_pixels("look.png")
    painted = np.zeros((48, 64), dtype=np.uint8)
    painted[5:15, 5:15] = 200
    state = EditState(
        enabled=frozenset({Task.INPAINT, Task.COLOR, Task.GRAIN}),
        reference=Reference("pasted", None, pixels, image_hash(pixels) or ""),
        mask=painted,
        seed=8,
        grain_seed=9,
    )
    project = Project(picture, PhotoLink.of_file(photo, picture), state)
    write_project(Path("mine.fxd"), project)
    job = ExportJob(
        Source(picture),
        state.condition(with_mask=False),
        painted,
        Path("out.jpg"),
        ExportOptions(),
        project=Path("mine.fxd"),
    )
    SamplerWorker(TorchEngine(), BackgroundThread("test")).export(job)
    assert cli.main(["replay", "out.jpg", "--verify"]) == 0
    assert cli.main(["edit", "--project", "mine.fxd", "-o", "again.jpg"]) == 0
    assert Path("again.jpg").read_bytes() == Path("out.jpg").read_bytes()
