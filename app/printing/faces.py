"""The bundled typefaces, and the chain in which one stands in for a character another lacks."""

# pyright: strict, reportUnknownMemberType=false, reportMissingTypeStubs=false, reportUntypedBaseClass=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFError, TTFont

import resources

SERIF, SANS, SANS_BOLD, KAI = "NotoSerifSC-Regular", "NotoSansSC-Regular", "NotoSansSC-Bold", "BranchKai-Regular"
GETA = "〓"
# The faces a document asks for (GB/T 9704-2012) are not ours to bundle: the system's where it has one, else ours.
FANG, XIAOBIAOSONG, HEI, KAITI = "仿宋", "小标宋", "黑体", "楷体"
SYSTEM_FACES = {
    FANG: (("simfang.ttf", "FangSong.ttf", "FangSong_GB2312.ttf", "仿宋_GB2312.ttf", "STFANGSO.TTF"), SERIF),
    XIAOBIAOSONG: (("FZXBSJW.TTF", "方正小标宋简体.ttf", "FZXiaoBiaoSong-B05S.ttf"), SERIF),
    HEI: (("simhei.ttf", "SimHei.ttf"), SANS_BOLD),
    KAITI: (("simkai.ttf", "KaiTi.ttf", "KaiTi_GB2312.ttf", "STKAITI.TTF"), KAI),
}
FONT_FOLDERS = ("C:/Windows/Fonts", "/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts")


class MappedFont(TTFont):
    """A TrueType font whose text can be copied and searched: the map to Unicode is right beyond the BMP too."""

    def addObjects(self, doc: Any) -> None:
        """Add the font's subsets to the document with our own ToUnicode maps."""
        subsets: list[list[int]] = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("latin-1")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = to_unicode_map(name, subset)


def to_unicode_map(name: str, subset: list[int]) -> str:
    """The CMap that tells which character each code of a subset is, in UTF-16 with surrogate pairs."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    ]
    pairs = [f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in enumerate(subset)]
    for start in range(0, len(pairs), 100):
        part = pairs[start : start + 100]
        lines += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


@cache
def face(name: str) -> MappedFont:
    """A bundled face, or one of the system by its path, loaded and registered once."""
    path = name if name.lower().endswith(".ttf") else str(resources.path(f"fonts/{name}.ttf"))
    font = MappedFont(name, path, asciiReadable=False)
    pdfmetrics.registerFont(font)
    return font


@cache
def document_face(wanted: str, folders: tuple[str, ...] = FONT_FOLDERS) -> str:
    """The face that stands for one of SYSTEM_FACES here: the path of the system's own, else a bundled one."""
    names, bundled = SYSTEM_FACES[wanted]
    for folder in folders:
        for found in sorted(Path(folder).rglob("*.[tT][tT][fF]")) if Path(folder).is_dir() else ():
            if found.name in names and _readable(str(found)):
                return str(found)
    return bundled


def _readable(path: str) -> bool:
    try:
        return bool(face(path).face.charWidths)
    except (TTFError, OSError):
        return False


@dataclass(frozen=True)
class Piece:
    """Some characters in one face; `width` in points at size 1."""

    face: str
    text: str
    width: float


@dataclass
class Chain:
    """Faces in order of preference. A character that none has is set as 〓."""

    names: tuple[str, ...]
    _known: dict[str, tuple[str, str, float]] = field(default_factory=dict[str, tuple[str, str, float]])

    def of(self, char: str) -> tuple[str, str, float]:
        """The face, the character as set, and its width at size 1."""
        found = self._known.get(char)
        if found is None:
            found = self._find(char)
            self._known[char] = found
        return found

    def _find(self, char: str) -> tuple[str, str, float]:
        for candidate in (char, GETA):
            for name in self.names:
                widths = face(name).face.charWidths
                if ord(candidate) in widths:
                    return name, candidate, widths[ord(candidate)] / 1000
        raise LookupError(f"no face has {GETA}")

    def width(self, text: str, size: float) -> float:
        """Width of a text in points."""
        return size * sum(self.of(char)[2] for char in text)

    def pieces(self, text: str) -> list[Piece]:
        """The text cut where the face changes."""
        found: list[Piece] = []
        for char in text:
            name, drawn, width = self.of(char)
            if found and found[-1].face == name:
                found[-1] = Piece(name, found[-1].text + drawn, found[-1].width + width)
            else:
                found.append(Piece(name, drawn, width))
        return found

    def missing(self, text: str) -> set[str]:
        """The characters of a text that no face has."""
        return {char for char in set(text) if self.of(char)[1] == GETA and char != GETA}


@cache
def chain(first: str) -> Chain:
    """The chain that begins with a face and goes on through the others."""
    first = document_face(first) if first in SYSTEM_FACES else first
    rest = [name for name in (SERIF, KAI, SANS) if name != first]
    return Chain((first, *rest))


_UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]")


def printable(text: str) -> str:
    """A text without control and invisible characters; tabs and odd spaces become spaces, newlines stay."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\xa0", " ")
    return _UNPRINTABLE.sub("", plain)
