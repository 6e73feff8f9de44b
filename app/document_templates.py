"""上级模板: the superior's own documents with 「{{字段}}」, kept in the ledger and filled from its records."""

from __future__ import annotations

from datetime import date

from app.record import Record, entry, stored


@stored
class DocumentTemplate(Record):
    """A .docx or .xlsx of the superior: `subject` is what it is filled from, `digest` names its content."""

    name: str = entry("模板名称", required=True)
    subject: str = entry("填什么", required=True)
    file_name: str = entry("文件名", required=True)
    digest: str = entry("内容校验码", required=True)
    added_on: date = entry("加入日期", required=True)
