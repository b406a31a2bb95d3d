"""Builds packs: in parallel, going on where an interrupted build stopped, in shards over machines."""

import os
import shutil
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from signal import SIG_IGN, SIGINT, signal

import cv2

from fxdiffuse_gui.photo.image import PhotoError
from trainer.data.packfile import FORMAT, Pack, PackEntry, PhotoRecord, load_pack, read_cutting, write_pack
from trainer.data.sources import Source, cut_source, find_photos, find_sources
from trainer.data.tiles import PackOptions
from trainer.errors import TrainerError

__all__ = [
    "FORMAT", "Pack", "PackOptions", "PhotoRecord", "Shard", "build_pack", "find_photos", "load_pack",
]  # fmt: skip

Report = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Shard:
    """Which share of the sources this process packs: every `of`-th, from `index` on."""

    index: int = 0
    of: int = 1

    def file(self, path: Path) -> Path:
        """NAME-00000-of-00004.SUFFIX, or the path itself when there is one shard."""
        if self.of == 1:
            return path
        return path.with_name(f"{path.stem}-{self.index:05d}-of-{self.of:05d}{path.suffix}")


def build_pack(
    folders: list[Path],
    path: Path,
    options: PackOptions,
    *,
    report: Report,
    reds: list[Path] | None = None,
    videos: list[Path] | None = None,
    shard: Shard | None = None,
) -> list[PhotoRecord]:
    """Packs photographs below `folders`, REDS folders and videos into `path` (with `shard`, a share of them
    into `shard.file(path)`); every photo or clip gets the same share of the pack's size.

    What cannot be read is reported and skipped. report(done, of, message) is called per photo or clip.
    Finished ones are kept in a folder beside the output until the pack is whole, so that an interrupted
    build goes on. Raises TrainerError when nothing usable is found.
    """
    options.check()
    shard = shard or Shard()
    everything = find_sources(folders, reds or [], videos or [])
    budget = options.megabytes * 1e6 / len(everything)
    sources = everything[shard.index :: shard.of]
    if not sources:
        raise TrainerError(f"Shard {shard.index + 1} of {shard.of} has nothing to pack; use fewer processes.")
    path = shard.file(path)
    parts = path.with_name(f".{path.name}.parts")
    parts.mkdir(parents=True, exist_ok=True)
    files = {s: parts / f"{s.key(budget, options)}.part" for s in sources}
    messages = list(_cut_all(files, budget, options, report))
    finished = [files[s] for s in sources if files[s].exists()]
    if not sum(read_cutting(part).record.tiles for part in finished):
        shutil.rmtree(parts)
        if len(messages) == len(sources):
            raise TrainerError(f"Nothing could be packed: {messages[0]}")
        raise TrainerError(
            f"No photograph is at least {options.tile} px on both sides, and no clip has usable motion."
        )
    records = write_pack(path, options.tile, (read_cutting(part) for part in finished))
    shutil.rmtree(parts)
    return records


def _cut_all(files: dict[Source, Path], budget: float, options: PackOptions, report: Report) -> Iterator[str]:
    """Makes the missing parts; yields why a source was skipped."""
    missing = [source for source, part in files.items() if not _sound(part)]
    done = len(files) - len(missing)
    if done:
        report(done, len(files), f"{done} were finished before")
    jobs = min(options.jobs, len(missing))
    with _results(jobs, [(s, files[s], budget, options) for s in missing]) as results:
        for source, notes, failure in results:
            done += 1
            if failure is not None:
                report(done, len(files), f"skipped: {failure}")
                yield failure
                continue
            for note in notes:
                report(done, len(files), f"skipped: {note}")
            report(done, len(files), source.name)


_Order = tuple[Source, Path, float, PackOptions]
_Result = tuple[Source, list[str], str | None]


@contextmanager
def _results(jobs: int, orders: list[_Order]) -> Generator[Iterator[_Result]]:
    """Results as they come; in this process when one is enough."""
    if jobs <= 1:
        yield map(_cut_one, orders)
        return
    # Spawned, not forked: this process may have threads, which a fork leaves in an undefined state.
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start_worker)
    try:
        futures: list[Future[_Result]] = [pool.submit(_cut_one, order) for order in orders]
        yield (future.result() for future in as_completed(futures))
    except BrokenProcessPool as error:
        raise TrainerError(
            "A packing process died, perhaps for want of memory; run the same command with fewer --jobs."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker() -> None:
    """One thread each, deaf to Ctrl-C (the parent decides), and gone when the parent is killed."""
    cv2.setNumThreads(1)
    signal(SIGINT, SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (parent.join(), os._exit(1)), daemon=True).start()


def _cut_one(order: _Order) -> _Result:
    """Cuts a source and writes its part. A source that cannot be read gives a reason instead."""
    source, part, budget, options = order
    try:
        cutting: PackEntry = cut_source(source, budget, options)
    except (TrainerError, PhotoError, OSError, cv2.error, MemoryError) as error:
        return source, [], str(error) if isinstance(error, ValueError) else f"{source.name}: {error}"
    write_pack(part, options.tile, [cutting])
    return source, cutting.notes, None


def _sound(part: Path) -> bool:
    """Whether a part of an interrupted build is there and whole."""
    if not part.exists():
        return False
    try:
        read_cutting(part)
    except TrainerError:
        return False
    return True
