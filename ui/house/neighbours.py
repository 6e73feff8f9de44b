"""Other programs on this machine that have the same ledger open: one of them has it, the others come to its window.

Qt's network module is loaded only where there is somebody to talk to, or after the first screen.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QDir

from ui.house.windows import let_come_forward

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer


def server_name(path: Path) -> str:
    """The name under which the program that has a ledger open can be reached."""
    digest = QCryptographicHash.hash(str(path.resolve()).encode(), QCryptographicHash.Algorithm.Sha256)
    return "branch-ledger-" + bytes(digest.toHex().data()).decode()[:24]


def bring_to_front(path: Path) -> bool:
    """Ask the program that has this ledger open to come to the front; whether there is one."""
    name = server_name(path)
    if os.name != "nt" and not Path(QDir.tempPath(), name).exists():
        return False
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    let_come_forward()
    if not socket.waitForConnected(300):
        return False
    socket.disconnectFromServer()
    return True


def listen(path: Path, come: Callable[[], object]) -> QLocalServer:
    """Answer other programs that want the same ledger."""
    from PySide6.QtNetwork import QLocalServer

    server = QLocalServer()
    QLocalServer.removeServer(server_name(path))
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    server.newConnection.connect(lambda: (server.nextPendingConnection(), come()))
    server.listen(server_name(path))
    return server
