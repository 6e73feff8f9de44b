"""The text of a pack: how registers and checklists are read from TOML that anybody may have written, and written."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import Refused
from app.whole_files import whole_text

MOST_BYTES = 200_000
MOST_CHARACTERS = 2000


@dataclass(frozen=True)
class PackText:
    """One kind of pack: what it is called, the ending of its files, its main section and its newest format."""

    called: str
    suffix: str
    section: str
    newest: int

    def file(self, path: Path) -> str:
        """The text of a file from a stick; raises Refused."""
        return whole_text(path, MOST_BYTES, self.called, self._whence)

    @property
    def _whence(self) -> str:
        return f"{self.called}是 {self.suffix} 文件，由“导出格式”生成。"

    def parse(self, text: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """The whole of a pack and its main section; raises Refused in words for what is wrong with it."""
        try:
            told = tomllib.loads(text.replace("\r\n", "\n"))
        except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
            raise Refused(f"这不是可用的{self.called}：内容读不懂。", "请向发给您的单位再要一份。") from error
        head = told.get(self.section)
        if not isinstance(head, dict):
            raise Refused(f"这不是{self.called}：缺少 [{self.section}] 一节。", self._whence)
        version = head.get("format", 0)
        if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= self.newest:
            raise Refused(f"{self.called}的版本“{version}”不认识。", f"本程序认识 1 至 {self.newest}。")
        return told, head

    def tables(self, told: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
        """The repeated sections of a name; raises Refused."""
        raws = told.get(name, [])
        if not isinstance(raws, list) or not all(isinstance(raw, dict) for raw in raws):  # pyright: ignore
            raise Refused(f"{self.called}里 {name} 的写法不对，应是 [[{name}]]。")
        return raws  # pyright: ignore[reportUnknownVariableType]

    def text(self, raw: Mapping[str, Any], name: str) -> str:
        """A text, "" where it is not said; raises Refused."""
        value = raw.get(name, "")
        if not isinstance(value, str) or len(value) > MOST_CHARACTERS:
            raise Refused(f"{self.called}里 {name} 应是文字。")
        return value.strip()

    def flag(self, raw: Mapping[str, Any], name: str, *, default: bool = False) -> bool:
        """Yes or no; raises Refused."""
        value = raw.get(name, default)
        if not isinstance(value, bool):
            raise Refused(f"{self.called}里 {name} 应是 true 或 false。")
        return value

    def number(self, raw: Mapping[str, Any], name: str, least: int, most: int, default: int | None = None) -> int:
        """A whole number within bounds, both inclusive; raises Refused."""
        value = raw.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise Refused(f"{self.called}里 {name} 应是 {least} 至 {most} 的整数。")
        return value


def lines(texts: Mapping[str, str]) -> list[str]:
    """Lines of TOML for texts that say something."""
    # A JSON string is a basic string of TOML as well.
    return [f"{name} = {json.dumps(text, ensure_ascii=False)}" for name, text in texts.items() if text]
