"""Samples as floats, and indices beyond the border."""

import numpy as np
import pytest

from fxdiffuse_gui.core.samples import as_float, reflect_indices


@pytest.mark.parametrize(("name", "most"), [("uint8", 255), ("uint16", 65535)])
def test_integers_are_shares_of_their_maximum(name: str, most: int) -> None:
    samples = np.array([[0, most // 5, most]], name)
    assert np.allclose(as_float(samples), [[0, 0.2, 1]]) and as_float(samples).dtype == np.float32


def test_floats_are_copied() -> None:
    samples = np.asfortranarray(np.random.default_rng(0).random((3, 4), np.float32))
    copy = as_float(samples)
    assert np.array_equal(copy, samples) and not np.shares_memory(copy, samples)
    assert copy.flags.c_contiguous


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize(("start", "stop"), [(0, 1), (-1, 7), (-30, 40), (3, 3)])
def test_reflection_repeats_no_edge(size: int, start: int, stop: int) -> None:
    def folded(index: int) -> int:
        while size > 1 and not 0 <= index < size:
            index = -index if index < 0 else 2 * (size - 1) - index
        return index if size > 1 else 0

    assert reflect_indices(start, stop, size).tolist() == [folded(i) for i in range(start, stop)]
