"""Work on hostile input in a process of its own, with limits that it cannot lift.

Templates come from process designers, files from the public. Whatever they do to a library, the
worst outcome is one dead child process and one refused file.
"""

from workflows.confined.process import Confined, LimitHit, Limits

__all__ = ["Confined", "LimitHit", "Limits"]
