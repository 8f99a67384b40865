"""How clocks and operations are named in a diagram; shared by the parser and the deploy lint."""

from __future__ import annotations

import re

CLOCK_CODE = re.compile(r"CLK_[A-Z][A-Z0-9_]*")
OPERATION_NAME = re.compile(r"[a-z][a-z0-9_]{0,99}")
