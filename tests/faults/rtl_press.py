"""A press for words that run from right to left: each letter at its place, as typesetters write them."""

from __future__ import annotations

from pathlib import Path

__all__ = ["HEIGHT", "WIDTH", "press_right_to_left"]

WIDTH, HEIGHT = 595, 842
_MARGIN, _SIZE, _PITCH, _LETTER = 70, 12, 20, 6.0


def press_right_to_left(
    path: Path, lines: list[str], *, size: int = _SIZE, beside: list[str] | None = None
) -> Path:
    """Set each line of text against the right margin, from logical to visual order.

    Runs of figures and of Latin letters keep their order. A letter is a code of the font, which a table
    maps to Unicode. Lines ``beside`` them run from left to right, from the left margin on.
    """
    western = beside or []
    codes = {sign: at + 33 for at, sign in enumerate(sorted(set("".join(lines + western)) - {" "}))}
    assert len(codes) < 220
    drawn = []
    for number, line in enumerate(lines):
        visual = _visual(line)
        x, y = WIDTH - _MARGIN - _LETTER * len(visual), HEIGHT - _MARGIN - _PITCH * number
        for at, sign in enumerate(visual):
            code = codes.get(sign, 32)
            drawn.append(f"BT /F {size} Tf 1 0 0 1 {x + at * _LETTER} {y} Tm <{code:02x}> Tj ET")
    for number, line in enumerate(western):
        for at, sign in enumerate(line):
            x, y = _MARGIN + at * _LETTER, HEIGHT - _MARGIN - _PITCH * number
            drawn.append(f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{codes.get(sign, 32):02x}> Tj ET")
    mapped = "\n".join(f"<{code:02x}> <{ord(sign):04x}>" for sign, code in {**codes, " ": 32}.items())
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CMapName /T def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(codes) + 1} beginbfchar\n{mapped}\nendbfchar\n"
        "endcmap end end"
    )
    widths = " ".join("500" for _ in range(224))
    path.write_bytes(
        _document(
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]"
            "/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>",
            "<</Type/Font/Subtype/TrueType/BaseFont/Helvetica/FirstChar 32/LastChar 255"
            f"/Widths[{widths}]/Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>",
            _stream("\n".join(drawn)),
            _stream(table),
        )
    )
    return path


def _visual(line: str) -> str:
    """Turn a line round, and runs of what goes from left to right back again."""
    runs: list[str] = []
    for sign in line:
        west = sign.isascii() and sign.isalnum()
        joins = runs and west and runs[-1][-1].isascii() and (runs[-1][-1].isalnum())
        if joins:
            runs[-1] += sign
        else:
            runs.append(sign)
    return "".join(reversed(runs))


def _stream(content: str) -> str:
    return f"<</Length {len(content.encode('latin-1'))}>>\nstream\n{content}\nendstream"


def _document(*objects: str) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{one}\nendobj\n".encode("latin-1")
    begin = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return data + f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{begin}\n%%EOF\n".encode()
