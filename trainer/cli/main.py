"""`fxdiffuse-train`: pack, show, train, evaluate, export; calibrate and grain-plot check the effects."""

import argparse
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

from trainer.cli.pack import add_pack_commands
from trainer.errors import TrainerError


class _Parser(argparse.ArgumentParser):
    """Errors in one line, as every other command of the project prints them."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}", file=sys.stderr)
        raise SystemExit(2)


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; 0 when it succeeded, 2 on bad input (one line on stderr), 130 when interrupted."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except (TrainerError, ValueError, OSError) as error:
        print(f"fxdiffuse-train: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("fxdiffuse-train: interrupted; run the same command again to go on.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="fxdiffuse-train", description="Builds and evaluates models for fxdiffuse.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    add_pack_commands(commands)

    recipes = ("default", "fills", "finish", "grain", "polish", "paper", "tiny")
    train = commands.add_parser("train", help="train a model; run again to resume")
    train.add_argument("--pack", type=Path, nargs="+", required=True, metavar="FILE", dest="packs")
    train.add_argument("--run", type=Path, required=True, metavar="DIR", dest="folder")
    train.add_argument("--recipe", choices=recipes, default="default")
    train.add_argument("--steps", type=int, help="instead of the recipe's number")
    train.add_argument("--from", type=Path, dest="start_from", metavar="MODEL", help="fine-tune a model")
    train.add_argument("--bf16", action="store_true", help="run the U-Net in bfloat16")
    train.add_argument("--save-seconds", type=float, default=300.0)
    train.add_argument("--sample-seconds", type=float, default=600.0)
    train.set_defaults(run=_train)

    evaluate = commands.add_parser("evaluate", help="measure a model on photographs it never saw")
    evaluate.add_argument("model", type=Path, metavar="MODEL")
    evaluate.add_argument("--photos", type=Path, nargs="+", required=True, metavar="DIR")
    evaluate.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    evaluate.add_argument("--crops", type=int, default=19, help="crops in all (default 19)")
    evaluate.add_argument("--size", type=int, default=256, help="side of a crop, px (default 256)")
    evaluate.add_argument("--steps", type=int, help="evaluations per edit (default: the app's)")
    evaluate.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    evaluate.add_argument("--lpips-weights", type=Path, metavar="FILE", help="or set FXDIFFUSE_LPIPS")
    evaluate.add_argument(
        "--sections",
        metavar="LIST",
        help="some of single,pairs,control,steps,fills,flat,tones,seams (default all)",
    )
    evaluate.add_argument("--few", type=int, default=4, help="crops for control and steps (default 4)")
    evaluate.add_argument("--quick", action="store_true", help="fewer values of each effect")
    evaluate.add_argument("--compare", type=Path, metavar="REPORT", help="report.json of another model")
    evaluate.set_defaults(run=_evaluate)

    search = commands.add_parser("search", help="short runs that differ in one thing each, as a table")
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

    calibrate = commands.add_parser("calibrate", help="check the estimators on the true effects")
    calibrate.add_argument("--photos", type=Path, nargs="+", required=True, metavar="DIR")
    calibrate.add_argument("--count", type=int, default=20, help="photos in all (default 20)")
    calibrate.add_argument("--size", type=int, default=512, help="side of a crop, px (default 512)")
    calibrate.add_argument("--match", action="store_true", help="check what 'match a look' finds instead")
    calibrate.set_defaults(run=_calibrate)

    plot = commands.add_parser("grain-plot", help="plot both ways to make grain beside the reference's")
    plot.add_argument("--reference", type=Path, default=Path("tests/golden/grain"), metavar="DIR")
    plot.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    plot.set_defaults(run=_grain_plot)
    return parser


def _train(options: argparse.Namespace) -> int:
    from trainer.data.packfile import load_pack, merge_packs
    from trainer.progress import progress_bar
    from trainer.training.loop import LoopOptions, Progress, train
    from trainer.training.recipes import RECIPES, with_steps

    config = RECIPES[options.recipe]()
    if options.steps is not None:
        if options.steps < 1:
            raise TrainerError("--steps must be at least 1.")
        config = with_steps(config, options.steps)
    loop = LoopOptions(
        options.folder, options.save_seconds, options.sample_seconds, options.bf16, options.start_from
    )
    with progress_bar("training") as advance:

        def report(p: Progress) -> None:
            advance(p.step, p.of, f"loss {p.loss:.4f}, {p.samples_per_second:.1f} crops/s")

        path = train(config, merge_packs([load_pack(pack) for pack in options.packs]), loop, report)
    print(path)
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from trainer.evaluation.cases import SECTIONS
    from trainer.evaluation.evaluate import EvaluateOptions, evaluate
    from trainer.progress import progress_bar

    sections = SECTIONS if options.sections is None else tuple(options.sections.split(","))

    with progress_bar("evaluating") as advance:
        report = evaluate(
            options.model,
            options.photos,
            options.output,
            EvaluateOptions(
                options.crops,
                options.size,
                options.steps,
                options.device,
                options.lpips_weights,
                sections,
                options.few,
                options.quick,
                options.compare,
            ),
            report=advance,
        )
    print(report)
    return 0


def _search(options: argparse.Namespace) -> int:
    from trainer.data.packfile import load_pack
    from trainer.progress import progress_bar
    from trainer.training.search import VARIANTS, search

    if options.steps < 1:
        raise TrainerError("--steps must be at least 1.")
    names = options.variants or list(VARIANTS)
    with progress_bar("searching") as advance:
        path = search(load_pack(options.pack), options.photos, options.output, options.steps, names, advance)
    print(path)
    return 0


def _export(options: argparse.Namespace) -> int:
    from fxdiffuse_gui.core.atomic import write_atomically
    from fxdiffuse_gui.engine.checkpoint import load_model, save_model
    from trainer.evaluation.quality import quality

    source = options.run_folder / "model.safetensors"
    model = load_model(source, "cpu")  # refuses anything but a sound model
    options.output.parent.mkdir(parents=True, exist_ok=True)
    if options.report is None:
        write_atomically(options.output, source.read_bytes())
    else:
        data = {**model.card.data, "quality": quality(options.report, model.digest)}
        save_model(options.output, model.denoiser, replace(model.card, data=data))
    digest = sha256(options.output.read_bytes()).hexdigest()
    print(f"{options.output}: {model.card.name}, {model.card.steps} steps, SHA-256 {digest}")
    return 0


def _calibrate(options: argparse.Namespace) -> int:
    from trainer.evaluation.calibrate import calibrate
    from trainer.progress import progress_bar

    with progress_bar("measuring") as advance:
        table = calibrate(options.photos, options.count, options.size, advance, match=options.match)
        print(table)
    return 0


def _grain_plot(options: argparse.Namespace) -> int:
    from trainer.evaluation.grain_plot import write_plot

    write_plot(options.reference, options.output)
    print(options.output)
    return 0
