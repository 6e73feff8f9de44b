"""Names and words found by characters, full pinyin or initials; characters of several readings by each."""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import product

MANY = 64


@lru_cache(maxsize=20_000)
def readings(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Initials and full pinyin of a text in every reading (曾 is zeng and ceng), lower case."""
    # Every reading of every character is wanted; the library's phrases would choose one, and take long to load.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    each = pinyin(text, style=Style.NORMAL, heteronym=True, errors="default")
    options = [sorted({word.lower().replace(" ", "") for word in one}) for one in each]
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
    initials, full = readings(text)
    return "\n".join((text.lower().replace(" ", ""), *initials, *full))


def search_word(query: str) -> str:
    """A query as it is compared with search keys."""
    return query.strip().lower().replace(" ", "").replace("'", "")


def matches(text: str, query: str) -> bool:
    """Whether a short text is meant by a query: it, its pinyin or its initials contain it."""
    return search_word(query) in search_key(text)
