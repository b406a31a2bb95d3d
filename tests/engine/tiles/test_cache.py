"""Cached tiles are not computed again; the least recently used values are dropped first."""

from typing import Any

import numpy as np
import pytest
from torch import Tensor, nn

from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.conditions.condition import EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.picture import Picture
from fxdiffuse_gui.engine.diffusion.denoiser import Denoiser
from fxdiffuse_gui.engine.pipeline import edit_tiles
from fxdiffuse_gui.engine.tiles.cache import Cache
from tests.engine.tiny import textured

SETTINGS: dict[str, Any] = {"grain": 0.05, "sharpen": 1.0, "seed": 4}


def edited(picture: Picture, condition: EditCondition, model: Model, cache: Cache | None) -> FloatImage:
    result = np.empty((picture.height, picture.width, 3), np.float32)
    for part in edit_tiles(picture, condition, model, steps=2, cache=cache):
        x0, y0, x1, y1 = part.box
        result[y0:y1, x0:x1] = part.image
        part.image[:] = 0  # the receiver's, not the cache's
    return result


class Counter:
    """Counts the evaluations of a network."""

    def __init__(self, network: nn.Module) -> None:
        self.count = 0
        self._handle = network.register_forward_pre_hook(self._note)

    def _note(self, *_: object) -> None:
        self.count += 1

    def taken(self) -> int:
        count, self.count = self.count, 0
        return count

    def stop(self) -> None:
        self._handle.remove()


@pytest.fixture
def counter(model: Model) -> Any:
    found = Counter(model.denoiser.network)
    yield found
    found.stop()


def test_the_least_recently_used_goes_first() -> None:
    cache = Cache(30)
    for name in "abc":
        cache.put(name, name.upper(), 10)
    assert cache.get("a") == "A" and cache.used == 30
    cache.put("d", "D", 10)
    assert [cache.get(name) for name in "abcd"] == ["A", None, "C", "D"]
    cache.put("a", "new", 20)
    assert cache.used <= 30 and cache.get("a") == "new"
    cache.put("e", "too large", 31)
    assert cache.get("e") is None and cache.used <= 30
    cache.clear()
    assert cache.used == 0 and cache.get("a") is None


def test_a_part_is_not_computed_again_for_the_whole(model: Model, counter: Counter) -> None:
    picture, condition, cache = Picture(textured(40, 1100)), EditCondition(**SETTINGS), Cache()
    plain = edited(picture, condition, model, None)
    assert counter.taken() == 3 * 2
    list(edit_tiles(picture, condition, model, steps=2, region=(0, 0, 30, 30), cache=cache))
    assert counter.taken() == 2
    assert np.array_equal(edited(picture, condition, model, cache), plain)
    assert counter.taken() == 2 * 2
    assert np.array_equal(edited(picture, condition, model, cache), plain)
    assert counter.taken() == 0


@pytest.mark.parametrize(
    "change",
    [{"grain": 0.06}, {"sharpen": 2.0}, {"seed": 5}, {"grain_seed": 5}, {"blur": 3.0}, {"grain_gain": 0.5}],
)
def test_other_settings_are_another_picture(model: Model, counter: Counter, change: dict[str, Any]) -> None:
    picture, cache = Picture(textured(40, 60)), Cache()
    first = edited(picture, EditCondition(**SETTINGS), model, cache)
    counter.taken()
    assert not np.array_equal(edited(picture, EditCondition(**{**SETTINGS, **change}), model, cache), first)
    assert counter.taken() == 2
    edited(picture, EditCondition(**SETTINGS), model, cache)  # toggled back
    assert counter.taken() == 0


def test_another_grain_does_not_inpaint_again(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    fills: list[int] = []

    def counted(self: Denoiser, photo: Tensor, mask: Tensor, factor: int = 1, seed: int = 0) -> Tensor:
        fills.append(seed)
        return inpaint(self, photo, mask, factor, seed)

    inpaint = Denoiser.inpaint
    monkeypatch.setattr(Denoiser, "inpaint", counted)
    picture, cache, mask = Picture(textured(60, 60)), Cache(), np.zeros((60, 60), np.uint8)
    mask[20:30, 20:30] = 255
    settings: dict[str, Any] = {"grain": 0.05, "mask": mask, "seed": 4}
    first = edited(picture, EditCondition(**settings), model, cache)
    other = edited(picture, EditCondition(**settings, grain_seed=5), model, cache)
    assert fills == [4] and not np.array_equal(first, other)
    assert np.array_equal(other, edited(picture, EditCondition(**settings, grain_seed=5), model, None))
    bare = edited(picture, EditCondition(mask=mask, seed=4, grain_seed=5), model, cache)
    assert np.array_equal(bare, edited(picture, EditCondition(mask=mask, seed=4), model, None))
    assert fills == [4, 4, 4]  # without a cache, twice
    edited(picture, EditCondition(**{**settings, "seed": 6}), model, cache)
    assert fills[3:] == [6]


def test_what_does_not_matter_does_not_count(model: Model, counter: Counter) -> None:
    """A seed without anything to draw; another mask far away; a reference without color transfer."""
    picture, cache = Picture(textured(40, 1600)), Cache()
    edited(picture, EditCondition(sharpen=1.0, seed=1), model, cache)
    counter.taken()
    edited(picture, EditCondition(sharpen=1.0, seed=2, reference=textured(5, 5)), model, cache)
    edited(picture, EditCondition(sharpen=1.0, seed=1, grain_seed=7), model, cache)
    assert counter.taken() == 0
    mask = np.zeros((40, 1600), np.uint8)
    mask[10:20, 1300:1310] = 255
    edited(picture, EditCondition(sharpen=1.0, mask=mask), model, cache)
    assert counter.taken() == 1  # of four tiles


def test_another_photo_is_another_picture(model: Model, counter: Counter) -> None:
    cache, condition = Cache(), EditCondition(sharpen=1.0)
    one = edited(Picture(textured(40, 40, 1), key="one"), condition, model, cache)
    assert not np.array_equal(edited(Picture(textured(40, 40, 2), key="two"), condition, model, cache), one)
    assert counter.taken() == 2
    edited(Picture(textured(40, 40, 1), key="one"), condition, model, cache)
    assert counter.taken() == 0


def test_a_softer_stroke_at_the_same_place_is_another_picture(model: Model) -> None:
    picture, cache = Picture(textured(60, 60)), Cache()
    hard = np.zeros((60, 60), np.uint8)
    hard[20:30, 20:30] = 255
    soft = hard // 2
    one, other = (edited(picture, EditCondition(sharpen=1.0, mask=m), model, cache) for m in (hard, soft))
    assert not np.array_equal(one, other)
    assert np.array_equal(other, edited(picture, EditCondition(sharpen=1.0, mask=soft), model, None))
