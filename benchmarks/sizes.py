"""How many bytes a paper takes in rl's library, and which share of it is the full-text index."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from benchmarks import libraries
from benchmarks.measure import Launcher

NAME = "sizes"
_BY_TABLE = """
    select case when m.tbl_name like 'fulltext%' then 'full-text index' when m.type = 'index' then 'indexes'
           when m.tbl_name = 'texts' then 'abstracts' when m.tbl_name like 'log%' or m.tbl_name like 'changes%'
           then 'log' else 'other tables' end, sum(s.pgsize)
    from (select name, sum(pgsize) pgsize from dbstat group by name) s left join sqlite_master m on m.name = s.name
    group by 1
"""


def measure(launcher: Launcher, sizes: Sequence[str]) -> dict[str, Any]:
    """Of each library its bytes by what they hold. Libraries that there are none of are left out."""
    found: dict[str, Any] = {}
    for size in sizes:
        try:
            path = libraries.rl(launcher, size) / "readlist.db"
            connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
            papers = connection.execute("select count(*) from papers").fetchone()[0]
            found[size] = {"papers": papers, "bytes": dict(connection.execute(_BY_TABLE))}
            connection.close()
        except (libraries.Missing, sqlite3.Error) as error:
            found[size] = {"fault": str(error)}
    return {"row": NAME, "libraries": found}
