"""Turn statements into an index: read them, understand their headings, keep it current.

>>> from indexer import build, update
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from indexer.building.build import build, remove, update
from indexer.dates import DateInterval, PartialDate
from indexer.errors import (
    AddressError,
    DateError,
    IndexDamaged,
    IndexLocked,
    IndexMissing,
    OnRecordError,
    QueryError,
    SourceError,
    StoreError,
)
from indexer.report import Progress, Report, Skipped, Tally
from indexer.statement import (
    Confidence,
    Finding,
    Metadata,
    Paragraph,
    Role,
    Source,
    Speaker,
    SpeakerRole,
    Statement,
)

if TYPE_CHECKING:
    from indexer.doctor.findings import Examination, Fault, Remedy, Repair
    from indexer.doctor.repair import examine, repair
    from indexer.reading.inspection import Inspection, inspect

__all__ = [
    "AddressError",
    "Confidence",
    "DateError",
    "DateInterval",
    "Examination",
    "Fault",
    "Finding",
    "IndexDamaged",
    "IndexLocked",
    "IndexMissing",
    "Inspection",
    "Metadata",
    "OnRecordError",
    "Paragraph",
    "PartialDate",
    "Progress",
    "QueryError",
    "Remedy",
    "Repair",
    "Report",
    "Role",
    "Skipped",
    "Source",
    "SourceError",
    "Speaker",
    "SpeakerRole",
    "Statement",
    "StoreError",
    "Tally",
    "build",
    "examine",
    "inspect",
    "remove",
    "repair",
    "update",
]

# Loaded when they are asked for: they would be a fortieth of what a search takes in a process of its own.
_LATER = {
    "indexer.doctor.repair": ("examine", "repair"),
    "indexer.doctor.findings": ("Examination", "Fault", "Remedy", "Repair"),
    "indexer.reading.inspection": ("Inspection", "inspect"),
}

if not TYPE_CHECKING:  # else every name would pass for one that is there

    def __getattr__(name: str) -> Any:
        """Load what a search does not need."""
        for module, names in _LATER.items():
            if name in names:
                return getattr(import_module(module), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        """Name what is loaded later too, for those who look around in a shell."""
        return list({*__all__, *globals()})
