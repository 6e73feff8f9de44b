"""The waits between wrong passwords, as they are noted for a file."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db.patience import FilePatience

START = datetime.fromisoformat("2026-07-16T09:00")


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time


def test_each_wrong_one_doubles_the_wait_up_to_a_minute(tmp_path: Path) -> None:
    clock = Clock()
    waits = [FilePatience(tmp_path / "n", clock).wrong() for _ in range(9)]
    assert waits == [1, 2, 4, 8, 16, 32, 64, 64, 64]
    assert FilePatience(tmp_path / "n", clock).left() == 64
    clock.time += timedelta(seconds=60)
    assert FilePatience(tmp_path / "n", clock).left() == 4
    clock.time += timedelta(seconds=60)
    assert FilePatience(tmp_path / "n", clock).left() == 0


def test_a_clock_put_back_costs_no_more_than_one_wait(tmp_path: Path) -> None:
    clock = Clock()
    patience = FilePatience(tmp_path / "n", clock)
    patience.wrong()
    patience.wrong()
    clock.time -= timedelta(days=400)
    assert patience.left() == 2


def test_the_right_one_lets_them_go(tmp_path: Path) -> None:
    patience = FilePatience(tmp_path / "n", Clock())
    patience.wrong()
    patience.right()
    assert patience.left() == 0
    assert patience.wrong() == 1


AFAR = '{"wrong": 3, "until": "2026-07-16T09:00:09+08:00"}'


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"wrong": "x", "until": 1}', AFAR, "[" * 9999])
def test_a_note_that_cannot_be_read_keeps_nobody_out(tmp_path: Path, note: str) -> None:
    (tmp_path / "n").write_text(note, "utf-8")
    assert 0 <= FilePatience(tmp_path / "n", Clock()).left() <= 64


def test_without_a_place_to_note_them_they_still_grow(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    patience = FilePatience(tmp_path / "file" / "n", Clock())
    assert [patience.wrong() for _ in range(3)] == [1, 2, 4]
