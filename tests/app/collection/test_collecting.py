"""汇总: what branches hand up is collected once, the newest counts, what is spoiled is set aside by name."""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import pytest

from app.branch.branch import Branch
from app.collection.collecting import Outcome
from app.collection.package import branch_id, pack, submission, unpack
from app.errors import AppError, Refused
from app.people.members import Member
from app.year.extract import Detail, extract
from app.year.ledger import load_year
from app.year.standing import standing
from app.year.statistics import party_statistics
from db.collection import DuckCollection
from db.intake import take
from db.vault import FileVault
from tests.app.collection.handing_up import AS_OF, TODAY, YEAR, gather, hand_up, hostile, packed


def states(collection: DuckCollection) -> dict[str, str]:
    return {Path(row[1]).name: row[2] for row in collection.ask("sources")}


def figure(collection: DuckCollection, code: str) -> int:
    return next(row[4] for row in collection.ask("figures", year=YEAR) if row[0] == code and row[3] == YEAR)


def names(collection: DuckCollection) -> list[str]:
    return [row[3] for row in collection.ask("branches", year=YEAR, first=date(2025, 1, 1), last=AS_OF)]


def test_the_figures_handed_up_are_those_of_the_branch(vault: FileVault, ledgers: list[Path]) -> None:
    with closing(vault.read(ledgers[0])) as ledger:
        year = load_year(ledger, YEAR)
        rows = extract(ledger, year, branch_id(ledger), AS_OF, Detail.FIGURES, [])
        duties = standing(year, AS_OF)
        assert [(row[2], row[4], row[5], row[9], row[10]) for row in rows["duty"]] == [
            (duty.rule, duty.period, duty.state, duty.required, duty.done) for duty in duties
        ]
        told = [(row.subject, row.band, row.count) for row in party_statistics(year, AS_OF)]
        assert [row[2:] for row in rows["statistic"]] == told
        assert [row[6:8] for row in rows["month"]] == [year.dues.as_of(AS_OF).totals(month) for month in range(1, 13)]
        assert sum(row[3] for row in rows["month"]) == len(year.minutes)


def test_figures_alone_name_nobody(vault: FileVault, ledgers: list[Path]) -> None:
    with closing(vault.read(ledgers[0])) as ledger:
        people = [member.name for member in ledger[Member].all()]
        _, rows = submission(ledger, YEAR, AS_OF, Detail.FIGURES, TODAY)
    text = json.dumps(rows, ensure_ascii=False, default=str)
    assert [name for name in people if name in text] == []


@pytest.mark.parametrize(("detail", "told"), [(Detail.LISTS, False), (Detail.WHOLE, True)])
def test_numbers_of_identity_leave_only_with_the_whole(
    vault: FileVault, ledgers: list[Path], detail: Detail, told: bool
) -> None:
    with closing(vault.read(ledgers[0])) as ledger:
        person = next(member for member in ledger[Member].all() if member.id_number and member.phone)
        _, rows = submission(ledger, YEAR, AS_OF, detail, TODAY)
    text = json.dumps(rows, ensure_ascii=False, default=str)
    assert person.name in text
    assert (person.id_number in text, person.phone in text) == (told, told)
    assert ("谈话内容" in text) == told


def test_a_package_says_whose_it_is(vault: FileVault, ledgers: list[Path]) -> None:
    with closing(vault.read(ledgers[0])) as ledger:
        told, rows = submission(ledger, YEAR, AS_OF, Detail.FIGURES, TODAY)
        head = ledger.history.head()[1]
    found, files, counts = unpack(pack(told, rows))
    assert found == told
    assert (found.branch, found.year, found.head) == ("一车间支部", YEAR, head)
    assert set(files) == set(counts) == set(rows)
    assert counts == {name: len(lines) for name, lines in rows.items()}


def test_a_year_that_has_not_begun_is_not_handed_up(vault: FileVault, ledgers: list[Path]) -> None:
    with closing(vault.read(ledgers[0])) as ledger, pytest.raises(Refused, match="还没有开始"):
        submission(ledger, 2027, AS_OF, Detail.FIGURES, TODAY)


def test_packages_and_ledgers_are_collected_once(
    vault: FileVault, ledgers: list[Path], folder: Path, collection: DuckCollection
) -> None:
    hand_up(vault, ledgers[0], folder / "一车间.zbbs")
    hand_up(vault, ledgers[1], folder / "二车间.zbbs")
    shutil.copy(folder / "二车间.zbbs", folder / "二车间 副本.zbbs")
    shutil.copy(ledgers[2], folder / "机关.zbtz")
    before = ledgers[2].read_bytes()
    assert gather(collection, folder) == Outcome(4, 4, 4, 0)
    assert gather(collection, folder) == Outcome(4, 0, 0, 0)
    assert (folder / "机关.zbtz").read_bytes() == before
    assert sorted(states(collection).values()) == ["采用", "采用", "采用", "重复"]
    assert sorted(names(collection)) == ["一车间支部", "二车间支部", "机关支部"]
    people = 0
    for path in ledgers:
        with closing(vault.read(path)) as ledger:
            year = load_year(ledger, YEAR)
            people += len(year.roster.present(year.reference_day(AS_OF)))
    assert figure(collection, "members") == people


@pytest.mark.parametrize("newer_first", [True, False])
def test_of_a_branch_and_year_the_newest_counts(
    vault: FileVault, ledgers: list[Path], folder: Path, collection: DuckCollection, newer_first: bool
) -> None:
    half, whole = (("a.zbbs", date(2025, 6, 30)), ("b.zbbs", AS_OF))
    for name, day in (whole, half) if newer_first else (half, whole):
        hand_up(vault, ledgers[0], folder / name, as_of=day)
        gather(collection, folder)
    assert states(collection) == {"a.zbbs": "已有更新的", "b.zbbs": "采用"}
    with closing(vault.read(ledgers[0])) as ledger:
        assert figure(collection, "meetings") == len(load_year(ledger, YEAR).minutes)


def test_both_in_one_batch_count_once(
    vault: FileVault, ledgers: list[Path], folder: Path, collection: DuckCollection
) -> None:
    hand_up(vault, ledgers[0], folder / "b.zbbs", as_of=date(2025, 6, 30))
    hand_up(vault, ledgers[0], folder / "a.zbbs")
    hand_up(vault, ledgers[0], folder / "c.zbbs", as_of=date(2025, 9, 30))
    gather(collection, folder)
    assert states(collection) == {"a.zbbs": "采用", "b.zbbs": "已有更新的", "c.zbbs": "已有更新的"}
    assert len(names(collection)) == 1


def test_a_renamed_branch_is_the_same_branch(
    vault: FileVault, ledgers: list[Path], folder: Path, collection: DuckCollection, tmp_path: Path
) -> None:
    own = tmp_path / "own.zbtz"
    shutil.copy(ledgers[0], own)
    hand_up(vault, own, folder / "before.zbbs", as_of=date(2025, 6, 30))
    with closing(vault.open(own)) as ledger:
        ledger[Branch].save(replace(ledger[Branch].all()[0], name="总装车间支部"))
    hand_up(vault, own, folder / "after.zbbs")
    gather(collection, folder)
    assert [row[3] for row in collection.ask("branches", year=YEAR, first=date(2025, 1, 1), last=AS_OF)] == [
        "总装车间支部"
    ]
    assert [row[1] for row in collection.ask("renamed")] == ["一车间支部", "总装车间支部"]


@pytest.mark.usefixtures("real_keys")
def test_a_locked_package_waits_for_its_password(
    vault: FileVault, ledgers: list[Path], folder: Path, collection: DuckCollection
) -> None:
    data = hand_up(vault, ledgers[0], folder / "a.zbbs")
    (folder / "a.zbbs").write_bytes(vault.locked(data, "报送用的密码"))
    assert (folder / "a.zbbs").read_bytes()[:2] != b"PK"
    gather(collection, folder)
    assert states(collection) == {"a.zbbs": "要密码"}
    gather(collection, folder, "不对的密码")
    assert states(collection) == {"a.zbbs": "要密码"}
    assert gather(collection, folder, "报送用的密码").taken == 1
    assert states(collection) == {"a.zbbs": "采用"}


@pytest.mark.slow
def test_what_is_spoiled_is_set_aside_and_the_rest_goes_in(
    vault: FileVault, ledgers: list[Path], folder: Path, collection: DuckCollection, tmp_path: Path
) -> None:
    with closing(vault.read(ledgers[0])) as ledger:
        good, lists = packed(ledger), packed(ledger, Detail.LISTS)
    spoiled = hostile(good, lists, tmp_path)
    assert len(spoiled) >= 30
    for name, data in spoiled.items():
        (folder / f"{name}.zbbs").write_bytes(data)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.zbbs")
    (folder / "外来.zbtz").write_bytes(b"SQLite format 3\x00" + bytes(4080))
    hand_up(vault, ledgers[1], folder / "good.zbbs")
    outcome = gather(collection, folder)
    found = states(collection)
    assert found.pop("good.zbbs") == "采用"
    assert {name: state for name, state in found.items() if state != "没有收下"} == {}
    assert outcome.taken == 1
    assert all(row[3] for row in collection.ask("sources") if row[2] == "没有收下")
    assert not (folder.parent / "evil.txt").exists()


def test_what_is_no_collection_is_not_opened(tmp_path: Path) -> None:
    import duckdb

    for name, data in (("a", b""), ("b", b"x" * 4000), ("c", b"x" * 8 + b"DUCK" + bytes(5000))):
        path = tmp_path / f"{name}.zbhz"
        path.write_bytes(data)
        with pytest.raises(AppError, match="汇总"):
            DuckCollection(path)
    other = tmp_path / "other.zbhz"
    duckdb.connect(str(other)).close()
    with pytest.raises(Refused, match="不是汇总"):
        DuckCollection(other)


def test_the_dataset_has_every_row(
    vault: FileVault, ledgers: list[Path], folder: Path, collection: DuckCollection, tmp_path: Path
) -> None:
    import duckdb

    for path in ledgers:
        hand_up(vault, path, folder / f"{path.stem}.zbbs")
    gather(collection, folder)
    collection.dataset(tmp_path / "数据集")
    found: Any = duckdb.execute(
        "SELECT count(*), sum(done) FROM read_parquet(?, hive_partitioning = true)",
        [str(tmp_path / "数据集/duty/**/*.parquet")],
    ).fetchone()
    rows = collection.ask("matrix", year=YEAR, first=date(2025, 1, 1), last=AS_OF)
    assert found[0] == sum(len(collection.ask("duties", source=source)) for source in {row[0] for row in rows})
    assert {unquote(path.parent.name) for path in (tmp_path / "数据集/duty").rglob("*.parquet")} == {
        "region=示例单位党委"
    }


def test_the_process_that_reads_says_of_every_spoiled_package_what_is_wrong(
    vault: FileVault, ledgers: list[Path], tmp_path: Path
) -> None:
    with closing(vault.read(ledgers[0])) as ledger:
        good, lists = packed(ledger), packed(ledger, Detail.LISTS)
    spoiled = hostile(good, lists, tmp_path)
    files = [(0, str(ledgers[1]))]
    for number, (name, data) in enumerate([("good", good), *spoiled.items()], 1):
        path = tmp_path / f"{number}.zbbs"
        path.write_bytes(data)
        files.append((number, str(path)))
        del name
    answers, tables = take(files, YEAR, AS_OF, TODAY, "", Detail.FIGURES)
    assert [answer["source"] for answer in answers if "told" in answer] == [0, 1]
    assert all(answer["refused"].endswith("。") for answer in answers[2:])
    assert all(data.startswith(b"PAR1") for data in tables.values())


def test_a_locked_package_is_read_with_its_password_alone(
    vault: FileVault, ledgers: list[Path], tmp_path: Path
) -> None:
    path = tmp_path / "a.zbbs"
    data = hand_up(vault, ledgers[0], path)
    path.write_bytes(vault.locked(data, "报送用的密码"))
    for password, locked in (("", True), ("不对的密码", True), ("报送用的密码", None)):
        (answer,), _ = take([(1, str(path))], YEAR, AS_OF, TODAY, password, Detail.FIGURES)
        assert answer.get("locked") is locked


class Server:
    """What a PostgreSQL server is told."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.rows: dict[str, list[list[object]]] = {}
        self._table = ""

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def execute(self, words: str) -> None:
        self.said.append(words)

    def cursor(self) -> Server:
        return self

    def copy(self, words: str) -> Server:
        self._table = words.split()[1]
        self.rows[self._table] = []
        return self

    def write_row(self, row: list[object]) -> None:
        self.rows[self._table].append(row)


def test_a_server_is_given_every_table_and_the_view(
    vault: FileVault, ledgers: list[Path], folder: Path, collection: DuckCollection, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_up(vault, ledgers[0], folder / "a.zbbs")
    gather(collection, folder)
    server = Server()
    driver = ModuleType("psycopg")
    driver.connect = lambda _: server  # type: ignore[attr-defined]
    driver.Error = OSError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "psycopg", driver)
    sent = collection.bring_to("postgresql://here")
    assert sent == sum(map(len, server.rows.values()))
    assert len(server.rows["duty"]) == len(collection.ask("duties", source=server.rows["source"][0][0]))
    assert any(words.lstrip("-").find("CREATE VIEW branches") >= 0 for words in server.said)

    def refuse(_: str) -> Server:
        raise OSError

    driver.connect = refuse  # type: ignore[attr-defined]
    with pytest.raises(AppError, match="没有收下"):
        collection.bring_to("postgresql://here")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Refused, match="psycopg"):
        collection.bring_to("postgresql://here")
