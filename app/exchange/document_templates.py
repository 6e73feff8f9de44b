"""上级模板: the superior's own documents with 「{{字段}}」, kept in the ledger and filled from its records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.record import Problem, Record, entry, missing_entries, refuse_errors, stored
from app.store import Store


@stored
class DocumentTemplate(Record, called="上级模板", timeless=True):
    """A .docx or .xlsx of the superior: `subject` is what it is filled from, `digest` names its content."""

    name: str = entry("模板名称", required=True, titles=True)
    subject: str = entry("填什么", required=True)
    file_name: str = entry("文件名", required=True)
    digest: str = entry("内容校验码", required=True)
    added_on: date = entry("加入日期", required=True)


LARGEST = 20 * 1024 * 1024
"""Bytes of a template."""


def add_document_template(
    store: Store, name: str, subject: str, file_name: str, data: bytes, today: date
) -> DocumentTemplate:
    """Keep a template with its content in the ledger; the name must be new. Raises Refused."""
    made = DocumentTemplate(name=name.strip(), subject=subject, file_name=file_name, digest="—", added_on=today)
    problems = missing_entries(made)
    if store[DocumentTemplate].all(name=made.name):
        problems.append(Problem("name", f"已经有叫“{made.name}”的模板，请换个名称"))
    refuse_errors(problems)
    with store.transaction("加入上级模板"):
        return store[DocumentTemplate].save(replace(made, digest=store.blobs.put(data)))


def remove_document_template(store: Store, template: DocumentTemplate) -> None:
    """Take a template out of the ledger; documents filled from it are not touched."""
    with store.transaction("删除上级模板"):
        store[DocumentTemplate].remove(template.id)
