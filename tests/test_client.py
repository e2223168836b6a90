"""The public API as somebody else's program uses it; the type checker reads the program too."""

from __future__ import annotations

from pathlib import Path

from client import quotations


def test_a_client_quotes_and_cites(corpus: Path, tmp_path: Path) -> None:
    assert quotations(corpus, tmp_path, "free navigation", speaker="Panama", since="1973-03") == [
        "Free navigation through the canal belongs to every ship of every nation, in peace and in war. "
        "(Panama, 1973-03-15, 1973-03-15-panama-security-council-kx4hk#2)"
    ]
