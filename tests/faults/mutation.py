"""Inputs that are nearly right: samples in the shape of the real thing, taken apart and put together wrongly.

Bytes at random are refused by the first line of any reader. What comes from here keeps most
of the shape of a sample, so that it reaches the code behind.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

from faults.markup import markup_of

__all__ = ["Mutator", "changed_value"]

#: Beyond this an input is cut: more of the same finds nothing new, and takes the time of many.
LONGEST = 60_000
LONGEST_JSON = 5_000
#: One input in so many has a piece that comes back up to thousands of times: what takes the square of its
#: length is found by it, and the others take a twentieth of its time.
SELDOM_LONG = 30
#: Values that programs expect least.
STRANGE: Sequence[Any] = (
    None,
    True,
    -1,
    0,
    1,
    2**31,
    2**63,
    10**30,
    1.5,
    float("inf"),
    "",
    "\ud800",
    "a\0b",
    "../..",
    "/dev/zero",
    "x" * 300,
    [],
    {},
    [[]],
    [0] * 40,
    {"a": {"a": {}}},
)


class Mutator:
    """Makes inputs out of samples and of tokens, the pieces that mean something in their language.

    The input of a number is the same whatever was made before it. Short samples come more often.
    """

    def __init__(
        self, samples: Sequence[bytes], tokens: Sequence[bytes], *, seed: int, name: str = ""
    ) -> None:
        self.random = random.Random(seed)
        self.long = False
        self._seed = f"{name} {seed}"
        self._samples = samples
        self._shares = list(accumulate((100 + len(sample)) ** -1.5 for sample in samples))
        self._tokens = tokens

    def at(self, number: int) -> None:
        """Make the input of a number the next one."""
        self.random.seed(f"{self._seed} {number}")
        self.long = self.random.randrange(SELDOM_LONG) == 0

    def sample(self) -> bytes:
        """Choose a sample."""
        [sample] = self.random.choices(self._samples, cum_weights=self._shares)
        return sample

    def make(self) -> bytes:
        """Make the next input."""
        return self.mutated(self.sample())

    def mutated(self, data: bytes) -> bytes:
        """Change an input in one to eight places, one of markup mostly so that it stays well formed."""
        chance = self.random
        times = chance.choice((1, 1, 2, 3, 5, 8))
        if chance.random() < 0.6 and (markup := markup_of(data)) is not None:
            data = markup.changed(data, chance, times=times, pieces=self._tokens)[:LONGEST]
            times = chance.choice((0, 0, 1))
        elif data[:1] in b"{[" and len(data) < LONGEST_JSON and chance.random() < 0.6:
            data = _changed_json(data, chance)
            times = chance.choice((0, 0, 0, 1))
        for _ in range(times):
            data = chance.choice(_WAYS)(self, data)[:LONGEST]
        return data

    def times(self, most: int) -> int:
        """Choose how often something comes back: up to two to the power of ``most`` in a long input."""
        return int(2 ** self.random.uniform(1, most if self.long else 3))

    def token(self) -> bytes:
        """Choose a token."""
        return self.random.choice(self._tokens)

    def place(self, data: bytes) -> int:
        """Choose a place in an input, one in two at a boundary of words."""
        at = self.random.randint(0, len(data))
        if self.random.random() < 0.5:
            space = data.find(self.random.choice((b" ", b"\n", b'"', b">")), at)
            return at if space < 0 else space
        return at

    def stretch(self, data: bytes) -> tuple[int, int]:
        """Choose a stretch of an input, seldom a long one."""
        begin = self.place(data)
        return begin, min(len(data), begin + int(self.random.expovariate(1 / 20)))


def _insert(mutator: Mutator, data: bytes) -> bytes:
    at = mutator.place(data)
    return data[:at] + mutator.token() + data[at:]


def _insert_many(mutator: Mutator, data: bytes) -> bytes:
    at, times = mutator.place(data), mutator.times(11)
    return data[:at] + b"".join((mutator.token(), mutator.token())) * times + data[at:]


def _delete(mutator: Mutator, data: bytes) -> bytes:
    begin, end = mutator.stretch(data)
    return data[:begin] + data[end:]


def _repeat(mutator: Mutator, data: bytes) -> bytes:
    begin, end = mutator.stretch(data)
    return data[:begin] + data[begin:end] * mutator.times(9) + data[end:]


def _move(mutator: Mutator, data: bytes) -> bytes:
    begin, end = mutator.stretch(data)
    rest, at = data[:begin] + data[end:], mutator.place(data)
    return rest[:at] + data[begin:end] + rest[at:]


def _splice(mutator: Mutator, data: bytes) -> bytes:
    other = mutator.make() if mutator.random.random() < 0.1 else mutator.sample()
    return data[: mutator.place(data)] + other[mutator.place(other) :]


def _flip(mutator: Mutator, data: bytes) -> bytes:
    if not data:
        return data
    at = mutator.random.randrange(len(data))
    return (
        data[:at]
        + bytes([mutator.random.choice((data[at] ^ 1 << mutator.random.randrange(8), 0, 255))])
        + data[at + 1 :]
    )


def _replace(mutator: Mutator, data: bytes) -> bytes:
    begin, end = mutator.stretch(data)
    return data[:begin] + mutator.token() + data[end:]


def _cut(mutator: Mutator, data: bytes) -> bytes:
    return data[: mutator.place(data)]


_WAYS: Sequence[Callable[[Mutator, bytes], bytes]] = (
    _insert,
    _insert,
    _replace,
    _replace,
    _insert_many,
    _delete,
    _repeat,
    _move,
    _splice,
    _flip,
    _cut,
)


def _changed_json(data: bytes, chance: random.Random) -> bytes:
    """Change values of an object, or of one of some lines that hold one each."""
    lines = [data] if data[:1] == b"[" else data.split(b"\n")
    at = chance.randrange(len(lines))
    try:
        value = json.loads(lines[at])
    except (ValueError, RecursionError):
        return data
    for _ in range(chance.choice((1, 1, 2, 4))):
        changed = changed_value(value, chance)
        # What is no object any more is refused at once.
        value = changed if isinstance(changed, list | dict) and (changed or chance.random() < 0.1) else value
    lines[at] = json.dumps(value, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    return b"\n".join(lines)


def changed_value(value: Any, chance: random.Random) -> Any:
    """Return a value as JSON has them with one part of it changed, left out, given twice or moved."""
    value = json.loads(json.dumps(value))
    holder: Any = {"": value}
    key: Any = ""
    while isinstance(holder[key], list | dict) and holder[key] and chance.random() < 0.8:
        holder, key = holder[key], chance.choice(_keys(holder[key]))
    if chance.random() < 0.2:
        del holder[key]
    elif isinstance(holder[key], int) and chance.random() < 0.4:
        holder[key] += chance.choice((-1, 1, 64, -64, 2**32))
    elif isinstance(holder, list) and chance.random() < 0.3:
        holder.append(holder[key])
    else:
        holder[key] = chance.choice(STRANGE)
    return value


def _keys(held: list[Any] | dict[str, Any]) -> list[Any]:
    return list(held) if isinstance(held, dict) else list(range(len(held)))
