"""`rl topic`, `rl tag`, `rl venue`: what papers are filed under."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readlist.cli import options as o
from readlist.cli.command import command, examples
from readlist.cli.output import Output

if TYPE_CHECKING:
    from readlist.domain.topics import Forest
    from readlist.services.organise import Changed

Name = Annotated[str, typer.Argument(metavar="NAME")]
TopicName = Annotated[str, typer.Argument(metavar="TOPIC", help="By path, name or alias.")]


def register(app: typer.Typer) -> None:
    _topics(app)
    _tags(app)
    _venues(app)


def _group(app: typer.Typer, name: str, text: str, *shown: str) -> typer.Typer:
    group = typer.Typer(help=text, epilog=examples(*shown), no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name=name)
    return group


def _topics(app: typer.Typer) -> None:
    group = _group(
        app,
        "topic",
        "Topics: a tree, each with papers, notes and other names.",
        "rl topic list",
        "rl topic add NLP/句子表征 12 15",
    )

    @command(group, "list", "rl topic list")
    def list_(output: Output) -> None:
        """The tree of topics, with how much of each is read.

        The papers of the topics below count too, each once.
        """
        views = output.context.library.views
        forest, counts = views.forest(), views.topic_counts()
        data: list[dict[str, Any]] = [
            {"path": forest.path(t), "papers": papers, "total": total, "read": read, "aliases": list(t.aliases)}
            for t, _ in forest.in_order()
            for papers, total, read in (counts.get(t.id, (0, 0, 0)),)
        ]

        def draw() -> None:
            if not data:
                output.message("there are no topics yet: rl topic add NAME PAPER…")
            elif output.terminal:
                _draw_tree(output, forest, counts)
            else:
                output.rows([(it["path"], it["read"], it["total"], ", ".join(it["aliases"])) for it in data])

        output.show({"topics": data, "total": len(data)}, draw)

    @command(group, "add", "rl topic add NLP/句子表征 12 15")
    def add(output: Output, topic: TopicName, papers: o.SomePapers = None, yes: o.Yes = False) -> None:
        """Make a topic, and put papers under it."""
        from readlist.services import organise

        ids = _ids(output, papers)
        output.confirm(len(ids), f"put under {topic}", _names(output, ids), yes)
        done = organise.put_under_topic(output.context.library, topic, ids)
        more = _more(done.papers)
        if done.is_new:
            output.message(f"{done.path} is new" + (f": {more}" if ids else ""))
        else:
            output.message(f"{done.path}: {more}" if ids else f"{done.path} is there already")
        for path in done.alike[:3]:
            output.message(f"  {path} may be the same: `rl topic merge` makes one of two")
        output.show({"topic": done.path, "added": done.papers}, lambda: None)

    @command(group, "remove", "rl topic remove 句子表征 12", "rl topic remove NLP/old")
    def remove(output: Output, topic: TopicName, papers: o.SomePapers = None, yes: o.Yes = False) -> None:
        """Take papers from a topic, or take a topic away.

        If no paper is named, the topic goes with all below it; the papers stay.
        """
        from readlist.services import organise

        views = output.context.library.views
        ids = _ids(output, papers)
        if ids:
            output.confirm(len(ids), f"take from {topic}", _names(output, ids), yes)
            path, gone = organise.take_from_topic(output.context.library, topic, ids)
            output.message(f"{path}: {gone} paper{'s' if gone != 1 else ''} less")
            output.show({"topic": path, "removed": gone}, lambda: None)
            return
        forest = views.forest()
        below = list(forest.below(forest.one(topic)))
        under = sorted(views.papers_of_topics({t.id for t in below}))
        output.confirm(len(under), f"remove {forest.path(below[0])} with all below it", _names(output, under), yes)
        path = organise.remove_topic(output.context.library, topic)
        output.message(f"{path} removed; its papers stay")
        output.show({"topic": path, "removed": len(under)}, lambda: None)

    @command(group, "move", "rl topic move 无监督 NLP/句子表征", "rl topic move NLP/retrieval /")
    def move(
        output: Output,
        topic: TopicName,
        to: Annotated[
            str, typer.Argument(metavar="TO", help="The topic to put it under, or the path of a new one; / is the top.")
        ],
    ) -> None:
        """Put a topic, with all below it, under another one."""
        from readlist.services import organise

        done = organise.move_topic(output.context.library, topic, to)
        _changed(output, done)
        if done.made:
            output.message(f"  {done.made} is new")
        output.show({"topic": done.after}, lambda: None)

    @command(group, "merge", "rl topic merge 对比学习 contrastive")
    def merge(
        output: Output,
        topic: TopicName,
        into: Annotated[str, typer.Argument(metavar="INTO", help="The topic that stays.")],
        yes: o.Yes = False,
    ) -> None:
        """Make one of two topics; the first name stays as an alias."""
        from readlist.services import organise

        views = output.context.library.views
        forest = views.forest()
        first, second = forest.one(topic), forest.one(into)
        if first.id != second.id:
            under = sorted(views.papers_of_topics({t.id for t in forest.below(first)}))
            what = f"make {forest.path(first)} a part of {forest.path(second)}"
            output.confirm(len(under), what, _names(output, under), yes)
        done = organise.merge_topics(output.context.library, topic, into)
        one = done.before == done.after
        output.message(f"{done.after} is one topic already" if one else f"{done.before} is a part of {done.after} now")
        output.show({"topic": done.after}, lambda: None)

    @command(group, "alias", "rl topic alias 对比学习 contrastive")
    def alias(output: Output, topic: TopicName, name: Name) -> None:
        """Give a topic another name by which it is found."""
        from readlist.services import organise

        done = organise.alias_topic(output.context.library, topic, name)
        output.message(f"{done.path} is also {name}" if done.is_new else f"{done.path} was {name} already")
        for path in done.shared[:3]:
            output.message(f"  so is {path}: name each by its path, or make one of two with `rl topic merge`")
        output.show({"topic": done.path, "alias": name, "new": done.is_new}, lambda: None)

    @command(group, "rename", "rl topic rename CV 'computer vision'")
    def rename(output: Output, topic: TopicName, name: Name) -> None:
        """Give a topic another name, in its place."""
        from readlist.services import organise

        done = organise.rename_topic(output.context.library, topic, name)
        _changed(output, done)
        output.show({"topic": done.after, "before": done.before}, lambda: None)


def _changed(output: Output, done: Changed) -> None:
    same = done.before == done.after
    output.message(f"{done.after} is there already" if same else f"{done.before} is {done.after} now")


def _draw_tree(output: Output, forest: Forest, counts: Mapping[int, tuple[int, int, int]]) -> None:
    """Topics on a terminal: names indented by depth, with a bar and the numbers of what is read."""
    from rich.padding import Padding

    from readlist.cli.tables import bar, cell, plain

    table = plain()
    table.add_column("Topic", overflow="fold")
    table.add_column("", no_wrap=True)
    table.add_column("Read", justify="right", no_wrap=True)
    console = output.console
    for topic, depth in forest.in_order():
        _, total, read = counts.get(topic.id, (0, 0, 0))
        name = cell(topic.name, "" if total else "dim")
        if topic.aliases:
            name.append(" = ").append_text(cell(", ".join(topic.aliases), "dim"))
        table.add_row(
            Padding(name, (0, 0, 0, min(2 * depth, console.width // 3))),
            bar(console, read, total),
            cell(f"{read}/{total}" if total else ""),
        )
    console.print(table)


def _tags(app: typer.Typer) -> None:
    group = _group(app, "tag", "Tags: flat labels.", "rl tag list", "rl tag add survey 12")

    @command(group, "list", "rl tag list")
    def list_(output: Output) -> None:
        """All tags.

        With how many papers have each, and how many of them are read.
        """
        rows = output.context.library.views.tags()
        data = [{"name": row.name, "papers": row.papers, "read": row.read} for row in rows]

        def draw() -> None:
            from readlist.cli.tables import draw_table

            if not rows:
                output.message("there are no tags yet: rl tag add NAME PAPER…")
                return
            draw_table(
                output, [("Tag", False), ("Papers", True), ("Read", True)], [(r.name, r.papers, r.read) for r in rows]
            )

        output.show({"tags": data, "total": len(data)}, draw)

    @command(group, "add", "rl tag add survey 12 15")
    def add(output: Output, name: Name, papers: o.SomePapers = None, yes: o.Yes = False) -> None:
        """Give papers a tag (none named: the current one)."""
        from readlist.services import organise

        ids = _ids(output, papers or ["@"])
        output.confirm(len(ids), f"tag as {name}", _names(output, ids), yes)
        count = organise.tag(output.context.library, name, ids)
        output.message(f"{name}: {_more(count)}")
        output.show({"tag": name, "added": count}, lambda: None)

    @command(group, "remove", "rl tag remove survey 12", "rl tag remove old-tag")
    def remove(output: Output, name: Name, papers: o.SomePapers = None, yes: o.Yes = False) -> None:
        """Take a tag off papers, or, if none is named, off all and away."""
        from readlist.services import organise

        ids = _ids(output, papers)
        if ids:
            output.confirm(len(ids), f"take the tag {name} off", _names(output, ids), yes)
        else:
            rows = [r for r in output.context.library.views.tags() if r.name.casefold() == name.casefold()]
            output.confirm(rows[0].papers if rows else 0, f"remove the tag {name}", [], yes)
        count = organise.untag(output.context.library, name, ids)
        output.message(f"{name}: {count} paper{'s' if count != 1 else ''} less")
        output.show({"tag": name, "removed": count}, lambda: None)

    @command(group, "rename", "rl tag rename survey review")
    def rename(output: Output, name: Name, to: Annotated[str, typer.Argument(metavar="TO")]) -> None:
        """Give a tag another name."""
        from readlist.services import organise

        organise.rename_tag(output.context.library, name, to)
        output.message(f"{name} is {to} now" if name != to else f"{name} is its name already")
        output.show({"tag": to, "before": name}, lambda: None)


def _venues(app: typer.Typer) -> None:
    group = _group(app, "venue", "Venues: one name each, with other spellings.", "rl venue list")

    @command(group, "list", "rl venue list")
    def list_(output: Output) -> None:
        """All venues.

        With how many papers are of each, and how many of them are read.
        """
        rows = output.context.library.views.venues()
        data = [{"name": r.name, "papers": r.papers, "read": r.read, "aliases": list(r.aliases)} for r in rows]

        def draw() -> None:
            from readlist.cli.tables import draw_table

            if not rows:
                output.message("there are no venues yet")
                return
            draw_table(
                output,
                [("Venue", False), ("Papers", True), ("Read", True), ("Also", False)],
                [(r.name, r.papers, r.read, ", ".join(r.aliases)) for r in rows],
            )

        output.show({"venues": data, "total": len(data)}, draw)

    @command(group, "alias", "rl venue alias NeurIPS 神经信息处理系统大会")
    def alias(
        output: Output, venue: Name, name: Annotated[str, typer.Argument(metavar="ALIAS")], yes: o.Yes = False
    ) -> None:
        """Let another spelling mean a venue, now and in later imports.

        If that is a venue of its own so far, its papers become papers of this one.
        """
        from readlist.services import organise

        joined = organise.joining(output.context.library.views, name, venue)
        if joined:
            output.confirm(joined.papers, f"make {joined.gone} a part of {joined.kept}", [], yes)
        new = organise.alias_venue(output.context.library, venue, name)
        if joined:
            output.message(f"{joined.gone} is a part of {joined.kept} now: {_more(joined.papers)}")
        else:
            output.message(f"{name} means {venue}" if new else f"{name} meant {venue} already")
        moved = joined.papers if joined else 0
        output.show({"venue": venue, "alias": name, "new": new, "moved": moved}, lambda: None)

    @command(group, "merge", "rl venue merge 'NIPS workshop' NeurIPS")
    def merge(
        output: Output, venue: Name, into: Annotated[str, typer.Argument(metavar="INTO")], yes: o.Yes = False
    ) -> None:
        """Make one of two venues; the first name stays as an alias."""
        from readlist.services import organise

        joined = organise.joining(output.context.library.views, venue, into)
        if joined:
            output.confirm(joined.papers, f"make {joined.gone} a part of {joined.kept}", [], yes)
        count = organise.merge_venues(output.context.library, venue, into)
        if joined:
            output.message(f"{joined.gone} is a part of {joined.kept} now: {_more(count)}")
        else:
            output.message(f"{venue} and {into} are one venue already")
        output.show({"venue": into, "moved": count}, lambda: None)


def _more(papers: int) -> str:
    return f"{papers} paper{'s' if papers != 1 else ''} more"


def _ids(output: Output, papers: list[str] | None) -> list[int]:
    """The papers named; none if none is."""
    from readlist.services.current import Current
    from readlist.services.references import resolve_all

    context = output.context
    return resolve_all(context.library.views, Current(context.settings.database), papers) if papers else []


def _names(output: Output, ids: list[int]) -> list[str]:
    return [f"#{i} {title}" for i, _, title in output.context.library.views.names(ids)]
