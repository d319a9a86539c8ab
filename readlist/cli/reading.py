"""`rl start`, `mark-read`, `want`, `drop`, `reopen`: the passes and the queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from readlist.cli import options as o
from readlist.cli.command import command
from readlist.cli.output import Output
from readlist.domain.text import one_line

if TYPE_CHECKING:
    import typer

    from readlist.domain.paper import Paper
    from readlist.services.read import Finished, Outcome

_MANY = 20  # papers being read that are looked at


def register(app: typer.Typer) -> None:
    @command(app, "start", "rl start gao2021simcse", "rl start 12 --pass 3", "rl start 12 --edit")
    def start(
        output: Output,
        paper: o.OnePaper = "@",
        pass_: o.Pass = None,
        edit: Annotated[
            bool, o.Option("--edit", "-e", help="Write its note in $EDITOR, led by the questions.")
        ] = False,
    ) -> None:
        """Begin a pass of a paper, which is then the current one.

        Shows what the pass is for, and starts its clock: `rl mark-read` tells how long it took. Without --pass: the
        pass that is wanted next. --edit again goes on with the same note. A file templates/note-pass-1.md beside the
        settings file takes the place of the questions of pass 1.
        """
        from readlist.services import read

        ids = _resolve(output, [paper])
        context = output.context
        result = read.start(context.library, ids[0], pass_)
        begun = context.library.views.papers(ids, context.now().date())[0]
        _tell_of_start(output, begun, result)
        if edit:
            _write_note(output, begun)
        _after(output, ids)

    @command(
        app,
        "mark-read",
        "rl mark-read --pass 1",
        'rl mark-read gao2021simcse --pass 2 --minutes 90 --note "dropout as noise"',
        "rl mark-read 7 --pass 1 --then drop --on yesterday",
    )
    def mark_read(
        output: Output,
        papers: o.SomePapers = None,
        pass_: Annotated[
            int | None, o.Option("--pass", metavar="N", help="The pass that was finished: 1, 2 or 3.")
        ] = None,
        minutes: Annotated[int | None, o.Option("--minutes", metavar="M", help="How long it took.")] = None,
        on: Annotated[str | None, o.Option("--on", metavar="DATE", help="The day it was finished.")] = None,
        then: Annotated[
            str | None, o.Option("--then", metavar="WHAT", help="What is next: 1, 2, 3, done or drop.")
        ] = None,
        note: o.NoteText = None,
        summary: Annotated[str | None, o.Option("--summary", metavar="TEXT", help="Its summary.")] = None,
        yes: o.Yes = False,
    ) -> None:
        """Finish a pass.

        Pass 1 leads to pass 2, passes 2 and 3 to done; --then says otherwise. Without --minutes it took the time since
        `rl start`, if that was today. At a terminal, with no more than --pass, it asks for all of this.
        """
        from readlist.cli.focusing import nag
        from readlist.domain.dates import parse_past
        from readlist.domain.passes import checked_pass
        from readlist.services import notes, read

        context = output.context
        checked_pass(pass_)
        day = parse_past(on, context.now().date()) if on else None
        ids = _resolve(output, papers)
        what = f"mark pass {pass_} as read" if pass_ else "mark the pass under way as read"
        output.confirm(len(ids), what, _names(output, ids), yes)
        if len(ids) == 1:
            nag(output, ids[0])
        said: dict[str, Any] = {"minutes": minutes, "then": then, "note": note, "summary": summary}
        silent = output.quiet or yes or on is not None or len(ids) > 1 or any(it is not None for it in said.values())
        if output.asks and not silent:
            pass_, said = _asked(output, ids[0], pass_, said)
        said |= {name: notes.clean(said[name]) for name in ("note", "summary") if said[name] is not None}
        results = read.mark_read(context.library, ids, pass_, on=day, **said)
        for paper, result in zip(_after(output, ids), results, strict=True):
            output.message(f"#{paper.id} {one_line(paper.title)}: {_finished(paper, result)}")

    @command(app, "want", "rl want 12 15", "rl want gao2021simcse --pass 3", "rl want 7 --priority high --due fri")
    def want(
        output: Output,
        papers: o.Papers,
        pass_: o.Pass = None,
        priority: o.Priority = None,
        due: o.DueOrNone = None,
        yes: o.Yes = False,
    ) -> None:
        """Put papers into the queue.

        For the pass named, else for the one after the deepest they were read in.
        """
        from readlist.domain.dates import parse_date
        from readlist.services import read

        ids = _resolve(output, papers)
        today, undated = output.context.now().date(), due == "none"
        day = None if due is None or undated else parse_date(due, today, future=True)
        checked = o.checked_priority(priority)
        output.confirm(len(ids), "put into the queue", _names(output, ids), yes)
        result = read.want(output.context.library, ids, pass_, checked, day, undated=undated)
        when = ", due on no day" if undated else ""
        if day is not None and (day < today or due != day.isoformat()):  # a day that was written needs no echo
            when = f", due {day}" + (", which is past" if day < today else "")
        for paper in _after(output, ids):
            was = "" if paper.id in result.changed else " (as before)"
            output.message(f"#{paper.id} {one_line(paper.title)}: waits for pass {paper.next_pass}{when}{was}")

    @command(app, "drop", 'rl drop 12 --why "superseded by 2104.08821"')
    def drop(
        output: Output,
        papers: o.Papers,
        why: Annotated[str, o.Option("--why", metavar="TEXT", help="The reason.")],
        yes: o.Yes = False,
    ) -> None:
        """Give papers up, with a reason."""
        from readlist.services import read

        ids = _resolve(output, papers)
        output.confirm(len(ids), "give up", _names(output, ids), yes)
        read.drop(output.context.library, ids, why)
        for paper in _after(output, ids):
            output.message(f"#{paper.id} {one_line(paper.title)}: dropped")

    @command(app, "reopen", "rl reopen 12")
    def reopen(output: Output, papers: o.Papers, yes: o.Yes = False) -> None:
        """Take papers back that were given up or done.

        They wait for their next pass again.
        """
        from readlist.services import read

        ids = _resolve(output, papers)
        output.confirm(len(ids), "take back", _names(output, ids), yes)
        read.reopen(output.context.library, ids)
        for paper in _after(output, ids):
            state = f"waits for pass {paper.next_pass}" if paper.status == "todo" else paper.status
            output.message(f"#{paper.id} {one_line(paper.title)}: {state}")


_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "read": "read", "decide": "then decide",
        "minutes": "minutes [{}]", "unknown": "unknown", "next": "what next, {} [{}]", "or": " or ",
        "pass": "pass {}", "done": "done", "drop": "drop", "note": "a note in a line [none]",
        "why": "why, in a line [no reason]", "summary": "summary in a paragraph [{}]", "none": "none",
        "same": "as it is",
    },
    "zh": {
        "read": "读什么", "decide": "读完决定",
        "minutes": "用时(分钟)[{}]", "unknown": "不记", "next": "接下来 {} [{}]", "or": " / ",
        "pass": "第{}遍", "done": "读完", "drop": "放弃", "note": "一句话笔记 [无]",
        "why": "放弃的原因 [无]", "summary": "一段话总结 [{}]", "none": "无", "same": "不变",
    },
}  # fmt: skip


def _tell_of_start(output: Output, paper: Paper, result: Outcome) -> None:
    """What was begun, and what it is for."""
    from readlist.cli.asking import wrapped
    from readlist.domain.passes import GUIDES

    context = output.context
    number = result.number or 1
    state = "begun" if result.changed else "was begun already"
    since = paper.open_pass.started if paper.open_pass else None
    if not result.changed and since:
        today = since[:10] == context.now().date().isoformat()
        state += f", at {since[11:16]} today" if today and since[11:16] else f", on {since[:10]}"
    revived = "; it is given up no more" if result.revived else ""
    output.message(f"#{paper.id} {one_line(paper.title)}: pass {number} {state}{revived}")
    guide, words = GUIDES[context.settings.lang][number], _WORDS[context.settings.lang]
    told = [(2, f"{words['read']}: {guide.read}")]
    told += [(4, f"{name}{'' if name.endswith('?') else ':'} {asks}") for name, asks in guide.questions]
    told += [(2, f"{words['decide']}: {guide.decide}")]
    for indent, text in told:
        output.message(wrapped(output, text, indent))
    others = [i for i in context.library.views.being_read(_MANY) if i != paper.id]
    if others:
        output.message(f"also being read: {', '.join(_names(output, others[:3]))}" + (" …" if len(others) > 3 else ""))


def _write_note(output: Output, paper: Paper) -> None:
    """The note of the pass under way, in the user's editor."""
    from readlist.cli.editor import saved
    from readlist.services import notes

    context = output.context
    library, settings = context.library, context.settings
    under_way = paper.open_pass
    if under_way is None or under_way.id is None:  # somebody else finished it this moment
        return
    folder = settings.config.parent / "templates"
    page = notes.template(folder, paper, under_way.number, settings.lang, context.now().date())
    old = notes.note_of_pass(library.views, under_way.id)
    kept = saved(
        context,
        notes.continued(page, old.text) if old else page,
        lambda text: notes.keep_note_of_pass(library, paper, old, page, text),
    )
    if kept is None:
        output.message("no note was kept: nothing was written into it; `rl start --edit` opens it again")
    else:
        output.message(f"its note is {'kept' if kept and not old else 'changed' if kept else 'as it was'}")


def _asked(
    output: Output, paper_id: int, number: int | None, said: dict[str, Any]
) -> tuple[int | None, dict[str, Any]]:
    """Which pass is finished, and what whoever sits at the terminal says of it; Enter takes what stands in brackets."""
    from readlist.cli.asking import ask, choice, tell
    from readlist.services.read import prospect

    context = output.context
    found = prospect(context.library.views, paper_id, number, context.now())
    if found is None:
        return number, said
    words = _WORDS[context.settings.lang]
    tell(output, f"{_names(output, [paper_id])[0]}: {words['pass'].format(found.number)}")

    def minutes(typed: str) -> int | None:
        from readlist.errors import UsageError
        from readlist.services.read import checked_minutes

        if not typed:
            return found.minutes
        if typed.casefold() in ("-", "?", words["unknown"]):
            return None
        if not typed.isdecimal():
            raise UsageError(f"{typed[:20]!r} is no number of minutes", "52, or - if you do not know")
        return checked_minutes(int(typed[:9]))

    took = ask(output, words["minutes"].format(found.minutes or words["unknown"]), minutes)
    following: dict[str, str] = {words["pass"].format(n): str(n) for n in (2, 3) if n > found.number}
    following |= {words["done"]: "done", words["drop"]: "drop"}
    default = words["pass"].format(found.next_pass) if found.next_pass else words["done"]
    spoken = {**{it: it for it in ("2", "3", "done", "drop")}, **following}
    question = words["next"].format(words["or"].join(following), default)
    then = ask(output, question, choice(spoken, None))
    note = ask(output, words["why" if then == "drop" else "note"], str)
    summary = ""
    if found.number > 1 and then != "drop":
        summary = ask(output, words["summary"].format(words["same" if found.summary else "none"]), str)
    return found.number, {
        "minutes": took, "then": then, "note": note or None, "summary": summary or None, "clock": False,
    }  # fmt: skip


def _finished(paper: Paper, result: Finished) -> str:
    """What became of a pass, and of its paper."""
    if result.again:
        if not result.changed:
            return f"pass {result.number} was finished just now; nothing was changed"
        done = f"added to pass {result.number}, finished just now"
    else:
        clock = f" ({result.minutes} min by the clock)" if result.by_clock else ""
        done = f"pass {result.number} finished{clock}"
        if result.over:
            many = "passes" if len(result.over) > 1 else "pass"
            done += f", and with it {many} {' and '.join(map(str, result.over))}"
        if result.revived:
            done += "; it is given up no more"
    state = {"todo": f"pass {paper.next_pass} is next", "dropped": f"dropped: {one_line(paper.drop_reason or '')}"}
    return f"{done}; {state.get(paper.status, paper.status)}"


def _resolve(output: Output, references: Sequence[str] | None) -> list[int]:
    from readlist.services.current import Current
    from readlist.services.references import resolve_all

    context = output.context
    return resolve_all(context.library.views, Current(context.settings.database), list(references or []))


def _names(output: Output, ids: Sequence[int]) -> list[str]:
    return [f"#{i} {title}" for i, _, title in output.context.library.views.names(ids)]


def _after(output: Output, ids: Sequence[int]) -> list[Paper]:
    """The papers as they are now, which are also the command's data; the last becomes the current one."""
    from readlist.cli import documents
    from readlist.services.current import Current

    context = output.context
    papers = context.library.views.papers(ids, context.now().date(), whole=True)
    Current(context.settings.database).remember(ids[-1])
    output.show({"papers": [documents.paper(p) for p in papers], "total": len(papers)}, lambda: None)
    return papers
