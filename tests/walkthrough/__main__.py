"""A walk through the real program by real events, with two kills and recoveries on the way.

    xvfb-run -a .venv/bin/python -m tests.walkthrough OUT [--photo JPG] [--large]

Needs xdotool and exiftool. It opens a photo of 24 megapixels, edits it, is killed twice, exports, replays the
receipts and compares the metadata. Every checkpoint saves a screenshot in OUT. `--large` opens a photo of 100
megapixels instead and measures memory. On a slow machine a walk takes half an hour.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import resources
from tests.walkthrough.checks import check_export, compare_pictures
from tests.walkthrough.photo import make_photo

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Path(resources.__file__).parent / "samples" / "mountains.jpg"
USUAL, LARGE = (6000, 4000), (12000, 8400)
MAX_LOST_SECONDS = 5.0
"""Edits of the last seconds that a kill may lose."""
EDITED_SECONDS = 9.0
"""How long edits continue before the first kill."""

Event = dict[str, Any]


def main() -> int:
    """Returns 0 when every check passes."""
    parser = argparse.ArgumentParser(prog="python -m tests.walkthrough")
    parser.add_argument("out", type=Path)
    parser.add_argument("--photo", type=Path, default=SAMPLE)
    parser.add_argument("--large", action="store_true")
    options = parser.parse_args()
    out: Path = options.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise SystemExit(f"{out} is not empty.")
    start = time.monotonic()
    make_photo(options.photo, out / "photo.jpg", *(LARGE if options.large else USUAL))
    print(f"photo made  {time.monotonic() - start:6.1f} s", flush=True)
    problems = walk_large(out) if options.large else walk(out)
    for problem in problems:
        print(f"WRONG: {problem}")
    print("everything holds" if not problems else f"{len(problems)} things are wrong", flush=True)
    return 1 if problems else 0


def walk(out: Path) -> list[str]:
    """The whole walk; returns what is wrong."""
    problems: list[str] = []
    first = execute("first", out, kill_after=EDITED_SECONDS)
    killed = first[-1]["at"]
    second = execute("second", out, kill_after=1.0)
    found = next(event for event in second if event["event"] == "recovered")
    states = [(event["state"], event["at"]) for event in first if event["event"] == "state"]
    if len({state for state, _ in states}) < len(states):
        problems.append("two edits are equal, so the number of lost ones is unknown")
    kept = [number for number, (state, _) in enumerate(states) if state == found["state"]]
    if not kept:
        problems.append("the edit recovered after the first kill is none of the last edits")
    else:
        lost = [at for _, at in states[max(kept) + 1 :]]
        seconds = killed - min(lost, default=killed)
        print(f"first kill: {len(lost)} of {len(states)} edits lost, {seconds:.1f} s of them")
        if seconds > MAX_LOST_SECONDS:
            problems.append(f"{seconds:.1f} s of edits were lost")
    if found["names"] != ["Snapshot 1"]:
        problems.append(f"the snapshots after the first kill are {found['names']}")
    third = execute("third", out)
    before = next(event for event in second if event["event"] == "kill")["state"]
    if before != next(event for event in third if event["event"] == "recovered")["state"]:
        problems.append("the second kill changed the edit")
    problems += compare_pictures(out / "kill.png", out / "recovered.png")
    if third[-1]["code"] != 0:
        problems.append(f"the program ended with {third[-1]['code']}")
    for event in third:
        if event["event"] == "exported":
            began = time.monotonic()
            problems += check_export(out / "photo.jpg", Path(event["path"]))
            print(f"{Path(event['path']).name} checked  {time.monotonic() - began:6.1f} s", flush=True)
    return problems


def walk_large(out: Path) -> list[str]:
    """A photo of 100 megapixels; returns what is wrong."""
    events = execute("large", out)
    peak = max(event["peak"] for event in events if event["event"] == "checkpoint")
    return [] if peak <= 2500 else [f"{peak:.0f} MB were needed"]


def execute(name: str, out: Path, kill_after: float | None = None) -> list[Event]:
    """The events of one run. With `kill_after` it is killed so many seconds after its event "kill"."""
    home = out / "home"
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
    }
    environment.pop("QT_QPA_PLATFORM", None)
    home.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.walkthrough.runs", name, str(out)]
    events: list[Event] = []
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        deadline: float | None = None
        for line in process.stdout:
            event: Event = json.loads(line)
            events.append(event)
            _show(name, event)
            if event["event"] == "kill" and kill_after is not None:
                deadline = time.monotonic() + kill_after
            # During the first run events continue; in the second run this is the last line.
            if deadline is not None and (event["event"] == "kill" and "state" in event):
                time.sleep(kill_after or 0.0)
            if deadline is not None and time.monotonic() >= deadline:
                process.kill()
                break
        killed = time.time()
    events.append({"event": "ended", "at": killed, "code": process.returncode})
    if events[-2]["event"] == "failed":
        raise SystemExit(f"{name}: {events[-2]['text']}")
    return events


def _show(run: str, event: Event) -> None:
    if event["event"] == "checkpoint":
        print(
            f"{run:7}{event['name']:22}{event['seconds']:7.1f} s  stall {event['stall'] * 1e3:5.0f} ms"
            f"  peak {event['peak']:5.0f} MB  {event['chip']}",
            flush=True,
        )
    elif event["event"] not in ("state", "ended"):
        text = {key: value for key, value in event.items() if key not in ("event", "at")}
        print(f"{run:7}{event['event']} {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
