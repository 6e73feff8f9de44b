"""A ledger opened to be read is left exactly as it was, of whatever schema and with a password or without."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from app.errors import PasswordNeeded, Refused
from app.people.members import Member
from app.year.ledger import load_year
from app.year.standing import standing
from tests.conftest import TODAY

OLD_FILES = Path(__file__).parents[1] / "old_files"


def everything(folder: Path) -> dict[str, str]:
    """Every file below a folder with a digest of what is in it."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_reading_changes_no_file_and_says_the_same_as_opening(vault, sample, tmp_path) -> None:
    sample.close()
    before = everything(tmp_path)
    reader = vault.read(tmp_path / "示例.zbtz")
    read = standing(load_year(reader, 2026), TODAY)
    people = reader[Member].all()
    reader.close()
    assert everything(tmp_path) == before
    opened = vault.open(tmp_path / "示例.zbtz")
    assert standing(load_year(opened, 2026), TODAY) == read
    assert opened[Member].all() == people
    opened.close()


@pytest.mark.parametrize("old", sorted(OLD_FILES.glob("*.zbtz")), ids=lambda file: file.stem)
def test_an_older_ledger_is_read_without_being_brought_up_to_date(vault, tmp_path, old) -> None:
    path = tmp_path / "旧.zbtz"
    shutil.copy(old, path)
    before = everything(tmp_path)
    reader = vault.read(path)
    assert reader[Member].all()
    assert load_year(reader, 2026).branch.name
    reader.close()
    assert everything(tmp_path) == before


@pytest.mark.parametrize("old", [None, "schema-3.zbtz", "schema-9.zbtz", "schema-10.zbtz"])
def test_an_encrypted_ledger_is_read_with_its_password_alone(vault, tmp_path, sample, old) -> None:
    sample.close()
    path = tmp_path / "示例.zbtz"
    if old:
        shutil.copy(OLD_FILES / old, path)
        encrypt(path)
    else:
        vault.change_password(path, "", "secret1234")
    before = everything(tmp_path)
    with pytest.raises(PasswordNeeded):
        vault.read(path)
    with pytest.raises(PasswordNeeded):
        vault.read(path, "wrong-password")
    reader = vault.read(path, "secret1234")
    assert reader[Member].all()
    reader.close()
    assert everything(tmp_path) == before


def encrypt(path: Path) -> None:
    """Give an old file a password without bringing it up to date."""
    import sqlcipher3.dbapi2 as driver

    plain = driver.connect(str(path), isolation_level=None)
    (version,) = plain.execute("PRAGMA user_version").fetchone()
    (application,) = plain.execute("PRAGMA application_id").fetchone()
    secret = path.with_suffix(".secret")
    plain.execute(f"ATTACH DATABASE '{secret}' AS secret KEY 'secret1234'")
    plain.execute("SELECT sqlcipher_export('secret')")
    plain.execute(f"PRAGMA secret.user_version = {version}")
    plain.execute(f"PRAGMA secret.application_id = {application}")
    plain.close()
    secret.replace(path)


def test_nothing_can_be_written_through_a_reader(vault, sample, tmp_path) -> None:
    sample.close()
    reader = vault.read(tmp_path / "示例.zbtz")
    with pytest.raises(Exception, match=r"(?i)readonly|只读|不能写|read-only"):
        reader[Member].save(Member(name="写进来的人"))
    assert "写进来的人" not in [member.name for member in reader[Member].all()]
    reader.close()


def test_what_is_no_ledger_is_refused(vault, tmp_path) -> None:
    other = tmp_path / "别的.zbtz"
    other.write_bytes(b"PK\x03\x04" + bytes(5000))
    with pytest.raises(Refused, match="不是支部台账"):
        vault.read(other)
