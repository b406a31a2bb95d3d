"""Noise levels and samplers, where the ideal denoiser is known: data that are Gaussian."""

import itertools
import math
from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from fxdiffuse_gui.engine.diffusion.sampler import Denoise, Step, ancestral, ddim, dpm_solver
from fxdiffuse_gui.engine.diffusion.schedule import (
    FEW_STEP_SIGMAS,
    NoiseRange,
    init_sigma,
    linear_beta_sigmas,
    log_uniform,
)

VARIANCE = 1.0
RANGE = NoiseRange(0.1, 10.0)


def ideal(state: Tensor, sigma: float) -> Tensor:
    """E[x | x + σ·noise] for Gaussian x."""
    return state * (VARIANCE / (VARIANCE + sigma**2))


def gain(sampler: Callable[..., object], steps: int) -> float:
    """Ideal denoiser and deterministic sampler are linear: the factor from unit noise to the sample."""
    samples = list(sampler(ideal, torch.ones(1), RANGE.levels(steps)))  # type: ignore[call-overload]
    return float(samples[-1].estimate)


def exact() -> float:
    """The probability-flow ODE solved in closed form, and the ideal denoiser at its end."""
    low, high = RANGE.low, RANGE.high
    at_end = high * math.sqrt((VARIANCE + low**2) / (VARIANCE + high**2))
    return at_end * VARIANCE / (VARIANCE + low**2)


def test_dpm_solver_is_accurate_in_eight_steps() -> None:
    noise = torch.randn(20_000, generator=torch.Generator().manual_seed(0))
    samples = list(dpm_solver(ideal, noise, RANGE.levels(8)))
    assert float(samples[-1].estimate.std()) == pytest.approx(math.sqrt(VARIANCE), rel=0.03)
    assert gain(dpm_solver, 8) == pytest.approx(exact(), rel=0.03)


def test_dpm_solver_is_of_second_order_and_ddim_of_first() -> None:
    def errors(sampler: Callable[..., object]) -> list[float]:
        return [abs(gain(sampler, steps) - exact()) for steps in (21, 41, 81, 161)]

    first, second = errors(ddim), errors(dpm_solver)
    for coarse, fine in itertools.pairwise(first):
        assert coarse / fine == pytest.approx(2, abs=0.4)
    for coarse, fine in itertools.pairwise(second):
        assert coarse / fine > 3
    assert second[0] < first[0] / 5


def test_ddim_converges() -> None:
    assert gain(ddim, 400) == pytest.approx(exact(), rel=0.005)
    assert abs(gain(ddim, 8) - exact()) > abs(gain(dpm_solver, 8) - exact())


def test_ancestral_sampling_has_the_right_spread() -> None:
    generator = torch.Generator().manual_seed(1)
    noise = torch.randn(20_000, generator=generator)

    def fresh(_: int) -> Tensor:
        return torch.randn(20_000, generator=generator)

    *_, last = ancestral(ideal, noise, RANGE.levels(200), fresh)
    assert float(last.estimate.std()) == pytest.approx(1.0, rel=0.03)
    assert float(last.estimate.mean()) == pytest.approx(0, abs=0.03)
    # Without fresh noise far too little is left.
    *_, quiet = ancestral(ideal, noise, RANGE.levels(200), lambda _: torch.zeros(20_000))
    assert float(quiet.estimate.std()) < 0.5


def test_ancestral_asks_for_noise_once_between_steps() -> None:
    steps_with_noise: list[int] = []

    def fresh(step: int) -> Tensor:
        steps_with_noise.append(step)
        return torch.zeros(1)

    list(ancestral(ideal, torch.ones(1), RANGE.levels(5), fresh))
    assert steps_with_noise == [1, 2, 3, 4]


SAMPLERS: dict[str, Callable[[Denoise, Tensor, list[float]], list[Step]]] = {
    "ddim": lambda denoise, noise, levels: list(ddim(denoise, noise, levels)),
    "dpm": lambda denoise, noise, levels: list(dpm_solver(denoise, noise, levels)),
    "ancestral": lambda denoise, noise, levels: list(
        ancestral(denoise, noise, levels, lambda _: torch.zeros_like(noise))
    ),
}


@pytest.mark.parametrize("run", SAMPLERS.values(), ids=SAMPLERS)
@pytest.mark.parametrize("steps", [1, 2, 7])
def test_steps_are_counted_and_levels_visited_in_order(
    run: Callable[[Denoise, Tensor, list[float]], list[Step]], steps: int
) -> None:
    visited: list[float] = []

    def denoise(state: Tensor, sigma: float) -> Tensor:
        visited.append(sigma)
        return ideal(state, sigma)

    levels = RANGE.levels(steps)
    done = run(denoise, torch.ones(1), levels)
    assert [(s.step, s.of) for s in done] == [(i + 1, steps) for i in range(steps)]
    assert visited == levels


@pytest.mark.parametrize("run", SAMPLERS.values(), ids=SAMPLERS)
def test_a_sure_denoiser_gives_what_it_knows(
    run: Callable[[Denoise, Tensor, list[float]], list[Step]],
) -> None:
    target = torch.tensor([0.2, -3.0])
    for step in run(lambda *_: target, torch.ones(2), RANGE.levels(6)):
        assert torch.allclose(step.estimate, target)


def test_levels_fall_evenly_in_the_logarithm() -> None:
    levels = RANGE.levels(9)
    assert levels[0] == pytest.approx(10.0)
    assert levels[-1] == pytest.approx(0.1)
    ratios = [b / a for a, b in itertools.pairwise(levels)]
    assert ratios == pytest.approx([0.01 ** (1 / 8)] * 8)
    assert RANGE.levels(1) == [10.0]


def test_sigmas_of_the_linear_schedule() -> None:
    sigmas = linear_beta_sigmas()
    assert sigmas.shape == (2000,)
    assert (sigmas[1:] > sigmas[:-1]).all()
    total, expected = 0.0, []
    for i in range(2000):
        beta = 1e-6 + (1e-2 - 1e-6) * i / 1999
        total += math.log1p(-beta)
        expected.append(math.sqrt(math.expm1(-total)))
    assert torch.allclose(sigmas.double(), torch.tensor(expected, dtype=torch.float64), rtol=1e-5)
    assert float(sigmas[0]) == pytest.approx(1e-3, rel=1e-3)
    assert float(linear_beta_sigmas(1000, 1e-4, 0.02)[-1]) == pytest.approx(157.4, rel=1e-3)


def test_log_uniform_draws_between_its_ends() -> None:
    low, high = torch.full((4000,), 0.01), torch.full((4000,), 1.0)
    low[2000:], high[2000:] = 3.0, 3.0
    drawn = log_uniform(low, high, torch.Generator().manual_seed(0))
    assert 0.01 <= drawn[:2000].min() <= drawn[:2000].max() <= 1.0
    assert float(drawn[:2000].log10().mean()) == pytest.approx(-1, abs=0.06)
    assert float(drawn[:2000].log10().std()) == pytest.approx(2 / math.sqrt(12), abs=0.04)
    assert torch.allclose(drawn[2000:], torch.tensor(3.0))


@pytest.mark.parametrize(("steps", "most"), [(1, 0.57), (4, 0.08), (5, 0.01), (6, 0.005)])
def test_few_levels_keep_the_deviation_over_a_spectrum(steps: int, most: float) -> None:
    """Data of deviation 1 on average, whose frequencies have .35 to 2.5 times that."""
    levels = FEW_STEP_SIGMAS[steps]
    for std in (0.35, 0.6, 1.0, 1.5, 2.5):

        def denoise(state: Tensor, sigma: float, power: float = std**2) -> Tensor:
            return state * (power / (power + sigma**2))

        start = torch.ones(1) * (init_sigma(1.0, levels[0]) / levels[0])
        *_, last = dpm_solver(denoise, start, levels)
        assert float(last.estimate) / std == pytest.approx(1.0, abs=most)
    assert all(low < high for high, low in itertools.pairwise(levels))
