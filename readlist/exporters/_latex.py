"""Text as LaTeX prints it: escaped letter by letter, with formulas kept, and titles whose capitals stay.

Texts come by the thousand, so each rule has a short way for those to which nothing is to be done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from readlist.domain.patterns import late
from readlist.domain.text import one_line, printable

_ESCAPES = {
    **{c: f"\\{c}" for c in "&%$#_"},
    "{": "\\textbraceleft{}",  # BibTeX counts braces, those behind a backslash too
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "\\": "\\textbackslash{}",
}
_SPECIAL = late(r"[&%$#_{}~^\\]")
# A formula, by pandoc's rule, so that "$5 and $6" is none: no blank inside the dollars, no digit behind them.
_FORMULA = late(r"(?<![\\$])\$(?=[^\s$])([^$\n]{1,400})(?<=[^\s\\])\$(?![\d$])")


def escaped(text: str) -> str:
    """`text` as LaTeX prints it letter by letter; formulas that are whole stay formulas."""
    if "$" not in text:
        return plain(text)
    return "".join(part if formula else plain(part) for part, formula in _parts(text))


def plain(text: str) -> str:
    """`text` as LaTeX prints it letter by letter, dollars too."""
    # Looking for each sign by itself is fifteen times as fast as the pattern, and most texts have none.
    if "\\" in text or "{" in text or "}" in text:  # what others become has these, too
        return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)
    for sign in "&%$#_":
        if sign in text:
            text = text.replace(sign, _ESCAPES[sign])
    if "~" in text or "^" in text:
        text = text.replace("~", _ESCAPES["~"]).replace("^", _ESCAPES["^"])
    return text


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """`text` in parts: what is a formula, with its dollars, and what is not."""
    if "$" not in text:
        yield text, False
        return
    position = 0
    for found in _FORMULA.finditer(text):
        if _is_whole(found[1]):
            yield text[position : found.start()], False
            yield found[0], True
            position = found.end()
    yield text[position:], False


def _is_whole(formula: str) -> bool:
    """Whether the braces of a formula pair up and nothing in it begins a comment.

    They pair up for BibTeX, which counts all braces, and for readers that pass over those behind a backslash.
    """
    return not re.search("[%#&]", formula) and all(
        pairs_up(braces) for braces in (re.findall("[{}]", formula), re.findall(r"(?<!\\)[{}]", formula))
    )


def pairs_up(braces: Iterable[str]) -> bool:
    """Whether each of these braces that opens is closed, and none before it was opened."""
    depth = 0
    for brace in braces:
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


# -- texts -------------------------------------------------------------------------------------------------------------

# What btparse, biber's reader, takes for the next field or entry, and warns of the value that has not ended.
_RUNAWAY = late(r"^(?=[ \t]*(?:@|[^\s=]+[ \t]*=))", re.MULTILINE)
# What LaTeX makes one sign of: `--flag` in a note is no dash. In titles, where arXiv's authors mean them, they are.
_LIGATURE = late(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')")
_INDENTED = late(r"^(?=[ \t])", re.MULTILINE)  # readers take white space there for the file's
_HARMLESS = late(r"[ !\"'()*+,\-./0-9:;<>?A-Z\[\]a-z|]*")  # in a text of one line, but for two of a kind


def text(raw: str) -> str:
    """A text as it was typed."""
    return _typed(printable(raw).strip())


def paragraphs(raw: str) -> str:
    """A text of which each line is a paragraph: in BibTeX only an empty line ends one."""
    if (  # to look for one sign takes no time, to look for two in a row a microsecond
        _HARMLESS.fullmatch(raw)
        and not ("-" in raw and "--" in raw)
        and not ("'" in raw and "''" in raw)
        and "  " not in raw
    ):
        return raw.strip()
    lines = printable(raw).split("\n") if "\n" in raw or "\r" in raw else [raw]
    return "\n\n".join([_typed(line) for line in map(one_line, lines) if line])


def _typed(clean: str) -> str:
    """`clean`, which is printable and has no blanks around it, as it was typed."""
    made = escaped(clean)
    if ("-" in made and "--" in made) or ("`" in made and "``" in made) or ("'" in made and "''" in made):
        made = _LIGATURE.sub("{}", made)
    if "\n" in made:
        made = _INDENTED.sub("{}", made)
    elif "=" in made or "@" in made:
        return f"{{}}{made}" if _RUNAWAY.match(made) else made
    return _RUNAWAY.sub("{}", made) if "=" in made or "@" in made else made


# -- titles ------------------------------------------------------------------------------------------------------------

_TYPED = late("--|``|''")
_TYPESET = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"))
_WORD = late(r"([^\s\-–—/:;,.!?()\[\]“”\"'’]+)")
_BEGINS = late(r"[:.?!—–]\s*[“\"'(\[]*$")  # what stands before the first word of a sentence


def title(raw: str) -> str:
    """A title as it is typeset. Capitals that styles must not take away are in braces: {SimCSE}, K-means in {R}.

    In a title that is written as a sentence, a capital in mid-sentence begins a name. A title all in capitals
    means none of them.
    """
    clean = one_line(raw)
    made = _by_shape(clean)
    return _part_by_part(clean) if made is None else made


# Small letters as "a", capitals as "A", digits as "0", what can stand between words as a blank, ":" where a sentence
# may begin behind it. Of all else, as of what means something to LaTeX, the shape says nothing.
_SHAPE = str.maketrans(
    {chr(c): "?" for c in range(128)}
    | dict.fromkeys("abcdefghijklmnopqrstuvwxyz", "a")
    | dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "A")
    | dict.fromkeys("0123456789", "0")
    | dict.fromkeys(" ;,()[]/'\"", " ")
    | dict.fromkeys(":.?!", ":")
    | {"-": "-"}
)


_INSIDE = late(r"[^\s\-/:;,.!?()\[\]\"']+[A-Z][^\s\-/:;,.!?()\[\]\"']*")  # a word with a capital that is not its first


def _by_shape(clean: str) -> str | None:
    """The title, if a look at its shape tells how it is to be written, as it does of most; else None."""
    if not clean.isascii():  # without capitals, as in Chinese, nothing is to be done
        return clean if f"{clean}a".islower() and plain(clean) == clean and not _TYPED.search(clean) else None
    shape = clean.replace(": A ", ": a ").translate(_SHAPE)
    if "?" in shape or "--" in shape or ("'" in clean and "''" in clean):
        return None
    shape = shape.replace("-", " ")
    if shape[1:2] not in ("a", "A", "0") and clean[:2] != "A ":
        return None
    if "A" not in shape[1:]:
        return clean
    if " A " in shape or " A:" in shape or ":A" in shape or shape.endswith(" A"):  # a capital that is a word
        return None
    inside = shape.count("aA") + shape.count("0A")
    if " Aa" in shape or " A0" in shape:
        # Only titles that have more small words of weight than such with a capital are written as sentences.
        small = shape.count(" a") + shape.count(" 0") + shape.count(":a") + shape.count(":0")
        if shape.count(" Aaaa") - shape.count(":") - inside < small:
            return None
    if not inside and "AA" not in shape:
        return clean
    return None if clean.upper() == clean else _INSIDE.sub(r"{\g<0>}", clean)


def _part_by_part(clean: str) -> str:
    parts = [(part if formula else _typeset(part), formula) for part, formula in _parts(clean)]
    words = " ".join([part for part, formula in parts if not formula])
    if words.upper() == words and len(_WORD.findall(words)) > 2:
        return "".join([part if formula else plain(part) for part, formula in parts])
    return "".join(
        [f"{{{part}}}" if formula else _braced(part, words, not n) for n, (part, formula) in enumerate(parts)]
    )


def _braced(part: str, whole: str, first: bool) -> str:
    """A part of a title, escaped, with braces around the words whose capitals must stay.

    `whole` is the title less its formulas; `first`: the part begins the title.
    """
    pieces = _WORD.split(part)  # what is between words, and words, in turn
    named: list[int] = []  # words that begin with their only capital
    keep: list[int] = []
    for n in range(1, len(pieces), 2):
        word = pieces[n]
        if word.islower():
            continue
        rest = word[1:]
        if rest and not rest.islower() and any(map(str.isupper, rest)):
            keep.append(n)
        elif word[0].isupper():
            if sum(map(str.isalnum, word)) == 1 and word not in ("A", "O"):  # R, C++
                keep.append(n)
            elif not (first and n == 1) and (pieces[n - 1] == " " or not _BEGINS.search(pieces[n - 1])):
                named.append(n)
    if named and _is_sentence(pieces if part == whole else _WORD.split(whole)):
        keep += named
    if plain(part) != part:
        pieces = [*map(plain, pieces)]
    for n in keep:
        pieces[n] = f"{{{pieces[n]}}}"
    return "".join(pieces)


def _typeset(part: str) -> str:
    if _TYPED.search(part):
        for written, printed in _TYPESET:
            part = part.replace(written, printed)
    return part


def _is_sentence(pieces: Sequence[str]) -> bool:
    """Whether a title, cut into what is between words and words, has capitals as a sentence does.

    A sentence has them not at every word of weight.
    """
    weighty = capital = 0
    for n in range(1, len(pieces), 2):
        word = pieces[n]
        if len(word) > 3 and word[1:].islower() and (n > 1 or pieces[0]):
            before = pieces[n - 1]
            if before == " " or not _BEGINS.search(before[-20:]):
                weighty += 1
                capital += word[0].isupper()
    return weighty > 1 and capital * 2 < weighty
