"""The state of a job's transactions in a folder: whole files, and a page that names them.

Files that were written are never written again. The page, ``state.json``, is replaced in one step
once all that it names is on the disk, so whatever interrupts an update leaves the state that was
there before, or the new one, and nothing between.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, cast

import attrs

from custseg import frames
from custseg.errors import DataError
from custseg.features import Conventions, Names, TransactionState
from custseg.features.ids import Ids, Named, Numbers
from custseg.features.lasting.bundle import Bundle
from custseg.features.lasting.header import Header
from custseg.features.lasting.keeping import COLUMNS, bundle_in, columns_of
from custseg.features.lasting.state import counting_of, restored
from custseg.frames import Table, optional
from custseg.frames.arrowed import arrowed
from custseg.io import read_table, write_table

PAGE: Final = "state.json"
_PARTS: Final = ("ids", "rows")


@attrs.frozen(eq=False)
class Part:
    """One file of a state.

    Attributes:
        file: Its name.
        size: Its bytes.
        held: What it holds: ids, or rows.
    """

    file: str
    size: int
    held: object


@attrs.frozen(eq=False)
class StateFiles:
    """A state as it is in a folder.

    Attributes:
        folder: The folder.
        state: The state, ``None`` where there is none yet.
        parts: Its files, by kind and in their order.
        page: The text of its page.
        turn: The number of the next file.
    """

    folder: Path
    state: TransactionState | None = None
    parts: Mapping[str, tuple[Part, ...]] = attrs.field(factory=dict[str, "tuple[Part, ...]"])
    page: str = ""
    turn: int = 0

    @classmethod
    def read(cls, folder: Path, names: Names, conventions: Conventions) -> "StateFiles":
        """Read a folder; where there is no page there is no state yet.

        Args:
            folder: The folder.
            names: What columns are called: as when the state was made.
            conventions: How days and money are counted: as when the state was made.

        Raises:
            ConfigError: The state was made with other names or conventions.
            DataError: A file is missing, or is not as it was written.
        """
        file = folder / PAGE
        if not file.is_file():
            return cls(folder)
        page = file.read_text(encoding="utf-8")
        document = _document(page, file)
        told = Header.of(document["header"], names, conventions)
        tables = {kind: [_opened(folder, each) for each in document[kind]] for kind in _PARTS}
        column = told.columns.get("customer") or names.customer
        ids = Ids(column, tuple(_ids(each, column) for each in tables["ids"]))
        counting = counting_of(names, conventions, told.columns)
        rows = tuple(_bundle(each, len(ids), counting) for each in tables["rows"])
        state = restored(rows, ids, told, (names, conventions), _nothing())
        held: dict[str, tuple[object, ...]] = {"ids": ids.parts, "rows": rows}
        parts = {
            kind: tuple(Part(f, n, one) for (f, n), one in zip(document[kind], some, strict=True))
            for kind, some in held.items()
        }
        return cls(folder, state, parts, page, int(document["turn"]))

    def replaced(self, state: TransactionState) -> "StateFiles":
        """Write a state in the place of this one; only parts that are new are written.

        Raises:
            DataError: The folder cannot be written, or another update has been at work in it.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            return self._replaced(state)
        except OSError as error:
            msg = f"cannot write to {str(self.folder)!r}: {error.strerror}"
            raise DataError(msg) from error

    def _replaced(self, state: TransactionState) -> "StateFiles":
        self._check_unchanged()  # before a file is written: it would have the name of theirs
        writing = _Writing(self, [])
        made = {
            "ids": tuple(writing.part("ids", each) for each in state.ids.parts if len(each)),
            "rows": tuple(writing.part("rows", each) for each in state.bundles if len(each)),
        }
        turn = self.turn + len(writing.written)
        document = {
            "header": state.header(),
            **{kind: [(part.file, part.size) for part in parts] for kind, parts in made.items()},
            "turn": turn,
        }
        page = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
        self._turn_page(page)
        done = StateFiles(self.folder, state, made, page, turn)
        done.tidy()
        return done

    def _turn_page(self, page: str) -> None:
        """Put the new page in the place of the old one, in one step."""
        self._check_unchanged()
        file, beside = self.folder / PAGE, self.folder / f"{PAGE}.new"
        beside.write_text(page, encoding="utf-8")
        _settle(beside)
        _settle(self.folder)
        Path(beside).replace(file)
        _settle(self.folder)

    def _check_unchanged(self) -> None:
        file = self.folder / PAGE
        there = file.read_text(encoding="utf-8") if file.is_file() else ""
        if there != self.page:
            msg = (
                f"another update has changed the state in {str(self.folder)!r} since it was read; "
                "run this one again"
            )
            raise DataError(msg)

    def tidy(self) -> None:
        """Remove files that the page does not name: of earlier states, or of an interrupted one."""
        named = {part.file for parts in self.parts.values() for part in parts}
        for kind in _PARTS:
            for file in self.folder.glob(f"{kind}-*.parquet"):
                if file.name not in named:
                    file.unlink()


@attrs.frozen(eq=False)
class _Writing:
    """Parts as they are written.

    Attributes:
        before: The state that was there.
        written: Names of the files that are new.
    """

    before: StateFiles
    written: list[str]

    def part(self, kind: str, held: Any) -> Part:  # noqa: ANN401 - ids or rows
        """The file that holds a part: the one that does already, or a new one."""
        for part in self.before.parts.get(kind, ()):
            if part.held is held:
                return part
        name = f"{kind}-{self.before.turn + len(self.written):06d}.parquet"
        file = self.before.folder / name
        write_table(_table_of(held), file)
        _settle(file)
        self.written.append(name)
        return Part(name, file.stat().st_size, held)


def _table_of(held: object) -> Any:  # noqa: ANN401 - an Arrow table
    like = _nothing()
    if isinstance(held, Numbers):
        return like.build({"id": held.held})
    if isinstance(held, Named):
        return arrowed(held.held, (held.column,)).rename_columns(["id"])
    bundle = cast("Bundle", held)
    code = cast("Any", bundle.rows.code)  # half the width that columns of ours have elsewhere
    return like.build({"code": code, **columns_of(bundle)})


def _ids(table: Table[Any], column: str) -> Numbers | Named:
    ids = table.native["id"]
    if str(ids.type) == "int64":
        return Numbers(ids.to_numpy())
    return Named(frames.table(table.native.rename_columns([column])), column)


def _bundle(table: Table[Any], size: int, counting: Any) -> Bundle:  # noqa: ANN401 - a Counting
    held = table.native.column
    columns = {name: held(name).to_numpy() for name in COLUMNS if name != "day"}
    columns["day"] = held("day").cast("int32").to_numpy()  # half the memory of whole dates
    columns["code"] = held("code").cast("int32").to_numpy()
    return bundle_in(table, columns.pop("code"), counting, size=size, at_hand=columns)


def _nothing() -> Table[Any]:
    return frames.table(optional("pyarrow", extra="arrow").table({}))


def _opened(folder: Path, part: Iterable[Any]) -> Table[Any]:
    """One file, if it is as it was written."""
    name, size = part
    file = folder / name
    if not file.is_file() or file.stat().st_size != size:
        msg = (
            f"{str(file)!r} is not there or not as it was written; put it back, or remove the "
            "folder and make the state anew from all transactions"
        )
        raise DataError(msg)
    return frames.table(read_table(file))


def _document(page: str, file: Path) -> dict[str, Any]:
    try:
        return cast("dict[str, Any]", json.loads(page))
    except ValueError as error:
        msg = f"{str(file)!r} is no JSON; remove the folder and make the state anew"
        raise DataError(msg) from error


def _settle(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
