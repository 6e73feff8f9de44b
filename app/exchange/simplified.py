"""Traditional characters of the words that tables use, as simplified ones; names of people are left as they are."""

from __future__ import annotations

_TRADITIONAL = (
    "黨時間轉職務備註歷證號單屬聯電話繫學費數額實應繳納幹類別預組織員紀檢參議題點聽講錄內動讀論會書記宣傳離無談對體週評選舉"
    "辦領導範圍開發總計課請兩補"
)
_SIMPLIFIED = (
    "党时间转职务备注历证号单属联电话系学费数额实应缴纳干类别预组织员纪检参议题点听讲录内动读论会书记宣传离无谈对体周评选举"
    "办领导范围开发总计课请两补"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """A word of a table in simplified characters, as the program knows it: 入黨時間 → 入党时间."""
    return text if text.isascii() else text.translate(_TABLE)
