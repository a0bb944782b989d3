"""Two updates never work in one folder; test_statefiles shows that one that is killed frees it."""

import pytest

from custseg.cli.alone import LOCK, alone
from custseg.errors import DataError


def test_a_folder_is_held_until_the_update_ends(tmp_path):
    folder = tmp_path / "out" / "state"
    with (
        alone(folder),
        pytest.raises(DataError, match="another update is at work"),
        alone(folder),
    ):
        pytest.fail("two hold it")
    with pytest.raises(KeyError), alone(folder):
        raise KeyError
    with alone(folder):
        assert (folder / LOCK).is_file()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="cannot write"), alone(tmp_path / "file" / "state"):
        pytest.fail("there is no folder")
