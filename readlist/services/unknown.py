"""Why a listing is empty: a tag or venue was asked for that no paper of the library has."""

from __future__ import annotations

from datetime import date

from readlist.db.views import Views
from readlist.domain.nearest import did_you_mean
from readlist.domain.text import one_line
from readlist.services.listing import Wanted, to_filter


def unknown_names(views: Views, wanted: Wanted, today: date) -> list[str]:
    """A sentence for each tag and venue asked for that there is not, with the names that are nearest."""
    said = []
    asked = to_filter(wanted, today, views)
    for kind, texts, known in (("tag", asked.named("tag"), views.tags), ("venue", asked.named("venue"), views.venues)):
        for text in dict.fromkeys(text.removeprefix("#").strip() for text in texts):
            names = [name for it in known() for name in (it.name, *it.aliases)]
            if not any(text.casefold() in name.casefold() for name in names):
                hint = did_you_mean(text, names, f"`rl {kind} list` shows all")
                said.append(f"there is no {kind} {one_line(text)!r}: {hint}")
    return said
