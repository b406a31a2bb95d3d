"""For `value_walk`: records which functions of the program are called with a value, in every thread."""

import ast
import builtins
import importlib.abc
import importlib.machinery
import linecache
import sys
import threading
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from functools import partial
from pathlib import Path
from typing import Any

DEPTH = 3
DOORS = ("engine", "photo")
ENTERED = "__walk_entered__"

root = Path()
current: "Walk | None" = None


def install(tree: Path) -> None:
    """From now on the program is imported from `tree`, and its functions report to `current`."""
    global root  # noqa: PLW0603
    root = tree / "fxdiffuse_gui"
    setattr(builtins, ENTERED, _entered)
    sys.meta_path.insert(0, _Finder())


def follow(walk: "Walk | None") -> None:
    """Has `walk` record from now on; None records nothing."""
    global current  # noqa: PLW0603
    current = walk


def door(name: str, *arguments: object) -> None:
    """A stand-in for a part of the program has been called."""
    if current is not None:
        current.door(name, *arguments)


def _entered() -> None:
    if current is not None:
        current.enter(sys._getframe(1))


# --- every function reports that it was entered ---------------------------------------------------


class _Reporting(ast.NodeTransformer):
    def _report(self, node: Any) -> Any:
        self.generic_visit(node)
        call = ast.Expr(ast.Call(ast.Name(ENTERED, ast.Load()), [], []))
        has_docstring = ast.get_docstring(node, clean=False) is not None
        node.body.insert(1 if has_docstring else 0, ast.copy_location(call, node))
        return node

    visit_FunctionDef = _report  # noqa: N815 (ast's name)

    def visit_Lambda(self, node: ast.Lambda) -> ast.Lambda:
        self.generic_visit(node)
        call = ast.Call(ast.Name(ENTERED, ast.Load()), [], [])
        node.body = ast.Subscript(ast.Tuple([call, node.body], ast.Load()), ast.Constant(1), ast.Load())
        return node


class _Loader(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname: str) -> types.CodeType:
        """Never from a cache: that has no reports."""
        path = self.get_filename(fullname)
        tree = _Reporting().visit(ast.parse(Path(path).read_bytes()))
        return compile(ast.fix_missing_locations(tree), path, "exec")


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        """A loader for the files of the program."""
        if not fullname.startswith("fxdiffuse_gui"):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.origin is not None and spec.origin.endswith(".py"):
            spec.loader = _Loader(fullname, spec.origin)
        return spec


# --- which calls carry the value ------------------------------------------------------------------


@dataclass(eq=False)
class Call:
    """A call that carries the value. by_signal: a signal brought it here."""

    file: str
    name: str
    parent: "Call | None"
    by_signal: bool
    carried: dict[int, object]
    is_end: bool = False
    children: "list[Call]" = field(default_factory=list)


class Walk:
    """Records the calls that carry what `is_value` accepts, from now on."""

    def __init__(self, is_value: Callable[[object], bool]) -> None:
        self.is_value = is_value
        self.calls: list[Call] = []
        # Frames are not kept alive: painters would stay open. One that is gone may have lent out its id.
        self._by_frame: dict[int, tuple[types.CodeType, Call]] = {}
        self._lock = threading.RLock()

    def enter(self, frame: types.FrameType) -> None:
        """A function has been entered; its arguments are looked through."""
        code = frame.f_code
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        arguments = [frame.f_locals.get(name) for name in (*names, *code.co_freevars)]
        carried: dict[int, object] = {}
        for argument in arguments:
            self._find(argument, DEPTH, carried)
        with self._lock:
            self._by_frame.pop(id(frame), None)
            if carried:
                self._record(frame, _file_of(code.co_filename), carried)

    def door(self, name: str, *arguments: object) -> None:
        """The engine has been called."""
        carried: dict[int, object] = {}
        for argument in arguments:
            self._find(argument, DEPTH, carried)
        if carried:
            with self._lock:
                self._record(sys._getframe(1), name, carried, is_end=True)

    def _record(
        self, frame: types.FrameType, file: str, carried: dict[int, object], *, is_end: bool = False
    ) -> None:
        parent, by_signal, above = None, False, frame.f_back
        while above is not None:
            by_signal = by_signal or _emits(above)
            known = self._by_frame.get(id(above))
            if known is not None and known[0] is above.f_code:
                parent = known[1]
                break
            above = above.f_back
        if parent is None:
            # The function that has read the value from a field had no argument that holds it.
            above = frame.f_back
            while above is not None and not above.f_code.co_filename.startswith(str(root)):
                above = above.f_back
            # The helper for background work calls what it is given.
            if above is not None and not above.f_code.co_filename.endswith("app/background.py"):
                parent = Call(_file_of(above.f_code.co_filename), above.f_code.co_name, None, False, {})
                self.calls.append(parent)
                self._by_frame[id(above)] = above.f_code, parent
            else:
                # In another thread, or later: the last that had the same thing has passed it on.
                parent = self._last_with(carried)
                by_signal = True
        is_canvas = file.startswith("views/canvas") and any(
            type(argument).__name__ == "Result" for argument in frame.f_locals.values()
        )
        call = Call(file, frame.f_code.co_name, parent, by_signal, carried, is_end or is_canvas)
        if parent is not None:
            parent.children.append(call)
        self.calls.append(call)
        self._by_frame[id(frame)] = frame.f_code, call

    def _last_with(self, carried: dict[int, object]) -> Call | None:
        """The last call with something of `carried`: what holds the value tells more than the value itself,
        which many calls may share."""
        holders = {key for key, thing in carried.items() if not self.is_value(thing)}
        for keys in (holders, carried.keys()):
            for call in reversed(self.calls):
                if call.carried.keys() & keys:
                    return call
        return None

    def _find(self, thing: object, depth: int, carried: dict[int, object]) -> bool:
        """Whether `thing` holds the value; adds the ids of all that hold it."""
        if isinstance(thing, type | types.ModuleType) or thing is None:
            return False
        holds = self.is_value(thing) or type(thing).__name__ == "Result"
        if not holds and depth > 0:
            holds = any(self._find(part, depth - 1, carried) for part in _parts(thing))
        if holds:
            carried[id(thing)] = thing
        return holds

    # --- what came of it --------------------------------------------------------------------------

    def on_the_way(self) -> list[Call]:
        """The calls that led on to the engine or the canvas, and those that served them directly."""
        leading: set[int] = set()
        for call in self.calls:
            one: Call | None = call if call.is_end else None
            while one is not None and id(one) not in leading:
                leading.add(id(one))
                one = one.parent
        serving: set[int] = set()
        for call in self.calls:  # parents come first
            near = call.parent is not None and id(call.parent) in leading | serving
            if near and not call.by_signal and id(call) not in leading:
                serving.add(id(call))
        return [call for call in self.calls if id(call) in leading or id(call) in serving]


def _parts(thing: object) -> Iterator[object]:
    if is_dataclass(thing):
        yield from (getattr(thing, one.name, None) for one in fields(thing))
    elif isinstance(thing, Mapping):
        yield from thing.values()
    elif isinstance(thing, Sequence | set | frozenset) and not isinstance(thing, str | bytes | memoryview):
        yield from list(thing)[:50]
    elif isinstance(thing, partial):
        yield from (*thing.args, *thing.keywords.values())
    elif isinstance(thing, types.FunctionType):
        for cell in thing.__closure__ or ():
            try:
                yield cell.cell_contents
            except ValueError:
                continue


def _emits(frame: types.FrameType) -> bool:
    """Whether the call that `frame` is in the middle of is that of a signal."""
    positions = list(frame.f_code.co_positions())[frame.f_lasti // 2]
    first, last = positions[0], positions[1]
    if first is None or last is None:
        return False
    text = "".join(linecache.getline(frame.f_code.co_filename, line) for line in range(first, last + 1))
    return ".emit(" in text


def _file_of(path: str) -> str:
    if not path.startswith(str(root)):
        return "tests"
    file = Path(path).relative_to(root).as_posix()
    door = file.partition("/")[0]
    return f"{door}/" if door in DOORS else file
