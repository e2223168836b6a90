"""Put mutated inputs to readers: ``PYTHONPATH=.:tests python -m faults html rtf --inputs 100000``.

Without names every target is run. An input is the same for the same target, seed and number; ``--number``
runs one by itself and shows where it goes wrong.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from faults.campaign import Campaign, Find, run_campaign, scratch
from faults.fuzzing import LOADS_ON, TARGETS, Fuzzer, Target

_NAMED = {target.name: target for target in TARGETS}
_BETWEEN_REPORTS = 60.0


def main() -> int:
    """Run the targets named on the command line; 1 where anything was found."""
    asked = _asked()
    targets = [_NAMED[name] for name in asked.targets or _NAMED]
    if asked.number is not None:
        return max(_one(target, asked) for target in targets)
    return max(_many(target, asked) for target in targets)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", choices=[*_NAMED, []], help=", ".join(_NAMED))
    parser.add_argument("--inputs", type=int, default=1_000_000, help="how many a target (a million)")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="how long a target takes at most")
    parser.add_argument("--seed", type=int, default=1, help="which inputs they are (1)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first (0)")
    parser.add_argument("--number", type=int, help="run this one alone")
    parser.add_argument("--processes", type=int, default=1, help="how many at once (1)")
    parser.add_argument("--keep", type=Path, help="a folder for the inputs that were found")
    return parser.parse_args()


def _one(target: Target, asked: argparse.Namespace) -> int:
    """Run one input, and show where it goes wrong."""
    with scratch() as folder:
        fuzzer = Fuzzer(target, folder, seed=asked.seed)
        for before in range(-LOADS_ON, 0):
            fuzzer.step(before)
        found = fuzzer.step(asked.number)
    _say(
        f"{target.name} {asked.seed} {asked.number}: {found or fuzzer.outcome.value}\n{fuzzer.data[:2000]!r}"
    )
    _say(fuzzer.trace)
    return bool(found)


def _many(target: Target, asked: argparse.Namespace) -> int:
    missing = target.missing()
    if missing:
        _say(f"{target.name}: not run, {missing}")
        return 0
    report = _Report()
    campaign = run_campaign(
        target,
        seed=asked.seed,
        numbers=range(asked.first, asked.first + asked.inputs),
        processes=asked.processes,
        minutes=asked.minutes,
        told=report,
    )
    _say(str(campaign))
    for find in campaign.finds.values():
        _say(f"  {asked.seed} {find.number}: {find.what[:300]} on {find.data[:200]!r}")
        if asked.keep:
            _keep(find, target, asked)
    return bool(campaign.finds)


class _Report:
    """Says each kind of find when it is first met, and once a minute how far it is."""

    def __init__(self) -> None:
        self._said = time.monotonic()
        self._known: set[str] = set()

    def __call__(self, campaign: Campaign) -> None:
        for kind in campaign.finds.keys() - self._known:
            find = campaign.finds[kind]
            _say(f"  found {campaign.name} {campaign.seed} {find.number}: {find.what[:300]}")
        self._known |= campaign.finds.keys()
        if time.monotonic() - self._said > _BETWEEN_REPORTS:
            self._said = time.monotonic()
            _say(str(campaign))


def _keep(find: Find, target: Target, asked: argparse.Namespace) -> None:
    asked.keep.mkdir(parents=True, exist_ok=True)
    (asked.keep / f"{target.name}-{asked.seed}-{find.number}").write_bytes(find.data)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
