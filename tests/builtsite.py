"""The site that `make docs` has built, and said where (CUSTSEG_SITE): its pages, ids and links."""

import functools
import os
from html.parser import HTMLParser
from pathlib import Path

import pytest

SITE = os.environ.get("CUSTSEG_SITE")
needs_site = pytest.mark.skipif(not SITE, reason="no site is built: make docs")


class Links(HTMLParser):
    """The ids of a page, and what it points to."""

    def __init__(self, page):
        super().__init__()
        self.ids, self.targets = set(), set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids |= {found[key] for key in ("id", "name") if found.get(key)}
        self.targets |= {found[key] for key in ("href", "src") if found.get(key)}


@functools.cache
def pages():
    root = Path(SITE)
    return {
        str(page.relative_to(root)): Links(page)
        for page in root.rglob("*.html")
        if page.name != "404.html"
    }
