import io
import sys
from types import ModuleType, SimpleNamespace

import pytest

from custseg.layout import width
from custseg.progress import bar, tell
from custseg.progress.surfaces import Notebook, Terminal, surface


class Tty(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


class Old(Tty):
    encoding = "ascii"


@pytest.mark.parametrize("columns", [20, 26, 40, 200])
@pytest.mark.parametrize("said", ["matching", "查重 · 比对 12/40，此步约剩 0:40" * 4])
def test_a_line_never_breaks(said, columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    stream = Tty()
    Terminal(stream).draw(0.5, said)
    line = stream.getvalue().removeprefix("\r\x1b[K")
    assert width(line) < max(columns, 26)
    assert line.startswith("█" * 12 + "░" * 12)


def test_the_line_is_empty_in_the_end():
    stream = Tty()
    Terminal(stream).draw(1.0, "done")
    Terminal(stream).clear()
    assert stream.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize("stream", [None, io.StringIO(), Old()])
def test_files_pipes_and_old_terminals_show_nothing(stream):
    assert surface(stream) is None


def test_a_terminal_shows_it():
    assert isinstance(surface(Tty()), Terminal)


def test_the_bar_of_a_block_is_drawn_and_gone(monkeypatch):
    stream = Tty()
    monkeypatch.setattr(sys, "stderr", stream)
    with bar("zh", after=0.0):
        tell("clean", 1, 8)
    assert "░ 清洗 1/8  0:00" in stream.getvalue()
    assert stream.getvalue().endswith("\r\x1b[K")


class Handle:
    def __init__(self, shown):
        self.shown = shown

    def update(self, bundle, *, raw):
        assert raw
        self.shown.append(bundle)


def _ipython(monkeypatch, shell):
    shown = []

    def display(bundle, *, raw, display_id):
        assert raw
        assert display_id
        shown.append(bundle)
        return Handle(shown)

    held = ModuleType("IPython")
    held.get_ipython = lambda: shell
    held.display = SimpleNamespace(display=display)
    monkeypatch.setitem(sys.modules, "IPython", held)
    return shown


def test_a_notebook_shows_one_bar_that_is_replaced_and_taken_away(monkeypatch):
    shown = _ipython(monkeypatch, SimpleNamespace(kernel=object()))
    assert isinstance(surface(None), Notebook)
    with bar(after=0.0):
        tell("clean", 1, 8)
        tell("<b>", 2, 8)
    first, *_, last = (bundle["text/html"] for bundle in shown)
    assert 'value="12" max="100"' in first
    assert "cleaning" in first
    assert "<b>" not in "".join(bundle["text/html"] for bundle in shown)
    assert last == ""


def test_ipython_on_a_terminal_is_a_terminal(monkeypatch):
    _ipython(monkeypatch, SimpleNamespace())
    assert isinstance(surface(Tty()), Terminal)
    _ipython(monkeypatch, None)
    assert surface(io.StringIO()) is None


CELL = """
from time import sleep
from custseg.progress import bar, tell
with bar("zh", after=0):
    for done in range(4):
        sleep(0.11)
        tell("write", done, 4)
"""


def test_a_kernel_shows_one_bar_that_moves_and_goes():
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat.v4")
    heard = []

    class Client(nbclient.NotebookClient):
        def process_message(self, msg, cell, cell_index):
            if "data" in msg["content"]:
                place = msg["content"]["transient"].get("display_id")
                heard.append((msg["msg_type"], place, msg["content"]["data"]))
            return super().process_message(msg, cell, cell_index)

    book = nbformat.new_notebook(cells=[nbformat.new_code_cell(CELL)])
    Client(book, kernel_name="python3", timeout=60).execute()
    kinds, places, shown = zip(*heard, strict=True)
    assert kinds == ("display_data", *["update_display_data"] * 4)
    assert len(set(places)) == 1
    *bars, gone = (data["text/html"] for data in shown)
    moved = zip((0, 25, 50, 75), bars, strict=True)
    assert all(f'value="{share}"' in said for share, said in moved)
    assert all("写出" in said for said in bars)
    assert gone == ""
    assert {data["text/plain"] for data in shown} == {""}
    assert [output.data["text/html"] for output in book.cells[0].outputs] == [""]
