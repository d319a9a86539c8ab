"""A word of reading put in the place of another: 待读 for 已读, "3rd pass" for "2nd pass", with the same brackets."""

from __future__ import annotations

from readlist.domain.listing import Mark
from readlist.domain.text import is_chinese

_AROUND = " ()[]（）【】!！"
_TRADITIONAL = "讀閱還沒過"
_HAN_DEPTH = {1: "略读", 3: "精读"}
_NTH = {1: "1st", 2: "2nd", 3: "3rd"}


def exchanged(text: str, mark: Mark, depth: int | None) -> str:
    """`text`, a word of reading and the brackets around it, with the word for `mark` and `depth` (1 to 3) in its
    manner: in the same language and script, and in passes if it spoke of passes."""
    word = text.strip(_AROUND)
    at = text.index(word)
    return text[:at] + _word(word, mark, min(depth, 3) if depth else None) + text[at + len(word) :]


def _word(old: str, mark: Mark, depth: int | None) -> str:
    if is_chinese(old):
        if mark == "read" and "遍" in old and depth:
            return f"第{'一二三'[depth - 1]}遍"
        new = "待读" if mark == "todo" else _HAN_DEPTH.get(depth or 0, "已读")
        return new.replace("读", "讀") if any(sign in old for sign in _TRADITIONAL) else new
    if old.isupper():
        return "TODO" if mark == "todo" else "DONE"
    new = "to read" if mark == "todo" else "skimmed" if depth == 1 else "read"
    if mark == "read" and depth and "pass" in old.lower():
        new = f"{_NTH[depth]} pass"
    return new.capitalize() if old[:1].isupper() else new
