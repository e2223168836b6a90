"""On Record: a full-text index of what states, delegations and parliamentarians said.

>>> from onrecord import open_index, update

`update` turns texts into an index and keeps it current, `open_index` opens one to ask it. Every public
name of the two packages underneath, `onrecord.indexer` and `onrecord.search`, is here, and is loaded when
it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.indexer.dates import DateInterval as DateInterval
    from onrecord.indexer.dates import PartialDate as PartialDate
    from onrecord.indexer.doctor.examine import examine as examine
    from onrecord.indexer.doctor.findings import Examination as Examination
    from onrecord.indexer.doctor.findings import Fault as Fault
    from onrecord.indexer.doctor.findings import Remedy as Remedy
    from onrecord.indexer.doctor.findings import Repair as Repair
    from onrecord.indexer.doctor.repair import repair as repair
    from onrecord.indexer.errors import AddressError as AddressError
    from onrecord.indexer.errors import AlertError as AlertError
    from onrecord.indexer.errors import ClusterError as ClusterError
    from onrecord.indexer.errors import DateError as DateError
    from onrecord.indexer.errors import ExportError as ExportError
    from onrecord.indexer.errors import IndexClosed as IndexClosed
    from onrecord.indexer.errors import IndexDamaged as IndexDamaged
    from onrecord.indexer.errors import IndexLocked as IndexLocked
    from onrecord.indexer.errors import IndexMissing as IndexMissing
    from onrecord.indexer.errors import IndexOutdated as IndexOutdated
    from onrecord.indexer.errors import NeedsLocalIndex as NeedsLocalIndex
    from onrecord.indexer.errors import NotInstalled as NotInstalled
    from onrecord.indexer.errors import OnRecordError as OnRecordError
    from onrecord.indexer.errors import QueryError as QueryError
    from onrecord.indexer.errors import RequestError as RequestError
    from onrecord.indexer.errors import SourceError as SourceError
    from onrecord.indexer.errors import StoreError as StoreError
    from onrecord.indexer.reading.inspection import Inspection as Inspection
    from onrecord.indexer.reading.inspection import inspect as inspect
    from onrecord.indexer.report import Doubt as Doubt
    from onrecord.indexer.report import Guess as Guess
    from onrecord.indexer.report import Linked as Linked
    from onrecord.indexer.report import LoadedInto as LoadedInto
    from onrecord.indexer.report import Move as Move
    from onrecord.indexer.report import Progress as Progress
    from onrecord.indexer.report import Report as Report
    from onrecord.indexer.report import Sampled as Sampled
    from onrecord.indexer.report import Skipped as Skipped
    from onrecord.indexer.report import Tally as Tally
    from onrecord.indexer.statement import Confidence as Confidence
    from onrecord.indexer.statement import Finding as Finding
    from onrecord.indexer.statement import Metadata as Metadata
    from onrecord.indexer.statement import Paragraph as Paragraph
    from onrecord.indexer.statement import Party as Party
    from onrecord.indexer.statement import Role as Role
    from onrecord.indexer.statement import RunnerUp as RunnerUp
    from onrecord.indexer.statement import Source as Source
    from onrecord.indexer.statement import Speaker as Speaker
    from onrecord.indexer.statement import SpeakerRole as SpeakerRole
    from onrecord.indexer.statement import Statement as Statement
    from onrecord.indexer.store.former_addresses import KnownAddress as KnownAddress
    from onrecord.search.brief.brief import Brief as Brief
    from onrecord.search.brief.values import Quotation as Quotation
    from onrecord.search.brief.values import TopicBrief as TopicBrief
    from onrecord.search.cluster.doors import build as build
    from onrecord.search.cluster.doors import remove as remove
    from onrecord.search.cluster.doors import update as update
    from onrecord.search.exports.replay import Replay as Replay
    from onrecord.search.exports.run_record import RunRecord as RunRecord
    from onrecord.search.index import Index as Index
    from onrecord.search.index import open_index as open_index
    from onrecord.search.language import GRAMMAR_VERSION as GRAMMAR_VERSION
    from onrecord.search.language.operands import Match as Match
    from onrecord.search.language.operands import Mode as Mode
    from onrecord.search.publishing.publish import Published as Published
    from onrecord.search.publishing.publish import publish as publish
    from onrecord.search.request import Request as Request
    from onrecord.search.request import Sort as Sort
    from onrecord.search.research.comparisons.collocates import Collocate as Collocate
    from onrecord.search.research.comparisons.collocates import Collocates as Collocates
    from onrecord.search.research.comparisons.comparison import Comparison as Comparison
    from onrecord.search.research.comparisons.comparison import KeyWord as KeyWord
    from onrecord.search.research.concordances.concordance import Concordance as Concordance
    from onrecord.search.research.concordances.concordance import Line as Line
    from onrecord.search.research.counts.cells import Cell as Cell
    from onrecord.search.research.counts.counts import Counts as Counts
    from onrecord.search.research.silence import Presence as Presence
    from onrecord.search.research.silence import Silence as Silence
    from onrecord.search.research.silence import read_among as read_among
    from onrecord.search.research.silences import Silences as Silences
    from onrecord.search.research.topics import Topic as Topic
    from onrecord.search.research.topics import read_topics as read_topics
    from onrecord.search.research.units import Per as Per
    from onrecord.search.research.units import Unit as Unit
    from onrecord.search.research.verification.verdict import Edit as Edit
    from onrecord.search.research.verification.verdict import EditKind as EditKind
    from onrecord.search.research.verification.verdict import Flag as Flag
    from onrecord.search.research.verification.verdict import Grade as Grade
    from onrecord.search.research.verification.verdict import Nearest as Nearest
    from onrecord.search.research.verification.verdict import Verdict as Verdict
    from onrecord.search.research.verification.verdict import Verdicts as Verdicts
    from onrecord.search.results.counts import Count as Count
    from onrecord.search.results.counts import Facets as Facets
    from onrecord.search.results.counts import Folded as Folded
    from onrecord.search.results.counts import Hint as Hint
    from onrecord.search.results.counts import Instead as Instead
    from onrecord.search.results.counts import Missing as Missing
    from onrecord.search.results.counts import Status as Status
    from onrecord.search.results.counts import Unknown as Unknown
    from onrecord.search.results.counts import Variant as Variant
    from onrecord.search.results.counts import WordCount as WordCount
    from onrecord.search.results.hits import Hit as Hit
    from onrecord.search.results.hits import Results as Results
    from onrecord.search.results.passage import Passage as Passage
    from onrecord.search.results.tally import Key as Key

__version__ = "0.1.0"

# Where each public name is defined; the imports above tell a type checker the same.
_HOMES = {
    "onrecord.indexer.dates": ("DateInterval", "PartialDate"),
    "onrecord.indexer.doctor.findings": ("Examination", "Fault", "Remedy", "Repair"),
    "onrecord.indexer.doctor.examine": ("examine",),
    "onrecord.indexer.doctor.repair": ("repair",),
    "onrecord.indexer.errors": (
        "AddressError",
        "AlertError",
        "ClusterError",
        "DateError",
        "ExportError",
        "IndexClosed",
        "IndexDamaged",
        "IndexLocked",
        "IndexMissing",
        "IndexOutdated",
        "NeedsLocalIndex",
        "NotInstalled",
        "OnRecordError",
        "QueryError",
        "RequestError",
        "SourceError",
        "StoreError",
    ),
    "onrecord.indexer.reading.inspection": ("Inspection", "inspect"),
    "onrecord.indexer.report": (
        *(
            "Doubt",
            "Guess",
            "Linked",
            "LoadedInto",
            "Move",
            "Progress",
            "Report",
            "Sampled",
            "Skipped",
            "Tally",
        ),
    ),
    "onrecord.indexer.statement": (
        "Confidence",
        "Finding",
        "Metadata",
        "Paragraph",
        "Party",
        "Role",
        "RunnerUp",
        "Source",
        "Speaker",
        "SpeakerRole",
        "Statement",
    ),
    "onrecord.indexer.store.former_addresses": ("KnownAddress",),
    "onrecord.search.brief.brief": ("Brief",),
    "onrecord.search.brief.values": ("Quotation", "TopicBrief"),
    "onrecord.search.cluster.doors": ("build", "remove", "update"),
    "onrecord.search.exports.replay": ("Replay",),
    "onrecord.search.exports.run_record": ("RunRecord",),
    "onrecord.search.index": ("Index", "open_index"),
    "onrecord.search.language": ("GRAMMAR_VERSION",),
    "onrecord.search.language.operands": ("Match", "Mode"),
    "onrecord.search.publishing.publish": ("Published", "publish"),
    "onrecord.search.request": ("Request", "Sort"),
    "onrecord.search.research.comparisons.collocates": ("Collocate", "Collocates"),
    "onrecord.search.research.concordances.concordance": ("Concordance", "Line"),
    "onrecord.search.research.counts.cells": ("Cell",),
    "onrecord.search.research.comparisons.comparison": ("Comparison", "KeyWord"),
    "onrecord.search.research.counts.counts": ("Counts",),
    "onrecord.search.research.silence": ("Presence", "Silence", "read_among"),
    "onrecord.search.research.silences": ("Silences",),
    "onrecord.search.research.topics": ("Topic", "read_topics"),
    "onrecord.search.research.units": ("Per", "Unit"),
    "onrecord.search.research.verification.verdict": (
        "Edit",
        "EditKind",
        "Flag",
        "Grade",
        "Nearest",
        "Verdict",
        "Verdicts",
    ),
    "onrecord.search.results.counts": (
        "Count",
        "Facets",
        "Folded",
        "Hint",
        "Instead",
        "Missing",
        "Status",
        "Unknown",
        "Variant",
        "WordCount",
    ),
    "onrecord.search.results.hits": ("Hit", "Results"),
    "onrecord.search.results.passage": ("Passage",),
    "onrecord.search.results.tally": ("Key",),
}

__all__ = sorted({"__version__"}.union(*_HOMES.values()))

if not TYPE_CHECKING:  # else every name would pass for one that is there

    def __getattr__(name: str) -> Any:
        """Load a public name where it is defined."""
        for home, names in _HOMES.items():
            if name in names:
                found = globals()[name] = getattr(import_module(home), name)
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        """Name what is not loaded yet too, for those who look around in a shell."""
        return sorted({*__all__, *globals()})
