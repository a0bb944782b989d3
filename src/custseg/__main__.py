"""``python -m custseg``: the command line."""

import sys

from custseg.cli import main

if __name__ == "__main__":
    sys.exit(main())
