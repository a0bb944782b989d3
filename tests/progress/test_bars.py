import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.progress import bar, bars, tell
from custseg.progress.bars import Bar


class Drawn:
    def __init__(self):
        self.seen, self.cleared = [], 0

    def draw(self, share, said):
        self.seen.append((round(share, 3), said))

    def clear(self):
        self.cleared += 1


class Watch:
    """A stopwatch that goes on by a second each time it is looked at."""

    def __init__(self, tick=1.0):
        self.now, self.tick = 0.0, tick

    def __call__(self):
        self.now += self.tick
        return self.now


def test_nothing_is_drawn_within_a_moment():
    drawn = Drawn()
    shown = Bar(drawn, clock=Watch(0.01))
    for done in range(100):
        shown("days", done, 100)
    shown.clear()
    assert (drawn.seen, drawn.cleared) == ([], 0)


def test_it_appears_after_the_moment_and_goes_at_the_end():
    drawn = Drawn()
    shown = Bar(drawn, clock=Watch())
    for done in range(5):
        shown("backtest", done, 100)
    shown.clear()
    assert drawn.seen[0] == (0.01, "trying out past days 1/100  0:02")
    assert drawn.seen[-1] == (0.04, "trying out past days 4/100  0:05  about 1:36 left here")
    assert drawn.cleared == 1


def test_it_is_drawn_no_more_often_than_the_eye_sees():
    drawn = Drawn()
    shown = Bar(drawn, after=0.0, clock=Watch(0.001))
    for done in range(1000):
        shown("days", done, 1000)
    assert len(drawn.seen) <= 11


def test_parts_within_a_part_fill_its_share_and_it_never_goes_back():
    drawn = Drawn()
    shown = Bar(drawn, after=0.0, clock=Watch())
    for step in (("match", 2, 8), ("match.compare", 3, 6), ("match.learn", 0, 2), ("tier", 6, 8)):
        shown(*step)
    shares = [share for share, _ in drawn.seen]
    assert shares == [0.25, 0.312, 0.312, 0.75]
    assert drawn.seen[1][1] == "matching · comparing 3/6  0:02"


def test_time_left_is_that_of_the_step_and_begins_anew_with_it():
    drawn = Drawn()
    shown = Bar(drawn, after=0.0, clock=Watch(10.0))
    for done in range(4):
        shown("fit", done, 10)
    assert drawn.seen[-1][1].endswith("0:40  about 1:10 left here")
    shown("fit", 0, 10)
    shown("fit", 1, 10)
    shown("fit", 2, 10)
    assert "left" not in drawn.seen[-1][1]
    shown("fit", 3, 10)
    assert drawn.seen[-1][1].endswith("about 1:10 left here")


def test_a_total_that_is_not_known_is_not_shown():
    drawn = Drawn()
    shown = Bar(drawn, after=0.0, clock=Watch(3600.0))
    shown("rows", 12_000, 0)
    assert drawn.seen == [(0.0, "rows 12,000  1:00:00")]


def test_it_speaks_chinese_and_names_unknown_steps_as_they_are():
    drawn = Drawn()
    shown = Bar(drawn, "zh", after=0.0, clock=Watch())
    shown("match", 2, 8)
    shown("match.my_own", 1, 2)
    assert drawn.seen[-1][1] == "查重 · my_own 1/2  0:02"


def test_nowhere_to_be_seen_nothing_is_told(capsys):
    with bar():
        tell("read", 0)
        cs.datasets.crm(customers=10)
    assert capsys.readouterr() == ("", "")


def test_a_block_that_fails_takes_its_bar_away(monkeypatch):
    drawn = Drawn()
    monkeypatch.setattr(bars, "surface", lambda _: drawn)

    def fails():
        tell("read", 0, 2)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), bar(after=0.0):
        fails()
    assert len(drawn.seen) == drawn.cleared == 1


def test_a_language_that_is_not_spoken_is_refused():
    with pytest.raises(ConfigError, match="no locale 'de'"), bar("de"):
        pass
