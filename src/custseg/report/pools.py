"""The page of the public pool: what returns and why, whose customers, who is to be reminded."""

from collections import Counter
from html import escape
from pathlib import Path
from typing import Any

from custseg.allocate import PoolForecast
from custseg.frames import table
from custseg.labels import filled, heading, label, title
from custseg.layout import html_table
from custseg.report.frame import page, section, written

_HIGH, _WIDE, _FOOT = 120, 640, 22


def pool_html(forecast: PoolForecast[Any], *, locale: str = "en") -> str:
    """The pool on a day and on the next days as one HTML page; no field value of any customer.

    Args:
        forecast: From ``simulate`` of a pool.
        locale: ``en`` or ``zh``.

    Raises:
        ConfigError: There is no such locale.

    >>> from custseg.allocate import NoFollowUp, Pool
    >>> row = {"customer_id": 1, "owner": "<b>", "received_at": "2026-06-01", "won": 0}
    >>> sea = Pool(clocks=[NoFollowUp(30)])
    >>> made = pool_html(sea.simulate([{**row, "last_follow_up": None}], "2026-06-30"))
    >>> "<!doctype html>" in made, "<b>" in made
    (True, False)
    """
    parts = [
        section(label("pool_page.now", locale), _now(forecast, locale)),
        section(label("pool_page.soon", locale), _soon(forecast, locale)),
        section(label("pool_page.owners", locale), _owners(forecast, locale)),
        section(label("pool_page.remind", locale), _reminded(forecast, locale)),
    ]
    lead = forecast.recycled.text(locale).splitlines()[0]
    return page(label("pool_page.over", locale), lead, parts, locale)


def save_pool(forecast: PoolForecast[Any], path: str | Path, *, locale: str = "en") -> Path:
    """Write the page of a pool to a file.

    Args:
        forecast: From ``simulate`` of a pool.
        path: Where to; the folder must exist.
        locale: ``en`` or ``zh``.

    >>> from custseg.allocate import NoFollowUp, Pool
    >>> import tempfile
    >>> soon = Pool(clocks=[NoFollowUp(30)]).simulate([], "2026-06-30")
    >>> save_pool(soon, tempfile.mkdtemp() + "/pool.html").name
    'pool.html'
    """
    return written(pool_html(forecast, locale=locale), path)


def _now(forecast: PoolForecast[Any], locale: str) -> str:
    done = forecast.recycled
    rows = [
        (heading(state, locale), heading(code, locale), many)
        for state, held in done.counts.items()
        for code, many in held.items()
    ]
    heads = [title(name, locale) for name in ("pool_state", "pool_reason", "customers")]
    told = label("pool.future", locale)
    later = "".join(
        f"<p>{escape(filled(told, column=title(name, locale), count=many))}</p>"
        for name, many in done.sea.future.items()
    )
    return html_table(heads, rows) + later


def _soon(forecast: PoolForecast[Any], locale: str) -> str:
    lines = [line for line in forecast.text(locale).splitlines() if not line.startswith(" ")]
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return told + (_bars(forecast, locale) if forecast.rows.size else "")


def _bars(forecast: PoolForecast[Any], locale: str) -> str:
    """Customers of each day, from the first to the last."""
    days = list(forecast.by_day.items())
    top, step = max(many for _, many in days), _WIDE / len(days)
    drawn = [
        f'<rect x="{k * step:.2f}" y="{_HIGH - high}" width="{0.8 * step:.2f}" height="{high}">'
        f"<title>{day}: {many:,}</title></rect>"
        for k, (day, many) in enumerate(days)
        if (high := max(1, round(_HIGH * many / top)) if many else 0)
    ]
    foot = _HIGH + _FOOT - 6
    drawn.append(f'<text x="0" y="{foot}">{days[0][0]}</text>')
    if len(days) > 1:
        drawn.append(f'<text x="{_WIDE}" y="{foot}" text-anchor="end">{days[-1][0]}</text>')
    said = escape(label("pool_page.bars", locale), quote=True)
    most = escape(label("pool_page.most", locale).format(most=f"{top:,}"))
    return (
        f'<svg viewBox="0 0 {_WIDE} {_HIGH + _FOOT}" width="{_WIDE}" role="img" '
        f'aria-label="{said}">{"".join(drawn)}</svg><p>{most}</p>'
    )


def _owners(forecast: PoolForecast[Any], locale: str) -> str:
    """Those who lose the most customers first."""
    held = forecast.by(forecast.recycled.reach.names.owner)
    names = sorted(held, key=lambda name: (-held[name]["customers"], name))
    heads = [label("pool_page.owner", locale), title("customers", locale)]
    rows: list[list[object]] = [[name, f"{held[name]['customers']:,}"] for name in names]
    if forecast.value is not None:
        heads += [title(forecast.value, locale), label("pool_page.unknown", locale)]
        for name, row in zip(names, rows, strict=True):
            row += [f"{held[name]['value']:,.2f}", f"{held[name]['value_unknown']:,}"]
    return html_table(heads, rows) if rows else ""


def _reminded(forecast: PoolForecast[Any], locale: str) -> str:
    done = forecast.recycled
    name = done.reach.names.owner
    keys = table(done.reminders).keys(name)
    known = keys.ids()
    many = Counter(str(known[place]) for place in keys.at.tolist())
    rows = [(who, f"{n:,}") for who, n in sorted(many.items(), key=lambda one: (-one[1], one[0]))]
    heads = (label("pool_page.owner", locale), title("customers", locale))
    return html_table(heads, rows) if rows else ""
