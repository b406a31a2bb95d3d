"""The app is killed while it is edited: at most five seconds are lost, and what is there is exact."""

import sys
from pathlib import Path

import pytest

from tests.views.kill_app import AT_ONCE, kill_many


@pytest.mark.skipif(sys.platform == "win32", reason="needs XDG folders")
def test_a_killed_app_loses_less_than_five_seconds(tmp_path: Path) -> None:
    readable, unreadable, wrong, oldest = kill_many(tmp_path, AT_ONCE, 6.0)
    print(f"{readable} of {AT_ONCE} journals read, {oldest:.1f} s lost at most")
    assert (unreadable, wrong) == (0, 0) and readable > 0 and oldest < 5
