"""Names and words found by characters, full pinyin or initials; characters of several readings by each."""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import product

from app.names import without_dots

MANY = 64


@lru_cache(maxsize=20_000)
def syllables(text: str) -> tuple[tuple[str, ...], ...]:
    """The readings of each character without tones, in lower case (曾 is zeng and ceng)."""
    # Every reading of every character is wanted; the library's phrases would choose one, and take long to load.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    each = pinyin(text, style=Style.NORMAL, heteronym=True, errors="default")
    return tuple(tuple(sorted({word.lower().replace(" ", "") for word in one})) for one in each)


@lru_cache(maxsize=20_000)
def readings(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Initials and full pinyin of a text in every reading; of very many only the first."""
    options = list(syllables(text))
    total = 1
    for number, option in enumerate(options):
        total *= len(option)
        if total > MANY:
            options[number] = option[:1]
            total //= len(option)
    full = frozenset("".join(words) for words in product(*options))
    initials = frozenset("".join(word[:1] for word in words) for words in product(*options))
    return initials, full


@lru_cache(maxsize=20_000)
def search_key(text: str) -> str:
    """What a query is looked for in: the text, its initials and its full pinyin, one per line, lower case."""
    plain = without_dots(text)
    initials, full = readings(plain)
    return "\n".join((plain.lower().replace(" ", ""), *initials, *full))


def search_word(query: str) -> str:
    """A query as it is compared with search keys."""
    return without_dots(query).strip().lower().replace(" ", "").replace("'", "")


def matches(text: str, query: str) -> bool:
    """Whether a short text is meant by a query: it, its initials, its pinyin, or a mixture (caoyp) contain it."""
    word = search_word(query)
    return word in search_key(text) or (word.isascii() and word.isalpha() and _mixed(text, word))


def _mixed(text: str, word: str) -> bool:
    """Whether the word is made of beginnings of the readings of characters that follow one another."""
    each = syllables(text)
    for start in range(len(each)):
        reached = {0}
        for options in each[start:]:
            reached = {
                at + length
                for at in reached
                for reading in options
                for length in range(1, len(reading) + 1)
                if word.startswith(reading[:length], at)
            }
            if len(word) in reached:
                return True
    return False
