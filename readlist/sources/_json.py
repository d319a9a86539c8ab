"""Answers in JSON."""

from __future__ import annotations

import json
from typing import Any

from readlist.sources._exchange import Response


class NotJson(Exception):
    """The answer is not JSON; the text says what it is."""


def read_json(response: Response) -> Any:
    """What the body of `response` says. Raises NotJson, and nothing else."""
    try:
        # As UTF-8, whatever the first bytes look like; a byte order mark is none of the JSON.
        return json.loads(response.text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as fault:
        if not response.body.strip():
            raise NotJson("an empty page") from fault
        html = response.text.lstrip()[:1] == "<"
        raise NotJson("a page of HTML" if html else "something that is not JSON") from fault
