"""The benchmarks by name. Claims about speed are ratios from here, both sides in one run."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from workflows.trials import bench_inbox, bench_tasks

RUNS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "tasks": bench_tasks.run,
    "inbox": bench_inbox.run,
}
