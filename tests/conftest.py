from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from app.branch.branch import found_branch
from app.people.members import Member, MemberStatus, enrol
from app.sample.year import Plan, fill_sample
from db.database import Database
from db.vault import FileVault
from ui.kit.theme import STYLE

TODAY = date(2026, 7, 16)
NOW = datetime(2026, 7, 16, 9, 30)  # noqa: DTZ001
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="leave out what is slow or needs a real window")


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The style of the program, which it names when it makes its application."""
    return ["tests", *STYLE]


def pytest_configure(config: pytest.Config) -> None:
    """Ledgers of tests lie in memory where there is room: every save waits until it is on the disk.

    How much is covered is asked of the whole suite alone.
    """
    covering = config.pluginmanager.getplugin("_cov")
    chosen = config.getoption("--fast") or config.option.keyword or config.option.markexpr
    if covering and (chosen or config.args_source is not pytest.Config.ArgsSource.TESTPATHS):
        covering.options.cov_fail_under = 0
    memory = Path("/dev/shm")
    if (
        sys.platform == "linux"
        and memory.is_dir()
        and os.access(memory, os.W_OK)
        and shutil.disk_usage(memory).free > 4 << 30
    ):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what shows the window; leave it and the slow ones out when it is to be fast."""
    for item in items:
        if "desk" in getattr(item, "fixturenames", ()):
            item.add_marker("window")
    if not config.getoption("--fast"):
        return
    left_out = [item for item in items if {"slow", "window"} & {mark.name for mark in item.iter_markers()}]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def garbage_is_collected_here() -> Iterator[None]:
    """As in the program: never on a worker thread, where Qt objects must not die."""
    gc.disable()
    yield
    gc.collect(1)


@pytest.fixture(autouse=True)
def no_home_and_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read from or left in the home folder, and no connection leaves the machine."""
    import socket

    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DOCUMENTS_DIR", "USERPROFILE", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))

    def refuse(*_: object) -> None:
        raise AssertionError("the program opened a network connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def vault(tmp_path: Path) -> FileVault:
    return FileVault(lambda: NOW, tmp_path / "state")


def _keys_take(rounds: int) -> None:
    from db.connection import driver

    with closing(driver().connect(":memory:")) as connection:
        connection.execute(f"PRAGMA cipher_default_kdf_iter = {rounds}")


@pytest.fixture(scope="session", autouse=True)
def quick_keys() -> None:
    """A password becomes a key in a thousand rounds instead of SQLCipher's 256,000: what it protects is nobody's."""
    _keys_take(1000)


@pytest.fixture
def real_keys() -> Iterator[None]:
    """Keys as the program makes them, for files that another process reads or that were made by another program."""
    _keys_take(256_000)
    yield
    _keys_take(1000)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger of one branch, made once and copied from then on."""
    folder = tmp_path_factory.mktemp("empty")
    made = FileVault(lambda: NOW, folder / "state").create(folder / "甲支部.zbtz")
    found_branch(made, "甲支部")
    made.close()
    return folder / "甲支部.zbtz"


@pytest.fixture
def ledger(vault: FileVault, tmp_path: Path, empty_file: Path) -> Iterator[Database]:
    """An empty ledger of one branch."""
    made = vault.open(Path(shutil.copy(empty_file, tmp_path / "甲支部.zbtz")))
    yield made
    made.close()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Plan, Path], Path]:
    """Put a ledger of the invented branch somewhere; each plan is filled once and copied from then on."""
    made: dict[Plan, Path] = {}

    def put(plan: Plan, path: Path) -> Path:
        if plan not in made:
            folder = tmp_path_factory.mktemp("samples")
            kept = folder / "示例.zbtz"
            ledger = FileVault(lambda: NOW, folder / "state").create(kept)
            fill_sample(ledger, plan)
            ledger.close()
            made[plan] = kept
        shutil.copy(made[plan], path)
        return path

    return put


@pytest.fixture
def sample(vault: FileVault, tmp_path: Path, sample_file: Callable[[Plan, Path], Path]) -> Iterator[Database]:
    """The invented branch: three years, 24 people, until the middle of July 2026."""
    made = vault.open(sample_file(Plan(3, 24, 1, TODAY), tmp_path / "示例.zbtz"))
    yield made
    made.close()


@pytest.fixture
def staffed(ledger: Database) -> Database:
    """A ledger with three full members."""
    for name in ("张一", "李二", "王三"):
        enrol(ledger, Member(name=name), TODAY, status=MemberStatus.FULL)
    return ledger
