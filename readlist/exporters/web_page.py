"""Markdown as a web page of its own: one file, nothing loaded from elsewhere, light or dark as the reader has it.

Raw HTML in it is shown as it was typed. A link leads to the web or to an address for mail; anything else stays the
text that it is. A picture becomes a link to it, since a page that loads pictures tells others that it is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from readlist.domain.text import one_line, printable

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

STYLE = """
:root { color-scheme: light dark; --text: #1c2024; --soft: #60656c; --line: #d9dce0; --back: #fff; --link: #0b57b0; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e3e5e8; --soft: #a3a9b1; --line: #3c4147; --back: #16181b; --link: #83b5f5; }
}
body { max-width: 44em; margin: 2.5em auto; padding: 0 1.2em; color: var(--text); background: var(--back);
  font: 1em/1.6 system-ui, "Segoe UI", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  overflow-wrap: break-word; }
h1 { font-size: 1.7em; margin: 0 0 .3em; }
h1 + p { color: var(--soft); margin-top: 0; }
h2 { font-size: 1.25em; margin: 1.8em 0 .6em; padding-bottom: .2em; border-bottom: 1px solid var(--line); }
h3 { font-size: 1em; margin: 1.2em 0 .4em; color: var(--soft); }
h1, h2, h3 { line-height: 1.3; break-after: avoid; }
ul, ol { padding-left: 1.4em; }
li { margin: .35em 0; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .15em; }
blockquote { margin: .6em 0; padding: 0 0 0 1em; border-left: 3px solid var(--line); color: var(--soft); }
pre, code { font: .9em/1.5 ui-monospace, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; }
pre { padding: .7em 1em; border: 1px solid var(--line); border-radius: .3em; overflow-x: auto; }
table { border-collapse: collapse; display: block; overflow-x: auto; margin: .6em 0; }
th, td { padding: .2em .7em; border: 1px solid var(--line); text-align: left; }
hr { border: 0; border-top: 1px solid var(--line); }
:lang(zh) em { font-style: normal; font-weight: 600; }
@media print {
  :root { --text: #000; --soft: #444; --line: #bbb; --back: #fff; --link: #000; }
  body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; }
  pre { white-space: pre-wrap; }
  blockquote, pre, tr { break-inside: avoid; }
}
"""


def page(markdown: str, lang: str) -> str:
    """The page that `markdown` says, in the language `lang` ("en", "zh"); its title is the first heading."""
    parser = markdown_parser()
    tokens = parser.parse(printable(markdown))
    body = parser.renderer.render(tokens, parser.options, {})
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-Hans" if lang == "zh" else escape(lang)}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(_title(tokens))}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def markdown_parser() -> MarkdownIt:
    """What makes HTML of Markdown by the rules above; `render` gives the HTML of a text."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 100}).enable(["table", "strikethrough"])
    parser.validateLink = _may_be_followed  # type: ignore[method-assign]
    parser.add_render_rule("image", _picture)
    return parser


def _may_be_followed(url: str) -> bool:
    return re.match(r"https?://[^/]|mailto:", url, re.IGNORECASE) is not None


def _picture(renderer: Any, tokens: Sequence[Token], number: int, options: Any, env: Any) -> str:
    picture = tokens[number]
    source = escape(str(picture.attrs.get("src", "")))
    text = escape(one_line(picture.content)) or source
    inside = sum(token.nesting for token in tokens[:number] if token.type in ("link_open", "link_close"))
    return text if inside else f'<a href="{source}">{text}</a>'


def _title(tokens: Sequence[Token]) -> str:
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            return one_line("".join(child.content for child in token.children or ()))
    return "Reading report"
