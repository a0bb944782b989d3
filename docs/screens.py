"""Take the pictures of the report that the pages and the READMEs show.

`python docs/screens.py` writes docs/en/figures/report-*.png and docs/zh/figures/report-*.png. It
needs Chromium and a Chinese font (`.ci/chromium`); the company is generated, so nobody is shown.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import custseg as cs
from custseg.report import Overview, overview

DOCS: Final = Path(__file__).parent
LANGUAGES: Final = ("en", "zh")
LOOKS: Final[dict[str, dict[str, Any]]] = {
    "report": {"wide": 1200, "high": 900},
    "report-dark": {"wide": 1200, "high": 900, "dark": True},
    "report-phone": {"wide": 390, "high": 844},
}
TALL: Final = {"report": 1180, "report-dark": 1180, "report-phone": 1210}


def compared() -> Overview:
    """The report of a generated company, and what changed in a quarter."""
    crm = cs.datasets.crm(2_000, seed=17)
    names = ("customers", "transactions", "interactions", "feedback", "visits", "opportunities")
    tables: dict[str, Any] = {name: getattr(crm, name) for name in (*names, "reps")}
    job = cs.Pipeline(conventions=cs.Conventions(tz="Asia/Shanghai", currency="CNY"))
    last = job.run(**{**tables, "customers": crm.customers[:-60]}, as_of="2026-03-31")
    return overview(job.run(**tables, as_of="2026-06-30"), previous=last)


def write() -> None:
    """Take all pictures."""
    sys.path.insert(0, str(DOCS.parent / "tests"))
    from browser import started  # noqa: PLC0415 - the tests' own browser

    found = compared()
    with tempfile.TemporaryDirectory() as folder, started() as browser:
        for language in LANGUAGES:
            page = Path(folder) / f"{language}.html"
            page.write_text(found.html(language), encoding="utf-8")
            for name, look in LOOKS.items():
                shown = browser.open(page, **look)
                shown.picture(DOCS / language / "figures" / f"{name}.png", high=TALL[name])
                shown.close()


if __name__ == "__main__":
    write()
