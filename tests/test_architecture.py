"""The rules of the layout that hold for every file: who imports what, no pickle, short files.

import-linter checks the layers statically; the tests here look at what an import really loads, which
also catches a package's `__init__` that pulls in too much.
"""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("fxdiffuse_gui", "trainer", "packaging")

IMPORT_ALL = """
import importlib, pkgutil, sys
for name in sys.argv[1:]:
    module = importlib.import_module(name)
    for found in pkgutil.walk_packages(getattr(module, "__path__", ()), name + "."):
        importlib.import_module(found.name)
print("\\n".join(sys.modules))
"""

LIST_ANCESTORS = """
import importlib, inspect, pkgutil, sys
for package in sys.argv[1:]:
    for found in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
        module = importlib.import_module(found.name)
        for one in vars(module).values():
            if inspect.isclass(one) and one.__module__ == found.name and not issubclass(one, BaseException):
                ours = [base for base in one.__mro__[1:] if base.__module__.startswith("fxdiffuse_gui.")]
                print(found.name + "." + one.__qualname__, *(base.__qualname__ for base in ours))
"""
STATEFUL_CHAINS: dict[str, str] = {}
"""Classes that may inherit from more than one class of ours, and why."""


def printed_by(script: str, *arguments: str) -> str:
    """What a script prints in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def loaded_by(*modules: str) -> set[str]:
    """The names in `sys.modules` of a fresh interpreter that imported these modules and all below them."""
    return set(printed_by(IMPORT_ALL, *modules).split())


@pytest.mark.parametrize(
    ("modules", "forbidden"),
    [
        (
            ("fxdiffuse_gui.engine",),
            ("PySide6", "superqt", "pyqtgraph", "accelerate", "trainer"),
        ),
        (("fxdiffuse_gui.photo",), ("PySide6", "superqt", "pyqtgraph", "accelerate", "trainer", "torch")),
        (
            ("fxdiffuse_gui.engine.conditions.tasks", "fxdiffuse_gui.engine.conditions.condition"),
            ("torch", "cv2", "PySide6"),
        ),
        (("fxdiffuse_gui.__main__",), ("torch", "PySide6", "superqt", "pyqtgraph", "accelerate", "trainer")),
        (
            ("fxdiffuse_gui.cli.edit", "fxdiffuse_gui.cli.batch", "fxdiffuse_gui.cli.replay"),
            ("torch", "PySide6"),
        ),
        (
            ("fxdiffuse_gui.batch.export_edit", "fxdiffuse_gui.document.project_file"),
            ("torch", "PySide6"),
        ),
        (("fxdiffuse_gui.app",), ("PySide6.QtWidgets", "superqt", "pyqtgraph", "accelerate", "trainer")),
        (("fxdiffuse_gui.views.application",), ("torch", "accelerate", "trainer")),
        (("trainer",), ("PySide6", "superqt", "fxdiffuse_gui.app", "fxdiffuse_gui.views")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
def test_an_import_does_not_load(modules: tuple[str, ...], forbidden: tuple[str, ...]) -> None:
    assert not loaded_by(*modules) & set(forbidden)


def sources(*folders: str) -> Iterator[tuple[str, str]]:
    """(path below the root, text) of every Python file in these folders."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def imports(tree: ast.AST) -> Iterator[str]:
    """The dotted name of every module, and of every name imported from one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_widgets_only_in_views() -> None:
    widgets = ("PySide6.QtWidgets", "superqt", "pyqtgraph")
    offenders = [
        (path, name)
        for path, text in sources(*SHIPPED)
        # The script that takes the pictures of the manual opens the app as its user does.
        if not path.startswith(("fxdiffuse_gui/views/", "packaging/pictures/"))
        for name in imports(ast.parse(text))
        if name.startswith(widgets)
    ]
    assert not offenders


def import_graph() -> grimp.ImportGraph:
    """Which module imports which, for the type checker too."""
    return grimp.build_graph("fxdiffuse_gui", "trainer", cache_dir=None)


def find_circle(graph: grimp.ImportGraph) -> None:
    """Raises CycleError, which names the modules, when modules import each other in a circle."""
    TopologicalSorter(
        {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    ).prepare()


def test_no_import_goes_in_a_circle() -> None:
    find_circle(import_graph())


def test_the_packages_of_views_do_not_import_each_other_in_a_circle() -> None:
    graph = import_graph()
    packages = graph.find_children("fxdiffuse_gui.views")
    assert len(packages) > 10
    for package in packages:
        graph.squash_module(package)
    for other in graph.modules - packages:
        graph.remove_module(other)
    find_circle(graph)


def test_no_class_inherits_state_through_more_than_one_class_of_ours() -> None:
    lines = printed_by(LIST_ANCESTORS, "fxdiffuse_gui.app", "fxdiffuse_gui.views").splitlines()
    chains = {name: ancestors for name, *ancestors in map(str.split, lines)}
    assert len(chains) > 150 and any(chains.values())
    assert not {name: ours for name, ours in chains.items() if len(ours) > 1 and name not in STATEFUL_CHAINS}


def pickle_uses(text: str) -> list[str]:
    """Every import or call in a source that reads or writes pickles."""
    modules = {"pickle", "_pickle", "cPickle", "cloudpickle", "dill", "joblib", "shelve"}
    calls = {"torch.load", "torch.save", "accelerator.save_state", "accelerator.load_state"}
    tree = ast.parse(text)
    found = [name for name in imports(tree) if name.partition(".")[0] in modules or name in calls]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func).removeprefix("self.").lstrip("_")
        if called in calls:
            found.append(called)
        for keyword in node.keywords:
            refused = isinstance(keyword.value, ast.Constant) and keyword.value.value is False
            if keyword.arg == "allow_pickle" and not refused:
                found.append(f"{called}(allow_pickle=...)")
    return found


def test_no_pickle() -> None:
    assert not {path: uses for path, text in sources(*SHIPPED) if (uses := pickle_uses(text))}


def test_the_pickle_scan_sees_each_kind() -> None:
    lines = (
        "import pickle",
        "from joblib import load",
        "from torch import load",
        "torch.save(x, p)",
        "numpy.load(p, allow_pickle=True)",
        "self._accelerator.save_state(p)",
    )
    assert all(pickle_uses(line) for line in lines)
    assert not pickle_uses("numpy.load(p, allow_pickle=False)")
    assert not pickle_uses("model.load_state_dict(weights)")


def test_no_file_is_long() -> None:
    long = {path: n for path, text in sources(*SHIPPED, "tests") if (n := text.count("\n")) > 250}
    assert not long
