"""Every public name has its place in the reference, and an example."""

import functools
import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

import custseg
from builtsite import needs_site, pages

DOCS = Path(__file__).parents[2] / "docs"
# What rooms use among themselves. Of labels and frames the reference shows what is for users.
INNER = {"cli", "frames", "labels", "layout", "model", "opening", "showing"}


@functools.cache
def modules():
    found = [each.name for each in pkgutil.iter_modules(custseg.__path__)]
    return sorted(name for name in found if not name.startswith("_") and name not in INNER)


def public(module):
    """The public names of a module with what they are, those of its modules in place of these."""
    home = importlib.import_module(module)
    own = [name for name, it in vars(home).items() if getattr(it, "__module__", "") == module]
    names = getattr(home, "__all__", None) or [name for name in own if not name.startswith("_")]
    for name in names:
        thing = getattr(home, name)
        if inspect.ismodule(thing):
            yield from public(thing.__name__)
        else:
            yield f"{module}.{name}", thing


def has_example(thing):
    members = vars(thing).values() if inspect.isclass(thing) else ()
    return any(">>>" in (inspect.getdoc(it) or "") for it in (thing, *filter(callable, members)))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_public_module_has_its_place_in_the_reference(language):
    home = DOCS / language / "reference"
    shown = "".join(page.read_text(encoding="utf-8") for page in home.glob("*.md"))
    assert not [name for name in modules() if f"::: custseg.{name}\n" not in shown]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_page_of_the_reference_has_every_name_of_the_top(language):
    shown = (DOCS / language / "reference" / "index.md").read_text(encoding="utf-8")
    names = [name for name in custseg.__all__ if not inspect.ismodule(getattr(custseg, name))]
    names.remove("__version__")
    assert not [name for name in names if f"[`{name}`]" not in shown and f".{name}\n" not in shown]


@pytest.mark.parametrize("module", modules())
def test_every_public_name_says_what_it_is_and_shows_an_example(module):
    things = [
        (name, thing)
        for name, thing in public(f"custseg.{module}")
        if inspect.isclass(thing) or inspect.isfunction(thing)
    ]
    assert not [name for name, thing in things if not inspect.getdoc(thing)]
    assert not [name for name, thing in things if not has_example(thing)]


@needs_site
@pytest.mark.parametrize("language", ["", "zh/"])
def test_every_public_name_can_be_linked_to(language):
    places = set()
    for name, page in pages().items():
        if name.startswith(f"{language}reference/"):
            places |= page.ids
    names = [name for module in modules() for name, _ in public(f"custseg.{module}")]
    assert len(names) > 500
    assert not [name for name in names if name not in places]
