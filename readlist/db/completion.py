"""Reading names for the shell's TAB key and for "did you mean": a bounded number, found by an index.

The keys that begin with a text stand together in the index of keys. Words of titles are found in the full-text index.
Parts of words, where there is nothing else, are looked for in the index of folded titles, which is a fraction of the
table: 2 ms with 10,000 papers, 30 ms with 100,000.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from readlist.db.catalogue import Catalogue
from readlist.db.connect import is_made, open_reading
from readlist.db.queries import Queries
from readlist.db.reader import Reader
from readlist.domain.text import fold

if TYPE_CHECKING:
    from readlist.domain.glossary import Glossary

_AFTER_ALL = "\U0010ffff"  # greater than any letter of a key
_WAIT = 0.1  # seconds for another's write: whoever pressed TAB waits no longer


class Nearest(Reader):
    """Names that are like one that there is not."""

    def keys_near(self, family: str, rest: str, most: int) -> list[str]:
        """Up to `most` keys in which a mistyped key may be found: they begin as `family` does, or hold `rest`.

        Whoever mistypes the name seldom mistypes what follows it, too. All are found in the index of keys.
        """
        begins = "select key from papers where key >= ?1 and key < ?1 || char(1114111) order by key limit ?2"
        found = [key for (key,) in self._all(begins, family[:3], most)] if family else []
        if len(rest) > 4:  # a year alone is no help
            found += [k for (k,) in self._all("select key from papers where instr(key, ?) limit ?", rest, most)]
        if family:
            found += [key for (key,) in self._all(begins, family[:1], most)]
        return list(dict.fromkeys(found))[:most]

    def titles_near(self, words: Sequence[str], most: int) -> list[str]:
        """The keys of up to `most` papers whose titles hold half of the folded `words` or more, the fullest first."""
        held = " + ".join(["(instr(folded_title, ?) > 0)"] * len(words))
        rows = self._all(
            f"select id, {held} as n from papers indexed by papers_by_title where n >= ? order by n desc, id limit ?",
            *words,
            (len(words) + 1) // 2,
            most,
        )
        return [key for i, _ in rows for (key,) in self._all("select key from papers where id = ?", i)]


class Completion(Catalogue, Queries):
    """The names that a library can offer."""

    def papers(self, typed: str, most: int) -> list[tuple[str, str]]:
        """Key and title of up to `most` papers: keys that begin with `typed`, then titles that hold it; of these those
        in which only a part of a word is like it come where there is nothing else.

        With nothing typed: the queue, most urgent first, then the other papers by key.
        """
        if not typed:
            found = self._all(
                "select p.key, p.title from reading r join papers p on p.id = r.paper_id where r.queued = 1 "
                "order by r.rank desc, r.paper_id limit ?1",
                most,
            )
            found += self._all("select key, title from papers order by key limit ?", most) if len(found) < most else []
        else:
            found = self.keys_from(typed.casefold(), most)
            if len(found) < most:
                found += self._titles(typed, most, any_part=not found)
        return list(dict.fromkeys(found))[:most]

    def _titles(self, typed: str, most: int, any_part: bool) -> list[tuple[str, str]]:
        """Key and title, by key, of up to `most` papers whose titles hold `typed`."""
        from readlist.db.search import titled

        named = "select key, title from papers where id in ({}) order by key"
        words, found = titled(typed), []
        if words:
            inside = "select rowid from fulltext where fulltext match ? limit ?"
            found = self._all(named.format(inside), words, most)
        if found or not any_part or not fold(typed):
            return found
        inside = "select id from papers indexed by papers_by_title where instr(folded_title, ?) limit ?"
        return self._all(named.format(inside), fold(typed), most)

    def keys_from(self, beginning: str, most: int) -> list[tuple[str, str]]:
        """Key and title of up to `most` papers whose key begins so."""
        return self._all(
            "select key, title from papers where key >= ? and key < ? order by key limit ?",
            beginning,
            beginning + _AFTER_ALL,
            most,
        )


def opened(path: Path, glossary: Callable[[], Glossary]) -> Completion | None:
    """The names of the library at `path`, opened read-only; None where there is none yet.

    It is never brought up to date: raises DatabaseError, or SQLite's own, for one that cannot be read as it is.
    """
    return Completion(open_reading(path, _WAIT), glossary) if is_made(path) else None
