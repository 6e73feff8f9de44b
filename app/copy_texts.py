"""复制到平台: the text of a record field by field for the official platform, and when each was copied."""

from __future__ import annotations

from datetime import date

from app.record import Record, entry, stored


@stored
class CopiedText(Record):
    """That a field of a record was copied on a day; `digest` tells whether its text has changed since."""

    owner: str = entry("所属类别", required=True)
    owner_id: int = entry("所属记录", required=True)
    field: str = entry("栏目", required=True)
    copied_on: date = entry("复制日期", required=True)
    digest: str = entry("内容校验码", required=True)
