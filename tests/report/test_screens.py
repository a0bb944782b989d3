"""The report as readers see it: in light and dark, on a phone, on paper, in both languages."""

import csv
import re
import zlib
from itertools import pairwise

import pytest

from custseg import io, report
from custseg.report import overview

BAD = "<script>alert(1)</script>"
LOOKS = {
    "light": {},
    "dark": {"dark": True},
    "phone": {"wide": 360, "high": 740},
    "phone-dark": {"wide": 390, "high": 844, "dark": True},
    "tablet": {"wide": 820, "high": 1180},
    "paper": {"wide": 720, "media": "print", "dark": True},
}
INK = "rgb(26, 34, 48)"

# Every text with what is behind it: WCAG's contrast of those that are too faint to be read.
FAINT = """
(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const rgb = colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = node => {
    for (; node; node = node.parentElement) {
      const found = rgb(getComputedStyle(node).backgroundColor);
      if (found[3] === 255) return found;
    }
    return [255, 255, 255, 255];
  };
  const faint = [];
  for (const node of document.querySelectorAll('body *')) {
    const own = [...node.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || !node.getClientRects().length) continue;
    const style = getComputedStyle(node);
    const ink = rgb(node.tagName === 'text' ? style.fill : style.color);
    const [a, b] = [light(ink), light(behind(node))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(node.tagName + ': ' + node.textContent);
  }
  return [...new Set(faint)];
})()
"""
HEADINGS = "[...document.querySelectorAll('h1,h2,h3')].map(h => +h.tagName[1])"
SMALL = """[...document.querySelectorAll('svg text')]
  .map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a).filter(s => s < 8.5)"""


@pytest.fixture(scope="module")
def pages(run, earlier, tmp_path_factory):
    found = overview(run, previous=earlier, values=True)
    folder = tmp_path_factory.mktemp("pages")
    for locale in ("en", "zh"):
        (folder / f"{locale}.html").write_text(found.html(locale), encoding="utf-8")
    return folder


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("look", LOOKS)
def test_the_page_can_be_read_everywhere(chromium, pages, locale, look):
    page = chromium.open(pages / f"{locale}.html", **LOOKS[look])
    try:
        assert (page.errors, page.requests, page.dialogs) == ([], [], [])
        assert page.overflow == 0
        assert page.ask("document.documentElement.lang") == {"en": "en", "zh": "zh-CN"}[locale]
        assert page.ask(FAINT) == []
        assert page.ask(SMALL) == []
        steps = page.ask(HEADINGS)
        assert steps[0] == 1
        assert steps.count(1) == 1
        assert all(b <= a + 1 for a, b in pairwise(steps))
        assert page.ask("document.querySelectorAll('svg').length") == 3
        assert colours(page.picture(whole=False)) > 50
        dark = page.ask("getComputedStyle(document.body).color") != INK
        assert dark == (LOOKS[look].get("dark", False) and "media" not in LOOKS[look])
    finally:
        page.close()


def colours(png):
    """How many different stretches of bytes a picture holds: of an empty one hardly any."""
    data = b"".join(
        png[at + 4 : at + 4 + int.from_bytes(png[at - 4 : at], "big")]
        for at in (m.start() for m in re.finditer(b"IDAT", png))
    )
    raw = zlib.decompress(data)
    return len({raw[i : i + 16] for i in range(0, len(raw), 16)})


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_it_prints_on_few_sheets(chromium, pages, locale):
    page = chromium.open(pages / f"{locale}.html")
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.printed()))
    page.close()
    assert 3 <= sheets <= 9


def test_the_contents_lead_to_the_chapters(chromium, pages):
    page = chromium.open(pages / "en.html", wide=390)
    assert page.ask(
        "[...document.querySelectorAll('nav a')].every(a => "
        "document.querySelector(a.getAttribute('href')))"
    )
    page.click("nav a[href='#loads']")
    top = "Math.abs(document.querySelector('#loads').getBoundingClientRect().top) < 60"
    assert page.ask(top)
    page.close()


def test_a_hostile_customer_harms_neither_page_nor_table(chromium, run, pages, tmp_path):
    hostile = next(row for row in run.customers if row["name"] == BAD)
    page = chromium.open(pages / "en.html")
    assert page.ask("document.querySelectorAll('script').length") == 0
    assert BAD in page.ask("document.querySelector('#loads').textContent")  # a representative
    page.close()
    assert hostile["city"].startswith("=cmd")
    file = io.write_table(run.customers, tmp_path / "customers.csv")
    with file.open(encoding="utf-8-sig", newline="") as held:
        cells = [cell for row in csv.reader(held) for cell in row]
    assert not [cell for cell in cells if cell[:1] in {"=", "@", "\t"}]
    back = io.read_table(file)
    assert hostile["city"] in set(back["city"])


def test_a_notebook_shows_it_in_a_frame_without_scripts(chromium, run, tmp_path):
    file = tmp_path / "cell.html"
    file.write_text(f"<!doctype html><title>x</title>{overview(run)._repr_html_()}", "utf-8")
    page = chromium.open(file)
    assert (page.errors, page.requests, page.dialogs) == ([], [], [])
    page.close()


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_other_pages_can_be_read_too(chromium, run, tmp_path, locale):
    import custseg as cs

    made = {
        "plan": report.plan_html(run.plan, locale=locale),
        "clean": report.clean_html(run.reports["clean"], locale=locale),
        "life": report.life_html(cs.pipeline.life_of(run), locale=locale),
        "scores": report.scores_html(cs.pipeline.scores_of(run), locale=locale),
        "tiers": report.worth_html(cs.pipeline.worth_of(run), locale=locale),
    }
    for name, html in made.items():
        file = tmp_path / f"{name}.html"
        file.write_text(html, encoding="utf-8")
        for look in ("light", "phone-dark"):
            page = chromium.open(file, **LOOKS[look])
            assert (page.errors, page.requests, page.dialogs) == ([], [], []), name
            assert page.overflow == 0, (name, look)
            page.close()
