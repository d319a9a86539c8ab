"""A scripted quarter: `rl` as a process through thirteen weeks on a real page, and an account kept beside it.

`python -m tests.stories.quarter` lives through the quarter that the suite does, `… 1 2 3` through others, drawn with
these seeds, and says where `rl` and the account (`account.py`) differ.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.replay import Replay, at_home, ran, replayed
from tests.shared import shared
from tests.stories.account import Account
from tests.stories.ledger import Card, Pass
from tests.stories.quarter_plan import MONDAY, WEEKS, Plan, drawn, moment, scripted

PAGE = "seeds/000_72aff1cd791d7d24.txt"
_ASKING = ("mark-read", "want", "drop", "reopen", "remove", "undo", "redo")


@dataclass
class Story:
    """A library that is lived with, the account of it, and what was found to differ."""

    env: Mapping[str, str]
    server: Replay
    ledger: Account = field(default_factory=Account)
    names: dict[str, int] = field(default_factory=dict)
    runs: int = 0
    faults: list[str] = field(default_factory=list)

    def rl(self, when: datetime, *words: str) -> Any:
        """What `rl … --json` says at that moment, run as a process; exit 0 is asserted."""
        self.runs += 1
        return json.loads(ran(*words, "--json", env={**self.env, "RL_TODAY": when.isoformat()}))["data"]

    def live(self, plan: Plan) -> None:
        """Thirteen weeks; each week's report is asked for on the Monday after it, and all again at the end."""
        told: list[tuple[Any, Any]] = []
        for when, words in plan(self.ledger):
            self._close_weeks(when, told)
            self.do(when, words)
        end = moment(WEEKS[-1] + timedelta(weeks=1), "00:30")
        self._close_weeks(end, told)
        for first, (expected, page) in zip(WEEKS, told, strict=True):
            name = _week(first)
            asked = self.rl(end, "report", "--week", name)
            self.same(f"{name} asked at the end", _report(asked), now := self.ledger.report(first))
            if now == expected and not self._rewritten(now, first + timedelta(weeks=1)):
                self.same(f"{name} as a page", _happened(asked), page)
        self.same_stats(end)
        self.same_log(end)

    def _close_weeks(self, now: datetime, told: list[tuple[Any, Any]]) -> None:
        while len(told) < len(WEEKS) and WEEKS[len(told)] + timedelta(weeks=1) <= now.date():
            first = WEEKS[len(told)]
            asked = self.rl(moment(first + timedelta(weeks=1), "00:30"), "report", "--week", _week(first))
            expected = self.ledger.report(first)
            self.same(_week(first), _report(asked), expected)
            told.append((expected, _happened(asked)))

    def _rewritten(self, told: Any, since: date) -> bool:
        """Whether a record that a report tells of was changed since that day."""
        named = {*told["read"], *told["reading"], *told["added"], *told["dropped"], *told["notes"], *told["movers"]}
        return any(
            deed.command in ("edit", "merge", "remove")
            and any(deed.before.get(i) is not deed.after.get(i) for i in named)
            for deed in self.ledger.ever
            if deed.when.date() >= since or deed not in self.ledger.deeds
        )

    # -- one command ---------------------------------------------------------------------------------------------------

    def do(self, when: datetime, words: Sequence[str]) -> None:
        """Give the command, and note it."""
        command, *rest = words
        name = rest[rest.index("as") + 1] if "as" in rest else None
        rest = [str(self.names.get(word, word)) for word in (rest[: rest.index("as")] if name else rest)]
        if command == "import":
            self._import(when)
        elif command == "add":
            self._add(when, rest, name)
        elif command == "refresh":
            asked = dict(word.split("=") for word in rest)
            counts = {int(self.names.get(paper, paper)): int(count) for paper, count in asked.items()}
            self.server.count({self.ledger.fetched_as[i]: count for i, count in counts.items()})
            self.rl(when, "refresh", *map(str, counts))
            self.ledger.counted(when, counts)
        else:
            self.rl(when, command, *rest, *["--yes"] * (command in _ASKING))
            self.ledger.tell(when, command, rest)

    def _import(self, when: datetime) -> None:
        """Take in the page. What it says of its papers is where the account begins."""
        self.rl(when, "import", str(shared(PAGE)))
        marked = (Pass(2),)
        cards, papers = {}, self.rl(when, "list", "--limit", "0", "--sort", "id")["papers"]
        for it in papers:
            wants = 1 if it["status"] == "todo" else None
            cards[it["id"]] = Card(when, wants, it["year"], passes=marked if it["status"] == "done" else ())
            group = {"todo": "t", "done": "r", "listed": "l"}[it["status"]]
            self.names[group + str(sum(name[0] == group for name in self.names) + 1)] = it["id"]
        self.ledger.new("import", when, cards)

    def _add(self, when: datetime, words: Sequence[str], name: str | None) -> None:
        reference, _, count = words[0].partition("=")
        if count:
            self.server.count({reference: int(count)})
            words = [reference, *words[1:]]
        (paper,) = self.rl(when, "add", *words)["papers"]
        counts = {when.date(): int(count)} if count else {}
        if count:
            self.ledger.fetched_as[paper["id"]] = reference
        self.ledger.new("add", when, {paper["id"]: Card(when, year=paper["year"], counts=counts)})
        if name:
            self.names[name] = paper["id"]

    # -- what is compared ----------------------------------------------------------------------------------------------

    def same(self, what: str, said: Any, expected: Any) -> None:
        """Note where they differ."""
        if isinstance(said, dict) and isinstance(expected, dict):
            for key in {**said, **expected}:
                self.same(f"{what}: {key}", said.get(key), expected.get(key))
        elif said != expected:
            self.faults.append(f"{what}: rl says {said!r}, the account {expected!r}")

    def same_stats(self, now: datetime) -> None:
        data = self.rl(now, "stats", "--since", MONDAY.isoformat())
        weeks = [date.fromisoformat(week["first"]) for week in data["weeks"]]
        expected = self.ledger.stats(now.date(), weeks)
        said = {
            "papers": data["papers"],
            "statuses": {name: n for name, n in data["statuses"].items() if n},
            "passes": {it["pass"]: it["papers"] for it in data["passes"]},
            "undated": data["undated"],
            "minutes": data["minutes"],
            "years": {it["name"]: it["papers"] for it in data["years"]},
            "read by year": {it["name"]: it["read"] for it in data["years"] if it["read"]},
            "days": {it["day"]: it["passes"] for it in data["days"]},
            "to_first": data["to_first"],
            "to_done": data["to_done"],
        }
        names = ("passes", "minutes", "came", "went", "waiting")
        for week, (first, *figures) in zip(data["weeks"], expected["weeks"], strict=True):
            self.same(f"stats: week of {first}", {it: week[it] for it in names}, dict(zip(names, figures, strict=True)))
        self.same("stats", said, {name: value for name, value in expected.items() if name != "weeks"})

    def same_log(self, now: datetime) -> None:
        entries = self.rl(now, "log", "-n", "0")["entries"][::-1]
        place = {entry["id"]: n for n, entry in enumerate(entries)}
        said = [(it["command"], place.get(it["undoes"]), it["undone"]) for it in entries]
        expected = self.ledger.lines()
        self.same("log: how many", len(said), len(expected))
        for n, pair in enumerate(zip(said, expected, strict=False)):
            self.same(f"log: line {n}", *pair)


def _week(first: date) -> str:
    year, number, _ = first.isocalendar()
    return f"{year}-W{number:02d}"


def _happened(data: Any) -> str:
    """The report as a page, without what is next."""
    return str(data["markdown"]).partition("\n## Next")[0].rstrip()


def _report(data: Any) -> dict[str, Any]:
    """What a report says, in the account's words."""
    by_hand = [(it["paper"]["id"], it["notes"]) for part in ("read", "reading", "noted") for it in data[part]]
    return {
        "read": {
            it["paper"]["id"]: [(one["pass"], one["minutes"], one["note"], one["then"]) for one in it["passes"]]
            for it in data["read"]
        },
        "minutes": data["minutes"],
        "summaries": {it["paper"]["id"]: it["paper"]["summary"] for it in data["read"]},
        "reading": sorted(it["paper"]["id"] for it in data["reading"]),
        "added": [it["id"] for it in data["added"]],
        "added_total": data["added_total"],
        "dropped": {it["id"]: it["drop_reason"] for it in data["dropped"]},
        "notes": {i: notes for i, notes in by_hand if notes},
        "movers": {it["paper"]["id"]: (it["before"], it["after"]) for it in data["movers"]},
        "queue": data["queue"],
    }


def quarter(home: Path, plan: Plan) -> Story:
    """Live through a quarter with a library in the folder `home`; what differs stands in the story's `faults`."""
    with replayed() as server:
        story = Story(at_home(home, server), server)
        story.live(plan)
    return story


def main(seeds: Sequence[str]) -> int:
    plans = {f"seed {seed}": drawn(int(seed)) for seed in seeds} or {"the scripted quarter": scripted}
    wrong = 0
    for name, plan in plans.items():
        with tempfile.TemporaryDirectory() as folder:
            begun = time.monotonic()
            story = quarter(Path(folder) / "home", plan)
        print(f"{name}: {story.runs} runs in {time.monotonic() - begun:.0f} s, {len(story.faults)} differences")
        for fault in story.faults:
            print("  " + fault)
        wrong += len(story.faults)
    return min(wrong, 1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
