"""How results show themselves: a small page in a language, every text of it escaped."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from html import escape
from math import isnan
from typing import Any

import attrs

from custseg.labels import label, table, title
from custseg.layout import cell, html_table

_FEW = 6
"""So many numbers are told one by one; more are counted."""

_ALONE = (str, int, float, date)
"""Kinds of figures that are told one beside the other."""

_DEEP = 2
"""Sentences stand below one another; lines at two depths are an outline, and keep it."""


class Shown:
    """A result that notebooks show as a small page.

    Notebooks call ``_repr_html_``, which speaks English; ``display(HTML(result.html("zh")))``
    speaks Chinese. A result that can be read as text shows that text, one that has a report shows
    that, another one its figures; no field value of any customer is among them.

    >>> class Greeting(Shown):
    ...     def text(self, locale="en"):
    ...         return "<b>hello</b>"
    >>> Greeting().html()
    '<p>&lt;b&gt;hello&lt;/b&gt;</p>'
    """

    __slots__ = ()

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        told = getattr(self, "text", None)
        if callable(told):
            return page(str(told(locale)))
        report = getattr(self, "report", None)
        return report.html(locale) if isinstance(report, Shown) else sheet(self, locale)

    def _repr_html_(self) -> str:
        return self.html()


def page(text: str) -> str:
    r"""Lines of text as HTML: a paragraph, then sentences as a list or figures in their places.

    >>> page("head\n  - a\n  - b")
    '<p>head</p><ul><li>a</li><li>b</li></ul>'
    >>> page("head\n  a    1\n  long 2")
    '<p>head</p><pre>  a    1\n  long 2</pre>'
    """
    head, *rest = text.splitlines() or [""]
    deep = {len(line) - len(line.lstrip()) for line in rest}
    sentences = len(deep) < _DEEP and not any("  " in line.strip() for line in rest)
    said = bullets(line.strip().removeprefix("- ") for line in rest)
    told = said if sentences else f"<pre>{escape(chr(10).join(rest))}</pre>"
    return f"<p>{escape(head)}</p>{told}"


def bullets(lines: Iterable[str]) -> str:
    """Sentences as a list; nothing where there are none.

    >>> bullets(["a < b"]), bullets([])
    ('<ul><li>a &lt; b</li></ul>', '')
    """
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def heads(locale: str, *names: str) -> list[str]:
    """The words above the columns of a small table.

    >>> heads("en", "rule", "customers")
    ['rule', 'customers']
    """
    return [label(f"head.{name}", locale) for name in names]


def sheet(result: object, locale: str = "en") -> str:
    """The figures of a result as a table; its name where it has none that a page can show."""
    rows = list(figures(result, locale))
    kind = "".join(f" {c.lower()}" if c.isupper() else c for c in type(result).__name__).strip()
    return html_table(("", ""), rows) if rows else page(kind)


def figures(result: object, locale: str = "en") -> Iterator[tuple[str, str]]:
    """The figures of a result by name: numbers and codes, and how many there are of the rest.

    What is declared as ``object`` may be anything that a table holds, and is left out.

    Args:
        result: A value of an attrs class; where it has ``as_dict``, that says what may be shown.
        locale: ``en`` or ``zh``.

    >>> @attrs.frozen
    ... class Found:
    ...     customers: int
    ...     points: tuple[float, ...]
    ...     email: object
    >>> list(figures(Found(1200, (0.5, 1.0), "a@example.com")))
    [('customers', '1,200'), ('points', '0.5, 1')]
    """
    for name, value in _held(result):
        if (shown := figure(value, locale)) is not None:
            yield named(name, locale), shown


def named(name: str, locale: str = "en") -> str:
    """The word for a figure: its own, else that of the column of that name.

    >>> named("customers"), named("never_seen")
    ('customers', 'never seen')
    """
    return table(locale).get(f"figure.{name}") or title(name, locale)


def figure(value: Any, locale: str = "en") -> str | None:  # noqa: ANN401 - whatever a result holds
    """One figure to read; ``None`` where the value is none that a small page can show.

    >>> figure(1200), figure("at_risk"), figure(range(1000)), figure(float("nan"))
    ('1,200', 'at_risk', '1,000', '-')
    """
    if value is None or isinstance(value, bool | date | str):
        return cell(value)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return "-" if isnan(value) else f"{value:,.6g}"
    return _counted(value, locale) if hasattr(value, "__len__") else None


def _counted(value: Any, locale: str) -> str:  # noqa: ANN401 - whatever has a length
    if len(value) > _FEW or not hasattr(value, "__iter__"):
        return f"{len(value):,}"
    return _pairs(value, locale) if hasattr(value, "items") else _row([*value], locale)


def _pairs(value: Mapping[Any, object], locale: str) -> str:
    pairs = [(named(str(k), locale), figure(v, locale)) for k, v in value.items()]
    return ", ".join(f"{name} {shown}" for name, shown in pairs if shown is not None) or "-"


def _row(value: list[object], locale: str) -> str:
    alone = all(one is None or isinstance(one, _ALONE) for one in value)
    if not alone:
        return f"{len(value):,}"
    return ", ".join(str(figure(one, locale)) for one in value) or "-"


def _held(result: object) -> Iterator[tuple[str, object]]:
    told: Callable[[], Mapping[str, object]] | None = getattr(result, "as_dict", None)
    if told is not None:
        yield from told().items()
        return
    kind: Any = type(result)
    for field in attrs.fields(kind):
        if field.repr and not field.name.startswith("_") and field.type not in (object, Any):
            yield field.name, getattr(result, field.name)
