"""When Python may look for garbage."""

import gc
from collections.abc import Iterator

import pytest

from fxdiffuse_gui.app.engine_port import TorchEngine
from fxdiffuse_gui.app.garbage import no_collection


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_nothing_is_collected_within() -> None:
    with pytest.raises(ValueError, match="broken"), no_collection():
        assert not gc.isenabled()
        with no_collection():
            pass
        assert not gc.isenabled()
        raise ValueError("broken")
    assert gc.isenabled() and gc.get_freeze_count() == 0


def test_what_the_engine_brings_is_not_looked_at_again() -> None:
    """Or every full collection would hold the event loop up for as long as five frames."""
    gc.unfreeze()
    before = len(gc.get_objects())
    TorchEngine().load()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 50_000
    assert len(gc.get_objects()) < before / 10
