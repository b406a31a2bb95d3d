"""The edits that are measured, the parts of photos they use, and the operators' output for them."""

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np

from fxdiffuse_gui.engine.conditions.condition import EditCondition
from fxdiffuse_gui.engine.conditions.tasks import Task
from fxdiffuse_gui.engine.effects.grain import GRAIN_RADII
from tests.trainer.conftest import write_photo
from trainer.evaluation.cases import LEVELS, SECTIONS, SIZE_CLASSES, TONES, Case, make_cases
from trainer.evaluation.operators import operator_output
from trainer.evaluation.photos import EvaluationPhotos, load_evaluation_photos

GROUPS = {"blur", "sharpen", "grain", "color", "inpaint", "all five"}


def test_operator_output_of_grain_is_compared_without_noise(held_out: Path) -> None:
    photo = load_evaluation_photos([held_out], 1, 64).crops[0]
    target, expected = operator_output(photo, EditCondition(grain=0.1))
    source = np.moveaxis(photo, -1, 0)
    assert float((target - expected).std()) > 0.015
    assert float((expected[0].numpy() - source).std()) < 0.12  # what remains is the blur of the lens
    same, quiet = operator_output(photo, EditCondition(sharpen=1.0))
    assert same is quiet


def test_colors_under_the_mask_do_not_count(held_out: Path) -> None:
    photo, reference = load_evaluation_photos([held_out], 2, 64).crops, np.full((8, 8, 3), 0.6, np.float32)
    reference[::2, :, 0] = 0.2
    mask = np.zeros((64, 64), np.float32)
    mask[10:40, 10:40] = 1
    condition = EditCondition(color=1.0, reference=reference, mask=mask)
    painted = np.where(mask[..., None] > 0, np.float32(1), photo[0])
    outputs = [operator_output(given, condition)[0][..., 40:, :] for given in (photo[0], painted)]
    assert np.array_equal(outputs[0].numpy(), outputs[1].numpy())


def test_cases_cover_the_tasks() -> None:
    crops = [np.random.default_rng(i).random((64, 64, 3)).astype(np.float32) for i in range(3)]
    subjects = EvaluationPhotos(crops, [(1, crops[1])], (2, crops[2]), [])

    def made(*sections: str) -> list[Case]:
        return list(make_cases(subjects, sections, few=1, quick=False))

    single, pairs = made("single"), made("pairs")
    assert {case.group for case in single} == GROUPS
    assert len(single) == 3 * 18
    assert {case.condition.active_tasks for case in pairs} == set(combinations(Task, 2))
    assert len(pairs) == 3 * 10
    held: dict[str, EditCondition] = {}
    for case in made("control"):
        key = f"{case.group} {case.condition.active_tasks}"
        if case.moved is None:
            held[key] = case.condition
        else:
            changed = [t for t in LEVELS if held[key].intensity(t) != case.condition.intensity(t)]
            assert changed == [case.moved]
    for case, (low, high) in zip(made("fills")[::3], SIZE_CLASSES, strict=True):
        assert case.condition.mask is not None
        assert low <= case.condition.mask.mean() < high
    assert {case.steps for case in made("steps")} == {1, 2, 4, 8, 16, 50}
    assert {case.subject for case in made("flat")} == {1}
    assert {case.subject for case in made("seams")} == {2}
    tones = made("tones")
    assert len(tones) == len(TONES) * len(GRAIN_RADII)
    assert all(np.ptp(case.photo) == 0 and case.condition.active_tasks == (Task.GRAIN,) for case in tones)
    labels = [json.dumps(case.label) for case in made(*SECTIONS)]
    assert len(set(labels)) == len(labels)
    assert labels == [json.dumps(case.label) for case in made(*SECTIONS)]


def test_a_single_crop_gets_a_reference_of_other_colors() -> None:
    crop = np.random.default_rng(0).random((64, 64, 3)).astype(np.float32) * np.float32([1.0, 0.6, 0.3])
    cases = make_cases(EvaluationPhotos([crop], [], None, []), ("single", "pairs"), few=1, quick=True)
    colored = [case for case in cases if case.condition.is_active(Task.COLOR)]
    assert len(colored) == 6
    for case in colored:
        target, _ = operator_output(
            crop, replace(case.condition, mask=None, grain=None, blur=None, sharpen=None)
        )
        assert np.abs(target[0].permute(1, 2, 0).numpy() - crop).mean() > 0.1


def test_crops_are_the_most_textured(tmp_path: Path) -> None:
    pixels = np.full((200, 300, 3), 128, np.uint8)
    pixels[100:180, 200:290] = np.random.default_rng(0).integers(0, 255, (80, 90, 3))
    cv2.imwrite(str(tmp_path / "a.png"), pixels)
    write_photo(tmp_path / "small.png", 60, 200, 0)
    (tmp_path / "broken.png").write_bytes(b"\x89PNG nothing")
    subjects = load_evaluation_photos([tmp_path], 2, 64)
    crops = subjects.crops
    assert len(crops) == 1
    assert subjects.large is None
    assert [(index, part.shape, part.std()) for index, part in subjects.flat] == [(0, (32, 32, 3), 0)]
    assert crops[0].shape == (64, 64, 3)
    assert crops[0].std() > 0.2
