r"""Entries of BibTeX as nearly all of them are, read by a few patterns: thirty times faster than the parser.

`@type{key, name = {value}, …}` with nothing behind it; each value one group in braces or quotation marks, a number or
a word. What is written otherwise, or may be broken, is left to the parser (`_bibtex_blocks`), and what is read here is
read as the parser does: of a brace with a backslash before it neither takes notice.
"""

from __future__ import annotations

from readlist.domain.patterns import late

_DEEPEST = 5  # groups within groups
_HEAD = late(r"[ \t]*@[ \t]*([A-Za-z]\w*)[ \t]*\{\s*([^\s{}\",=@\\()#%]*)\s*,")
_NO_ENTRY = frozenset(("string", "preamble", "comment"))
_ANOTHER = late(r"\n\s*@[\w \t]*[{(]")


def _group(inside: str) -> str:
    """A pattern for a group in braces, with others in it; what stands between braces is matched by `inside`."""
    pattern = rf"\{{{inside}\}}"
    for _ in range(_DEEPEST - 1):
        pattern = rf"\{{{inside}(?:{pattern}{inside})*+\}}"
    return pattern


_BRACED = _group(r"(?:[^{}\\]++|\\++[{}]?)*+")
_UNQUOTED = r'(?:[^"{}\\]++|\\++(?!["{}\\]))*+'
_QUOTED = rf'"{_UNQUOTED}(?:{_group(_UNQUOTED)}{_UNQUOTED})*+"'
_FIELD = late(
    rf"\s*([A-Za-z][\w:.+*/-]*)\s*=\s*({_BRACED}|{_QUOTED}|[A-Za-z0-9_.:+-]++)\s*(?:,\s*(\}}\s*\Z)?|(\}}\s*\Z))"
)


def fields(piece: str) -> tuple[str, str, list[tuple[str, str]]] | None:
    """Type, key and fields (names in lower case, values as written) of the entry that `piece` is.

    None if it is anything else, or may be.
    """
    head = _HEAD.match(piece)
    if head is None or head[1].casefold() in _NO_ENTRY:
        return None
    if piece.count("@") > 1 and _ANOTHER.search(piece, head.end(1)):
        return None
    found: list[tuple[str, str]] = []
    at = head.end()
    while field := _FIELD.match(piece, at):
        name, value, behind, end = field.groups()
        found.append((name.casefold(), value))
        at = field.end()
        if behind or end:
            return head[1].casefold(), head[2], found
    return None
