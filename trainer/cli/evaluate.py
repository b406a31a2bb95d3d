"""`fxdiffuse-train evaluate`, `calibrate` and `grain-plot`: models, estimators and effects measured."""

import argparse
from pathlib import Path
from typing import Any

from trainer.names import SECTIONS


def add_evaluate_commands(commands: Any) -> None:
    """Adds the three commands to the parser's `commands`."""
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
        "--sections", metavar="LIST", help=f"some of {','.join(SECTIONS)} (default all)"
    )  # fmt: skip
    evaluate.add_argument("--few", type=int, default=4, help="crops for control and steps (default 4)")
    evaluate.add_argument("--quick", action="store_true", help="fewer values of each effect")
    evaluate.add_argument("--compare", type=Path, metavar="REPORT", help="report.json of another model")
    evaluate.set_defaults(run=_evaluate)

    calibrate = commands.add_parser("calibrate", help="check the estimators on the true effects")
    calibrate.add_argument("--photos", type=Path, nargs="+", required=True, metavar="DIR")
    calibrate.add_argument("--count", type=int, default=20, help="photos in all (default 20)")
    calibrate.add_argument("--size", type=int, default=512, help="side of a crop, px (default 512)")
    calibrate.add_argument("--match", action="store_true", help="check what 'match a look' finds instead")
    calibrate.set_defaults(run=_calibrate)

    plot = commands.add_parser("grain-plot", help="plot both methods of grain next to the reference's")
    plot.add_argument("--reference", type=Path, default=Path("tests/golden/grain"), metavar="DIR")
    plot.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    plot.set_defaults(run=_grain_plot)


def _evaluate(options: argparse.Namespace) -> int:
    from trainer.evaluation.evaluate import EvaluateOptions, evaluate
    from trainer.progress import progress_bar

    settings = EvaluateOptions(
        crops=options.crops,
        size=options.size,
        steps=options.steps,
        device=options.device,
        lpips_weights=options.lpips_weights,
        sections=SECTIONS if options.sections is None else tuple(options.sections.split(",")),
        few=options.few,
        quick=options.quick,
        compare=options.compare,
    )
    with progress_bar("evaluating") as advance:
        page = evaluate(options.model, options.photos, options.output, settings, report=advance)
    print(page)
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
