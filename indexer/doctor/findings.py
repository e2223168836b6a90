"""What the doctor finds in an index, and what a repair did, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from onrecord.indexer.report import Report

__all__ = ["Examination", "Fault", "Remedy", "Repair"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file; a ``harmless`` one changes no answer and is only mentioned."""

    file: str
    what: str
    harmless: bool = False

    def __str__(self) -> str:
        return f"{self.file}: {self.what}"


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found; ``generation`` is 0 where the table of contents cannot be read."""

    path: str
    generation: int
    segments: int
    faults: tuple[Fault, ...] = ()

    @property
    def healthy(self) -> bool:
        """Whether every answer of the index can be relied on."""
        return all(fault.harmless for fault in self.faults)

    def as_dict(self) -> dict[str, Any]:
        """Return the examination as plain data, ready for JSON."""
        return {
            "path": self.path,
            "healthy": self.healthy,
            "generation": self.generation,
            "segments": self.segments,
            "faults": [
                {"file": fault.file, "what": fault.what, "harmless": fault.harmless} for fault in self.faults
            ],
        }


class Remedy(Enum):
    """How an index was made whole."""

    KEPT = "kept"  #: it was whole; leftovers were swept
    WENT_BACK = "went back"  #: to the generation before
    REBUILT = "rebuilt"  #: from the texts


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair did.

    ``before`` is what was found, ``lost`` the files whose statements were in the index
    and are no longer, as far as that can still be read; ``report`` is that of a rebuild.
    """

    before: Examination
    remedy: Remedy
    generation: int
    swept: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    report: Report | None = None

    @property
    def needs_eyes(self) -> bool:
        """Whether something was lost, or could not be read again."""
        return bool(self.lost) or (self.report is not None and self.report.needs_eyes)

    def as_dict(self) -> dict[str, Any]:
        """Return the repair as plain data, ready for JSON."""
        return {
            "before": self.before.as_dict(),
            "remedy": self.remedy.value,
            "generation": self.generation,
            "swept": list(self.swept),
            "lost": list(self.lost),
            "report": self.report.as_dict() if self.report else None,
        }
