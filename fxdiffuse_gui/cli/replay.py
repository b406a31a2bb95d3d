"""`fxdiffuse replay`: makes an edit again from its receipt, to verify it or to write it again."""

import json
import tempfile
from argparse import Namespace
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from fxdiffuse_gui import __version__
from fxdiffuse_gui.batch.receipt_inputs import Inputs, ReceiptInputs
from fxdiffuse_gui.batch.replay import replay
from fxdiffuse_gui.batch.run_jobs import unexpected
from fxdiffuse_gui.cli.console import EXIT_FAILED, EXIT_OK, EXIT_USAGE, Parser, complain
from fxdiffuse_gui.cli.flags import add_computing_flags
from fxdiffuse_gui.core.errors import UserError
from fxdiffuse_gui.core.file_names import display_name
from fxdiffuse_gui.core.progress import ProgressLine
from fxdiffuse_gui.photo.compare import Difference, compare_samples
from fxdiffuse_gui.photo.digest import samples_digest
from fxdiffuse_gui.photo.formats import USUAL_SUFFIXES
from fxdiffuse_gui.photo.receipt import read_receipt
from fxdiffuse_gui.photo.writer import check_target

_PROG = "fxdiffuse replay"


@dataclass(frozen=True)
class Verdict:
    """identical: the file has the samples that the edit gives here. changed: it has not those that were
    exported. difference: None when the pictures differ in size, channels or depth."""

    identical: bool
    changed: bool
    difference: Difference | None


def run_replay(arguments: list[str]) -> int:
    """Runs `fxdiffuse replay` and returns the exit code; leaves with SystemExit on bad arguments.

    0: identical, or written. 1: not identical, or failed on the way. 2: an input is missing or another file.
    """
    options = _build_parser().parse_args(arguments)
    try:
        if options.output is not None:
            check_target(options.output)
        inputs = Inputs(options.source, options.mask, options.reference, options.model, options.project)
        with ProgressLine(display_name(options.made)) as line:
            found = ReceiptInputs(options.made, read_receipt(options.made), inputs)
            if options.output is not None:
                replay(found, options.output, options.device, line.update)
                verdict = None
            else:
                verdict = _verify(found, options.device, line)
    except UserError as error:
        complain(str(error), _PROG)
        return EXIT_USAGE
    except Exception as error:
        complain(f"the replay failed ({unexpected(error)}); nothing was written.", _PROG)
        return EXIT_FAILED
    report = _report(options, found, verdict)
    print(json.dumps(report) if options.json else _sentence(options, found, verdict))
    return EXIT_OK if verdict is None or verdict.identical else EXIT_FAILED


def _verify(found: ReceiptInputs, device: str, line: ProgressLine) -> Verdict:
    output = found.receipt.output
    assert output is not None  # a receipt that was read has it
    with tempfile.TemporaryDirectory(prefix="fxdiffuse-") as folder:
        again = Path(folder) / f"again{USUAL_SUFFIXES[output.format]}"
        replay(found, again, device, line.update)
        digest = samples_digest(found.made)
        same = digest == samples_digest(again)
        difference = (
            Difference(0.0, 0, 0.0, 2**output.bit_depth - 1) if same else compare_samples(found.made, again)
        )
    return Verdict(same, digest != output.samples, difference)


def _sentence(options: Namespace, found: ReceiptInputs, verdict: Verdict | None) -> str:
    name, source = display_name(options.made), display_name(found.source)
    if verdict is None:
        return f"The edit of {source} was written to {display_name(options.output)}."
    if verdict.identical:
        return f"identical: {source} edited again gives {name}, sample for sample."
    gap = verdict.difference
    if gap is None:
        how = "it has another size, number of channels or depth"
    else:
        how = (
            f"{gap.share:.2%} of the samples differ, by {gap.maximum} of {gap.of} at most and {gap.mean:.2g}"
            " on average"
        )
    if verdict.changed:
        why = f"{name} was changed after its export."
    elif found.receipt.program != __version__:
        why = f"It was made by fxdiffuse {found.receipt.program}, and this is {__version__}."
    else:
        why = "Another processor, device or version of PyTorch may round otherwise."
    return f"not identical: {how}. {why}"


def _report(options: Namespace, found: ReceiptInputs, verdict: Verdict | None) -> dict[str, Any]:
    made = {"ok": True, "made": str(options.made), "source": str(found.source)}
    if verdict is None:
        return {**made, "output": str(options.output)}
    return {**made, **asdict(verdict)}


def _build_parser() -> Parser:
    parser = Parser(
        prog=_PROG,
        allow_abbrev=False,
        usage="fxdiffuse replay OUT (--verify | -o NEW) [options]",
        description="Makes an edit again from the receipt in the file that it gave. The original photo is"
        " looked for next to that file and in the folder above, by its name and hash. So are mask and"
        " reference, also in the project that the edit was saved as.",
    )
    add = parser.add_argument
    add("made", type=Path, metavar="OUT", help="a file that fxdiffuse has written")
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--verify", action="store_true", help="compare with OUT instead of writing a file")
    action.add_argument("-o", "--output", type=Path, metavar="NEW", help="where to write the edit again")
    add("--source", type=Path, metavar="IN", help="the original photo, or the folder where it is")
    add("--mask", type=Path, metavar="PNG", help="the mask that was filled")
    add("--reference", type=Path, metavar="IMG", help="the picture whose colors were taken")
    add("--project", type=Path, metavar="FXD", help="the project that has mask, reference or photo inside")
    add_computing_flags(parser)
    add("--json", action="store_true", help="print the result as JSON on stdout")
    return parser
