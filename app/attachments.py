"""附件: photos and scans that belong to a record. What they hold lies in the ledger file, each content once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import PurePath

from app.blobs import digest_of
from app.errors import Refused
from app.record import Record, entry, stored
from app.store import Reader, Store

LARGEST = 50 * 1024 * 1024
"""Bytes. A larger file would make every backup slow; it belongs beside the ledger, not into it."""


PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp")


class Owner(StrEnum):
    """What an attachment belongs to."""

    MEETING = "会议活动"
    MEMBER = "党员"
    APPLICANT = "入党申请人"
    TALK = "谈心谈话"
    TASK = "任务"
    RECTIFICATION = "整改事项"
    REPOSITORY = "入库资料"
    INSPECTION = "检查情况"
    DOCUMENT = "上级文件"
    REGISTER_ROW = "专项台账记录"


@stored
class Attachment(Record, called="附件"):
    """附件. `digest` is the SHA-256 under which the ledger keeps its content; `size` is in bytes."""

    owner: Owner = entry("所属类别", required=True)
    owner_id: int = entry("所属记录", required=True, of_owner="owner", part=True)
    name: str = entry("文件名", required=True, titles=True)
    size: int = entry("大小", default=0)
    digest: str = entry("内容校验码", required=True)
    added_on: date = entry("加入日期", required=True)
    caption: str = entry("说明", default="")

    @property
    def picture(self) -> bool:
        """Whether it is shown as a picture."""
        return PurePath(self.name).suffix.lower() in PICTURES

    @property
    def printed(self) -> bool:
        """Whether the appendix of a print can show it: a picture or a scan."""
        return self.picture or PurePath(self.name).suffix.lower() == ".pdf"


def attach(
    store: Store, owner: Owner, owner_id: int, name: str, data: bytes, today: date, caption: str = ""
) -> Attachment:
    """Keep a file with a record; raises Refused for an empty or huge one."""
    plain = PurePath(name.replace("\\", "/")).name[:120]
    if not data:
        raise Refused(f"“{plain}”是空文件，没有加入。", "请检查文件后再加。")
    if len(data) > LARGEST:
        raise Refused(f"“{plain}”超过 {LARGEST // 1024 // 1024} MB，没有加入。", "请先压缩，或只拍需要的几页。")
    with store.transaction("加入附件"):
        made = Attachment(
            owner=owner,
            owner_id=owner_id,
            name=plain,
            size=len(data),
            digest=store.blobs.put(data),
            added_on=today,
            caption=caption,
        )
        return store[Attachment].save(made)


def attachments_of(store: Reader, owner: Owner, owner_id: int) -> list[Attachment]:
    """The attachments of a record, in the order they came."""
    return store[Attachment].all(owner=owner, owner_id=owner_id)


def same_content(store: Reader, data: bytes) -> list[Attachment]:
    """Where the very same content is attached already: a photo used twice is what an inspector looks for."""
    return store[Attachment].all(digest=digest_of(data))


def describe(store: Store, attachment: Attachment, caption: str) -> Attachment:
    """Give an attachment its caption."""
    with store.transaction("修改附件说明"):
        return store[Attachment].save(replace(attachment, caption=caption.strip()))


def detach(store: Store, attachment: int) -> None:
    """Take an attachment away; it can be given back from the trash."""
    with store.transaction("删除附件"):
        store[Attachment].remove(attachment)
