"""Answers in JSON."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, TypeVar, cast

from readlist.sources._exchange import Response

Shape = TypeVar("Shape")


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


def shaped(shape: type[Shape], data: Any) -> Shape | None:
    """`data` as the dataclass `shape`, checked by pydantic; None if it is shaped otherwise."""
    from pydantic import ValidationError

    try:
        return cast(Shape, _reader(cast(Any, shape)).validate_python(data))
    except ValidationError:
        return None


@cache
def _reader(shape: type) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(shape)
