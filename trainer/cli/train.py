"""`fxdiffuse-train train`, `search` and `export`: from a pack to a model file."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.errors import TrainerError
from trainer.names import RECIPE_NAMES

if TYPE_CHECKING:
    from trainer.training.options import Progress
    from trainer.training.validation import ValidationSet


def add_train_commands(commands: Any) -> None:
    """Adds the three commands to the parser's `commands`."""
    train = commands.add_parser("train", help="train a model; run again to resume")
    train.add_argument("--pack", type=Path, nargs="+", required=True, metavar="FILE", dest="packs")
    train.add_argument("--run", type=Path, required=True, metavar="DIR", dest="folder")
    train.add_argument("--recipe", choices=RECIPE_NAMES, default="default")
    train.add_argument("--steps", type=int, help="instead of the recipe's number")
    train.add_argument(
        "--no-edit", type=float, metavar="SHARE", help="of samples without an edit, instead of the recipe's"
    )
    train.add_argument(
        "--single", type=float, metavar="SHARE",
        help="of samples with one effect, instead of the recipe's; the rest has two to five",
    )  # fmt: skip
    train.add_argument(
        "--no-activation-labels", action="store_true", help="do not tell the network which effects are on"
    )
    train.add_argument("--from", type=Path, dest="start_from", metavar="MODEL", help="fine-tune a model")
    train.add_argument("--bf16", action="store_true", help="run the U-Net in bfloat16")
    train.add_argument(
        "--validation", type=Path, nargs="+", metavar="DIR",
        help="photos to measure the validation loss on, instead of the pack's validation share",
    )  # fmt: skip
    train.add_argument(
        "--validation-steps",
        type=int,
        default=500,
        metavar="N",
        help="measure it every N steps (default 500)",
    )
    train.add_argument("--save-seconds", type=float, default=300.0)
    train.add_argument("--sample-seconds", type=float, default=600.0)
    train.set_defaults(run=_train)

    search = commands.add_parser("search", help="short runs that differ in one setting each, as a table")
    search.add_argument("--pack", type=Path, required=True, metavar="FILE")
    search.add_argument("--photos", type=Path, nargs="+", required=True, metavar="DIR", help="held out")
    search.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    search.add_argument("--steps", type=int, default=250, help="of each run (default 250)")
    search.add_argument("--variants", nargs="+", metavar="NAME", help="instead of all")
    search.set_defaults(run=_search)

    export = commands.add_parser("export", help="a run's averaged weights as a model file")
    export.add_argument("run_folder", type=Path, metavar="RUN")
    export.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    export.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help="report.json of its evaluation: the app shows how well it does",
    )
    export.set_defaults(run=_export)


def _train(options: argparse.Namespace) -> int:
    from trainer.data.pack import merge_packs
    from trainer.data.pack_file import load_pack
    from trainer.progress import progress_bar
    from trainer.recipes import find_recipe, with_labels, with_steps
    from trainer.training.loop import train
    from trainer.training.options import LoopOptions

    config = find_recipe(options.recipe)
    config = with_labels(
        config,
        none=options.no_edit,
        single=options.single,
        activation_labels=False if options.no_activation_labels else None,
    )
    if options.steps is not None:
        config = with_steps(config, options.steps)
    loop = LoopOptions(
        options.folder,
        options.save_seconds,
        options.sample_seconds,
        options.bf16,
        options.start_from,
        options.validation_steps,
    )
    if loop.validation_steps < 1:
        raise TrainerError("--validation-steps must be at least 1.")
    pack = merge_packs([load_pack(path) for path in options.packs])
    held_out = _validation_set(options, pack.tiles.shape[1])
    with progress_bar("training") as advance:

        def report(p: "Progress") -> None:
            advance(p.step, p.of, f"loss {p.loss:.4f}, {p.samples_per_second:.1f} crops/s")

        path = train(config, pack, loop, report, held_out)
    print(path)
    return 0


def _validation_set(options: argparse.Namespace, side: int) -> "ValidationSet | None":
    """From `--validation`, else from the packs' validation share, else None. side: of a tile, px."""
    from trainer.data.pack import merge_packs
    from trainer.data.pack_file import find_split
    from trainer.training.validation import ValidationSet

    if options.validation:
        return ValidationSet.of_folders(options.validation, side)
    splits = [find_split(path, "validation") for path in options.packs]
    found = [split for split in splits if split is not None]
    return ValidationSet.of_pack(merge_packs(found)) if found else None


def _search(options: argparse.Namespace) -> int:
    from trainer.data.pack_file import load_pack
    from trainer.progress import progress_bar
    from trainer.training.search import VARIANTS, search

    names = options.variants or list(VARIANTS)
    with progress_bar("searching") as advance:
        path = search(load_pack(options.pack), options.photos, options.output, options.steps, names, advance)
    print(path)
    return 0


def _export(options: argparse.Namespace) -> int:
    from fxdiffuse_gui.core.hashing import file_sha256
    from fxdiffuse_gui.engine.checkpoint import load_model, save_model
    from trainer.evaluation.reports import card_quality
    from trainer.files import write_file

    source = options.run_folder / "model.safetensors"
    model = load_model(source, "cpu")  # raises ModelError unless it is a valid model
    if options.report is None:
        write_file(options.output, source.read_bytes())
    else:
        data = {**model.card.data, "quality": card_quality(options.report, model.digest)}
        options.output.parent.mkdir(parents=True, exist_ok=True)
        save_model(options.output, model.denoiser, replace(model.card, data=data))
    sha256, _ = file_sha256(options.output)
    print(f"{options.output}: {model.card.name}, {model.card.steps} steps, SHA-256 {sha256}")
    return 0
