"""Write the page of performance from what the benchmarks kept: benchmarks/results/*.json.

`python docs/performance.py` writes docs/en/explanation/performance.md and its Chinese twin. A
benchmark keeps its figures when called with `--write`; the words are in docs/performance.json.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

DOCS: Final = Path(__file__).parent
RESULTS: Final = DOCS.parent / "benchmarks" / "results"
LANGUAGES: Final = ("en", "zh")
PAGE: Final = "explanation/performance.md"
_OURS: Final = ("custseg", "Exact", "Classes")
_SECOND: Final = 1.0
_MILLI: Final = 1e-3
_MANY: Final = 10.0
_NOT_ASKED: Final = "\N{EN DASH}"

Column = Callable[[dict[str, Any]], str]


def entries() -> dict[str, list[dict[str, Any]]]:
    """What each benchmark kept, by its name."""
    files = sorted(RESULTS.glob("*.json"))
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}


def words() -> dict[str, Any]:
    """The words of the page."""
    return json.loads((DOCS / "performance.json").read_text(encoding="utf-8"))


def page(language: str) -> str:
    """The whole page in one language."""
    said = words()
    return "\n".join(_lines(said, said[language], language)).rstrip() + "\n"


def write() -> None:
    """Write the page in all languages."""
    for language in LANGUAGES:
        (DOCS / language / PAGE).write_text(page(language), encoding="utf-8")


def _lines(said: dict[str, Any], own: dict[str, Any], language: str) -> Iterator[str]:
    yield from (f"# {own['title']}", "", own["made"], "", *own["about"], "")
    held = entries()
    for name, titles in said["benchmarks"].items():
        if name not in held:
            continue
        yield from (f"## {titles[language]}", "")
        for each in held[name]:
            yield from _question(each, said["questions"][each["what"]][language], own)
    yield from own["after"]


def _question(each: dict[str, Any], title: str, own: dict[str, Any]) -> Iterator[str]:
    columns = _columns(each["sides"], own)
    yield from (f"**{title}**", "")
    yield "| " + " | ".join(("", *columns)) + " |"
    yield "|---|" + "---:|" * len(columns)
    for side in sorted(each["sides"], key=_place):
        version = "" if _ours(side) else side["version"]
        name = f"{own['sides'].get(side['side'], side['side'])} {version}".strip()
        yield "| " + " | ".join((name, *(told(side) for told in columns.values()))) + " |"
    told = {key: each[key] for key in ("rows", "measured", "machine", "command")}
    yield from ("", own["from"].format(**told), "")


def _columns(sides: list[dict[str, Any]], own: dict[str, Any]) -> dict[str, Column]:
    """What was measured of these sides, each with how it is written."""
    found: dict[str, Column] = {}
    if any("cpu_seconds" in side for side in sides):
        found[own["cpu"]] = lambda side: _held(side, "cpu_seconds", lambda n: _duration(n, own))
    if any("extra_mb" in side for side in sides):
        found[own["memory"]] = lambda side: _held(side, "extra_mb", lambda n: f"{n:,}")
    ours = [side["cpu_seconds"] for side in sides if _ours(side) and "cpu_seconds" in side]
    if ours and not all(map(_ours, sides)):
        slowest = max(ours)
        found[own["ratio"]] = lambda side: (
            "" if _ours(side) else _held(side, "cpu_seconds", lambda n: _times(n / slowest))
        )
    for name in dict.fromkeys(key for side in sides for key in side.get("figures", ())):
        title = own["figures"].get(name, name)
        found[title] = lambda side, name=name: _held(side.get("figures", {}), name, _figure)
    return found


def _held(side: dict[str, Any], key: str, say: Callable[[float], str]) -> str:
    return say(side[key]) if key in side else _NOT_ASKED


def _place(side: dict[str, Any]) -> tuple[bool, float]:
    """Ours first, then who is quickest; sides without a time stay as they were kept."""
    return not _ours(side), side.get("cpu_seconds", 0.0)


def _ours(side: dict[str, Any]) -> bool:
    return side["side"].startswith(_OURS)


def _duration(seconds: float, own: dict[str, Any]) -> str:
    if seconds >= _SECOND:
        return f"{seconds:,.1f} {own['second']}"
    if seconds < _MILLI:
        return f"{seconds * 1e6:,.0f} {own['microsecond']}"
    return f"{seconds * 1000:,.{0 if seconds * 1000 >= _MANY else 2}f} {own['millisecond']}"


def _figure(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,.4g}"


def _times(ratio: float) -> str:
    return f"{ratio:,.{0 if ratio >= _MANY else 1}f} \N{MULTIPLICATION SIGN}"


if __name__ == "__main__":
    write()
