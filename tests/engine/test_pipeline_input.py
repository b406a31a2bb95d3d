"""`edit` with photos of any kind and size, and with bad ones."""

import numpy as np
import pytest

from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.conditions.condition import ConditionError, EditCondition, FloatImage
from fxdiffuse_gui.engine.conditions.picture import Picture
from fxdiffuse_gui.engine.pipeline import edit, edit_tiles
from tests.engine.edits import EVERYTHING, REFERENCE, hole, result
from tests.engine.tiny import textured

BAD_PHOTO = textured(20, 30)
BAD_PHOTO[5, 5, 1] = np.nan


BAD_REFERENCE = REFERENCE.copy()
BAD_REFERENCE[0, 0, 0] = np.inf


def test_integer_samples_are_read_as_shares_of_their_maximum(model: Model) -> None:
    samples = (textured(40, 30) * 255).astype(np.uint8)
    condition = EditCondition(sharpen=1.0, grain=0.05)
    floats = samples.astype(np.float32) / np.float32(255)
    assert np.array_equal(edit(Picture(samples), condition, model), edit(floats, condition, model))
    deep = samples.astype(np.uint16) * np.uint16(257)
    assert np.allclose(edit(Picture(deep), condition, model), edit(floats, condition, model), atol=1e-5)


@pytest.mark.parametrize("size", [(1, 1), (1, 70), (70, 1), (33, 17), (2, 3)])
def test_any_size(model: Model, size: tuple[int, int]) -> None:
    photo = textured(*size)
    mask = np.zeros(size, np.float32)
    mask[-1, -1] = 1
    final = result(photo, EditCondition(mask=mask, **EVERYTHING), model, steps=2)
    assert final.shape == photo.shape
    assert final.dtype == np.float32
    assert np.isfinite(final).all()
    assert 0 <= final.min() <= final.max() <= 1


@pytest.mark.parametrize(
    ("photo", "condition", "steps", "words"),
    [
        (textured(20, 30), EditCondition(mask=np.ones((30, 20), np.float32)), None, "mask"),
        (textured(20, 30), EditCondition(mask=np.ones((20, 31), np.float32), sharpen=1.0), None, "31 × 20"),
        (BAD_PHOTO, EditCondition(sharpen=1.0), None, "photo"),
        (BAD_PHOTO, EditCondition(), None, "photo"),
        (textured(20, 30), EditCondition(color=1.0, reference=BAD_REFERENCE), None, "reference"),
        (textured(20, 30), EditCondition(grain=0.05), 0, "steps"),
        (textured(20, 30), EditCondition(grain=0.05), -1, "steps"),
        (textured(20, 30)[..., :2], EditCondition(grain=0.05), None, "shape"),
        (textured(20, 30)[..., 0], EditCondition(grain=0.05), None, "shape"),
        (textured(20, 30)[:0], EditCondition(grain=0.05), None, "shape"),
    ],
)  # fmt: skip
def test_bad_input(
    model: Model, photo: FloatImage, condition: EditCondition, steps: int | None, words: str
) -> None:
    with pytest.raises(ConditionError, match=words):
        edit(photo, condition, model, steps=steps)


def test_input_is_left_alone(model: Model) -> None:
    photo, mask = textured(40, 50), hole(40, 50)
    reference = REFERENCE.copy()
    before = photo.tobytes(), mask.tobytes(), reference.tobytes()
    condition = EditCondition(mask=mask, **{**EVERYTHING, "reference": reference})
    for part in edit_tiles(Picture(photo), condition, model, steps=3):
        part.image[:] = 7  # the receiver owns it
        assert (photo.tobytes(), mask.tobytes(), reference.tobytes()) == before


def test_read_only_and_strided_arrays(model: Model) -> None:
    """Warnings are errors in tests: torch warns of arrays that it could write to by mistake."""
    photo, mask, reference = textured(40, 50), hole(40, 50), REFERENCE.copy()
    values = {**EVERYTHING, "reference": reference}
    expected = result(photo, EditCondition(mask=mask, **values), model, steps=2)
    for array in (photo, mask, reference):
        array.flags.writeable = False
    condition = EditCondition(mask=mask, **values)
    assert np.array_equal(result(photo, condition, model, steps=2), expected)
    final = result(photo, EditCondition(), model)
    assert final.flags.writeable
    views = {"reference": np.asfortranarray(reference), "mask": np.asfortranarray(mask)}
    mirrored = np.ascontiguousarray(photo[::-1, ::-1])[::-1, ::-1]
    condition = EditCondition(**{**values, **views})
    assert np.allclose(result(mirrored, condition, model, steps=2), expected, atol=1e-5)
