"""The pictures of the documents: real screens of 80 columns, on the example library, as SVG.

`python -m tests.docs.pictures docs/images` (`make docs`) draws them anew; a test fails when they are stale. A picture
is a line of `PICTURES`. What stands in a picture is in the picture: no font and no script is fetched.
"""

from __future__ import annotations

import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from html import escape, unescape
from io import StringIO
from itertools import groupby
from pathlib import Path

from readlist.cli import main
from readlist.context import Context

COLUMNS = 80
PAGE = Path(__file__).resolve().parents[2] / "examples" / "reading-list.md"

NOW = "2026-11-21T09:30:00+08:00"

BEFORE = (
    ("2026-11-14T10:00:00+08:00", f"rl import {shlex.quote(str(PAGE))}"),
    ("2026-11-16T20:10:00+08:00", "rl mark-read prefix-tuning --pass 1 --minutes 20"),
    ("2026-11-17T21:00:00+08:00", "rl start 'deep contextualized' --pass 1"),
    ("2026-11-17T21:25:00+08:00", "rl mark-read --pass 1 --minutes 25 --note 'Character CNN below, two LSTMs above.'"),
    ("2026-11-17T21:40:00+08:00", "rl start 'Sentence-BERT' --pass 3"),
    ("2026-11-18T19:00:00+08:00", "rl want 'tsdae' --priority high"),
    ("2026-11-18T20:40:00+08:00", "rl mark-read 'debiased contrastive' --pass 1 --minutes 30 --then 2"),
    (
        "2026-11-18T20:45:00+08:00",
        "rl note 'debiased contrastive' '负样本的修正只有一行;does the estimate hold for small batches?'",
    ),
    ("2026-11-19T20:00:00+08:00", "rl add --title 'The paper that Ming mentioned on Friday' --no-fetch"),
    ("2026-11-19T20:05:00+08:00", "rl want 'universal sentence encoder' --pass 3 --due 2026-11-27"),
    ("2026-11-20T18:30:00+08:00", "rl start 'debiased contrastive' --pass 2"),
)
"""What was done, and when, before the pictures are taken. All are taken at `NOW`, of one library."""

PICTURES = (
    ("today.svg", "rl", 0),
    ("todo.svg", "rl todo --why --limit 4", 0),
    ("list.svg", "rl list topic:对比学习 year:2020.. --sort citations", 0),
    ("show.svg", "rl show debiased", 0),
    ("topics.svg", "rl topic list", 0),
    ("report.svg", "rl report", 30),
    ("stats.svg", "rl stats", 0),
)
"""The name of each picture, the command that it shows, and how many lines of it (0: all). None may change anything."""

# Rich's own page fetches its font. Here it is whichever fixed-width font is there, one for Chinese among them.
_PAGE = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC",
"PingFang SC", "Microsoft YaHei", monospace;
font-size: {char_height}px; line-height: {line_height}px; white-space: pre;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
_TEXT = re.compile(
    r'<text (?P<before>[^>]*?)x="(?P<x>[\d.]+)" (?P<y>y="[^"]*") textLength="[^"]*" '
    r"(?P<after>[^>]*)>(?P<text>[^<]*)</text>"
)
_ASPECT = 0.61
_CELL = 20 * _ASPECT  # Rich's letters are 20 units high


def drawn(printed: str, name: str) -> str:
    """What a terminal shows of `printed` (text with colours), as SVG."""
    from rich.console import Console
    from rich.terminal_theme import SVG_EXPORT_THEME
    from rich.text import Text

    console = Console(
        record=True, file=StringIO(), width=COLUMNS, force_terminal=True, color_system="truecolor",
        legacy_windows=False, highlight=False, _environ={},
    )  # fmt: skip
    console.print(Text.from_ansi(printed.rstrip("\n")))
    picture = console.export_svg(
        title="", theme=SVG_EXPORT_THEME, code_format=_PAGE, font_aspect_ratio=_ASPECT, unique_id=name
    )
    placed = _TEXT.sub(lambda found: "\n".join(_placed(found)), picture)
    return "\n".join(line.strip() for line in placed.splitlines() if line.strip()) + "\n"


def _placed(found: re.Match[str]) -> Iterator[str]:
    """A run of letters, each kind of width by itself and as wide as the terminal has it.

    Rich counts letters, not cells, so its Chinese would be squeezed into half of its room.
    """
    from rich.cells import get_character_cell_size

    x = float(found["x"])
    for cells, letters in groupby(unescape(found["text"]).replace("\xa0", " "), get_character_cell_size):
        run = "".join(letters)
        wide = len(run) * cells * _CELL
        if run.strip():
            text = escape(run, quote=False).replace(" ", "\xa0")
            yield (
                f'<text {found["before"]}x="{x:.1f}" {found["y"]} textLength="{wide:.1f}" '
                f'lengthAdjust="spacingAndGlyphs" {found["after"]}>{text}</text>'
            )
        x += wide


def draw(folder: Path) -> list[Path]:
    """Draw all pictures into `folder`; returns their files. A command that fails is an error."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    with tempfile.TemporaryDirectory() as home:
        for at, command in BEFORE:
            screen(command, Path(home), at)
        for name, command, most in PICTURES:
            lines = screen(command, Path(home), NOW).splitlines()
            shown = [*lines[:most], "…"] if 0 < most < len(lines) else lines
            picture = drawn("\n".join((f"\x1b[32m$\x1b[0m {command}", *shown)), Path(name).stem)
            (folder / name).write_text(picture, encoding="utf-8")
            files.append(folder / name)
    return files


def screen(command: str, home: Path, at: str) -> str:
    """What a terminal shows of a command: both streams, with colours."""
    nobody = "http://127.0.0.1:9"
    environment = {
        "RL_HOME": str(home), "RL_CONFIG": str(home / "none"), "RL_TODAY": at, "HOME": str(home),
        "RL_ARXIV_URL": nobody, "RL_S2_URL": nobody, "RL_OPENALEX_URL": nobody, "RL_CROSSREF_URL": nobody,
        "LC_ALL": "C.UTF-8", "COLUMNS": str(COLUMNS), "FORCE_COLOR": "1", "TERM": "xterm-256color",
    }  # fmt: skip
    shown = StringIO()
    code = main(shlex.split(command)[1:], Context(environment, StringIO(), shown, shown))
    if code:
        raise RuntimeError(f"{command}: exit {code}\n{shown.getvalue()}")
    return shown.getvalue()


if __name__ == "__main__":
    draw(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images"))
