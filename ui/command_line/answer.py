"""What a command answers with, and how it opens the ledger it is about."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from contextlib import closing
from typing import Any

from app.store import Ledger, Reader, Vault

Answer = dict[str, Any]
"""`json` for machines, `text` for people, `code` of the exit where it is not 0."""


def ask_password() -> str:
    """The password of an encrypted ledger: never a part of the command, where others could read it."""
    given = os.environ.get("BRANCH_LEDGER_PASSWORD", "")
    return given or (getpass.getpass("密码：") if sys.stdin.isatty() else "")


def read(options: argparse.Namespace, vault: Vault) -> closing[Reader]:
    """The ledger that the command names, to be read alone: the file stays as it is."""
    password = ask_password() if vault.locked_by_password(options.file) else ""
    return closing(vault.read(options.file, password))


def opened(options: argparse.Namespace, vault: Vault) -> closing[Ledger]:
    """The ledger that the command names, to be closed when done."""
    password = ask_password() if vault.locked_by_password(options.file) else ""
    return closing(vault.open(options.file, password))
