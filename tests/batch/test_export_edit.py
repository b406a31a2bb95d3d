"""`export_edit`: the sequence from an edit to a file, and that window, folder and commands go through it."""

import ast
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fxdiffuse_gui.batch.export_edit import Export, Sampling, StoppedError, export_edit
from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.pipeline import Part
from fxdiffuse_gui.photo.image import Photo, PhotoError
from fxdiffuse_gui.photo.reader import read_photo
from fxdiffuse_gui.photo.receipt import read_receipt
from fxdiffuse_gui.photo.writer import ExportOptions
from tests.photo.photo_files import load, random_samples, save

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Engine:
    """Inverts the photo in two parts, inside the mask if there is one; stops as the real one does."""

    photo: Photo
    mask: Any = None
    cancel: threading.Event = field(default_factory=threading.Event)
    cancel_at: float = 2.0
    calls: int = 0
    spills: bool = False

    def compute(self, report: Callable[[float], None]) -> Iterator[Part]:
        self.calls += 1
        pixels = 1 - self.photo.pixels
        if self.mask is not None and not self.spills:
            pixels = np.where(self.mask[..., None] > 0, pixels, self.photo.pixels)
        half = self.photo.height // 2
        for number, (top, bottom) in enumerate([(0, half), (half, self.photo.height)], 1):
            if number / 2 >= self.cancel_at:
                self.cancel.set()
            if self.cancel.is_set():
                raise RuntimeError("canceled")
            report(number / 2)
            box = (0, top, self.photo.width, bottom)
            yield Part(box, pixels[top:bottom].astype(np.float32), number, 2, number / 2)


@pytest.fixture
def photo(tmp_path: Path) -> Photo:
    return read_photo(save(tmp_path / "photo.png", random_samples(16, 24)))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "out.png"


def run(engine: Engine, export: Export, *, verify: bool = False) -> tuple[bool, list[float]]:
    told: list[float] = []
    sampling = Sampling("ab" * 32, 4)
    proven = export_edit(export, engine.compute, lambda: sampling, told.append, engine.cancel, verify=verify)
    return proven, told


def test_the_parts_are_written_with_their_receipt(photo: Photo, target: Path) -> None:
    engine = Engine(photo)
    export = Export(target, photo, EditCondition(grain=0.05, seed=3), ExportOptions())
    assert run(engine, export) == (False, [0.5, 1.0, 1.0])
    np.testing.assert_array_equal(load(target), 255 - photo.original)
    receipt = read_receipt(target)
    assert receipt.condition == {"seed": 3, "grain": 0.05} and receipt.source_name == "photo.png"
    assert (receipt.model, receipt.steps, receipt.project_name) == ("ab" * 32, 4, None)


def test_the_receipt_names_the_pictures_that_are_needed(photo: Photo, target: Path) -> None:
    mask = np.full((16, 24), 255, np.uint8)
    named = {"mask": Path("a/m.png"), "reference": Path("a/r.png"), "project": Path("a/p.fxd")}
    run(Engine(photo), Export(target, photo, EditCondition(mask=mask), ExportOptions(), **named))
    receipt = read_receipt(target)
    assert (receipt.mask_name, receipt.reference_name) == ("m.png", None)
    assert receipt.project_name == "p.fxd"
    run(Engine(photo), Export(target, photo, EditCondition(blur=3.0), ExportOptions(), **named))
    receipt = read_receipt(target)
    assert (receipt.mask_name, receipt.project_name) == (None, None)


def test_without_an_effect_nothing_is_computed(photo: Photo, target: Path) -> None:
    engine = Engine(photo)
    assert run(engine, Export(target, photo, EditCondition(), ExportOptions())) == (False, [1.0])
    assert engine.calls == 0 and read_receipt(target).model is None
    np.testing.assert_array_equal(load(target), photo.original)


@pytest.mark.parametrize("cancel_at", [0.5, 1.0])
def test_canceled_in_the_midst_it_leaves_the_old_file(photo: Photo, target: Path, cancel_at: float) -> None:
    target.write_bytes(b"old")
    engine = Engine(photo, cancel_at=cancel_at)
    with pytest.raises(StoppedError):
        run(engine, Export(target, photo, EditCondition(grain=0.05), ExportOptions()))
    assert target.read_bytes() == b"old" and list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("condition", [EditCondition(), EditCondition(grain=0.05)])
def test_canceled_by_who_is_told_of_the_end(photo: Photo, target: Path, condition: EditCondition) -> None:
    engine = Engine(photo)

    def report(progress: float) -> None:
        if progress == 1.0:
            engine.cancel.set()

    with pytest.raises(StoppedError):
        export_edit(
            Export(target, photo, condition, ExportOptions()),
            engine.compute,
            lambda: None,
            report,
            engine.cancel,
        )
    assert not target.exists()


def test_an_error_of_the_engine_is_passed_on(photo: Photo, target: Path) -> None:
    def fail(_report: Callable[[float], None]) -> Iterator[Part]:
        raise RuntimeError("out of memory")

    export = Export(target, photo, EditCondition(grain=0.05), ExportOptions())
    with pytest.raises(RuntimeError, match="out of memory"):
        export_edit(export, fail, lambda: None, lambda _: None, threading.Event())
    assert not target.exists()


def test_what_cannot_be_written_is_refused_before_any_work(photo: Photo, target: Path) -> None:
    engine = Engine(photo)
    for path in (target.with_suffix(".xyz"), target.parent / "gone" / "out.png"):
        with pytest.raises(PhotoError):
            run(engine, Export(path, photo, EditCondition(grain=0.05), ExportOptions()))
    assert engine.calls == 0


@pytest.mark.parametrize(
    ("verify", "more", "spills", "suffix", "proven"),
    [
        (True, {}, False, ".png", True),
        (False, {}, False, ".png", False),
        (True, {"grain": 0.05}, False, ".png", False),
        (True, {}, True, ".png", False),
        (True, {}, False, ".jpg", False),
    ],
)
@pytest.mark.parametrize("as_floats", [False, True])
def test_holes_alone_are_read_back(
    photo: Photo,
    target: Path,
    verify: bool,
    more: dict[str, float],
    spills: bool,
    suffix: str,
    proven: bool,
    as_floats: bool,
) -> None:
    mask = np.zeros((16, 24), np.uint8)
    mask[4:9, 5:20] = 255
    painted = mask.astype(np.float32) / 255 if as_floats else mask
    condition = EditCondition(mask=painted, **more)  # type: ignore[arg-type]
    export = Export(target.with_suffix(suffix), photo, condition, ExportOptions())
    assert run(Engine(photo, mask, spills=spills), export, verify=verify)[0] is proven


def test_an_empty_mask_leaves_all_untouched(photo: Photo, target: Path) -> None:
    condition = EditCondition(mask=np.zeros((16, 24), np.uint8))
    assert run(Engine(photo), Export(target, photo, condition, ExportOptions()), verify=True)[0]


def test_there_is_no_other_way_out() -> None:
    """Nothing else puts an edit together or writes one; a project keeps a pasted photo as it is."""
    users = {
        path.relative_to(ROOT / "fxdiffuse_gui").as_posix()
        for path in (ROOT / "fxdiffuse_gui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"begin_edit", "write_photo", "receipt_of"}
    }
    assert users == {"batch/export_edit.py", "document/picture_bytes.py", "photo/writer.py"}
