"""The code of a page, so that a test of a journey works on the very data that the page shows."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
_BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


def run_blocks(page, count):
    """Run the first blocks of a page where the test stands; what they define."""
    sources = _BLOCK.findall((DOCS / page).read_text(encoding="utf-8"))[:count]
    names = {}
    for source in sources:
        exec(compile(source, page, "exec"), names)  # noqa: S102 - our own pages
    return names
