"""Looking back: the library, or some papers of it, in figures."""

from __future__ import annotations

from datetime import date, timedelta

from readlist.db.counts import Counts
from readlist.db.views import Views
from readlist.domain.query import Filter
from readlist.domain.stats import Stats, by_week, mondays, spread


def look_back(views: Views, wanted: Filter, since: date | None, today: date) -> Stats:
    """The figures of the papers that meet `wanted`; the weeks from the one of `since` on (None: half a year).

    Weeks before anything was there are left out, if `since` asks for them. Raises NotFound for an unknown topic.
    """
    counts = Counts(views, wanted)
    with counts.snapshot():
        if since:
            since = max(since, min(counts.first_day() or today, today))
        weeks = mondays(since, today)
        statuses = counts.statuses()
        undated, minutes = counts.undated_and_minutes()
        days = counts.days(weeks[0], weeks[-1] + timedelta(days=6))
        waiting = statuses["todo"] + statuses["reading"]
        return Stats(
            today=today,
            papers=sum(statuses.values()),
            statuses=statuses,
            depths=counts.depths(),
            undated=undated,
            minutes=minutes,
            topics=counts.topics(),
            venues=counts.venues(),
            years=counts.years(),
            days={day: count for day, (count, _) in days.items()},
            weeks=by_week(weeks, days, counts.moves(weeks[0]), waiting),
            to_first=spread(counts.days_to_first()),
            to_done=spread(counts.days_to_done()),
        )
