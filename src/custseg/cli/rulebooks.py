"""The command ``custseg rules``: what a book of rules says of a file, and what is wrong with it."""

from argparse import Namespace
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from custseg import config
from custseg.allocate import RuleBook
from custseg.cli.files import TextColumns, written
from custseg.cli.studies import FoundStudy, document, sheet
from custseg.errors import ConfigError
from custseg.io import read_table
from custseg.labels import label
from custseg.report.frame import page
from custseg.report.frame import written as saved


def rules(given: Namespace) -> dict[str, Any]:
    """Lint a book of rules, count whom it covers, and write the rule of each customer."""
    book = _book(given.book)
    people = read_table(given.file, text=_texts(book.needs))
    team = None
    if given.reps is not None:
        team = read_table(given.reps, text=_texts({**book.rep_needs, book.rep_id: "text"}))
    wrong = book.lint(team, as_of=given.as_of)
    seen = book.coverage(people, team, as_of=given.as_of, values=given.values)
    study = FoundStudy(
        {"customers": book.apply(people, team, as_of=given.as_of)},
        {"lint": wrong.as_dict(), "coverage": seen.as_dict()},
        lambda locale: f"{wrong.text(locale)}\n\n{seen.text(locale)}",
    )
    return written(given, study, sheet("rules", _save, study))


def _book(path: str) -> RuleBook:
    """The book of a JSON or TOML file."""
    made = config.load({"kind": "rule-book", **document(Path(path), "BOOK")})
    if not isinstance(made, RuleBook):
        msg = f"{path!r} holds {type(made).__name__}; a book of rules is needed"
        raise ConfigError(msg, "BOOK")
    return made


def _texts(needs: Mapping[str, str]) -> TextColumns:
    """Columns that rules compare as words keep their leading zeros."""
    return TextColumns([name for name, kind in needs.items() if kind == "text"])


def _save(study: FoundStudy, path: Path, *, locale: str) -> Path:
    lines = "".join(f"<p>{escape(line.strip())}</p>" for line in study.text(locale).splitlines())
    return saved(page(label("rules.page", locale), "", [lines], locale), path)
