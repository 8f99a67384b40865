"""`python -m tests.mutation trace|run|report`; see the package."""

from __future__ import annotations

import argparse
import sys

from tests.mutation import campaign, tracing


def main(arguments: list[str]) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="tests.mutation", description=__doc__)
    parser.add_argument("what", choices=["trace", "run", "report"])
    parser.add_argument("--sample", type=int, help="at most so many mutants, drawn by --seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="modules whose path contains this")
    parser.add_argument("--minutes", type=float, help="stop after so many minutes")
    parser.add_argument("--at-least", type=float, help="percent killed; below it the exit is 1")
    asked = parser.parse_args(arguments)
    if asked.what == "trace":
        return tracing.trace()
    if asked.what == "run":
        campaign.run(campaign.Wish(asked.sample, asked.seed, asked.only, asked.minutes))
    return campaign.report(asked.at_least)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
