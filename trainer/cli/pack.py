"""`fxdiffuse-train pack` and `show`: photographs and clips to a pack, and a contact sheet of it."""

import argparse
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.errors import TrainerError

if TYPE_CHECKING:
    from trainer.data.pack import PhotoRecord
    from trainer.data.pack_builder import Shard

# Where launchers write the number of processes; accelerate reads the same variables.
_WORLD_SIZES = ("WORLD_SIZE", "PMI_SIZE", "OMPI_COMM_WORLD_SIZE", "MV2_COMM_WORLD_SIZE")


def add_pack_commands(commands: Any) -> None:
    """Adds the two commands to the parser's `commands`."""
    pack = commands.add_parser(
        "pack",
        help="photographs and clips to a portable training pack",
        description="Cuts the best tiles of photographs and clips into one portable file. Run the same"
        " command again to resume an interrupted build. Under `accelerate launch` every process packs its"
        " share into FILE-00000-of-00004 and so on.",
    )
    pack.add_argument(
        "--photos", type=Path, nargs="+", default=[], metavar="DIR",
        help="folders of sharp photographs; a manifest.json in or next to them names source and license",
    )  # fmt: skip
    pack.add_argument(
        "--reds", type=Path, nargs="+", default=[], metavar="DIR",
        help="folders laid out as REDS: train/train_sharp/000/00000000.png next to train/train_blur",
    )  # fmt: skip
    pack.add_argument(
        "--video", type=Path, nargs="+", default=[], metavar="FILE", dest="videos",
        help="videos of sharp frames, to make blur of several exposure lengths from",
    )  # fmt: skip
    pack.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    pack.add_argument("--megabytes", type=float, default=48.0, help="upper limit of the pack (default 48)")
    pack.add_argument(
        "--validation-share", type=float, default=0.0, metavar="SHARE",
        help="of the photos and clips to keep out of training, 0 to 1 (default 0)",
    )  # fmt: skip
    pack.add_argument(
        "--exposures", type=float, nargs="+", default=[0.5, 1.0, 2.0, 4.0], metavar="FRAMES",
        help="exposure lengths made from video (default 0.5 1 2 4)",
    )  # fmt: skip
    pack.add_argument("--jobs", type=int, help="processes (default: one per core)")
    pack.set_defaults(run=_pack)

    show = commands.add_parser("show", help="a contact sheet of a pack and of the effects on it")
    show.add_argument("pack", type=Path, metavar="PACK")
    show.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.png")
    show.add_argument("--split", choices=("train", "validation"), default="train")
    show.add_argument("--seed", type=int, default=0, help="which tiles and masks (default 0)")
    show.add_argument("--size", type=int, default=192, help="side of a picture, px (default 192)")
    show.set_defaults(run=_show)


def _pack(options: argparse.Namespace) -> int:
    from trainer.data.pack_builder import build_pack
    from trainer.data.tiles import PackOptions
    from trainer.progress import progress_bar

    shard = current_shard()
    settings = PackOptions(
        megabytes=options.megabytes,
        validation_share=options.validation_share,
        exposures=tuple(options.exposures),
        jobs=_cores() if options.jobs is None else options.jobs,
    )
    with progress_bar("packing" if shard.of == 1 else f"packing {shard.index + 1} of {shard.of}") as advance:
        records = build_pack(
            options.photos,
            options.output,
            settings,
            report=advance,
            reds=options.reds,
            videos=options.videos,
            shard=shard,
        )
    print(summary(records, shard.file(options.output)))
    return 0


def summary(records: Iterable["PhotoRecord"], path: Path) -> str:
    """Number of tiles by source and license, and in all."""
    records = list(records)
    counts: dict[tuple[str, str, str, str], int] = {}
    for record in records:
        key = record.source, record.license, record.kind, record.split
        counts[key] = counts.get(key, 0) + record.tiles
    lines = [
        f"{tiles:6d} tiles  {kind:5s}  {split:10s}  {source}  ({license_})"
        for (source, license_, kind, split), tiles in sorted(counts.items())
    ]
    size = path.stat().st_size / 1e6
    total = f"{sum(counts.values())} tiles of {len(records)} photos and clips"
    return "\n".join([*lines, f"{total}, {size:.1f} MB: {path}"])


def current_shard() -> "Shard":
    """The share of this process under `accelerate launch`, else everything."""
    from trainer.data.pack_builder import Shard

    if not any(int(os.environ.get(name, "1")) > 1 for name in _WORLD_SIZES):
        return Shard()  # without importing torch and accelerate
    from accelerate import PartialState

    state = PartialState(cpu=True)
    return Shard(state.process_index, state.num_processes)


def _cores() -> int:
    """Cores for this process: those it may use, divided by the number of processes on this machine."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(usable // max(int(os.environ.get("LOCAL_WORLD_SIZE", "1")), 1), 1)


def _show(options: argparse.Namespace) -> int:
    from trainer.data.contact_sheet import write_sheet
    from trainer.data.pack_file import load_pack

    if not 64 <= options.size <= 1024:
        raise TrainerError("--size must be between 64 and 1024.")
    pack = load_pack(options.pack, options.split)
    write_sheet(options.output, pack, options.seed, options.size)
    pairs = "" if pack.pairs is None else f", {len(pack.pairs)} real pairs"
    print(f"{len(pack.tiles)} tiles of {len(pack.photos)} photos and clips{pairs}: {options.output}")
    return 0
