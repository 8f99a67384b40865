"""``python -m webapp.cli``: the console program without its installed script."""

import sys

from webapp.cli import main

if __name__ == "__main__":
    sys.exit(main())
