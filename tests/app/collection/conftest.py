from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from app.branch.branch import Branch
from app.sample.year import Plan, fill_sample
from db.collection import DuckCollection
from db.vault import FileVault


@pytest.fixture(scope="package")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three branches with a year each."""
    folder = tmp_path_factory.mktemp("branches")
    vault = FileVault(lambda: datetime(2026, 1, 15, 9, 0), folder / "state")  # noqa: DTZ001
    paths: list[Path] = []
    for seed, name in enumerate(("一车间支部", "二车间支部", "机关支部"), 1):
        path = folder / f"{seed}.zbtz"
        with closing(vault.create(path)) as ledger:
            fill_sample(ledger, Plan(1, 9, seed, date(2025, 12, 31)))
            branch = ledger[Branch].all()[0]
            ledger[Branch].save(replace(branch, name=name, superior="示例单位党委"))
        paths.append(path)
    return paths


@pytest.fixture
def vault(tmp_path: Path) -> FileVault:
    from tests.conftest import NOW

    return FileVault(lambda: NOW, tmp_path / "state")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "报送"
    made.mkdir()
    return made


@pytest.fixture
def collection(tmp_path: Path):
    with closing(DuckCollection(tmp_path / "汇总.zbhz", new=True)) as made:
        yield made
