"""Set and matched values: the command's table and the content of its rows."""

from pathlib import Path

import pytest
import torch

from fxdiffuse_gui.engine.conditions.tasks import Task
from tests.trainer.conftest import write_photo
from trainer.cli.main import main
from trainer.evaluation import match_table
from trainer.evaluation.match_table import Matched, each_matched, match_rows


def test_rows_count_and_sort_the_results() -> None:
    found = [(5.9, True, 1.0), (6.1, True, 3.0), (12.0, True, 5.0), (7.0, False, 40.0), (None, False, None)]
    matched = [Matched("blur length", Task.BLUR, 6.0, *one) for one in found]
    matched.append(Matched("blur length", Task.BLUR, 0.0, None, False))
    lines = match_rows(matched).splitlines()
    assert lines[2] == "| blur length | none | 0 of 1 | – | – | 0 | 0 | – |"
    assert lines[3] == "| blur length | 6.0 | 4 of 5 | 6.5 | 6.0–10.5 | 3 | 2 | 4° |"


def test_every_effect_is_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    few = {Task.GRAIN: (0.1,), Task.BLUR: (12.0,), Task.SHARPEN: (3.0,)}
    monkeypatch.setattr(match_table, "VALUES", few)
    ramp = torch.linspace(0.2, 0.8, 192).expand(1, 3, 192, 192).contiguous()
    reports: list[tuple[int, int]] = []

    def report(done: int, of: int, text: str) -> None:
        reports.append((done, of))

    matched = each_matched([ramp], torch.Generator().manual_seed(0), report)
    asked = {(one.what, one.asked) for one in matched}
    assert {("grain radius", 0.1), ("grain radius, JPEG 90", 0.1), ("sharpening λ", 3.0)} <= asked
    assert {("blur length", 0.0), ("blur length, JPEG 90", 12.0)} <= asked
    assert ("blur length, grain 0.050 over it", 12.0) in asked
    grain = next(one for one in matched if (one.what, one.asked) == ("grain radius", 0.1))
    assert grain.sure and grain.found == pytest.approx(0.1, abs=0.015)
    assert reports == [(1, 1)]


def test_the_command_prints_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(match_table, "VALUES", {Task.SHARPEN: (3.0,)})
    for number in range(2):
        write_photo(tmp_path / f"{number}.png", 256, 256, number)
    assert main(["calibrate", "--match", "--photos", str(tmp_path), "--size", "256"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("2 photos") and "| sharpening λ | 3.00 |" in printed
