"""Make a small libicudata for the packaged program: Qt on Linux brings 32 MB of locale data that it never reads.

Only for packaging on Linux; it needs binutils, which PyInstaller needs as well.
"""

from __future__ import annotations

import struct
import subprocess
from pathlib import Path

# What Qt asks ICU for (collation, normalisation, break rules), in the root locale and in Chinese.
KEPT_FILES = {
    "pool.res",
    "root.res",
    "res_index.res",
    "zh.res",
    "zh_Hans.res",
    "zh_Hans_CN.res",
    "en.res",
    "keyTypeData.res",
    "numberingSystems.res",
    "supplementalData.res",
    "zoneinfo64.res",
    "timezoneTypes.res",
    "coll/res_index.res",
    "coll/root.res",
    "coll/ucadata.icu",
    "coll/zh.res",
    "brkitr/res_index.res",
    "brkitr/root.res",
}
KEPT_ENDINGS = (".nrm", ".brk", "cnvalias.icu", "ulayout.icu", "uemoji.icu", "pnames.icu", "confusables.cfu", ".spp")


def trimmed(data: bytes) -> bytes:
    """An ICU common data package with only the kept items; raises ValueError when it is not one."""
    header_size, magic = struct.unpack_from("<HH", data)
    if magic != 0x27DA or data[12:16] != b"CmnD":
        raise ValueError("not an ICU data package")
    (count,) = struct.unpack_from("<I", data, header_size)
    entries = [struct.unpack_from("<II", data, header_size + 4 + 8 * number) for number in range(count)]
    items: list[tuple[bytes, bytes]] = []
    for number, (name_at, data_at) in enumerate(entries):
        begin = header_size + name_at
        name = data[begin : data.index(b"\0", begin)]
        end = entries[number + 1][1] if number + 1 < count else len(data) - header_size
        short = name.decode().split("/", 1)[1]
        if short in KEPT_FILES or short.endswith(KEPT_ENDINGS):
            items.append((name, data[header_size + data_at : header_size + end]))
    names, table, blobs = b"", b"", b""
    names_at = 4 + 8 * len(items)
    data_at = (names_at + sum(len(name) + 1 for name, _ in items) + 15) // 16 * 16
    for name, blob in items:
        table += struct.pack("<II", names_at + len(names), data_at + len(blobs))
        names += name + b"\0"
        blobs += blob + b"\0" * (-len(blob) % 16)
    body = struct.pack("<I", len(items)) + table + names
    return data[:header_size] + body.ljust(data_at, b"\0") + blobs


def trim_library(source: Path, folder: Path) -> Path:
    """A library of the same name and symbol as `source` with the trimmed data, made in `folder`."""
    whole, small, object_file = folder / "icu.dat", folder / "icu_small.dat", folder / "icu.o"
    made = folder / source.name
    version = source.name.rsplit(".", 1)[1]
    subprocess.run(["objcopy", "-O", "binary", "--only-section=.rodata", source, whole], check=True)
    small.write_bytes(trimmed(whole.read_bytes()))
    subprocess.run(["ld", "-r", "-b", "binary", "-o", object_file.name, small.name], cwd=folder, check=True)
    rename = [
        f"--redefine-sym=_binary_icu_small_dat_start=icudt{version}_dat",
        "--rename-section=.data=.rodata,alloc,load,readonly,data",
    ]
    subprocess.run(["objcopy", *rename, "--set-section-alignment", ".data=16", object_file], check=True)
    soname = f"libicudata.so.{version}"
    subprocess.run(["ld", "-shared", "-z", "noexecstack", "-soname", soname, "-o", made, object_file], check=True)
    return made
