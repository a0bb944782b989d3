"""All that is wrong with a job file, gathered while it is read and told at once."""

import re
from collections.abc import Collection, Generator, Mapping
from contextlib import contextmanager
from json import dumps
from typing import Any, Final, TypeVar, cast

import attrs

from custseg import config
from custseg.config import Problem
from custseg.errors import ConfigError, CustsegError, did_you_mean, nearest
from custseg.labels import label

T = TypeVar("T")
Place = tuple[str | int, ...]
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


class JobError(ConfigError):
    """A job file has wrong keys or values.

    Attributes:
        problems: All of them, each with its place in the file.
        name: Name of the file.

    >>> wrong = Problem(("output", "lang"), "needs a text, got int", "needs_text", {"got": "int"})
    >>> print(JobError((wrong,), "job.toml"))
    output.lang: needs a text, got int
    >>> print(JobError((wrong, wrong), "job.toml").text("zh"))
    job.toml 有 2 处不对：
      output.lang：应为文本，现为 数字
      output.lang：应为文本，现为 数字
    """

    def __init__(self, problems: tuple[Problem, ...], name: str) -> None:
        """Keep the problems, to tell them in the reader's language."""
        self.problems = problems
        self.name = name
        one = problems[0]
        super().__init__(one.message, toml_path(one.place))
        self.args = (problems, name)

    def __str__(self) -> str:
        """All of them, a line each."""
        return self.text()

    def text(self, locale: str = "en") -> str:
        """All of them in a language, a line each."""
        lines = [said_at(toml_path(one.place), one.text(locale), locale) for one in self.problems]
        if len(lines) == 1:
            return lines[0]
        head = label("job.problems", locale).format(name=self.name, count=len(lines))
        return "\n  ".join([head, *lines])


def toml_path(place: Place) -> str:
    """A place as TOML writes keys; indexes in brackets.

    >>> toml_path(("pipeline", "worth", 0, "cut points"))
    'pipeline.worth[0]."cut points"'
    """
    steps = (
        f"[{step}]"
        if isinstance(step, int)
        else f".{step if _BARE.fullmatch(step) else dumps(step, ensure_ascii=False)}"
        for step in place
    )
    return "".join(steps).removeprefix(".")


def said_at(place: str, text: str, locale: str) -> str:
    """What is said of a place.

    >>> said_at("output.lang", "needs a text", "en"), said_at("", "needs a text", "en")
    ('output.lang: needs a text', 'needs a text')
    """
    return label("place.said", locale).format(place=place, text=text) if place else text


@attrs.frozen(eq=False)
class Faults:
    """What is wrong with a job file, as it is found.

    Attributes:
        document: The file, read.
        found: What was found until now, by its place.

    >>> faults = Faults({"tabels": {}})
    >>> faults.known(faults.document, ("tables", "names"))
    >>> [problem.message for problem in faults.found.values()]
    ["unknown key 'tabels'. Did you mean 'tables'?"]
    """

    document: Mapping[str, Any]
    found: dict[Place, Problem] = attrs.field(factory=dict[Place, Problem], init=False)

    def __contains__(self, key: str) -> bool:
        """Whether something was found at a key of the file itself."""
        return any(place[:1] == (key,) for place in self.found)

    def misspelt(self, key: str) -> bool:
        """Whether a key of the file itself is not there, but one that is nearly called so."""
        return key not in self.document and bool(nearest(key, self.document))

    def add(self, message: str, *place: str) -> None:
        """Note what is wrong at a place."""
        self._note(Problem.of(ConfigError(message)), place)

    def _note(self, problem: Problem, place: Place) -> None:
        self.found.setdefault(place, attrs.evolve(problem, place=place))

    @contextmanager
    def at(self, *place: str) -> Generator[None]:
        """Note what the block refuses."""
        try:
            yield
        except CustsegError as error:
            self._note(Problem.of(error), place)

    def table(self, name: str) -> Mapping[str, Any]:
        """A table of the file; an empty one where there is none."""
        part = self.document.get(name, {})
        if isinstance(part, Mapping):
            return cast("Mapping[str, Any]", part)
        self.add(f"must be a table, got {type(part).__name__}", name)
        return {}

    def known(self, part: Mapping[str, Any], known: tuple[str, ...], *place: str) -> None:
        """Note the keys that are not known."""
        for key in part:
            if key not in known:
                hint = did_you_mean(key, known) or f" Known: {', '.join(known)}."
                self.add(f"unknown key {key!r}.{hint}", *place, key)

    def choice(self, part: Mapping[str, Any], known: tuple[str, ...], *place: str) -> str:
        """One of some words, by default the first."""
        value = str(part.get(place[-1], known[0]))
        if value not in known:
            hint = did_you_mean(value, known)
            said = f"must be one of {', '.join(known)}, got {value!r}"
            self.add(f"{said}.{hint}" if hint else said, *place)
            return known[0]
        return value

    def made(
        self,
        document: str | Mapping[str, Any],
        kind: type[T],
        place: str,
        *,
        apart: Collection[str] = (),
    ) -> T:
        """What a document describes.

        Args:
            document: As ``config.load`` takes it.
            kind: What it is to be.
            place: Where it lies in the file.
            apart: Keys of it that lie beside that place.

        Returns:
            The thing; something else where a fault is noted.
        """
        made: Any = None
        try:
            made = config.load(document)
        except ConfigError as error:
            for problem in config.problems(document) or (Problem.of(error),):
                beside = problem.place[:1] and problem.place[0] in apart
                self._note(problem, problem.place if beside else (place, *problem.place))
        else:
            if not isinstance(made, kind):
                self.add(f"needs a {kind.__name__}, got a {type(made).__name__}", place)
        return cast("T", made)

    def settle(self, name: str) -> None:
        """Refuse a file in which something is wrong.

        Raises:
            JobError: In the order of the file; what is missing stands first.
        """
        if self.found:
            order = {key: at for at, key in enumerate(self.document)}
            found = sorted(self.found, key=lambda place: order.get(str((*place, "")[0]), -1))
            raise JobError(tuple(self.found[place] for place in found), name)
