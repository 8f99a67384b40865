"""``caselane check`` and ``caselane scenario``: what a pack is worth before anyone uses it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workflows.packs.check import check_path
from workflows.packs.findings import Finding
from workflows.vocabulary import vocabulary

FINE, FINDINGS = 0, 1


def check(path: Path, *, as_json: bool) -> int:
    """Findings of a folder, a zip or a diagram; warnings alone leave a pack releasable."""
    found = check_path(path, vocabulary())
    ok = not any(finding.severity == "error" for finding in found)
    if as_json:
        print(json.dumps({"ok": ok, "findings": [plain(f) for f in found]}, ensure_ascii=False))
    else:
        for finding in found:
            print(told(finding))
        print("可以发布 / may be released" if ok else "不能发布 / may not be released")
    return FINE if ok else FINDINGS


def plain(finding: Finding) -> dict[str, Any]:
    """A finding as JSON carries it."""
    return asdict(finding)


def told(finding: Finding) -> str:
    """A finding as a person reads it."""
    where = finding.file + (f" · {finding.element}" if finding.element else "")
    way = f"\n    {' → '.join(finding.path)}" if finding.path else ""
    message = finding.message
    return f"{finding.severity:8}{finding.rule}  {where}\n    {message.zh}\n    {message.en}{way}"
