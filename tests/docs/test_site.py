"""The site as readers meet it: search, links, and pages that need nothing from elsewhere."""

import functools
import http.server
import json
import re
import threading
import time
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from builtsite import SITE, needs_site, pages

pytestmark = needs_site
HOME = "http://site/"
# What a reader types, and pages of which one must be among the first three answers.
ASKED = [
    ("zh/", "沉默客户", {"tutorial/", "howto/classify/"}),
    ("zh/", "分级", {"howto/tiering/"}),
    ("zh/", "查重", {"howto/match/"}),
    ("zh/", "公海", {"howto/public-pool/"}),
    ("zh/", "评分卡", {"howto/scoring/", "howto/learn-a-scorecard/"}),
    ("zh/", "有人离职", {"tutorial-allocation/"}),
    ("", "dormant customers", {"tutorial/", "howto/classify/"}),
    ("", "undo merge", {"howto/undo-a-merge/"}),
]
_PATIENCE = 30.0
_HEADING = re.compile(r'class="doc-section-title">([^<]+)|doc-class-bases">\s*([^<\s]+)')
_LISTENS = """
[...document.querySelectorAll("*")]
  .some(each => each.shadowRoot?.activeElement?.matches("input"))
"""
_FOUND = """
[...document.querySelectorAll("*")]
  .filter(each => each.shadowRoot)
  .flatMap(each => [...each.shadowRoot.querySelectorAll("ol a, li a")])
  .map(each => each.href)
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing of each page."""


@pytest.fixture(scope="module")
def address():
    serve = functools.partial(Quiet, directory=SITE)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def until(ask):
    """What is asked for, as soon as there is any."""
    end = time.monotonic() + _PATIENCE
    while not (found := ask()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


@pytest.mark.parametrize(("home", "words", "wanted"), ASKED)
def test_search_finds_words_in_both_languages(chromium, address, home, words, wanted):
    page = chromium.open(address + home)
    page.click(".md-search__button")
    until(lambda: page.ask(_LISTENS))
    page.call("Input.insertText", text=words)
    found = until(lambda: page.ask(_FOUND))
    first = [urlsplit(each).path.removeprefix(f"/{home}") for each in found[:3]]
    page.close()
    assert set(first) & wanted, first


@pytest.mark.parametrize("home", ["", "zh/"])
def test_what_is_searched_holds_every_page(home):
    kept = json.loads((Path(SITE) / home / "search.json").read_text(encoding="utf-8"))
    assert kept["config"]["lang"] == [home.rstrip("/") or "en"]
    found = {item["location"].partition("#")[0] for item in kept["items"]}
    docs = Path(__file__).parents[2] / "docs" / (home.rstrip("/") or "en")
    wanted = {str(page.relative_to(docs).with_suffix("")) for page in docs.rglob("*.md")}
    assert {re.sub(r"(^|/)index$", "", page) for page in wanted} == {
        page.rstrip("/") for page in found
    }


@pytest.mark.parametrize("place", ["", "zh/", "zh/howto/figures/", "reference/tiering/"])
@pytest.mark.parametrize("wide", [1400, 390])
def test_pages_need_nothing_from_elsewhere_and_fit(chromium, address, place, wide):
    page = chromium.open(address + place, wide=wide)
    assert not page.errors
    assert not [each for each in page.requests if not each.startswith(address)]
    assert page.overflow <= 0
    assert page.ask("document.documentElement.lang") == (place[:2] if place[:2] == "zh" else "en")
    page.close()


def test_the_chinese_reference_has_its_headings_in_chinese():
    found = set()
    for page in (Path(SITE) / "zh" / "reference").rglob("index.html"):
        for named in _HEADING.findall(page.read_text(encoding="utf-8")):
            found.update(each for each in named if each)
    assert {"参数：", "返回：", "异常：", "基类："} <= {each.strip() for each in found}
    assert [each for each in found if each.isascii()] == []


def test_every_link_leads_to_a_page_and_to_a_place_on_it():
    assert len(pages()) > 100
    dead = set()
    for name, page in pages().items():
        for target in page.targets:
            whole = urljoin(HOME + name, target)
            if whole.startswith(HOME) and not _leads(whole):
                dead.add((name, target))
    assert not dead


def _leads(address):
    parts = urlsplit(address)
    path = unquote(parts.path).lstrip("/")
    path += "index.html" if path.endswith("/") or not path else ""
    if path not in pages():
        return (Path(SITE) / path).is_file()
    place = unquote(parts.fragment)
    return not place or place in pages()[path].ids or place.startswith("__")
