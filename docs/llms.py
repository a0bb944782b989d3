"""Writes llms.txt: the pages and the public names, one line each, for readers that are programs.

Run it with ``python docs/llms.py`` after the pages, the nav or the public names have changed; it
writes ``llms.txt`` for the repository, and ``docs/en/llms.txt`` and ``docs/zh/llms.txt``, which the
site hands out. Its words are in docs/llms.json. A test holds the three against what it would write.

Source: the form of https://llmstxt.org.
"""

import json
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = (
    *("clean", "match", "features", "lifetime", "classify", "scoring", "tiering", "allocate"),
    *("pipeline", "io", "report", "plot", "rules", "config", "datasets", "checks", "errors"),
)
_HEAD = re.compile(r"^  - (?P<name>[^:]+):$")
_PAGE = re.compile(r"^ +- (?:[^:]+: )?(?P<page>\S+\.md)$")
_MARKUP = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_SENTENCE = re.compile(r"(.+?(?:[.!?](?=\s|$)|[。！？]))", re.DOTALL)


def nav(language: str) -> Iterator[tuple[str, list[str]]]:
    """The sections of the site with their pages, in order."""
    section, pages = "", list[str]()
    told = (ROOT / f"mkdocs.{language}.yml").read_text("utf-8").partition("\nnav:\n")[2]
    for line in told.splitlines():
        if head := _HEAD.match(line):
            if pages:
                yield section, pages
            section, pages = head["name"], []
        elif page := _PAGE.match(line):
            pages.append(page["page"])
    yield section, pages


def summary(page: Path) -> tuple[str, str]:
    """The title of a page and its first sentence."""
    title, _, rest = page.read_text("utf-8").partition("\n")
    blocks = (block.strip() for block in rest.split("\n\n"))
    words = next((b for b in blocks if b and b[0] not in "#|`:!-<{>*"), "")
    flat = _MARKUP.sub(r"\1", " ".join(words.split()))
    found = _SENTENCE.match(flat)
    return title.removeprefix("# ").strip(), (found[1] if found else flat).strip()


def public(room: str) -> list[str]:
    """The public names of a module: those that it lists, else the classes it makes."""
    home = import_module(f"custseg.{room}")
    made = (
        name for name, it in vars(home).items() if getattr(it, "__module__", "") == home.__name__
    )
    return list(getattr(home, "__all__", ()) or (name for name in made if name[0].isupper()))


def words() -> dict[str, dict[str, object]]:
    """What the pages do not say themselves, by language."""
    return json.loads((ROOT / "docs" / "llms.json").read_text("utf-8"))


def written(language: str, address: Callable[[str], str]) -> str:
    """The file of a language.

    Args:
        language: ``en`` or ``zh``.
        address: The link to a page, from its path below ``docs/<language>``.
    """
    said = words()[language]
    lines = ["# custseg", "", f"> {said['about']}", "", *(f"- {each}" for each in said["know"])]
    for section, pages in nav(language):
        lines += ["", f"## {section}", ""]
        for page in pages:
            title, about = summary(ROOT / "docs" / language / page)
            lines.append(f"- [{title}]({address(page)})" + (f": {about}" if about else ""))
    lines += ["", f"## {said['names']}", ""]
    for room in ROOMS:
        about, _ = summary(ROOT / "docs" / language / "reference" / f"{room}.md")
        lines.append(f"- custseg.{about} {', '.join(map('`{}`'.format, public(room)))}")
    return "\n".join(lines) + "\n"


def _on_site(page: str) -> str:
    """Where the site shows a page, from its own top."""
    place = page.removesuffix(".md").removesuffix("index")
    return f"{place.rstrip('/')}/" if place else "./"


def files() -> dict[Path, str]:
    """All that this script writes."""
    made = {ROOT / "llms.txt": written("en", lambda page: f"docs/en/{page}")}
    made |= {ROOT / "docs" / lang / "llms.txt": written(lang, _on_site) for lang in words()}
    return made


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
