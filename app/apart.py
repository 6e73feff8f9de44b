"""A stranger's bytes are read in a process of its own, with limits of memory and time: its death is only a message.

A process is kept and asked again; after a death or a time-out the next question begins another.
"""

from __future__ import annotations

import atexit
import importlib
import io
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TypeVar

from app import READ_APART
from app.errors import AppError, Damaged, NotFound, Refused, StorageTrouble

T = TypeVar("T")
Around = Callable[[Callable[[], bytes | None], str, Callable[[], None]], bytes | None]
"""Waits for an answer about the file of a name; the last is to be called to stop the reading."""
MEMORY = 1024 * 1024 * 1024
"""Bytes that reading may take."""
SECONDS = 60.0
ADVICE = "文件可能已损坏，或者里面有不正常的内容。请用 Excel、WPS 打开后另存一份再试；来历不明的文件不要使用。"
"""What to do about a file whose reading had to be stopped."""
BETWEEN_LOOKS = 0.1
"""Seconds between two looks at the memory that reading has taken."""
_ERRORS: tuple[type[AppError], ...] = (Refused, Damaged, StorageTrouble, NotFound)
_ALLOWED = {
    "builtins": {"frozenset", "set", "dict", "list", "tuple", "bytearray", "complex"},
    "datetime": {"date", "datetime", "time", "timedelta"},
    "app.exchange.raw": {"RawSheet"},
}


class _Answers(pickle.Unpickler):
    """Takes values alone: what was read may not name anything that runs."""

    def find_class(self, module: str, name: str) -> Any:
        if name in _ALLOWED.get(module, ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


class _Reader:
    """The process that reads, and the pipe to it."""

    def __init__(self) -> None:
        frozen = bool(getattr(sys, "frozen", False))
        command = (
            [sys.executable, READ_APART] if frozen else [sys.executable, "-c", "from app.apart import serve; serve()"]
        )
        root = str(Path(__file__).parents[1])
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        if not frozen:
            environment["PYTHONPATH"] = root
        hidden: dict[str, Any] = {"creationflags": 0x08000000} if os.name == "nt" else {}
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=root if not frozen else None,
            env=environment,
            **hidden,
        )

    def ask(self, question: bytes, seconds: float) -> bytes | None:
        """The answer; None where the process died or took too long."""
        assert self.process.stdin and self.process.stdout
        answered = threading.Event()
        threading.Thread(target=self._watch, args=(answered, seconds), daemon=True).start()
        try:
            _send(self.process.stdin, question)
            return _receive(self.process.stdout)
        except (OSError, EOFError, ValueError):
            return None
        finally:
            answered.set()

    def _watch(self, answered: threading.Event, seconds: float) -> None:
        """Stop it after some seconds, on Windows also when it has taken too much: a limit may not be kept there."""
        if os.name != "nt":
            if not answered.wait(seconds):
                self.stop()
            return
        from app.windows_limits import memory_of

        for _ in range(int(seconds / BETWEEN_LOOKS)):
            if answered.wait(BETWEEN_LOOKS):
                return
            if memory_of(self.process) > MEMORY:
                break
        self.stop()

    def stop(self) -> None:
        """End it at once."""
        with suppress(OSError):
            self.process.kill()

    def end(self) -> None:
        """End it and let go of everything that it held."""
        self.stop()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self.process.poll() is None


class _Question:
    """One question: it can be stopped while it waits for a process, and while one works on it."""

    def __init__(self, words: bytes, seconds: float) -> None:
        self._words, self._seconds = words, seconds
        self._reader: _Reader | None = None
        self._stopped = False

    def put_to(self, reader: _Reader) -> bytes | None:
        """The answer of a process; None where it died, took too long or was stopped."""
        self._reader = reader
        answer = None if self._stopped else reader.ask(self._words, self._seconds)
        self._reader = None
        return answer

    def stop(self) -> None:
        """Want no answer any more."""
        self._stopped = True
        if self._reader is not None:
            self._reader.stop()


class Apart:
    """Some processes that read strangers' bytes, each one question at a time; begun when they are first needed."""

    def __init__(self, count: int = 1) -> None:
        self._free = threading.Semaphore(count)
        self._idle: list[_Reader] = []
        self.around: Around | None = None
        """How a question of the main thread is waited for; without it the thread waits itself."""

    def read(
        self, function: Callable[..., T], *arguments: Any, name: str, seconds: float = SECONDS, advice: str = ADVICE
    ) -> T:
        """Call a function of a module in one of the processes; `name` is that of the file it is about.

        Raises the AppErrors that the function raises, and Refused where it dies, takes too long or too much memory.
        """
        question = pickle.dumps((f"{function.__module__}:{function.__qualname__}", arguments))

        asked = _Question(question, seconds)
        if self.around is not None and threading.current_thread() is threading.main_thread():
            answer = self.around(lambda: self._answer(asked), name, asked.stop)
        else:
            answer = self._answer(asked)
        if answer is None:
            raise Refused(f"“{name}”读不出来：读它要用的内存或时间超过限度，已经停下。", advice)
        try:
            kind, value = _Answers(io.BytesIO(answer)).load()
        except (pickle.UnpicklingError, ValueError, EOFError, IndexError, AttributeError) as error:
            raise Refused(f"“{name}”读不出来。", "文件可能已损坏。请另存一份再试。") from error
        if kind == "done":
            return value
        if kind == "told":
            which, text, advice = value
            raise next(error for error in _ERRORS if error.__name__ == which)(text, advice)
        raise Refused(f"“{name}”读不懂，里面有不正常的内容。", "请用 Excel、WPS 打开后另存一份再试。")

    def _answer(self, asked: _Question) -> bytes | None:
        with self._free:
            reader = self._idle.pop() if self._idle else _Reader()
            if not reader.alive:
                reader.end()
                reader = _Reader()
            answer = asked.put_to(reader)
            if answer is None:
                reader.end()
            else:
                self._idle.append(reader)
        return answer

    def end(self) -> None:
        """End the processes."""
        while self._idle:
            self._idle.pop().end()


_one = Apart()
atexit.register(_one.end)


def read_apart(
    function: Callable[..., T], *arguments: Any, name: str, seconds: float = SECONDS, advice: str = ADVICE
) -> T:
    """Call a function of a module with a stranger's bytes in the process that is kept for it, as `Apart.read`."""
    return _one.read(function, *arguments, name=name, seconds=seconds, advice=advice)


def wait_by(around: Around) -> None:
    """Have the main thread wait for what is read apart in a way of its own, so that a window stays alive."""
    _one.around = around


# --- in the other process -------------------------------------------------------------------------------


def serve() -> None:
    """Answer questions until the pipe is closed."""
    _limit()
    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    while True:
        try:
            question = _receive(incoming)
        except (OSError, EOFError):
            return
        _send(outgoing, pickle.dumps(_answered(question)))


def _answered(question: bytes) -> tuple[str, Any]:
    try:
        function, arguments = pickle.loads(question)
        module, _, called = function.partition(":")
        return "done", getattr(importlib.import_module(module), called)(*arguments)
    except AppError as error:
        return "told", (type(error).__name__, error.text, error.advice)
    except MemoryError:
        os._exit(1)
    except BaseException:
        # Whatever a library makes of a stranger's bytes, a panic of another language included.
        return "failed", ""


def _limit() -> None:
    """Let this process take no more memory than reading may."""
    if os.name == "nt":
        from app.windows_limits import limit_memory

        limit_memory(MEMORY)
        return
    import resource

    with suppress(OSError, ValueError):
        # What is written to; and what is asked for at once, where the system counts only addresses: those of the
        # program and its libraries too.
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY + 512 * 1024 * 1024, MEMORY + 512 * 1024 * 1024))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(struct.pack(">Q", len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    (length,) = struct.unpack(">Q", _exactly(stream, 8))
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    found = stream.read(length)
    if found is None or len(found) < length:
        raise EOFError
    return found
