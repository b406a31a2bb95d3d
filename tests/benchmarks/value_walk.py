"""How many files a value enters on its way from a widget to the canvas.

    python tests/benchmarks/value_walk.py [TREE] [--calls]

Opens the window of the program in TREE (this one by default) without a screen, sets grain, a seed, a mask and
a reference as a user does, and counts the files of `fxdiffuse_gui` in which a function was called with the
value, or with something that holds it: a dataclass, mapping, sequence or closure, to a depth of three; at the
end the `Result` with its picture. `engine` and `photo` count as one each, a stand-in takes the engine's
place; `core` is not counted.

A file is *on the way* when a call in it led on to the engine or to the canvas, or served such a call
directly. It is *told* when it only heard of the change by a signal, such as a panel that shows the value.

Python's profiler sees no thread that Qt has started, so every function is made to report itself as it is
imported.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import walk_recorder
from walk_recorder import Call, Walk
from walk_window import Window


def _is_mask(thing: object) -> bool:
    """Nothing but masks, and what strokes cover of them, is such an array."""
    return isinstance(thing, np.ndarray) and thing.dtype == np.uint8 and thing.ndim == 2


def main() -> None:
    """Prints four walks."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    given = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    tree = Path(given[0]).resolve() if given else Path(__file__).resolve().parents[2]
    sys.path.insert(0, str(tree))
    walk_recorder.install(tree)
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        window = Window(Path(folder))
        session = window.session
        window.drag_grain()
        window.settle()
        grain = next(value for task, value in session.state.values.items() if task.value == "grain")
        window.history.undo_stack.undo()
        window.settle()

        def is_reference(thing: object) -> bool:
            is_pixels = isinstance(thing, np.ndarray) and thing.shape[:2] == (37, 41)
            return is_pixels or (isinstance(thing, Path) and thing == window.reference)

        walks: dict[str, tuple[Callable[[object], bool], Callable[[], None]]] = {
            "grain": (lambda thing: type(thing) is float and abs(thing - grain) < 1e-6, window.drag_grain),
            "seed": (lambda thing: thing in (424242, "424242") if type(thing) in (int, str) else False,
                     window.type_seed),
            "mask": (_is_mask, window.paint_mask),
            "reference": (is_reference, window.drop_reference),
        }  # fmt: skip
        for name, (is_value, act) in walks.items():
            walk = Walk(is_value)
            walk_recorder.follow(walk)
            act()
            window.settle()
            walk_recorder.follow(None)
            _print(name, walk)
        getattr(window.history, "mark_saved", getattr(window.history, "forget_changes", None))()
        window.window.close()
    del application


def _print(name: str, walk: Walk) -> None:
    def files(calls: list[Call]) -> list[str]:
        return [file for file in dict.fromkeys(call.file for call in calls) if file != "tests"]

    way = [file for file in files(walk.on_the_way()) if not file.startswith("core/")]
    told = [file for file in files(walk.calls) if file not in way and not file.startswith("core/")]
    print(f"\n{name}: {len(way)} files on the way, {len(told)} more told, {len(way) + len(told)} in all")
    print("  on the way: " + ", ".join(way))
    print("  told: " + ", ".join(told))
    if "--calls" in sys.argv:
        on_the_way = {id(call) for call in walk.on_the_way()}
        for call in walk.calls:
            depth, one = 0, call.parent
            while one is not None:
                depth, one = depth + 1, one.parent
            mark = "*" if id(call) in on_the_way else " "
            signal = "~" if call.by_signal else " "
            print(f"  {mark}{signal}{'  ' * depth}{call.file} {call.name}")


if __name__ == "__main__":
    main()
