"""Builds packs: in parallel processes, resuming an interrupted build, in shards over several machines."""

import os
import shutil
import threading
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from signal import SIG_IGN, SIGINT, signal

import cv2

from fxdiffuse_gui.photo.image import PhotoError
from trainer.data.pack import PhotoRecord
from trainer.data.pack_file import read_entry, write_pack
from trainer.data.sources import Source, cut_source, find_sources
from trainer.data.tiles import PackOptions
from trainer.errors import TrainerError
from trainer.progress import Advance


@dataclass(frozen=True)
class Shard:
    """The share of the sources that this process packs: every `of`-th, starting at `index`."""

    index: int = 0
    of: int = 1

    def file(self, path: Path) -> Path:
        """NAME-00000-of-00004.SUFFIX, or the path itself when there is only one shard."""
        if self.of == 1:
            return path
        return path.with_name(f"{path.stem}-{self.index:05d}-of-{self.of:05d}{path.suffix}")


def build_pack(
    folders: list[Path],
    path: Path,
    options: PackOptions,
    *,
    report: Advance,
    reds: list[Path] | None = None,
    videos: list[Path] | None = None,
    shard: Shard | None = None,
) -> list[PhotoRecord]:
    """Packs photos below `folders`, REDS folders and videos into `path`; every source gets the same number
    of bytes.

    shard: pack only a share of the sources, into `shard.file(path)`. report: called with (done, of, text) per
    source; unreadable ones are reported with "skipped: …" and left out. Finished sources are kept in a hidden
    folder next to the output until the pack is complete, so an interrupted build can resume. Returns the
    records of the packed sources. Raises TrainerError when there is nothing usable, OSError when the output
    cannot be written.
    """
    options.check()
    shard = shard or Shard()
    all_sources = find_sources(folders, reds or [], videos or [])
    budget = options.megabytes * 1e6 / len(all_sources)
    sources = all_sources[shard.index :: shard.of]
    if not sources:
        raise TrainerError(
            "Shard {number} of {of} has nothing to pack; use fewer processes.",
            number=shard.index + 1,
            of=shard.of,
        )
    path = shard.file(path)
    parts_folder = path.with_name(f".{path.name}.parts")
    parts_folder.mkdir(parents=True, exist_ok=True)
    parts = {s: parts_folder / f"{s.key(budget, options)}.part" for s in sources}
    failures = list(_cut_missing(parts, budget, options, report))
    finished = [parts[s] for s in sources if parts[s].exists()]
    if not sum(read_entry(part).record.tiles for part in finished):
        shutil.rmtree(parts_folder)
        if len(failures) == len(sources):
            raise TrainerError("Nothing could be packed: {reason}", reason=failures[0])
        raise TrainerError(
            "No photograph is at least {side} px on both sides, and no clip has usable motion.",
            side=options.tile,
        )
    records = write_pack(path, options.tile, (read_entry(part) for part in finished))
    shutil.rmtree(parts_folder)
    return records


def _cut_missing(
    parts: dict[Source, Path], budget: float, options: PackOptions, report: Advance
) -> Iterator[str]:
    """Makes the parts that are missing or damaged. Yields one sentence per source that was skipped."""
    missing = [source for source, part in parts.items() if not _is_complete(part)]
    done = len(parts) - len(missing)
    if done:
        report(done, len(parts), f"{done} were finished before")
    jobs = min(options.jobs, len(missing))
    with _cut_in_processes(jobs, [(s, parts[s], budget, options) for s in missing]) as results:
        for source, notes, failure in results:
            done += 1
            if failure is not None:
                report(done, len(parts), f"skipped: {failure}")
                yield failure
                continue
            for note in notes:
                report(done, len(parts), f"skipped: {note}")
            report(done, len(parts), source.name)


_Task = tuple[Source, Path, float, PackOptions]
_Result = tuple[Source, list[str], str | None]
"""The source, notes on what was skipped in it, and why all of it was skipped (None when it was not)."""


@contextmanager
def _cut_in_processes(jobs: int, tasks: list[_Task]) -> Generator[Iterator[_Result]]:
    """Yields the results in the order in which they finish; one job runs in this process."""
    if jobs <= 1:
        yield map(_cut_one, tasks)
        return
    # Spawned, not forked: this process may have threads, which a fork leaves in an undefined state.
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start_worker)
    try:
        futures: list[Future[_Result]] = [pool.submit(_cut_one, task) for task in tasks]
        yield (future.result() for future in as_completed(futures))
    except BrokenProcessPool as error:
        raise TrainerError(
            "A packing process died, perhaps because memory ran out; run the same command with fewer --jobs."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker() -> None:
    """One thread per worker. Ctrl-C is left to the parent, and a worker ends when its parent is killed."""
    cv2.setNumThreads(1)
    signal(SIGINT, SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (parent.join(), os._exit(1)), daemon=True).start()


def _cut_one(task: _Task) -> _Result:
    """Cuts a source and writes its part, or says why the source cannot be read."""
    source, part, budget, options = task
    try:
        entry = cut_source(source, budget, options)
    except (TrainerError, PhotoError, OSError, cv2.error, MemoryError) as error:
        return source, [], str(error) if isinstance(error, ValueError) else f"{source.name}: {error}"
    write_pack(part, options.tile, [entry])
    return source, entry.notes, None


def _is_complete(part: Path) -> bool:
    """Whether the part of an interrupted build exists and can be read."""
    if not part.exists():
        return False
    try:
        read_entry(part)
    except TrainerError:
        return False
    return True
