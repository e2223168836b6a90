"""Topics: questions with names, kept in a file of YAML, and two such files to begin with.

A file is a mapping of names to questions; a question is a text, or a mapping of ``query`` and ``mode``::

    climate: '"climate change" OR "global warming"'
    health: {query: malaria OR cholera, mode: exact}
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from onrecord.indexer.errors import QueryError

__all__ = ["SHIPPED", "Topic", "name_of_topics", "read_topics", "shipped_instead"]

#: The folder of the files that come with On Record.
SHIPPED = Path(__file__).parent / "topics"
_ENDING = ".yaml"
_PARTS = {"query", "mode"}
_NO_YAML = "this is no YAML; put a question with signs in it between single quotation marks"


@dataclass(frozen=True, slots=True)
class Topic:
    """A question of a file of topics; ``mode`` is None where the file leaves it open."""

    query: str
    mode: str | None = None


def read_topics(path: Path | str) -> dict[str, Topic]:
    """Read a file of topics, or one that comes with On Record by its name (``lancet``).

    A path that is not there and ends in such a name means that file (`shipped_instead`). Raises `QueryError`
    for a file that is none.
    """
    found = _found(Path(path))
    try:
        text = found.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        shipped = ", ".join(sorted(file.stem for file in SHIPPED.glob(f"*{_ENDING}")))
        raise QueryError(
            f"{path} cannot be read as a file of topics; give a file of YAML, or one of {shipped}.",
            query=str(path),
        ) from error
    return _topics(text, str(path))


def name_of_topics(path: Path | str) -> str:
    """Return the name of a file of topics, the bare one of a file that comes along.

    >>> name_of_topics("topics/lancet.yaml"), name_of_topics("mine/water.yaml")
    ('lancet', 'water.yaml')
    """
    asked = Path(path)
    found = _found(asked)
    return asked.name if found is asked else found.stem


def shipped_instead(path: Path | str) -> str | None:
    """Return the name of the file that comes along and is read in the place of a path that is not there.

    None where the file is there, where none comes along, and where it was asked for by its bare name.

    >>> shipped_instead("topics/lancet.yaml"), shipped_instead("lancet")
    ('lancet', None)
    """
    asked = Path(path)
    found = _found(asked)
    return found.stem if found is not asked and str(path) != found.stem else None


def _found(path: Path) -> Path:
    if path.exists():
        return path
    shipped = SHIPPED / f"{path.name.removesuffix(_ENDING)}{_ENDING}"
    return shipped if shipped.exists() else path


def _topics(text: str, path: str) -> dict[str, Topic]:
    """Take the nodes of YAML for texts as they were typed, so that ``no`` is a word."""
    import yaml  # half of our commands need none of it

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        line = (
            error.problem_mark.line + 1
            if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark
            else 1
        )
        raise _refused(
            path, line, "this is no YAML; put a question with signs between single quotation marks"
        ) from error
    if not isinstance(root, yaml.MappingNode):
        raise _refused(path, 1, "topics are names with a question behind each; write name: question")
    topics: dict[str, Topic] = {}
    for key, value in root.value:
        line = key.start_mark.line + 1
        name = str(key.value)
        if not isinstance(key, yaml.ScalarNode) or not name or name in topics:
            raise _refused(path, line, "a topic has a name that no other has; give it one")
        topics[name] = _topic(value, path, line)
    return topics


def _topic(node: object, path: str, line: int) -> Topic:
    import yaml

    if isinstance(node, yaml.ScalarNode) and node.value:
        return Topic(str(node.value))
    if isinstance(node, yaml.MappingNode):
        parts = {str(key.value): value for key, value in node.value}
        texts = {name: str(part.value) for name, part in parts.items() if isinstance(part, yaml.ScalarNode)}
        if texts.keys() == parts.keys() and "query" in texts and texts.keys() <= _PARTS:
            return Topic(texts["query"], texts.get("mode"))
    raise _refused(path, line, "a topic is a question, or a query with a mode; write one of these")


def _refused(path: str, line: int, reason: str) -> QueryError:
    return QueryError(f"{path}, line {line}: {reason}.", query=path)
