"""`fxdiffuse doctor`: checks this machine, and says what to do when something is wrong."""

import json
import os
from dataclasses import asdict

from fxdiffuse_gui.cli.console import EXIT_FAILED, EXIT_OK, Parser
from fxdiffuse_gui.core.threads import let_idle_threads_sleep
from fxdiffuse_gui.doctor.examination import examine
from fxdiffuse_gui.doctor.finding import Finding

_PROG = "fxdiffuse doctor"


def run_doctor(arguments: list[str]) -> int:
    """Runs `fxdiffuse doctor` and returns the exit code: 1 when something is broken."""
    options = _build_parser().parse_args(arguments)
    environment = dict(os.environ)
    let_idle_threads_sleep()
    findings: list[Finding] = []
    for finding in examine(environment):
        findings.append(finding)
        if not options.json:
            print(_line(finding), flush=True)
    broken = [finding.name for finding in findings if finding.state == "broken"]
    if options.json:
        print(json.dumps({"ok": not broken, "findings": [asdict(finding) for finding in findings]}))
    else:
        print(f"Broken: {', '.join(broken)}." if broken else "Nothing is broken.")
    return EXIT_FAILED if broken else EXIT_OK


def _line(finding: Finding) -> str:
    line = f"{finding.state:<7} {finding.name:<12} {finding.value}"
    return line if finding.advice is None else f"{line}\n{'':20} → {finding.advice}"


def _build_parser() -> Parser:
    parser = Parser(
        prog=_PROG,
        allow_abbrev=False,
        description="Checks all that fxdiffuse needs: libraries, device, model, memory, window, settings. "
        "Ends with exit code 1 when something is broken.",
    )
    parser.add_argument("--json", action="store_true", help="print what was found as JSON on stdout")
    return parser
