"""Many mutants, one after the other, and what came of them."""

from __future__ import annotations

import difflib
import json
import random
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.mutation import trial
from tests.mutation.targets import ROOT, VAR, Mutant, modules, mutants, read_lines
from tests.mutation.tracing import MAP

RESULTS = VAR / "results.jsonl"
EXPLAINED = Path(__file__).with_name("survivors.json")
"""{key: why this mutant may live}: it changes nothing that a user could see."""
JUDGES, LONGEST, SLOWEST = 40, 240.0, 20.0
"""At most so many tests for one mutant, seconds for all of them, seconds for one of them."""


@dataclass(frozen=True)
class Wish:
    """Which mutants, and for how long."""

    sample: int | None = None
    seed: int = 1
    only: str = ""
    minutes: float | None = None


def run(wish: Wish) -> None:
    """Judge the wanted mutants that have no verdict yet; each verdict is kept at once."""
    kept = json.loads(MAP.read_text("utf-8"))
    paths = [path for path in modules() if wish.only in str(path)]
    wanted = list(mutants(paths))
    if wish.sample is not None:
        wanted = random.Random(wish.seed).sample(wanted, min(wish.sample, len(wanted)))
    known = {str(row["key"]) for row in read_lines(RESULTS)}
    trial.load_everything(modules())
    until = time.monotonic() + wish.minutes * 60 if wish.minutes else float("inf")
    with RESULTS.open("a", encoding="utf-8") as results:
        for mutant in wanted:
            if mutant.key in known:
                continue
            if time.monotonic() > until:
                break
            row = {"key": mutant.key, **asdict(mutant), **_verdict(mutant, kept)}
            print(json.dumps(row, ensure_ascii=False), file=results, flush=True)


def _verdict(mutant: Mutant, kept: dict[str, dict[str, object]]) -> dict[str, object]:
    tests = judges(mutant, kept)
    begun = time.monotonic()
    verdict = trial.judge(mutant, tests, LONGEST)
    return {"verdict": verdict, "judges": len(tests), "took": round(time.monotonic() - begun, 1)}


def judges(mutant: Mutant, kept: dict[str, dict[str, object]]) -> list[str]:
    """The tests that pass the broken line (or the function's other lines), the guards' own
    first, then the quick ones."""
    lines = kept["lines"].get(mutant.module, {})
    assert isinstance(lines, dict)
    seconds = kept["seconds"]
    found: list[str] = lines.get(str(mutant.line), [])
    if not found and mutant.inside is not None:
        found = _nearest(lines, mutant.line)
    if mutant.inside is None:
        # Tables are read when the program starts, before any test: whoever asks guards may notice.
        found = [test for test in seconds if "/guards/" in test]
    ranked = sorted(
        (t for t in set(found) if float(str(seconds.get(t, 99))) <= SLOWEST),
        key=lambda t: ("/guards/" not in t, float(str(seconds.get(t, 99)))),
    )
    return ranked[: JUDGES if mutant.inside else None]


def _nearest(lines: dict[str, list[str]], line: int) -> list[str]:
    """A statement over several lines is traced at its first."""
    before = [int(n) for n, tests in lines.items() if int(n) < line and tests]
    return lines[str(max(before))] if before else []


def report(at_least: float | None = None) -> int:
    """Print killed and surviving mutants per module, and each survivor with its change."""
    current = {mutant.key: mutant for mutant in mutants()}
    rows = {str(r["key"]): r for r in read_lines(RESULTS) if str(r["key"]) in current}
    why: dict[str, str] = json.loads(EXPLAINED.read_text("utf-8")) if EXPLAINED.exists() else {}
    judged = {k: r for k, r in rows.items() if r["verdict"] != "same"}
    living = [k for k, r in judged.items() if r["verdict"] == "survived"]
    for module, count in sorted(Counter(str(r["module"]) for r in judged.values()).items()):
        left = sum(1 for k in living if judged[k]["module"] == module)
        print(f"{module:42} {count - left:5} of {count:5}")
    share = 100 * (len(judged) - len(living)) / max(len(judged), 1)
    print(f"killed {len(judged) - len(living)} of {len(judged)} judged = {share:.1f} %;", end=" ")
    print(f"{len(current)} mutants in all, {len(living)} alive")
    for key in living:
        print("\n" + key, "—", why.get(key, "not explained"))
        print(_change(current[key]))
    return int(at_least is not None and share < at_least)


def _change(mutant: Mutant) -> str:
    whole = (ROOT / mutant.module).read_text("utf-8").splitlines()
    broken = (mutant.source() or "").splitlines()
    told = difflib.unified_diff(whole, broken, mutant.module, mutant.operator, lineterm="", n=0)
    return "\n".join(told)
