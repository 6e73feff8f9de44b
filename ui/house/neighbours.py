"""Other programs on this machine that have the same ledger open: one of them has it, the others come to its window.

Qt's network module is loaded only where there is somebody to talk to, or after the first screen.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QElapsedTimer, QThread

from ui.house.windows import let_come_forward

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer


MOMENT, ANSWER = 200, 3000
"""Milliseconds between two questions, and after which a program that does not answer is taken for frozen."""


def server_name(path: Path) -> str:
    """The name under which the program that has a ledger open can be reached."""
    digest = QCryptographicHash.hash(str(path.resolve()).encode(), QCryptographicHash.Algorithm.Sha256)
    return "branch-ledger-" + bytes(digest.toHex().data()).decode()[:24]


def bring_to_front(path: Path) -> bool:
    """Ask the program that has this ledger open to come to the front; whether it answered.

    One that has just begun answers a moment later, one that is frozen never.
    """
    from PySide6.QtNetwork import QLocalSocket

    patience = QElapsedTimer()
    patience.start()
    while True:
        socket = QLocalSocket()
        socket.connectToServer(server_name(path))
        let_come_forward()
        if socket.waitForConnected(MOMENT) and (socket.bytesAvailable() or socket.waitForReadyRead(ANSWER)):
            return True
        socket.abort()
        if patience.elapsed() > ANSWER:
            return False
        QThread.msleep(MOMENT)


def listen(path: Path, come: Callable[[], object]) -> QLocalServer:
    """Answer other programs that want the same ledger."""
    from PySide6.QtNetwork import QLocalServer

    def answer() -> None:
        socket = server.nextPendingConnection()
        socket.write(b"here")
        socket.flush()
        socket.disconnected.connect(socket.deleteLater)
        come()

    server = QLocalServer()
    QLocalServer.removeServer(server_name(path))
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    server.newConnection.connect(answer)
    server.listen(server_name(path))
    return server
