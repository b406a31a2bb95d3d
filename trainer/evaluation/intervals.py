"""Bootstrap over photos: how far a mean, or a difference between two methods, could be off by chance."""

from collections.abc import Sequence

import numpy as np

RESAMPLES = 2000


def interval(values: Sequence[float], subjects: Sequence[int]) -> tuple[float, float, float]:
    """Mean of the photos' means, and the ends of its 95 % percentile bootstrap interval over photos.

    values: one per case; subjects: the photo of each. For a paired comparison give the differences: what a
    photo adds to both methods is then gone. Seeded, so that a report can be made again.
    """
    numbers = np.asarray(values, np.float64)
    known, rows = np.unique(np.asarray(subjects), return_inverse=True)
    means = np.bincount(rows, numbers) / np.bincount(rows)
    drawn = np.random.default_rng(0).integers(len(known), size=(RESAMPLES, len(known)))
    low, high = np.percentile(means[drawn].mean(1), [2.5, 97.5])
    return float(means.mean()), float(low), float(high)
