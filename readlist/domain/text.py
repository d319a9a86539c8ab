"""Text from outside: what may be stored, what may reach a terminal, and when two spellings are the same."""

from __future__ import annotations

import re
import unicodedata

from readlist.domain.patterns import late

# C0 and C1 controls (an escape sequence starts with one), the bidirectional marks, overrides and isolates that can
# make a line read differently from what it is (Unicode TR 36, 3.3), and lone surrogates, which no UTF-8
# stream can carry. Tab and newline are handled by the callers.
# (These are compiled when they are needed: most runs do not.)
_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ud800-\udfff]"
_ESCAPE = r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])"
_SPACE = late(r"\s+")
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]"


def printable(text: str) -> str:
    """`text` with everything taken out that could steer a terminal; line breaks and tabs stay."""
    if text.isprintable():  # as nearly all text is; Python means by it what the pattern leaves, and less
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(_CONTROL, "", re.sub(_ESCAPE, "", text))


def one_line(text: str) -> str:
    """`printable`, with every run of white space (line breaks too) made one blank: for titles, names, cells."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACE.sub(" ", printable(text)).strip()


def fold(text: str) -> str:
    """The letters and digits of `text` alone, without case, accents or width: equal for equal titles.

    "Sim-CSE: A Simple …" and "simcse a simple…" fold to the same key. Compatibility forms (full width, ligatures)
    are taken apart by NFKD, so `ﬁ` is `fi` and `Ａ` is `a`.
    """
    if text.isascii():
        return text.lower().translate(_NO_LETTERS)
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text).casefold()))


_NO_LETTERS = dict.fromkeys(code for code in range(128) if not chr(code).isalnum())


def words(text: str) -> list[str]:
    """The words of `text` in order, accents and case folded: for citation keys and nearest-name hints."""
    if text.isascii():
        bare = text.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", text).casefold()
        bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.findall(r"\w+", bare.replace("_", " "))


def is_chinese(text: str) -> bool:
    """Whether `text` holds a Han character."""
    return not text.isascii() and re.search(_HAN, text) is not None
