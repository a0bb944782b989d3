"""Each condition holds where our own level is reached, on the engine that splink runs on."""

import duckdb
import numpy as np
import pytest

from custseg._typing import Codes
from custseg.match import Dates, Emails, Identifiers, NamePart, Names, Phones, Texts
from custseg.match.exporting.levels import conditions, pieces, spelled
from custseg.match.exporting.splinked import _piece
from custseg.match.reading import Once

SEEN = [
    (Emails(), "li.lei@corp.cn", "li.lei@mail.cn", "same_local"),
    (Emails(), "li.lei@corp.cn", "li.lie@corp.cn", "close"),
    (Emails(), "info@corp.cn", "info@else.cn", "else"),
    (Phones(region="CN"), "13800138000", "13800138001", "one_digit"),
    (Phones(region="CN"), "13800138000", "13911112222", "else"),
    (Phones(region="CN"), "021-62345678", "010-62345678", "tail"),
    (Names(), "john smith", "jon smyth", "same_sound"),
    (Names(), "martin stone", "martin stole", "close"),
    (Names(), "j smith", "john smith", "initial"),
    (Names(), "王晓明", "王大明", "near"),
    (Names(), "ann lee", "tom lee", "half"),
    (Names(), "欧阳晓明月", "欧阳大明月", "close"),
    (NamePart("surname", "given"), "miller", "millar", "close"),
    (NamePart("surname"), "miller", "wong", "else"),
    (Dates(), "1980-04-12", "1980-12-04", "swapped"),
    (Dates(), "1980-04-12", "1980-04-13", "one_edit"),
    (Dates(), "1980-04-12", "1971-04-12", "two_parts"),
    (Dates(), "1980-04-28", "1980-05-19", "month"),
    (Dates(), "1980-04-12", "1987-11-23", "decade"),
    (Identifiers("card"), "1234567", "1234576", "one_edit"),
    (Identifiers("card"), "1234567", "1239576", "two_edits"),
    (Texts("city"), "springfield", "springfeild", "close"),
    (Texts("city"), "乌鲁木齐", "乌鲁木其", "close"),
    (Texts("city"), "乌鲁木齐市", "乌鲁木齐", "close"),
    (Texts("city"), "ulm", "bonn", "else"),
]


def told(one, left, right):
    """The first level whose condition DuckDB finds true."""
    columns = {name: Codes(np.array([0, 1]), (left, right)) for name in one.columns}
    once = Once(columns)
    sides = {one.name: one.prepare(once, "CN").codes.texts()}
    given = conditions(one)
    for piece in {piece for condition in given.values() for piece in pieces(condition)}:
        sides[f"{one.name}_{piece}"] = _piece(one, piece, once, "CN").texts()
    names = [f'"{name}_{side}"' for name in sides for side in "lr"]
    values = [value for texts in sides.values() for value in texts]
    marks = ", ".join(f"?::VARCHAR AS {name}" for name in names)
    for level, condition in given.items():
        asked = ("SELECT", spelled(condition, one.name), "FROM (SELECT", marks, ")")
        if duckdb.execute(" ".join(asked), values).fetchall()[0][0]:
            return level
    return "else"


@pytest.mark.parametrize(("one", "left", "right", "level"), SEEN)
def test_sql_and_python_see_the_same_level(one, left, right, level):
    columns = {name: Codes(np.array([0, 1]), (left, right)) for name in one.columns}
    ours = one.prepare(Once(columns), "CN").levels(np.array([0]), np.array([1]))[0]
    assert one.levels[ours - 1] == level
    assert told(one, left, right) == level
