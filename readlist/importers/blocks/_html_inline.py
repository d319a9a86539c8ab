"""What stands inside a line of a web page, as Markdown: text, emphasis, code, links, pictures, boxes to tick.

A page's text comes as runs, stretches of one look. Where they stand side by side they are written together, so that
`<b>a</b> <b>b</b>` is `**a b**`, and blanks never stand at the inner edge of a mark, where Markdown reads no emphasis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from readlist.domain.patterns import late
from readlist.importers.blocks._html_runs import CODE, DEL, EM, STRONG, Run, is_web

_MARKS = ((STRONG, "**"), (EM, "*"), (DEL, "~~"))
_SPECIAL = late(
    r"(?P<url>https?://[^\s<>]+)|(?P<lt><(?=[A-Za-z/!]))|(?P<amp>&(?=#?\w{1,31};))"
    r"|(?P<slash>\\(?=[!-/:-@\[-`{-~])|(?<=\])\((?=[^\s()]*\))|~~)"
    # Two asterisks that a page shows are emphasis that did not come out, and meant as that.
    r"|(?P<meant>\*\*+)|(?P<pair>`|\*(?=\S)|(?<=\S)\*|(?<!\w)_(?=\S)|(?<=\S)_(?!\w))"
)
_MAY_BE_SPECIAL = late(r"[<&\\\]~`*_]")  # what `_SPECIAL` does something about
_BRACKET = late(r"[\[\]]")
_AS_HEADING = late(r"#{1,6}\s|>")
_SPACE = late(r"\s+")
# Fill: a line that a program has wrapped ends where the next word would have been too much.
_WRAPPED = range(60, 131)
_GOES_ON = late(r"[,，、;；:：(（\-–—&]$")
_NEAR = late(r"(?<![\\!])\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?!https?://|#)[^\s()]*\)")


@dataclass(slots=True)
class Line:
    """A line as it is seen, as Markdown, with the lines of the file that it stands on.

    `after_gap` tells that an empty line stands before it, `box` that it begins with a box to tick.
    """

    text: str
    first: int
    last: int
    box: str | None = None
    after_gap: bool = False


def without_near(text: str) -> str:
    """Markdown without the links that lead beside the page: they tell a title, but not where it is."""
    return _NEAR.sub(r"\1", text) if "](" in text else text


def lines(runs: Sequence[Run], source: Sequence[str]) -> list[Line]:
    """The lines that `runs` are seen as. `source` are the lines of the file.

    A browser shows a line feed of the source as a blank, and so do we where a program or a person has wrapped or
    indented the source. Markdown turned into HTML is neither: its text begins behind the tag, each line at the margin,
    and may have been meant as a line; it then continues the paragraph, as it does in Markdown.
    """
    if len(runs) == 1 and runs[0].kind == "text":
        line = _line(runs)
        return [line] if line else []
    begun = next((run for run in runs if run.kind != "text" or run.text.strip()), None)
    runs = _trimmed(runs)
    feeds = [run.line for run in runs if run.kind == "soft"]
    keep = begun is not None and begun.kind != "soft" and not _is_filled(feeds, source)
    found: list[Line] = []
    gap = False
    current: list[Run] = []

    def close() -> None:
        nonlocal current, gap
        line = _line(current)
        if line is not None:
            line.after_gap, gap = gap, False
            found.append(line)
        elif found:
            gap = True
        current = []

    for at, run in enumerate(runs):
        ends = run.kind == "break" or (run.kind == "soft" and keep and bool(current) and not run.style)
        if ends and run.link is None and (run.kind == "break" or _is_line(runs, at, source)):
            close()
        else:
            current.append(run)
    close()
    return found


def _trimmed(runs: Sequence[Run]) -> Sequence[Run]:
    said = [at for at, run in enumerate(runs) if run.kind in ("image", "box") or run.text.strip()]
    return runs[said[0] : said[-1] + 1] if said else ()


def _is_filled(feeds: Sequence[int], source: Sequence[str]) -> bool:
    """Whether the source was wrapped at a margin: three lines at least, all but the last as full as can be."""
    if len(feeds) < 2:
        return False
    texts = [source[line - 2] for line in feeds if line - 2 < len(source)] + [source[min(feeds[-1], len(source)) - 1]]
    width = max(map(len, texts[:-1]))
    if width not in _WRAPPED:
        return False
    return all(len(text) + 1 + len(below.partition(" ")[0]) > width for text, below in pairwise(texts))


def _is_line(runs: Sequence[Run], at: int, source: Sequence[str]) -> bool:
    """Whether a new line begins after the line feed at `at`: at the margin, and not in the middle of a clause."""
    line = runs[at].line
    if line > len(source) or not source[line - 1][:1].strip():
        return False
    before = next((run for run in reversed(runs[max(0, at - 4) : at]) if run.kind != "soft" and run.text.strip()), None)
    after = next((run for run in runs[at + 1 : at + 5] if run.kind != "soft" and run.text.strip()), None)
    if before is None or after is None:
        return True
    opening = after.text.lstrip()[:1]
    return not (_GOES_ON.search(before.text.rstrip()) or opening.islower() or opening in ",.;:)，。；：）、")


def _line(runs: Sequence[Run]) -> Line | None:
    parts = _spaced(runs)
    if not parts:
        return None
    first, last = parts[0].line, max(part.line for part in parts)
    box = parts.pop(0).text if parts[0].kind == "box" else None
    text = _written(parts)
    if _AS_HEADING.match(text):
        text = "\\" + text
    return Line(text, first, last, box) if text or box else None


def _spaced(runs: Sequence[Run]) -> list[Run]:
    """`runs` with white space made one blank at their edges; a blank has only the look that both its sides have.

    Within a run two blanks and a tab stay, which people put between a title and what follows, though a browser shows
    one blank: so lists pasted into an editor come.
    """
    parts: list[Run] = []
    pending = False
    for run in runs:
        text = run.text
        if run.kind in ("soft", "break"):
            pending = True
            continue
        if run.kind == "text":
            core = _SPACE.sub(_space, text.strip())
            if not core:
                pending = pending or bool(text)
                continue
            before, behind = text[0].isspace(), text[-1].isspace()
        else:
            core, before, behind = text, run.kind == "box", run.kind == "box"
        if (pending or before) and parts:
            last = parts[-1]
            parts.append(
                Run("text", run.line, " ", last.style & run.style, run.link if last.link is run.link else None)
            )
        parts.append(Run(run.kind, run.line, core, run.style, run.link, run.href))
        pending = behind
    return parts


def _space(found: re.Match[str]) -> str:
    return "\t" if "\t" in found[0] else "  " if len(found[0]) > 1 else " "


def _written(parts: Sequence[Run]) -> str:
    if not any(part.link for part in parts):
        return "".join(_styled(parts, _MARKS, True)).strip()
    text = ""
    for _, group in groupby(parts, key=lambda part: id(part.link)):
        same = list(group)
        link = same[0].link
        if link is None:
            text += "".join(_styled(same, _MARKS, True))
            continue
        shown = "".join(part.text for part in same if part.kind == "text").strip()
        inner = "".join(_styled(same, _MARKS, _balanced(same))).strip()
        if text.endswith("!"):
            text = text[:-1] + "\\!"
        if not any(c.isalnum() for c in shown) and not is_web(link.href):
            text += inner if "![" in inner else ""  # else the sign that hands out a heading's own address
        elif inner and (shown != link.href or not is_web(link.href)):
            text += f"[{inner}]({link.href})"
        else:
            text += f"<{link.href}>"
    return text.strip()


def _balanced(parts: Sequence[Run]) -> bool:
    """Whether the brackets in a link's text close as they open, so that none can be taken for the link's own."""
    level = 0
    for part in parts:
        if part.kind == "text" and ("[" in part.text or "]" in part.text):
            for c in part.text:
                level += (c == "[") - (c == "]")
                if level < 0:
                    return False
    return level == 0


def _styled(parts: Sequence[Run], marks: Sequence[tuple[int, str]], balanced: bool) -> Iterator[str]:
    if not any(part.style for part in parts):
        for part in parts:
            yield _part(part, balanced)
        return
    if not marks:
        for is_code, group in groupby(parts, key=lambda part: bool(part.style & CODE) and part.kind == "text"):
            if is_code:
                code = "".join(part.text for part in group).strip()
                fence = "``" if "`" in code else "`"
                pad = " " if "`" in code else ""
                yield f"{fence}{pad}{code}{pad}{fence}"
            else:
                for part in group:
                    yield _part(part, balanced)
        return
    (style, mark), *rest = marks
    for styled, group in groupby(parts, key=lambda part: bool(part.style & style)):
        same = list(group)
        inner = "".join(_styled(same, rest, balanced))
        if styled and any(c.isalnum() for part in same for c in part.text):
            yield f"{mark}{inner}{mark}"
        else:
            yield inner


def _part(part: Run, balanced: bool) -> str:
    if part.kind == "image":
        said = " ".join(part.text.split()).replace("[", "(").replace("]", ")")
        return f"![{said}]({part.href.replace('(', '%28').replace(')', '%29')})"
    if part.kind == "box":
        return "☑" if part.text == "x" else "☐"
    return _escaped(part.text, balanced)


def _escaped(text: str, balanced: bool) -> str:
    """`text` with what Markdown would read as something else escaped; a sign that needs a second one only if it has."""
    if not _MAY_BE_SPECIAL.search(text):
        return text if balanced else _BRACKET.sub(r"\\\g<0>", text)
    signs = {sign: text.count(sign) for sign in "`*_"}

    def escape(found: re.Match[str]) -> str:
        kind = found.lastgroup
        if kind in ("url", "meant"):
            return found[0]
        if kind == "lt":
            return "&lt;"
        if kind == "amp":
            return "&amp;"
        if kind == "pair" and signs[found[0]] < 2:
            return found[0]
        return "\\" + found[0]

    text = _SPECIAL.sub(escape, text)
    return text if balanced else _BRACKET.sub(r"\\\g<0>", text)
