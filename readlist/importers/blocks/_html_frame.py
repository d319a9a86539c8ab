"""What of a web page is to be read: the frame of the site, its programs and what nobody sees are not.

One pass over the tree (`survey`) finds what the decisions need, so that none of them looks ahead on its own: pages may
be nested ten thousand deep.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from readlist.domain import identifiers
from readlist.domain.patterns import late
from readlist.importers.blocks._html_runs import is_web, resolved

if TYPE_CHECKING:
    from justhtml import Node

HEADING, LINK, LINKED_HEADING, ITEM, ROW, LIST, TABLE, PRE = (1 << n for n in range(8))
_HAS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), HEADING),
    **dict.fromkeys(("ul", "ol", "dl"), LIST),
    "li": ITEM,
    "dt": ITEM,
    "tr": ROW,
    "table": TABLE,
    "pre": PRE,
}
_REASONS = {
    "head": "the head of the page, which is not shown",
    "script": "a script",
    "style": "a style sheet",
    "nav": "a way through the site",
    "button": "a button",
    "select": "a choice to make",
    "textarea": "a field to fill in",
    "svg": "a drawing",
    "template": "a template of the page's program",
    "noscript": "shown where no program runs",
    **dict.fromkeys(("iframe", "object", "video", "audio", "canvas", "embed", "applet"), "something embedded"),
    **dict.fromkeys(("rt", "rp"), "how a word is spoken"),
}
_ROLES = {
    "navigation": "a way through the site",
    "banner": "the head of the site",
    "contentinfo": "the foot of the site",
    "complementary": "beside the page",
    "search": "a search field",
    "button": "a button",
    "menu": "a menu",
    "menubar": "a menu",
    "dialog": "a dialog",
}
# Of the site where they belong to the whole page, of the text where they belong to an article in it (HTML, 4.3).
_OF_SITE = {"header": "the head of the site", "footer": "the foot of the site", "aside": "beside the page"}
_BESIDE = "beside the main part of the page"
_UNSEEN = late(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_FOR_EARS = frozenset(("sr-only", "visually-hidden", "screen-reader-text", "screen-reader-only"))
_SAVED_FROM = late(r"<!-- saved from url=\(\d{1,6}\)(https?://[^\s<>]{1,2000}) -->")


def inside(node: Any, less: Callable[[Any], bool] | None = None) -> Iterator[Any]:
    """All nodes in `node`, in order, without those elements that are `less`, and what is in them."""
    stack = [iter(node.children or ())]
    while stack:
        for inner in stack[-1]:
            if less is not None and less(inner):
                continue
            yield inner
            if inner.name[0] not in "#!?" and inner.children:
                stack.append(iter(inner.children))
                break
        else:
            stack.pop()


def preformatted(node: Any, source: list[str]) -> tuple[str, int]:
    """The text of a `<pre>` and the line of the file that it begins on."""
    texts = [inner for inner in inside(node) if inner.name in ("#text", "br")]
    if not texts:
        return "", node.origin_line or 1
    first, column = texts[0].origin_line or 1, texts[0].origin_col or 1
    if texts[0] is node.children[0] and first <= len(source) and column > len(source[first - 1]):
        first += 1  # the line feed right behind the tag is none
    return "".join(inner.data if inner.name == "#text" else "\n" for inner in texts), first


def formula(node: Any) -> str:
    """The TeX of a formula, where the page has kept it."""
    for inner in inside(node):
        if inner.name == "annotation" and inner.attrs.get("encoding") == "application/x-tex":
            return " ".join("".join(part.data for part in inside(inner) if part.name == "#text").split())
    return ""


@dataclass(slots=True)
class Frame:
    """What is known of the whole page.

    `base` is the address from which links are counted, `own` that of the page ("" if it does not say). `has` tells for
    an element (by `id`) what stands in it. `only_pre` is the one preformatted text that the page is, if it is one.
    """

    base: str = ""
    own: str = ""
    has: dict[int, int] = field(default_factory=dict)
    main: Node | None = None
    above_main: frozenset[int] = frozenset()
    only_pre: Node | None = None

    def contains(self, node: Any) -> int:
        """What stands in `node`, as the sum of `HEADING`, `LINK` …"""
        return self.has.get(id(node), 0)

    def beside(self, node: Any) -> bool:
        """Whether `node` stands beside the main part of the page."""
        return id(node.parent) in self.above_main and node is not self.main and id(node) not in self.above_main

    def unread(self, node: Any, in_section: bool) -> str:
        """Why nothing of the element is to be read; "" if it is. `in_section` says that an article is around it."""
        name, attrs = node.name, node.attrs
        if name in _REASONS:
            return _REASONS[name]
        titles = name == "header" and self.contains(node) & (HEADING | LINKED_HEADING) == HEADING
        if not titles:  # a head that names the page; headings that are links lead home
            if self.above_main and self.beside(node):
                return _BESIDE
            role = attrs.get("role") or ""
            if not in_section or name not in _OF_SITE:
                reason = _ROLES.get(role) or ("" if in_section else _OF_SITE.get(name, ""))
                if reason:
                    return reason
        if name == "form" and not self.contains(node) & (HEADING | ITEM | ROW):  # some sites are one form
            return "a form"
        if name == "dialog" and "open" not in attrs:
            return "a dialog"
        if "hidden" in attrs or _UNSEEN.search((attrs.get("style") or "")[:2000]):
            return "hidden"
        classes = (attrs.get("class") or "")[:2000].split()
        if not _FOR_EARS.isdisjoint(classes):
            return "said to readers who listen"
        return "a formula for the second time" if "katex-html" in classes else ""


def survey(root: Any, text: str) -> Frame:
    """Look over the page once. `text` is its source."""
    frame = Frame()
    _find_addresses(frame, root, text)
    total = 0
    starts: list[int] = []
    pres: list[tuple[Any, int]] = []
    parts: dict[str, list[tuple[Any, int]]] = {"article": [], "main": []}
    stack: list[tuple[Any, Iterator[Any]]] = [(root, iter(root.children or ()))]
    has = frame.has
    while stack:
        above, children = stack[-1]
        for node in children:
            name = node.name
            if name == "#text":
                total += len(node.data.strip())
            elif name[0] not in "#!?" and name not in _REASONS:
                starts.append(total)
                stack.append((node, iter(node.children or ())))
                break
        else:
            stack.pop()
            if not stack:
                break
            name, start, own = above.name, starts.pop(), has.get(id(above), 0)
            if name in _HAS and _HAS[name] == HEADING and own & LINK:
                own |= LINKED_HEADING
            if name == "a" and above.attrs.get("href"):
                own |= LINK
            own |= _HAS.get(name, 0)
            if own:
                parent = id(stack[-1][0])
                has[parent] = has.get(parent, 0) | own
            kind = "main" if above.attrs.get("role") == "main" else name
            if kind in parts:
                parts[kind].append((above, total - start))
            elif name == "pre":
                pres.append((above, total - start))
    if len(pres) == 1 and pres[0][1] == total:
        frame.only_pre = pres[0][0]
    _find_main(frame, root, next((found[0] for found in parts.values() if len(found) == 1), None), total)
    return frame


def _find_addresses(frame: Frame, root: Any, text: str) -> None:
    saved = _SAVED_FROM.search(text[:5000])
    own = saved[1] if saved else ""
    for node in inside(root):
        if node.name == "body":
            break
        if node.name not in ("link", "base"):
            continue
        href = resolved(node.attrs.get("href") or "", own, "")
        if href is None or not is_web(href):
            continue
        if node.name == "link" and not own and (node.attrs.get("rel") or "").casefold() == "canonical":
            own = href
        elif node.name == "base":
            frame.base = frame.base or href
    frame.own = own.partition("#")[0]
    frame.base = frame.base or frame.own


def _find_main(frame: Frame, root: Any, part: tuple[Any, int] | None, total: int) -> None:
    """Read the one article, or else the one main part, alone: unless half of the text or a paper stands beside it."""
    if part is None or 2 * part[1] < total:
        return
    for node in inside(root, lambda node: node is part[0] or node.name in _REASONS):
        href = node.attrs.get("href") if node.name == "a" else None
        address = resolved(href, frame.base, frame.own) if href else None
        if address and identifiers.from_url(address):
            return
    above, parent = set(), part[0].parent
    while parent is not None:
        above.add(id(parent))
        parent = parent.parent
    frame.main, frame.above_main = part[0], frozenset(above)
