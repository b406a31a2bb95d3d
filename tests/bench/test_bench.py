"""`fxdiffuse bench`: what is measured and how it is printed. The figures themselves depend on the machine."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from fxdiffuse_gui import __main__ as cli
from fxdiffuse_gui.bench import engine
from fxdiffuse_gui.bench.figure import Figure
from fxdiffuse_gui.cli import bench as cli_bench
from fxdiffuse_gui.engine.checkpoint import Model
from fxdiffuse_gui.engine.model_card import ModelCard
from tests.engine.tiny import random_denoiser, tiny_config


def test_a_figure_holds_its_budget_or_not_or_has_none() -> None:
    assert Figure("a", 2.0, "s", most=2).holds is True and Figure("a", 2.1, "s", most=2).holds is False
    assert Figure("a", 10.0, "×", least=10).holds is True and Figure("a", 9.0, "×", least=10).holds is False
    assert Figure("a", 1.0, "s").holds is None and Figure("a", None, "s", most=1).holds is None
    assert (Figure("a", 1, "s", most=2).budget, Figure("a", 1, "×", least=2).budget) == ("≤ 2 s", "≥ 2 ×")


def once(work: Callable[[], object], *_: object, **__: object) -> float:
    work()
    return 1.0


def test_every_figure_of_the_engine_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(engine, "SIDE", 64)
    monkeypatch.setattr(engine, "_fastest", once)
    model = Model(
        random_denoiser(tiny_config()),
        torch.device("cpu"),
        ModelCard("tiny"),
        None,
        "digest",  # type: ignore[arg-type]
    )
    figures = list(engine.measure(model))
    assert len({figure.name for figure in figures}) == len(figures) >= 12
    missing = [figure.name for figure in figures if figure.value is None]
    assert missing == ["all of these on a graphics card"]
    assert all(
        figure.value > 0 for figure in figures if figure.value is not None and "stopping" not in figure.name
    )


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    def measure(device: str, full: bool) -> Iterator[Figure]:
        yield Figure("one", 0.5, "s", most=1)
        yield Figure(f"two on {device}", 3.0, "s", most=1)
        yield Figure("three", None, "s", note="there is none here")

    monkeypatch.setattr(cli_bench, "_measure", measure)


@pytest.mark.usefixtures("measured")
def test_a_table_for_people_and_json_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", "--device", "cpu"]) == 0
    _, one, two, three = capsys.readouterr().out.splitlines()
    assert one.startswith("✓ one") and "0.5 s" in one and two.startswith("✗ two on cpu")
    assert "not measured" in three and three.endswith("there is none here")
    assert cli.main(["bench", "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert "torch" in found["machine"]
    assert [figure["holds"] for figure in found["figures"]] == [True, False, None]


def test_an_error_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(cli_bench.sys, "executable", "/no/such/python")
    assert cli.main(["bench"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
