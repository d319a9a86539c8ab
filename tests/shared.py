"""Where the real pages and recorded answers lie that some tests read.

They are too many to be part of the project. On a machine without them those tests are skipped with the reason;
where `CI=true` they fail instead, so that a missing folder cannot pass for a green run.
"""

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared"


def shared(path: str = "") -> Path:
    """What is at `path` below `../shared` (or `$READLIST_SHARED`); skips the test where that folder is absent."""
    root = Path(os.environ.get("READLIST_SHARED") or _BESIDE)
    if root.is_dir():
        if not (root / path).exists():
            pytest.fail(f"{root} has no {path}")
        return root / path
    reason = "real pages and recorded answers (../shared) are not here"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason, allow_module_level=True)
