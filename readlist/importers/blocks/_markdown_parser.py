"""The parser of Markdown's blocks: that of markdown-it, with each of its rules asked only where it can apply.

A block is told by the first sign of its line. markdown-it asks all eleven rules at every line, and most of them again
for each line of a paragraph; here a table says which of them a sign can begin. What comes out is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

    Rule = Callable[[StateBlock, int, int, bool], bool]

# Block levels the parser follows; deeper ones come as single lines. Two levels a nested list, so fifty lists: nobody
# nests so deep by hand, and each level costs frames of the interpreter's stack.
_NESTING = 100

# rule of markdown-it: the signs that it can begin with
_SIGNS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+0123456789",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
# Which of them end what goes on: a paragraph (or the definition of a link), a quotation, an item of a list.
_ENDS = {
    ("paragraph", "reference"): ("fence", "blockquote", "hr", "list", "html_block", "heading"),
    ("blockquote",): ("fence", "blockquote", "hr", "list", "html_block", "heading"),
    ("list",): ("fence", "blockquote", "hr"),
}


def parser() -> MarkdownIt:
    """A parser of CommonMark with tables, which leaves what stands inside a line as it is."""
    from markdown_it import MarkdownIt, rules_block

    rules: Mapping[str, Rule] = {
        "fence": rules_block.fence,
        "blockquote": rules_block.blockquote,
        "hr": rules_block.hr,
        "list": rules_block.list_block,
        "reference": rules_block.reference,
        "html_block": rules_block.html_block,
        "heading": rules_block.heading,
    }
    made = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("table")
    made.core.ruler.disable(["inline", "text_join"])
    ruler = made.block.ruler
    ruler.disable(list(rules))
    ruler.at("table", _table(rules_block.table), {"alt": ["paragraph", "reference"]})
    ruler.before("lheading", "opening", _by_sign(rules, list(_SIGNS)))
    ruler.at("lheading", _underlined(rules_block.lheading))
    for ended, names in _ENDS.items():  # behind the rule for paragraphs, which always applies: they open nothing
        ruler.push(f"end of {ended[0]}", _by_sign(rules, names), {"alt": list(ended)})
    return made


def _by_sign(rules: Mapping[str, Rule], names: Sequence[str]) -> Rule:
    """The rules `names` as one: those that the line's first sign can begin, in their order."""
    able: dict[str, list[Rule]] = {}
    for name in names:
        for sign in _SIGNS[name]:
            able.setdefault(sign, []).append(rules[name])

    def apply(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        possible = able.get(state.src[at : at + 1])
        return possible is not None and any(rule(state, start, end, silent) for rule in possible)

    return apply


def _table(rule: Rule) -> Rule:
    """Tables: known by the line below their head, of bars, hyphens and colons."""

    def apply(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if start + 2 > end:
            return False
        at = state.bMarks[start + 1] + state.tShift[start + 1]
        return at < state.eMarks[start + 1] and state.src[at] in "|-:" and rule(state, start, end, silent)

    return apply


def _underlined(rule: Rule) -> Rule:
    """Headings that are underlined: there is a next line."""

    def apply(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if start + 1 < end and not state.isEmpty(start + 1):
            return rule(state, start, end, silent)
        if not state.is_code_block(start):
            state.parentType = "paragraph"  # as the rule leaves it where it does not apply
        return False

    return apply
