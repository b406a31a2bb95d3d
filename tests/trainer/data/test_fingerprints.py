"""Which photos a pack or model has seen: copies are recognized, other photos are not, old files load."""

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from fxdiffuse_gui.core.hashing import file_sha256
from fxdiffuse_gui.core.samples import as_float
from fxdiffuse_gui.engine.checkpoint import load_model, save_model
from fxdiffuse_gui.photo.image import FloatImage
from fxdiffuse_gui.photo.reader import read_pixels
from tests.trainer.conftest import TILE, silent
from tests.trainer.data.virtual_camera import Camera, write_video
from trainer.data.fingerprints import MAX_DISTANCE, Fingerprint, SeenPhotos, perceptual_hash
from trainer.data.pack import Pack
from trainer.data.pack_builder import build_pack
from trainer.data.pack_file import load_pack
from trainer.data.tiles import PackOptions
from trainer.errors import TrainerError
from trainer.evaluation.evaluate import EvaluateOptions, evaluate
from trainer.recipes import TrainConfig
from trainer.training.loop import train
from trainer.training.options import LoopOptions
from trainer.training.search import VARIANTS, search

GOLDEN = Path(__file__).parents[2] / "golden" / "astronaut_rgb.png"


def distance(a: FloatImage, b: FloatImage) -> int:
    return (int.from_bytes(perceptual_hash(a)) ^ int.from_bytes(perceptual_hash(b))).bit_count()


def copy_of(pixels: FloatImage, scale: float, quality: int) -> FloatImage:
    """Resized and compressed as JPEG."""
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    samples = (small[..., ::-1] * 255).round().astype(np.uint8)
    _, data = cv2.imencode(".jpg", samples, [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR_RGB)
    assert decoded is not None
    return as_float(decoded)


@pytest.mark.parametrize(("scale", "quality"), [(1.0, 30), (0.5, 60), (0.25, 90), (0.75, 95), (0.125, 80)])
def test_copies_have_nearly_the_same_hash(scale: float, quality: int) -> None:
    photo = read_pixels(GOLDEN)
    assert distance(photo, copy_of(photo, scale, quality)) <= MAX_DISTANCE


def test_other_photos_have_another_hash() -> None:
    draws = np.random.default_rng(0)
    coarse = [draws.random((7, 9, 3)).astype(np.float32) for _ in range(12)]
    photos = [read_pixels(GOLDEN), *(as_float(cv2.resize(c, (128, 96))) for c in coarse)]
    photos += [np.ascontiguousarray(photos[0][:, ::-1]), np.ascontiguousarray(photos[0].transpose(1, 0, 2))]
    for index, photo in enumerate(photos):
        assert all(distance(photo, other) > MAX_DISTANCE for other in photos[index + 1 :])


def test_uniform_pictures_have_a_hash() -> None:
    assert len(perceptual_hash(np.full((40, 30, 3), 0.5, np.float32))) == 8


def test_packs_keep_both_hashes(pack: Pack, photos: Path, held_out: Path) -> None:
    seen = SeenPhotos.of_pack(pack.photos)
    assert seen.is_complete
    for index in range(4):
        path = photos / f"photo{index}.png"
        pixels = read_pixels(path)
        sha256 = file_sha256(path)[0]
        assert seen.contains(Fingerprint.of(sha256, np.zeros_like(pixels)))
        assert seen.contains(Fingerprint.of("0" * 64, copy_of(pixels, 0.6, 80)))
        assert not seen.contains(Fingerprint.of("0" * 64, read_pixels(held_out / f"other{index}.png")))


def test_clips_have_a_hash_per_frame(tmp_path: Path) -> None:
    video = write_video(tmp_path / "clip.avi", Camera(3.4, 35.0).clip(9), 160)
    records = build_pack([], tmp_path / "p", PackOptions(tile=TILE), videos=[video], report=silent)
    assert len(records[0].phashes) > 1
    assert load_pack(tmp_path / "p").photos[0].phashes == records[0].phashes


def test_older_packs_are_incomplete(pack: Pack) -> None:
    """They have no perceptual hashes."""
    record = replace(pack.photos[0], phashes=())
    seen = SeenPhotos.of_pack([record])
    assert not seen.is_complete
    assert seen.contains(Fingerprint(bytes.fromhex(record.sha256)[:8], b"\0" * 8))
    assert SeenPhotos.of_pack([replace(record, sha256="0")]).card_entry()["sha256"] == ""


def test_the_card_stays_small(pack: Pack) -> None:
    draws = np.random.default_rng(0)
    hashes = [draws.bytes(8) for _ in range(1065)]
    seen = SeenPhotos(hashes, hashes[::-1])
    text = json.dumps(seen.card_entry())
    assert len(text) < 25_000
    again = SeenPhotos.of_card({"seen": json.loads(text)})
    assert again.card_entry() == seen.card_entry()
    assert all(again.contains(Fingerprint(h, b"\0" * 8)) for h in hashes[::50])


@pytest.mark.parametrize(
    "entry",
    [None, 3, [], {}, {"sha256": "AA", "phash": "", "complete": True}, {"sha256": 3, "phash": 4}],
    ids=["none", "number", "list", "empty", "odd length", "numbers"],
)
def test_cards_without_hashes_are_incomplete(entry: object) -> None:
    seen = SeenPhotos.of_card({"seen": entry})
    assert not seen.is_complete
    assert not seen.contains(Fingerprint(b"\0" * 8, b"\0" * 8))


def test_models_refuse_the_photos_they_learned_from(
    run_folder: Path, photos: Path, held_out: Path, tmp_path: Path
) -> None:
    """Even recompressed, resized and renamed."""
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    for path in held_out.iterdir():
        (mixed / path.name).write_bytes(path.read_bytes())
    (mixed / "renamed.png").write_bytes((photos / "photo1.png").read_bytes())
    pixels = copy_of(read_pixels(photos / "photo3.png"), 0.8, 90)
    cv2.imwrite(str(mixed / "small.png"), (pixels[..., ::-1] * 255).round().astype(np.uint8))
    options = EvaluateOptions(crops=9, size=64, steps=1, device="cpu", sections=("flat",))
    with pytest.raises(TrainerError, match=r"^Training used renamed\.png, small\.png; measure on other"):
        evaluate(run_folder / "model.safetensors", [mixed], tmp_path / "out", options, report=silent)
    assert not (tmp_path / "out").exists()


def test_models_without_hashes_are_measured_with_a_remark(
    run_folder: Path, photos: Path, tmp_path: Path
) -> None:
    model = load_model(run_folder / "model.safetensors", "cpu")
    data = {name: value for name, value in model.card.data.items() if name != "seen"}
    save_model(tmp_path / "old.safetensors", model.denoiser, replace(model.card, data=data))
    options = EvaluateOptions(crops=1, size=64, steps=1, device="cpu", sections=("flat",))
    page = evaluate(tmp_path / "old.safetensors", [photos], tmp_path / "out", options, report=silent)
    assert "Not checked in full" in page.read_text()


def test_search_refuses_photos_of_its_pack(pack: Pack, photos: Path, tmp_path: Path) -> None:
    large = read_pixels(photos / "photo0.png")
    pixels = cv2.resize(large, None, fx=2.5, fy=2.5, interpolation=cv2.INTER_CUBIC).clip(0, 1)
    folder = tmp_path / "photos"
    folder.mkdir()
    cv2.imwrite(str(folder / "large.png"), (pixels[..., ::-1] * 255).round().astype(np.uint8))
    with pytest.raises(TrainerError, match=r"large\.png"):
        search(pack, [folder], tmp_path / "out", 1, list(VARIANTS)[:1], silent)
    assert not (tmp_path / "out").exists()


def test_fine_tuned_models_know_the_photos_of_both(
    tmp_path: Path, held_out: Path, config: TrainConfig, run_folder: Path, pack: Pack
) -> None:
    build_pack([held_out], tmp_path / "p", PackOptions(tile=TILE), report=silent)
    other = load_pack(tmp_path / "p")
    options = LoopOptions(tmp_path / "run", start_from=run_folder / "model.safetensors")
    path = train(replace(config, steps=1, warmup=1), other, options, lambda _: None)
    seen = SeenPhotos.of_card(load_model(path, "cpu").card.data)
    expected = SeenPhotos.of_pack(pack.photos).union(SeenPhotos.of_pack(other.photos))
    assert seen.card_entry() == expected.card_entry()
    assert seen.is_complete
