"""What was typed, so that it can stand in a sentence."""

from __future__ import annotations

__all__ = ["displayed"]

_SHOWN = 40  # characters of what was typed that fit into a sentence about it


def displayed(text: str) -> str:
    """Return what was typed so that it can stand in a sentence: printable, and not long."""
    printable = text if text.isprintable() else ascii(text)[1:-1]
    return printable if len(printable) <= _SHOWN else f"{printable[: _SHOWN - 1]}…"
