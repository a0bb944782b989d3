"""Write the page of performance from what the benchmarks kept: benchmarks/results/*.json.

`python docs/performance.py` writes docs/en/explanation/performance.md and its Chinese twin. A
benchmark keeps its figures when called with `--write`; the words are in docs/performance.json.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

DOCS: Final = Path(__file__).parent
RESULTS: Final = DOCS.parent / "benchmarks" / "results"
LANGUAGES: Final = ("en", "zh")
PAGE: Final = "explanation/performance.md"
_OURS: Final = ("custseg", "Exact", "Classes")
_SECOND: Final = 1.0
_MANY: Final = 10.0


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
    yield from (f"**{title}**", "")
    yield "| " + " | ".join(own["head"]) + " |"
    yield "|---|---:|---:|---:|"
    slowest = max(side["cpu_seconds"] for side in each["sides"] if _ours(side))
    for side in sorted(each["sides"], key=lambda side: (not _ours(side), side["cpu_seconds"])):
        version = "" if _ours(side) else side["version"]
        name = f"{side['side']} {version}".strip()
        ratio = "" if _ours(side) else _times(side["cpu_seconds"] / slowest)
        cells = (name, _duration(side["cpu_seconds"], own), f"{side['extra_mb']:,}", ratio)
        yield "| " + " | ".join(cells) + " |"
    told = {key: each[key] for key in ("rows", "measured", "machine", "command")}
    yield from ("", own["from"].format(**told), "")


def _ours(side: dict[str, Any]) -> bool:
    return side["side"].startswith(_OURS)


def _duration(seconds: float, own: dict[str, Any]) -> str:
    if seconds >= _SECOND:
        return f"{seconds:,.1f} {own['second']}"
    return f"{seconds * 1000:,.{0 if seconds * 1000 >= _MANY else 2}f} {own['millisecond']}"


def _times(ratio: float) -> str:
    return f"{ratio:,.{0 if ratio >= _MANY else 1}f} \N{MULTIPLICATION SIGN}"


if __name__ == "__main__":
    write()
