"""What a paragraph does in its statement, and as what someone spoke.

They are apart from `indexer.statement`, because a search, which needs no statement, needs them.
"""

from __future__ import annotations

from enum import Enum, StrEnum

__all__ = ["Role", "SpeakerRole"]


class Role(Enum):
    """What a paragraph does in its statement."""

    GREETING = "greeting"  #: "Mr. President," before the substance
    BODY = "body"
    CLOSING = "closing"  #: "I thank you." after the substance
    NOTE = "note"  #: a footnote or an endnote, after all that was spoken; its mark is its printed number


class SpeakerRole(StrEnum):
    """As what someone spoke."""

    CHAIR = "chair"  #: presiding: the President, the Speaker, a deputy of theirs
    DELEGATION = "delegation"  #: for a state that takes part
    MEMBER = "member"  #: as a member of a parliament
    OBSERVER = "observer"  #: for an observer state or an organisation
    GUEST = "guest"  #: invited or answering: an official, an expert, someone called in from the floor
