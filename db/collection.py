"""汇总 (.zbhz): what branches handed up, in one DuckDB file; the queries are files in resources/sql."""

from __future__ import annotations

import importlib.util
import re
import shutil
import tempfile
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import resources
from app.collection.collection import Drawn, FileSeen, Intake, Placed, Rows, SourceState, Taken, TurnedAway
from app.collection.sorting import SOURCE, Known, Sorting
from app.errors import Damaged, Refused, StorageTrouble
from app.exchange.parquet import parquet
from app.year.extract import COLLECTED, CellKind

if TYPE_CHECKING:
    pass

FORMAT = 1
MERGED = "CREATE TABLE IF NOT EXISTS merged (branch VARCHAR, code VARCHAR, into_branch VARCHAR)"
"""Collections made before branches could be told to have merged get the table when they are opened."""
MAGIC = b"DUCK"
LIMITS = {"memory_limit": "512MB", "autoinstall_known_extensions": False, "autoload_known_extensions": False}
_TYPES = {CellKind.TEXT: "VARCHAR", CellKind.NUMBER: "BIGINT", CellKind.DAY: "DATE"}
WHOLE = ("source", "placed", "merged")
"""Tables of the dataset that belong to no year."""
_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]+)")


@contextmanager
def _told() -> Generator[None]:
    """Turn the engine's errors into words."""
    import duckdb

    try:
        yield
    except duckdb.IOException as error:
        if "lock" in str(error).casefold():
            raise Refused("这个汇总正被另一个程序占用。", "请关闭另一个窗口后再试。") from error
        raise StorageTrouble("读写汇总文件时出错。", "请检查磁盘空间和文件夹的权限。已经收下的没有受影响。") from error
    except duckdb.Error as error:
        if isinstance(error, duckdb.ProgrammingError):
            raise  # a fault of ours
        raise Damaged("汇总文件已损坏。", "报送包还在，请另建一个汇总，重新收一次。") from error


class DuckCollection:
    """One collection, open."""

    def __init__(self, path: Path, *, new: bool = False) -> None:
        """Open a collection, or make it; raises AppError."""
        duckdb = engine()
        if new:
            _make(path)
        _refuse_foreign(path)
        self._known: Known | None = None
        # What comes in is put here first, as files of ours.
        self._stage = Path(tempfile.mkdtemp(prefix="branch-ledger-"))
        try:
            with _told():
                self._engine = duckdb.connect(str(path), config={**LIMITS, "temp_directory": str(self._stage)})
                self._prove()
                self._engine.execute(MERGED)
                self._engine.execute("SET preserve_insertion_order = false")
        except BaseException:
            shutil.rmtree(self._stage, ignore_errors=True)
            raise

    def _prove(self) -> None:
        """Refuse what another program made."""
        run = self._engine.execute
        if not run("SELECT 1 FROM information_schema.tables WHERE table_name = 'about'").fetchall():
            self._engine.close()
            raise Refused("这个文件不是汇总。", "请选择扩展名为 .zbhz 的文件。")
        (found,) = run("SELECT format FROM about").fetchone() or (0,)
        if found > FORMAT:
            self._engine.close()
            raise Refused("这个汇总是用更新的程序做的。", "请先升级本机的程序。")

    @contextmanager
    def _transaction(self) -> Generator[None]:
        self._engine.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._engine.execute("ROLLBACK")
            raise
        self._engine.execute("COMMIT")

    # --- adding -------------------------------------------------------------------------------------------

    def seen(self, *, locked: bool) -> dict[str, FileSeen]:
        """The files that were looked at, by path; with `locked` also those that wait for a password."""
        query = "SELECT path, size, changed FROM source WHERE state <> ? ORDER BY source"
        rows = self._engine.execute(query, ["" if locked else SourceState.LOCKED]).fetchall()
        return {path: FileSeen(path, size, changed) for path, size, changed in rows}

    def next_source(self) -> int:
        """The number of the next source."""
        (found,) = self._engine.execute("SELECT coalesce(max(source), 0) + 1 FROM source").fetchone() or (1,)
        return found

    def add(self, taken: Sequence[Taken], away: Sequence[TurnedAway], tables: Mapping[str, bytes], on: date) -> None:
        """Add what a batch of files holds: all of it or nothing. Of a branch and year the newest counts."""
        known = self._known or self._look()
        # Only true as long as the batch goes in.
        self._known = None
        with _told(), self._transaction():
            self._forget([file.file.path for file in (*taken, *away)], known)
            sorted_in = Sorting(known, on)
            for file in away:
                sorted_in.set_aside(file)
            for file in taken:
                sorted_in.take(file)
            self._drop(sorted_in.beaten)
            self._insert("source", parquet(SOURCE, sorted_in.rows()))
            for path, size, changed in sorted_in.touched:
                self._engine.execute("UPDATE source SET size = ?, changed = ? WHERE path = ?", [size, changed, path])
            counted = sorted_in.counted
            for name, data in tables.items() if counted else ():
                marks = ", ".join(str(source) for source in sorted(counted))
                self._insert(name, data, f"WHERE source IN ({marks})")
        self._known = known

    def _look(self) -> Known:
        """What is known of the sources, read once: whole batches are judged against it."""
        run = self._engine.execute
        known = Known()
        for path, digest, state in run("SELECT path, digest, state FROM source").fetchall():
            if state in (SourceState.REFUSED, SourceState.LOCKED):
                known.aside.add(path)
            else:
                known.digests.setdefault(digest, path)
        told = run(
            "SELECT branch_id, year, as_of, made_on, detail, source, path FROM source WHERE state = ?",
            [SourceState.TAKEN],
        )
        for branch_id, year, *rest in told.fetchall():
            known.current[branch_id, year] = tuple(rest)
        return known

    def _insert(self, table: str, data: bytes, where: str = "") -> None:
        staged = self._stage / f"{table}.parquet"
        staged.write_bytes(data)
        self._engine.execute(f"INSERT INTO {table} SELECT * FROM read_parquet(?) {where}", [str(staged)])
        staged.unlink()

    def _forget(self, paths: Sequence[str], known: Known) -> None:
        """What was set aside and is looked at again is told anew."""
        for path in known.aside.intersection(paths):
            self._engine.execute(
                "DELETE FROM source WHERE path = ? AND state IN (?, ?)", [path, SourceState.REFUSED, SourceState.LOCKED]
            )
            known.aside.discard(path)

    def _drop(self, beaten: Mapping[int, str]) -> None:
        """The rows of sources that newer ones take the place of."""
        for source, reason in beaten.items():
            self._engine.execute(
                "UPDATE source SET state = ?, reason = ? WHERE source = ?", [SourceState.OLDER, reason, source]
            )
        if beaten:
            marks = ", ".join(str(source) for source in beaten)
            for table in COLLECTED:
                self._engine.execute(f"DELETE FROM {table} WHERE source IN ({marks})")

    # --- what the committee keeps itself --------------------------------------------------------------------

    def place(self, branches: Iterable[Placed]) -> None:
        """Keep the structure of the committee, in place of the one before."""
        told = list(branches)
        rows = [[i.branch, i.code, i.general_branch, i.committee] for i in told if not i.merged_into]
        merged = [[i.branch, i.code, i.merged_into] for i in told if i.merged_into]
        with _told(), self._transaction():
            for table, kept, marks in (("placed", rows, "?, ?, ?, ?"), ("merged", merged, "?, ?, ?")):
                self._engine.execute(f"DELETE FROM {table}")
                if kept:
                    self._engine.executemany(f"INSERT INTO {table} VALUES ({marks})", kept)

    def keep_sample(self, year: int, seed: int, drawn: Sequence[str], on: date) -> int:
        """Keep a sample of branches; returns its number."""
        with _told(), self._transaction():
            (number,) = self._engine.execute("SELECT coalesce(max(sample), 0) + 1 FROM sample").fetchone() or (1,)
            self._engine.execute("INSERT INTO sample VALUES (?, ?, ?, ?)", [number, year, seed, on])
            for branch_id in drawn:
                self._engine.execute("INSERT INTO drawn VALUES (?, ?, '', '')", [number, branch_id])
        return number

    def keep_result(self, drawn: Drawn) -> None:
        """Keep what was found at a branch of a sample."""
        with _told(), self._transaction():
            self._engine.execute(
                "UPDATE drawn SET result = ?, note = ? WHERE sample = ? AND branch_id = ?",
                [drawn.result, drawn.note, drawn.sample, drawn.branch_id],
            )

    # --- reading --------------------------------------------------------------------------------------------

    def ask(self, query: str, **values: Any) -> Rows:
        """The rows of a query of resources/sql, by its name and with its values."""
        with _told():
            return self._engine.execute(for_duckdb(query), values).fetchall()

    def every(self, table: str, columns: str, count: int) -> Iterator[Rows]:
        """Every row of a table, so many at a time."""
        asked = self._engine.execute(f"SELECT {columns} FROM {table}")
        while rows := asked.fetchmany(count):
            yield rows

    def dataset(self, folder: Path) -> int:
        """Write everything as a Parquet dataset into a folder: table/year=…/region=…; returns the number of files."""
        with _told():
            for table in COLLECTED:
                # What an earlier one left must not be read with it.
                shutil.rmtree(folder / table, ignore_errors=True)
                (folder / table).mkdir(parents=True)
                query = f"SELECT told.*, branches.region FROM {table} told JOIN branches USING (source)"
                self._copy(query, folder / table, ", PARTITION_BY (year, region), FILENAME_PATTERN 'part-{i}'")
                if not any((folder / table).iterdir()):
                    # An engine learns the columns of an empty table from a file without rows.
                    self._copy(query, folder / table / "part-0.parquet")
            for table in WHOLE:
                (folder / table).mkdir(exist_ok=True)
                self._copy(f"FROM {table}", folder / table / "part-0.parquet")
        return sum(1 for _ in folder.rglob("*.parquet"))

    def _copy(self, query: str, target: Path, more: str = "") -> None:
        named = str(target).replace("'", "''")
        self._engine.execute(f"COPY ({query}) TO '{named}' (FORMAT parquet{more})")

    def bring_to(self, address: str) -> int:
        """Put everything on a PostgreSQL server, in place of what it has; returns the number of rows."""
        from db.postgres import fill

        return fill(self.every, text_of("branches_view"), address)

    def close(self) -> None:
        """Close the file."""
        self._engine.close()
        shutil.rmtree(self._stage, ignore_errors=True)


class DuckCollections:
    """Collections on the disk."""

    @property
    def available(self) -> bool:
        """Whether the engine is there: the program of a branch has none."""
        return importlib.util.find_spec("_duckdb") is not None

    @property
    def take(self) -> Intake:
        """What reads the files that are handed up."""
        from db.intake import take

        return take

    def open(self, path: Path) -> DuckCollection:
        """Open a collection; raises AppError."""
        return DuckCollection(path)

    def create(self, path: Path) -> DuckCollection:
        """Make an empty one; raises Refused when something is there already."""
        return DuckCollection(path, new=True)


def _make(path: Path) -> None:
    """Make an empty collection; it has its name only when it is whole. Raises Refused."""
    if path.exists():
        raise Refused(f"“{path.name}”已经存在，没有覆盖它。", "请换一个名字。")
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    with _told(), closing(engine().connect(str(draft), config=LIMITS)) as made:
        for table, told in (("source", SOURCE), *COLLECTED.items()):
            made.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {_TYPES[kind]}' for name, kind in told)})")
        made.execute("CREATE TABLE placed (branch VARCHAR, code VARCHAR, general_branch VARCHAR, committee VARCHAR)")
        made.execute(MERGED)
        made.execute("CREATE TABLE sample (sample BIGINT, year BIGINT, seed BIGINT, drawn_on DATE)")
        made.execute("CREATE TABLE drawn (sample BIGINT, branch_id VARCHAR, result VARCHAR, note VARCHAR)")
        made.execute("CREATE TABLE about (format BIGINT)")
        made.execute("INSERT INTO about VALUES (?)", [FORMAT])
        made.execute(text_of("branches_view"))
    draft.replace(path)


def engine() -> Any:
    """DuckDB; raises Refused in the program of a branch, which has none."""
    try:
        import duckdb
    except ImportError as error:
        raise Refused("这个版本没有汇总功能。", "请使用“支部台账-汇总版”。") from error
    return duckdb


def _refuse_foreign(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise Refused(f"读不了“{path.name}”。", "请检查文件是否还在原处。") from error
    if head[8:12] != MAGIC:
        raise Refused(f"“{path.name}”不是汇总。", "请选择扩展名为 .zbhz 的文件。")


@cache
def text_of(query: str) -> str:
    """A query of resources/sql as it is written."""
    return resources.path(f"sql/{query}.sql").read_text("utf-8")


@cache
def for_duckdb(query: str) -> str:
    """A query of resources/sql with its values marked as this engine wants it."""
    return _PARAMETER.sub(r"$\1", text_of(query))
