"""What another process reads ahead is what this one would read; and it goes when nobody needs it."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from readlist.db.new_rows import told
from readlist.domain.listing import Piece
from readlist.errors import InputError
from readlist.importers import Streaming, bibtex, json_lines
from readlist.services.pages_in import Stream
from readlist.services.reading_ahead import reading

_LINES: tuple[Mapping[str, object], ...] = (
    {"title": "A thing", "authors": ["Ann Lee", "李沐"], "year": 2020, "doi": "10.1000/1", "abstract": "C++ and 词 é"},
    {"title": "With all", "url": "https://x.org/a", "pdf": "https://x.org/b.pdf", "code": "https://github.com/a/b",
     "tags": ["a", "b"], "topics": ["x/y"], "status": "read", "priority": "high", "notes": "One\nTwo",
     "added": "2020-01-02", "summary": "It is so.", "citations": 7, "key": "lee2020with"},
    {"nothing": "here"},
    {"title": "关于事物", "venue": "EMNLP", "published": "2021-03-04"},
)  # fmt: skip


def _stream(path: Path, text: bytes, importer: Streaming = json_lines) -> Stream:
    path.write_bytes(text)
    return Stream(str(path), str(path), path, len(text), importer)


def _json_lines() -> bytes:
    lines = [json.dumps(line, ensure_ascii=False) for line in _LINES]
    return "\n".join((*lines, '{"broken": ', "", '{"title": "a \\ud800 b"}') * 300).encode()


def _all(stream: Stream) -> list[Piece]:
    return list(stream.importer.pieces(stream.blocks()))


@pytest.mark.parametrize(
    ("importer", "text"),
    [
        (json_lines, _json_lines()),
        (bibtex, b"@article{a1, title = {One}, author = {Gao, T. and Yao, X.}, note = {n}}\n@misc{b, x}\n" * 700),
    ],
)
def test_it_is_what_one_would_read_oneself(importer: Streaming, text: bytes, tmp_path: Path) -> None:
    stream = _stream(tmp_path / "file", text, importer)
    with reading(stream) as found:
        read = list(found)
    assert stream.done == len(text)
    assert len(read) > 1 and [piece for piece, _ in read] == _all(stream)
    assert all(ready == [told(entry.metadata) for entry in piece.entries] for piece, ready in read)


def test_what_is_wrong_with_a_file_is_told(tmp_path: Path) -> None:
    stream = _stream(tmp_path / "file", _json_lines() + b'{"title": "\xff"}')
    with pytest.raises(InputError) as own:
        _all(stream)
    with reading(stream) as found, pytest.raises(InputError) as of_another:
        list(found)
    assert vars(of_another.value) == vars(own.value)


def _children() -> set[int]:
    found = set()
    for thread in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # it has ended meanwhile
            found |= {int(child) for child in (thread / "children").read_text().split()}
    return found


_HAS_PROC = Path("/proc/self/task").is_dir() and len(os.sched_getaffinity(0)) > 1


@pytest.mark.skipif(not _HAS_PROC, reason="files are read ahead where there are processes to be seen")
def test_nobody_is_left_when_it_is_given_up(tmp_path: Path) -> None:
    stream = _stream(tmp_path / "file", _json_lines() * 40)
    before = _children()
    with reading(stream) as found:
        next(found)
        assert len(_children() - before) == 1
    assert _children() <= before


@pytest.mark.skipif(not _HAS_PROC, reason="files are read ahead where there are processes to be seen")
def test_that_the_other_process_has_gone_is_told(tmp_path: Path) -> None:
    stream = _stream(tmp_path / "file", _json_lines() * 40)
    before = _children()
    with reading(stream) as found:
        next(found)
        (child,) = _children() - before
        os.kill(child, 9)
        with pytest.raises(InputError, match="broken off"):
            list(found)
