"""Why no reader takes a file: what it is, as far as it shows, and what to do about it.

The sentences are few and fixed: an index keeps which of them was said of a file.
"""

from __future__ import annotations

from pathlib import PurePath

__all__ = ["NO_READER", "NO_SPEECHES", "REASONS", "why_not_read"]

#: Said of a file that shows nothing more.
NO_READER = "no reader takes this kind of file"
_XML = f"{NO_READER}: it is XML, and none of the debates that are known; save its text as a web page"
#: Said of a table of other things.
NO_SPEECHES = (
    f"{NO_READER}: it is a table, and no column is known to hold speeches; where one does, say so in "
    "a sidecar (NAME.yaml) under columns"
)
_PARQUET = f"{NO_READER}: it is Parquet; install pyarrow (pip install 'onrecord[parquet]')"
_OLD_WORD = f"{NO_READER}: it is an old Word document; install antiword or LibreOffice, or save it as DOCX"
_OFFICE = f"{NO_READER}: it is a spreadsheet or slides; save tables as CSV, and slides as PDF"
_PICTURE = f"{NO_READER}: it is a picture; run text recognition on it, and save the text"
_SOUND = f"{NO_READER}: it is a recording; its subtitles (SRT, VTT) are read, or a transcript"
_PACKED = f"{NO_READER}: it is packed; unpack it, or pack it as zip"
_NO_DOCUMENT = f"{NO_READER}: by its name it is a document, and by its content it is none; get it again"
#: Every reason, so that an index may keep its number; a new one stands last.
REASONS = (
    NO_READER,
    _XML,
    NO_SPEECHES,
    _PARQUET,
    _OLD_WORD,
    _OFFICE,
    _PICTURE,
    _SOUND,
    _PACKED,
    _NO_DOCUMENT,
)

_BY_BEGINNING = (
    (b"PAR1", _PARQUET),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OFFICE),
    (b"\x89PNG\r\n\x1a\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"ID3", _SOUND),
    (b"OggS", _SOUND),
    (b"RIFF", _SOUND),
    (b"\x1f\x8b", _PACKED),
    (b"BZh", _PACKED),
    (b"\xfd7zXZ\x00", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"Rar!\x1a\x07", _PACKED),
    (b"\x28\xb5\x2f\xfd", _PACKED),
)
_BY_ENDING = {
    **dict.fromkeys((".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson"), NO_SPEECHES),
    **dict.fromkeys((".xlsx", ".xls", ".ods", ".pptx", ".ppt", ".odp"), _OFFICE),
    **dict.fromkeys((".mp3", ".mp4", ".m4a", ".wav", ".mov", ".webm"), _SOUND),
    **dict.fromkeys((".tar", ".rar", ".7z"), _PACKED),
    **dict.fromkeys((".pdf", ".docx", ".docm", ".dotx", ".rtf", ".odt", ".epub"), _NO_DOCUMENT),
    ".xml": _XML,
    ".doc": _OLD_WORD,
}
_XML_BEGINS = (b"<?xml", b"\xef\xbb\xbf<?xml")


def why_not_read(path: PurePath, beginning: bytes) -> str:
    r"""Say why no reader takes a file of this name that begins so.

    >>> why_not_read(PurePath("scan.png"), b"\x89PNG\r\n\x1a\n")
    'no reader takes this kind of file: it is a picture; run text recognition on it, and save the text'
    """
    ending = path.suffix.lower()
    for begins, reason in _BY_BEGINNING:
        if beginning.startswith(begins):
            return _OLD_WORD if reason is _OFFICE and ending in (".doc", ".dot", "") else reason
    if beginning.startswith(_XML_BEGINS):
        return _XML
    return _BY_ENDING.get(ending, NO_READER)
