"""Every link of a Markdown file leads somewhere: files are there, addresses are whole.

That anchors exist, and that pages are linked once they are built, is asked of the built site
(`test_site.py`). Nothing is fetched.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"(?<!`)\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.DOTALL | re.MULTILINE)
HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)


def written():
    """The Markdown files of the repository, with their links."""
    files = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")]
    for file in sorted(files):
        text = CODE.sub("", file.read_text(encoding="utf-8"))
        yield file, LINK.findall(text)


def whole(address):
    """Whether an address outside could be one: by https, with a host, without what sticks to it."""
    parts = urlsplit(address)
    kept = not re.search(r"[.,;:，。；：）]$", address)
    return parts.scheme == "https" and bool(HOST.fullmatch(parts.netloc)) and kept


def test_links_within_the_repository_lead_to_files():
    found = 0
    told = []
    for file, links in written():
        for link in links:
            path = link.partition("#")[0]
            if "://" in link or link.startswith("mailto:") or not path:
                continue
            found += 1
            if not (file.parent / path).exists():
                told.append(f"{file.relative_to(ROOT)}: {link}")
    assert found > 200
    assert not told


def test_pages_of_one_language_link_to_pages_of_that_language():
    other = {"en": "docs/zh", "zh": "docs/en"}
    told = []
    for file, links in written():
        language = next((part for part in file.relative_to(ROOT).parts if part in other), "")
        for link in links:
            target = (file.parent / link.partition("#")[0]).resolve()
            if language in other and target.is_relative_to(ROOT / other[language]):
                told.append(f"{file.relative_to(ROOT)}: {link}")
    assert not told


def test_links_to_elsewhere_are_whole():
    outside = [(file.name, link) for file, links in written() for link in links if "://" in link]
    assert len(outside) > 10
    assert not [(name, link) for name, link in outside if not whole(link)]


def test_what_is_no_address_is_told():
    assert whole("https://www.example.org/a?b=c#d")
    assert not whole("http://www.example.org")
    assert not whole("https://example")
    assert not whole("https://www.example.org/page.")
    assert not whole("https:/www.example.org")
