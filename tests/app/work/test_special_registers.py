"""专项台账: shipped ones and own ones, their rows, their counts, what is said on paper; nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.attachments import Owner, attach
from app.checks.check import Asked, Shown
from app.checks.registry import ask
from app.dates import PartialDate
from app.errors import Refused
from app.people.honours import Honour, save_honour
from app.people.members import Member, MemberStatus, enrol
from app.reports.book import print_book
from app.rules.local_rules import RulePeriod
from app.work.rectifications import Light
from app.work.register_packs import (
    RegisterPack,
    add_register,
    lay_out,
    own_register,
    read_register,
    register_file,
    set_count,
    shipped_registers,
    write_register,
)
from app.work.register_rows import check_row, remove_row, save_row
from app.work.special_registers import (
    LINKED,
    ColumnKind,
    ColumnPart,
    RegisterColumn,
    RegisterCount,
    RegisterRow,
    SpecialRegister,
    columns_of,
    register_row,
    row_kind,
)
from app.year.ledger import load_year
from app.year.special_registers import count_standings, register_rows, sums_by_person
from app.year.standing import State

TODAY = date(2026, 7, 16)
PACKS = {pack.register.code: pack for pack in shipped_registers()}


def begin(store, code: str) -> SpecialRegister:
    return add_register(store, PACKS[code], 2026)


def enter(store, register: SpecialRegister, **told):
    """Enter a row, its columns named by their labels."""
    columns = columns_of(store, register.id)
    fields = {column.label: column.field for column in columns}
    row = row_kind(columns)(register=register.id, **{fields[label]: value for label, value in told.items()})
    return save_row(store, row, TODAY)


@pytest.mark.parametrize("pack", shipped_registers(), ids=lambda pack: pack.register.code)
def test_every_shipped_register_begins_is_filled_and_printed(staffed, pack) -> None:
    register = add_register(staffed, pack, 2026)
    columns = columns_of(staffed, register.id)
    values = {
        ColumnKind.DAY: date(2026, 3, 2),
        ColumnKind.NUMBER: "2.5",
        ColumnKind.AMOUNT: 12_50,
        ColumnKind.MEMBER: 1,
    }
    told = {
        column.label: values.get(column.kind, column.choices[0] if column.choices else "内容")
        for column in columns
        if column.kind is ColumnKind.MEMBER or column.kind not in (*LINKED, ColumnKind.YES_NO)
    }
    saved = enter(staffed, register, **told)
    assert register_row(staffed, saved.id) == saved
    year = load_year(staffed, 2026)
    head, rows = register_rows(year, year.registers[0], TODAY)
    assert [heading.split("（")[0] for heading in head[1:] if heading != "状态"] == [c.label for c in columns]
    assert len(rows) == 1 and len(rows[0]) == len(head)
    assert "registers" in print_book(year, TODAY, ["registers"]).pages_of


def test_a_row_keeps_what_every_column_says_and_lets_it_be_changed(staffed) -> None:
    register = begin(staffed, "political_matters")
    row = enter(staffed, register, 收件日=date(2026, 3, 2), 要件="落实某部署", 责任人="李二", 进展="已传达")
    fields = {column.label: column.field for column in columns_of(staffed, register.id)}
    changed = save_row(staffed, replace(row, **{fields["进展"]: "", fields["编号"]: "7"}), TODAY)
    again = register_row(staffed, row.id)
    assert again == changed
    assert (getattr(again, fields["进展"]), getattr(again, fields["编号"])) == ("", "7")
    remove_row(staffed, again)
    assert not staffed[RegisterRow].all()
    staffed.history.undo()
    assert register_row(staffed, row.id) == again


def test_what_is_wrong_with_a_row_is_said_of_its_column(staffed) -> None:
    register = begin(staffed, "volunteering")
    columns = columns_of(staffed, register.id)
    fields = {column.label: column.field for column in columns}
    row = row_kind(columns)(register=register.id, title="植树", dated_on=None, **{fields["时长"]: "两个小时"})
    told = {problem.field: problem.text for problem in check_row(columns, row, TODAY)}
    assert told == {"dated_on": "请填写日期", fields["党员"]: "请填写党员", fields["时长"]: "时长请填数字，不带单位"}
    with pytest.raises(Refused, match="请填写日期"):
        save_row(staffed, row, TODAY)
    assert not staffed[RegisterRow].all()


def test_hours_are_added_up_for_each_person(staffed) -> None:
    register = begin(staffed, "volunteering")
    for member, hours in ((1, "2.5"), (1, "1.5"), (2, "3")):
        enter(staffed, register, 日期=date(2026, 3, 2), 项目="植树", 党员=member, 时长=hours)
    year = load_year(staffed, 2026)
    found = [(name, str(total), times) for name, _, total, times in sums_by_person(year, year.registers[0])]
    assert found == [("张一", "4.0", 2), ("李二", "3", 1)]


def test_a_count_of_a_register_is_missed_and_told_when_its_year_is_over(staffed) -> None:
    register = begin(staffed, "ideology")
    enter(staffed, register, 日期=date(2026, 3, 2), 类别="专题研究", 内容="研究一次")
    enter(staffed, register, 日期=date(2026, 5, 2), 类别="阵地检查", 内容="查一次")
    year = load_year(staffed, 2026)
    study, report = count_standings(year, date(2026, 12, 31))
    assert (study.count.label, len(study.rows), study.state) == ("专题研究意识形态", 1, State.DUE)
    later = {item.count.label: item.state for item in count_standings(year, date(2027, 1, 2))}
    assert set(later.values()) == {State.MISSING}
    assert report.rows == ()
    texts = [matter.text for matter in ask(Shown.HEALTH, Asked(year, date(2026, 12, 20)))]
    assert "全年专题研究意识形态还差" in texts
    assert not any("意识形态" in m.text for m in ask(Shown.HEALTH, Asked(year, TODAY))), "half a year is left"


def test_an_open_row_past_its_day_is_told_and_goes_on_into_the_next_year(staffed) -> None:
    register = begin(staffed, "practical_help")
    row = enter(staffed, register, 提出日=date(2025, 11, 3), 实事="装扶手", 时限=date(2026, 6, 1))
    year = load_year(staffed, 2026)
    (matter,) = [m for m in ask(Shown.REMINDERS, Asked(year, TODAY)) if "装扶手" in m.text]
    assert "已过期" in matter.detail
    fields = {column.label: column.field for column in columns_of(staffed, register.id)}
    save_row(staffed, replace(row, **{fields["办结日"]: date(2026, 7, 1)}), TODAY)
    year = load_year(staffed, 2026)
    assert not [m for m in ask(Shown.REMINDERS, Asked(year, TODAY)) if "装扶手" in m.text]
    assert len(year.registers[0].rows) == 1 and load_year(staffed, 2027).registers[0].rows == ()


def test_a_register_is_laid_out_anew_and_nothing_typed_is_lost(staffed) -> None:
    register = add_register(staffed, own_register("读报小组"), 2026)
    row = enter(staffed, register, 日期=date(2026, 3, 2), 事项="读报", 备注="带笔")
    columns = list(columns_of(staffed, register.id))
    note = next(column for column in columns if column.label == "备注")
    added = RegisterColumn(register=register.id, label="人数", kind=ColumnKind.NUMBER)
    lay_out(staffed, register, [replace(note, label="说明", hidden=True), added, *(c for c in columns if c != note)])
    names = [column.label for column in columns_of(staffed, register.id)]
    assert names == ["说明", "人数", "日期", "事项", "内容", "责任人"]
    saved = save_row(staffed, replace(register_row(staffed, row.id), title="读党报"), TODAY)
    assert getattr(saved, note.field) == "带笔"
    with pytest.raises(Refused, match="不能删除"):
        lay_out(staffed, register, list(columns_of(staffed, register.id))[1:])
    with pytest.raises(Refused, match="不能改成"):
        now = columns_of(staffed, register.id)
        lay_out(staffed, register, [replace(c, kind=ColumnKind.DAY) if c.id == note.id else c for c in now])


def test_a_register_goes_to_another_ledger_on_a_stick(staffed, ledger, tmp_path: Path) -> None:
    register = add_register(staffed, own_register('读报"小组"\\甲'), 2026)
    first = columns_of(staffed, register.id)[0]
    set_count(
        staffed,
        RegisterCount(
            register=register.id,
            label="读报",
            column=first.id,
            word="2026",
            minimum=6,
            period=RulePeriod.QUARTER,
            first_year=2026,
        ),
    )
    enter(staffed, register, 日期=date(2026, 3, 2), 事项="不随格式带走")
    path = tmp_path / "读报.zbzt"
    path.write_text(write_register(staffed, register.id), "utf-8")
    pack = register_file(path)
    assert "不随格式带走" not in path.read_text("utf-8")
    other = replace(pack, register=replace(pack.register, title="另一本"))
    made = add_register(ledger, other, 2026)
    told = [replace(c, id=0, register=0) for c in columns_of(ledger, made.id)]
    assert told == [replace(c, id=0, register=0) for c in columns_of(staffed, register.id)]
    (count,) = ledger[RegisterCount].all(register=made.id)
    assert (count.label, count.word, count.minimum, count.period) == ("读报", "2026", 6, RulePeriod.QUARTER)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("不是", "读不懂"),
        ("a = 1", "缺少 \\[register\\]"),
        ("[register]\nformat = 9\ntitle = '甲'", "版本“9”不认识"),
        ("[register]\nformat = 1\ntitle = '甲'", "缺少“事项”"),
        ("[register]\nformat = 1\ntitle = 3", "应是文字"),
        ("[register]\nformat = 1\ntitle = '甲'\n[[column]]\nlabel = '乙'\nkind = '图片'", "“图片”不认识"),
        ("[register]\nformat = 1\ntitle = '甲'\n[column]\nlabel = '乙'", "写法不对"),
        (
            "[register]\nformat = 1\ntitle = '甲'\n[[column]]\nlabel = '日'\nkind = '文字'\npart = '日期'\n"
            "[[column]]\nlabel = '事'\npart = '事项'",
            "“日”作为日期",
        ),
    ],
)
def test_a_pack_that_is_not_one_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_register(text)


def test_a_register_of_the_same_name_is_not_begun_twice(staffed) -> None:
    begin(staffed, "reading")
    with pytest.raises(Refused, match="已经有"):
        begin(staffed, "reading")
    assert len(staffed[SpecialRegister].all()) == 1 and staffed[Member].all()


def test_every_shipped_register_has_the_parts_that_it_needs() -> None:
    for pack in shipped_registers():
        parts = [column.part for column in pack.columns if column.part]
        assert {ColumnPart.SUBJECT, ColumnPart.DAY} <= set(parts), pack.register.title
        assert pack.register.purpose and pack.register.source and pack.register.noun


def test_the_last_word_of_a_state_closes_a_row_and_files_are_named(ledger) -> None:
    columns = (
        RegisterColumn(register=0, position=1, label="日期", kind=ColumnKind.DAY, part=ColumnPart.DAY),
        RegisterColumn(register=0, position=2, label="事项", part=ColumnPart.SUBJECT),
        RegisterColumn(register=0, position=3, label="时限", kind=ColumnKind.DAY, part=ColumnPart.DUE),
        RegisterColumn(register=0, position=4, label="办理状态", kind=ColumnKind.STATE, words="在办、办结"),
        RegisterColumn(register=0, position=5, label="佐证", kind=ColumnKind.ATTACHMENT, mandatory=True),
    )
    made = add_register(ledger, RegisterPack(SpecialRegister(title="督办台账"), columns, ()), 2026)
    told = {"日期": date(2026, 3, 2), "时限": date(2026, 4, 1)}
    first = enter(ledger, made, 事项="修路", 办理状态="在办", **told)
    second = enter(ledger, made, 事项="架桥", 办理状态="办结", **told)
    attach(ledger, Owner.REGISTER_ROW, first.id, "照片.jpg", b"\xff\xd8", TODAY)
    (register,) = load_year(ledger, 2026).registers
    assert [register.light_of(row, TODAY, soon=15) for row in register.rows] == [Light.RED, Light.CLOSED]
    head, rows = register_rows(load_year(ledger, 2026), register, TODAY)
    assert head[4:6] == ["办理状态", "佐证"]
    assert [row[4:6] for row in rows] == [["在办", "照片.jpg"], ["办结", ""]]
    problems = check_row(register.columns, replace(register.rows[0], **{register.columns[3].field: "拖着"}), TODAY)
    assert [problem.text for problem in problems] == ["不在可选的词里：在办、办结"]
    assert second.id
    again = read_register(write_register(ledger, made.id))
    assert [column.kind for column in again.columns] == [column.kind for column in columns]
    with pytest.raises(Refused, match="状态只能有一栏"):
        lay_out(ledger, made, [*columns_of(ledger, made.id), replace(columns[3], label="另一状态", register=made.id)])


def test_the_way_to_an_honour_ends_with_the_honour_that_was_recorded(ledger) -> None:
    person = enrol(ledger, Member(name="甲一"), date(2020, 1, 1), status=MemberStatus.FULL)
    given = save_honour(ledger, Honour(member=person.id, given_on=PartialDate(2026, 7), name="优秀共产党员"))
    made = begin(ledger, "honours_process")
    enter(
        ledger,
        made,
        推荐日=date(2026, 5, 6),
        推荐对象="甲一",
        类别="优秀共产党员",
        决定日=date(2026, 6, 30),
        荣誉登记=given.id,
    )
    (register,) = load_year(ledger, 2026).registers
    head, rows = register_rows(load_year(ledger, 2026), register, TODAY)
    assert rows[0][head.index("荣誉登记")] == "甲一 优秀共产党员"
