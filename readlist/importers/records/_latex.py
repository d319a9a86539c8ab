r"""LaTeX in the fields of a bibliography as plain Unicode: accents, symbols, quotes and dashes, without its markup.

`{\"o}` is ö, `\emph{x}` is x, `{BERT}` is BERT, `--` a dash. Formulas (`$x^2$`) stay as they are written: read aloud or
typeset again, they are best in TeX. A command that is not known goes, what it was applied to stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from readlist.domain.patterns import late

_MARKUP = ("\\", "{", "}", "~", "--", "``", "''")

_TOKEN = late(
    r"""
      (?P<math>\$(?:\\.|[^$\\])+\$|\\\((?:[^\\]|\\[^)])*\\\))
    | \\(?P<verbatim>url|path|nolinkurl|verb|ensuremath)\s*\{(?P<inside>[^{}]*)\}
    | \\(?P<word>[A-Za-z]+)\*?[ \t]*\n?[ \t]*
    | \\(?P<sign>.)
    | (?P<open>\{) | (?P<close>\})
    | (?P<dashes>---?) | (?P<quotes>``|'')
    | (?P<tie>~)
    | (?P<space>\s+)
    | (?P<letter>[^\s])
    """,
    re.VERBOSE | re.DOTALL,
)
_PLAIN = late(r"[^\\{}~$\-`'\s]+")

# Accents: what TeX calls them, and the combining character (The TeXbook, chapter 9; LaTeX's T1 additions).
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "t": "\u0361", "U": "\u030e", "G": "\u030f", "textcommabelow": "\u0326",
}  # fmt: skip
_WORDS = {
    "ss": "ß", "SS": "ẞ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ", "th": "þ", "TH": "Þ",
    "ng": "ŋ", "NG": "Ŋ", "ldots": "…", "dots": "…", "textellipsis": "…", "S": "§", "P": "¶", "copyright": "©",
    "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "slash": "/", "par": "\n\n", "newline": "\n",
    "linebreak": "\n", "space": " ", "quad": " ", "qquad": " ", "nobreakspace": " ", "thinspace": " ", "hyphen": "-",
    "textbackslash": "\\", "backslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textquotesingle": "'",
    "textemdash": "—", "textendash": "–", "bibrangedash": "–", "textquotedbl": '"', "enspace": " ", "enskip": " ",
    "textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_", "textdollar": "$",
    "lbrace": "{", "rbrace": "}", "textbraceleft": "{", "textbraceright": "}", "allowbreak": "", "protect": "",
}  # fmt: skip
_SIGNS = {
    " ": " ",
    "\n": " ",
    ",": " ",
    ";": " ",
    ":": " ",
    "!": "",
    "/": "",
    "-": "",
    "\\": "\n",
    "@": "",
    "(": "$",
    ")": "$",
}
_BACKSLASH = "$\\backslash$"  # as Mendeley writes it: no formula
_QUOTES = {"``": "“", "''": "”"}
_QUOTED = frozenset(("enquote", "mkbibquote", "textquote"))
# Commands whose argument is no text: lengths, what is not printed, colours, what only sorts (natbib's \\noopsort).
_SILENT = frozenset("hspace vspace phantom hphantom vphantom noopsort label color textcolor fontsize href".split())
_ALONE = {"\u0303": "~", "\u0302": "^"}  # accents over nothing: \\~{}
_UNDOTTED = {"ı": "i", "ȷ": "j"}

# Most fields with markup have no more of it than braces around words, and letters with the common accents.
_LETTERS = late(r"\{\\([\"'`^~])(?:\{([A-Za-z])\}|([A-Za-z]))\}")
_MORE = late(r"[\\~$]|--|``|''")


def _letter(found: re.Match[str]) -> str:
    return (found[2] or found[3]) + _ACCENTS[found[1]]


_Change = Callable[[str], str]


def text(tex: str) -> str:
    """`tex` without markup. White space stays as it is."""
    if not any(mark in tex for mark in _MARKUP):
        return tex
    bare = _LETTERS.sub(_letter, tex) if "{\\" in tex else tex
    if not _MORE.search(bare):  # but braces
        return unicodedata.normalize("NFC", bare.replace("{", "").replace("}", ""))
    return unicodedata.normalize("NFC", _Reader().read(tex))


class _Reader:
    """One pass over the tokens. A group `{…}` is a frame on a stack, so no nesting is too deep."""

    def __init__(self) -> None:
        self.frames: list[list[str]] = [[]]
        self.changes: list[list[_Change]] = []  # what is to be done to each open group when it closes
        self.waiting: list[_Change] = []  # what is to be done to the next letter or group

    def read(self, tex: str) -> str:
        at, end = 0, len(tex)
        while at < end:
            plain = _PLAIN.match(tex, at) if not self.waiting else None
            if plain:
                self.frames[-1].append(plain[0])
                at = plain.end()
                continue
            token = _TOKEN.match(tex, at)
            if token is None:  # a backslash that ends the text
                break
            self._take(token)
            at = token.end()
        while len(self.frames) > 1:
            self._close()
        return "".join(self.frames[0])

    def _take(self, token: re.Match[str]) -> None:
        kind, piece = token.lastgroup, token[0]
        if kind == "open":
            self.frames.append([])
            self.changes.append(self.waiting)
            self.waiting = []
        elif kind == "close":
            self.waiting = []
            if len(self.frames) > 1:
                self._close()
        elif kind == "space":
            if not self.waiting:
                self.frames[-1].append(piece)
        elif kind == "word":
            self._command(piece, token["word"])
        elif kind == "sign":
            self._sign(token["sign"])
        elif kind == "inside":
            inside = token["inside"]
            self._put(f"${inside}$" if token["verbatim"] == "ensuremath" else inside)
        elif kind == "math" and piece == _BACKSLASH:
            self._put("\\")
        elif kind == "math":
            self._put(f"${piece[2:-2]}$" if piece.startswith("\\") else piece)
        elif kind == "dashes":
            self._put("—" if len(piece) == 3 else "–")
        elif kind == "quotes":
            self._put(_QUOTES[piece])
        else:
            self._put(" " if kind == "tie" else piece)

    def _command(self, piece: str, word: str) -> None:
        if word in _ACCENTS:
            self.waiting.append(_accent(_ACCENTS[word]))
        elif word in _QUOTED:
            self.waiting.append(lambda inside: f"“{inside}”")
        elif word in _SILENT:
            self.waiting.append(lambda argument: "")
        else:
            known = _WORDS.get(word)
            self._put(_symbol(word) if known is None else known)

    def _sign(self, sign: str) -> None:
        if sign in _ACCENTS:
            self.waiting.append(_accent(_ACCENTS[sign]))
        else:
            self._put(_SIGNS.get(sign, sign))

    def _put(self, piece: str) -> None:
        if not piece:  # a command without a text of its own: what it is applied to follows
            return
        for change in reversed(self.waiting):
            piece = change(piece)
        self.waiting = []
        self.frames[-1].append(piece)

    def _close(self) -> None:
        piece = "".join(self.frames.pop())
        for change in reversed(self.changes.pop()):
            piece = change(piece)
        self.frames[-1].append(piece)


def _accent(mark: str) -> _Change:
    def put(piece: str) -> str:
        bare = piece.lstrip()
        return _UNDOTTED.get(bare[0], bare[0]) + mark + bare[1:] if bare else _ALONE.get(mark, "")

    return put


@cache
def _symbol(word: str) -> str:
    """The character that a command of LaTeX's packages stands for; empty if it stands for none."""
    for name in (word, word.removeprefix("text")):  # \\textalpha is \\alpha outside of formulas
        meaning = getattr(_table().get_macro_spec(name), "simplify_repl", None)
        if isinstance(meaning, str) and meaning and "%" not in meaning:
            return meaning
    return ""


@cache
def _table() -> Any:
    from pylatexenc import latex2text

    return latex2text.get_default_latex_context_db()


def split(tex: str, mark: re.Pattern[str]) -> Iterator[str]:
    """The parts of `tex` between those matches of `mark` that stand in no group `{…}`."""
    if "{" not in tex:
        yield from mark.split(tex)
        return
    depth, start = 0, 0
    for found in re.finditer(rf"(?P<brace>(?<!\\)[{{}}])|(?:{mark.pattern})", tex, mark.flags):
        if found["brace"]:
            depth = max(0, depth + (1 if found[0] == "{" else -1))
        elif depth == 0:
            yield tex[start : found.start()]
            start = found.end()
    yield tex[start:]
