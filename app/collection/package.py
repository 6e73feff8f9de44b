"""报送包 (.zbbs): the extract of a year as Parquet, with a manifest that says whose it is and how much it tells."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app import PACKAGE_SUFFIX
from app import VERSION as PROGRAM_VERSION
from app.checks.health import health_by_check
from app.errors import Damaged, Refused
from app.exchange.parquet import parquet
from app.file_names import file_stem
from app.rules.changes import RulePack
from app.store import Reader
from app.year.extract import TABLES, VERSION, Detail, Found, Row, extract
from app.year.ledger import load_year

FORMAT = "支部台账报送包"
MANIFEST = "manifest.json"
LARGEST = 64 * 1024 * 1024
"""Bytes of a package, packed and unpacked: a branch of a thousand members hands up less than a tenth of it."""
ADVICE = "请让支部用“报送上级”重新导出一份。"


@dataclass(frozen=True)
class Submission:
    """What a branch hands up: who, of which year, as of which day, how much, and how to tell that it is whole.

    `branch_id` is that of the ledger itself, the same in every year and under every name; `head` is the digest of the
    history, that is of all records, and `seal` that of the year's seal, "" where it has none.
    """

    branch_id: str
    code: str
    branch: str
    superior: str
    year: int
    as_of: date
    made_on: date
    detail: Detail
    head: str
    seal: str
    packs: tuple[str, ...] = ()
    program: str = PROGRAM_VERSION


def branch_id(store: Reader) -> str:
    """The ledger's own number: the digest of the first thing that was ever done in it."""
    return store.history.actions()[0].digest[:32]


def submission(
    store: Reader, year: int, as_of: date, detail: Detail, today: date
) -> tuple[Submission, dict[str, list[Row]]]:
    """What is handed up of a year as of a day, with the rows of each table; raises Refused."""
    if as_of.year < year:
        raise Refused(f"{year} 年度还没有开始，没有可以报送的。")
    ledger, own = load_year(store, year), branch_id(store)
    found = [
        Found(item.code, check.title, item.level.value, item.text, item.source)
        for check, item in health_by_check(store, ledger, as_of)
    ]
    told = Submission(
        branch_id=own,
        code=ledger.branch.code,
        branch=ledger.branch.name,
        superior=ledger.branch.superior,
        year=year,
        as_of=as_of,
        made_on=today,
        detail=detail,
        head=store.history.head()[1],
        seal=ledger.seal.digest if ledger.seal else "",
        packs=tuple(pack.title for pack in store[RulePack].all()),
    )
    return told, extract(store, ledger, own, as_of, detail, found)


def package_name(branch: str, year: int) -> str:
    """What the file of a branch and year is called."""
    return f"{file_stem(branch, '支部')}-{year}{PACKAGE_SUFFIX}"


def pack(told: Submission, rows: Mapping[str, Sequence[Row]]) -> bytes:
    """The package as bytes; the same submission gives the same bytes."""
    files = {f"{table.name}.parquet": parquet(table.all_columns, rows[table.name]) for table in TABLES}
    listed = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "rows": len(rows[name.removesuffix(".parquet")])}
        for name, data in files.items()
    }
    manifest = _as_json(told) | {"files": listed}
    manifest["digest"] = _digest(manifest)
    text = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in {MANIFEST: text, **files}.items():
            packed.writestr(
                zipfile.ZipInfo(name, (told.made_on.year, told.made_on.month, told.made_on.day, 0, 0, 0)), data
            )
    return buffer.getvalue()


def _as_json(told: Submission) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "extract": VERSION,
        "branch": {"id": told.branch_id, "code": told.code, "name": told.branch, "superior": told.superior},
        "program": told.program,
        "rule_packs": list(told.packs),
        "year": told.year,
        "as_of": told.as_of.isoformat(),
        "made_on": told.made_on.isoformat(),
        "detail": told.detail.value,
        "records": told.head,
        "seal": told.seal,
    }


def _digest(manifest: Mapping[str, Any]) -> str:
    """SHA-256 over everything that the manifest says, the digests of the files included."""
    plain = {name: value for name, value in manifest.items() if name != "digest"}
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


# --- taking one apart -------------------------------------------------------------------------------------


def unpack(data: bytes) -> tuple[Submission, dict[str, bytes], dict[str, int]]:
    """The submission of a package, the bytes of each table and how many rows it says to have.

    Raises Damaged for what is broken or was changed, Refused for what is none or of a newer program.
    """
    if len(data) > LARGEST:
        raise Refused("文件太大，不像报送包。", ADVICE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = {info.filename: info for info in packed.infolist()}
            if sum(info.file_size for info in members.values()) > LARGEST:
                raise Refused("解开以后太大，不像报送包。", ADVICE)
            if MANIFEST not in members:
                raise Refused("不是报送包：里面没有报送说明。", ADVICE)
            manifest = _manifest(packed.read(MANIFEST))
            told = _submission(manifest)
            wanted = {f"{table.name}.parquet" for table in TABLES}
            if set(members) != {MANIFEST, *wanted} or len(packed.namelist()) != len(members):
                raise Damaged("里面的文件和报送说明不一致。", ADVICE)
            files = {name: packed.read(name) for name in wanted}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Damaged("文件损坏，打不开。", ADVICE) from error
    except Exception as error:
        # zlib and the like have errors of their own for what is no stream of theirs
        if isinstance(error, Refused | Damaged):
            raise
        raise Damaged("文件损坏，打不开。", ADVICE) from error
    listed = manifest["files"]
    for name, data_of in files.items():
        if listed[name]["sha256"] != hashlib.sha256(data_of).hexdigest():
            raise Damaged("内容和报送说明的校验码不一致，可能被改动过。", ADVICE)
    if manifest.get("digest") != _digest(manifest):
        raise Damaged("报送说明的校验码不对，可能被改动过。", ADVICE)
    counts = {name.removesuffix(".parquet"): listed[name]["rows"] for name in files}
    return told, {name.removesuffix(".parquet"): content for name, content in files.items()}, counts


def _manifest(data: bytes) -> dict[str, Any]:
    manifest: Any = None
    with suppress(ValueError, RecursionError):
        manifest = json.loads(data)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:  # pyright: ignore[reportUnknownMemberType]
        raise Refused("不是报送包：报送说明读不懂。", ADVICE)
    version: Any = manifest.get("extract")  # pyright: ignore[reportUnknownMemberType]
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Refused("不是报送包：报送说明读不懂。", ADVICE)
    if version > VERSION:
        raise Refused("是用更新的程序导出的，这个版本读不了。", "请先升级本机的程序。")
    return manifest  # pyright: ignore[reportUnknownVariableType]


def _submission(manifest: Mapping[str, Any]) -> Submission:
    """What a manifest says; raises Damaged where a part is missing or is of another kind."""
    try:
        branch, files = manifest["branch"], manifest["files"]
        for table in TABLES:
            rows = files[f"{table.name}.parquet"]["rows"]
            if type(rows) is not int or rows < 0:
                raise ValueError(table.name)
        told = Submission(
            branch_id=_text(branch["id"], 64),
            code=_text(branch["code"]),
            branch=_text(branch["name"]),
            superior=_text(branch["superior"]),
            year=int(manifest["year"]),
            as_of=date.fromisoformat(manifest["as_of"]),
            made_on=date.fromisoformat(manifest["made_on"]),
            detail=Detail(manifest["detail"]),
            head=_text(manifest["records"], 128),
            seal=_text(manifest["seal"], 128),
            packs=tuple(_text(pack) for pack in manifest["rule_packs"]),
            program=_text(manifest["program"], 40),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Damaged("报送说明不完整。", ADVICE) from error
    if not told.branch_id or not told.branch.strip() or told.as_of.year < told.year:
        raise Damaged("报送说明不完整。", ADVICE)
    return told


def _text(value: Any, longest: int = 200) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError(value)
    return value


def is_package(path: Path) -> bool:
    """Whether a file is one by its name."""
    return path.suffix.casefold() == PACKAGE_SUFFIX
