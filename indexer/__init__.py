"""Turn statements into an index: read them, understand their headings, keep it current.

>>> from indexer import build, update
"""

from indexer.build import build, remove, update
from indexer.dates import DateInterval, PartialDate
from indexer.doctor import examine, repair
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
from indexer.examination import Examination, Fault, Remedy, Repair
from indexer.inspection import Inspection, inspect
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
