"""Numbers with a fixed count of decimals as they are typed, kept in their smallest part. No floats."""

from __future__ import annotations


def read_fixed(plain: str, places: int, digits: int, *, said: str, wrong: str, finer: str) -> int:
    """A number of at most `places` decimals and `digits` whole ones → its smallest parts.

    Raises ValueError in Chinese about what was `said`: that it is `wrong`, has `finer` decimals, or is too large.
    """
    whole, _, rest = plain.partition(".")
    if not (whole.isascii() and whole.isdigit()) or (rest and not (rest.isascii() and rest.isdigit())):
        raise ValueError(f"“{said}”{wrong}")
    if len(rest.rstrip("0")) > places:
        raise ValueError(f"“{said}”{finer}")
    if len(whole) > digits:
        raise ValueError(f"“{said}”太大，请核对")
    return int(whole) * 10**places + int((rest + "0" * places)[:places])
