"""Names of the index as they are completed, in real shells where these are installed."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from program import PROJECT, environment

from onrecord import build
from onrecord.search.alerts import Saved, SavedSearches
from onrecord.search.cli import main
from onrecord.search.completion.files import saved_names, topics
from onrecord.search.completion.line import Wanted, folder_of, wanted
from onrecord.search.completion.names import addresses, names

SPEAKERS = {
    "Côte d'Ivoire": "CIV",
    "United Kingdom": "GBR",
    "Holy See": "VAT",
    'The "Friends" of $Peace & others; all': "",
    "Panama": "PAN",
}
# What begins a line of each shell: its completion, and nothing of the user's.
BEGINNINGS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source <(onrecord completion bash)"),
    "zsh": (["zsh", "-f", "-i"], "autoload -U compinit; compinit -u -D; source <(onrecord completion zsh)"),
    "fish": (["fish", "--no-config", "-i"], "onrecord completion fish | source"),
}
_LONGEST = 60.0


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("named")
    for number, speaker in enumerate(SPEAKERS):
        heading = (
            f"speaker: '{speaker.replace(chr(39), 2 * chr(39))}'\nforum: 'Council, of Examples'\nlanguage: en"
        )
        text = f"---\n{heading}\n---\n\nWe are number {number}.\n\nAnd say so.\n"
        (place / f"text-{number}.md").write_text(text, "utf-8")
    build(place, into=place / "index")
    saved = SavedSearches.beside(place / "index")
    saved.path.write_text("# mine\n" + Saved.of("land-mines", "mines").written() + "\n", "utf-8")
    return place


@pytest.mark.parametrize(
    ("words", "typed", "found"),
    [
        ("search mines --speaker", "Uni", Wanted("speaker", "Uni")),
        ("search mines --speaker =", "Uni", Wanted("speaker", "Uni", "--speaker=")),
        ("search mines --speaker", "=", Wanted("speaker", "", "--speaker=")),
        ("search mines", "--forum=Cou", Wanted("forum", "Cou", "--forum=")),
        ("show -i elsewhere", "2021", Wanted("address", "2021")),
        ("cite --format bibtex", "2021", Wanted("address", "2021")),
        ("saved show", "l", Wanted("saved", "l")),
        ("saved", "l", None),
        ("alerts", "", Wanted("saved", "")),
        ("count mines --topics", "lan", Wanted("topics", "lan")),
        ("search", "mines", None),
        ("search mines --index", "el", None),
        ("search mines", "--sp", None),
        ("", "sea", None),
    ],
)
def test_what_may_come_next(words: str, typed: str, found: Wanted | None) -> None:
    assert wanted(words.split(), typed) == found


@pytest.mark.parametrize(
    ("words", "folder"),
    [
        (["search", "x"], ".onrecord"),
        (["search", "-i", "here"], "here"),
        (["search", "-ihere"], "here"),
        (["search", "--index=here"], "here"),
        (["search", "--index", "=", "here"], "here"),
        (["search", "-i", "~/here"], str(Path.home() / "here")),
    ],
)
def test_the_index_is_that_of_the_line(
    words: list[str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ONRECORD_INDEX", raising=False)
    assert folder_of(words) == Path(folder)


def test_the_index_of_the_environment_is_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_INDEX", "there")
    assert (folder_of(["search"]), folder_of(["search", "-i", "here"])) == (Path("there"), Path("here"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", sorted(SPEAKERS, key=str.casefold)),
        ("cote", ["Côte d'Ivoire"]),
        ("Ivoire", ["Côte d'Ivoire"]),
        ("king", ["United Kingdom"]),
        ("united k", ["United Kingdom"]),
        ("atlantis", []),
    ],
)
def test_names_are_found_by_how_they_begin(place: Path, typed: str, found: list[str]) -> None:
    assert names(place / "index", "speaker", typed) == found


def test_addresses_saved_searches_and_topics(place: Path) -> None:
    index = place / "index"
    (panama,) = (address for address in addresses(index, "") if "panama" in address)
    assert addresses(index, panama[:8]) == [panama]
    assert addresses(index, f"{panama}#") == [f"{panama}#1", f"{panama}#2"]
    assert (saved_names(index, "LAND"), saved_names(index, "x")) == (["land-mines"], [])
    assert topics("lan") == ["lancet"]
    assert names(index, "language", "") == ["en"]


def test_where_addresses_are_too_many_they_are_told_as_far_as_they_part(tmp_path: Path) -> None:
    lines = [
        f'{{"speaker": "{name}", "date": "{year}", "paragraphs": ["Text {year} {name}."]}}'
        for year in range(1930, 2020)
        for name in ("Panama", "Chad", "Norway", "Japan")
    ]
    (tmp_path / "all.jsonl").write_text("\n".join(lines), "utf-8")
    build(tmp_path / "all.jsonl", into=tmp_path / "index")
    assert addresses(tmp_path / "index", "19")[:2] == ["1930-", "1931-"]
    assert len(addresses(tmp_path / "index", "1950-")) == 4


@pytest.mark.parametrize("damage", ["missing", "empty", "broken"])
def test_what_cannot_be_read_gives_no_names(place: Path, tmp_path: Path, damage: str) -> None:
    index = tmp_path / "index"
    if damage != "missing":
        shutil.copytree(place / "index", index)
    if damage == "empty":
        (index / "CURRENT").write_bytes(b"")
    if damage == "broken":
        for segment in index.glob("*.seg"):
            segment.write_bytes(segment.read_bytes()[:-9])
    assert (names(index, "speaker", ""), addresses(index, "")) == ([], [])


@pytest.mark.parametrize("shell", BEGINNINGS)
def test_a_shell_gets_a_script(shell: str) -> None:
    done = CliRunner().invoke(main, ["completion", shell])
    assert done.exit_code == 0
    assert "_ONRECORD_COMPLETE" in done.output


def test_another_shell_is_refused() -> None:
    assert CliRunner().invoke(main, ["completion", "tcsh"]).exit_code == 2


def test_a_name_loads_no_command(place: Path) -> None:
    asked = (
        "import sys; from onrecord.search.cli import main\n"
        "try: main(prog_name='onrecord')\n"
        "finally: print(*(name for name in sys.modules if name.startswith('onrecord.')), file=sys.stderr)"
    )
    variables = {
        "_ONRECORD_COMPLETE": "bash_complete",
        "COMP_WORDS": f"onrecord\nsearch\n-i\n{place / 'index'}\n--speaker\nUni",
        "COMP_CWORD": "5",
    }
    done = subprocess.run(
        [sys.executable, "-c", asked],
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "plain,United\\ Kingdom\n"
    loaded = {name for name in done.stderr.split() if name.startswith("onrecord.search.")}
    assert {name for name in loaded if not name.startswith("onrecord.search.cli")} == {
        "onrecord.search.completion",
        "onrecord.search.completion.files",
        "onrecord.search.completion.line",
        "onrecord.search.completion.names",
        "onrecord.search.results",  # how the terminal shows texts
        "onrecord.search.results.shown_text",
    }


def _take_terminal() -> None:
    """Make the terminal that of the shell, which is asked for what it does with keys."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@contextmanager
def shell(name: str, place: Path) -> Iterator[Shell]:
    asked, begin = BEGINNINGS[name]
    if shutil.which(asked[0]) is None:
        pytest.skip(f"{name} is not installed")
    (place / "bin").mkdir(exist_ok=True)
    program = place / "bin" / "onrecord"
    # What is completed is asked of the program; what is entered is only noted, a word a line.
    (place / "completed.py").write_text(
        "from onrecord.search.cli import main\nmain(prog_name='onrecord')\n", "utf-8"
    )
    program.write_text(
        "#!/bin/sh\n"
        f'if [ -n "$_ONRECORD_COMPLETE" ] || [ "$1" = completion ]; then\n'
        f'  exec {sys.executable} {place}/completed.py "$@"\n'
        f'fi\nprintf "%s\\n" "$@" > {place}/entered.new && mv {place}/entered.new {place}/entered\n'
    )
    program.chmod(0o755)
    ours, theirs = pty.openpty()
    variables = environment(
        PATH=f"{place / 'bin'}{os.pathsep}{os.environ['PATH']}",
        ONRECORD_INDEX=str(place / "index"),
        HOME=str(place),
        PYTHONPATH=str(PROJECT),
        LC_ALL="C.UTF-8",
        TERM="dumb" if name == "bash" else "xterm",
        COLUMNS="200",
    )
    with subprocess.Popen(
        asked,
        env=variables,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_take_terminal,
        cwd=place,
    ) as process:
        os.close(theirs)
        try:
            opened = Shell(ours, place)
            opened.types(f"{begin}; echo rea''dy\r")
            opened.shows("ready")
            yield opened
        finally:
            process.kill()
            os.close(ours)


class Shell:
    def __init__(self, terminal: int, place: Path) -> None:
        self.terminal = terminal
        self.place = place
        self.seen = ""

    def types(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def shows(self, text: str) -> None:
        """Wait until the terminal shows a text."""
        ends = time.monotonic() + _LONGEST
        while text not in self.seen:
            assert time.monotonic() < ends, self.seen
            if select.select([self.terminal], [], [], 0.1)[0]:
                self.seen += os.read(self.terminal, 65536).decode("utf-8", "replace")

    def entered(self) -> list[str]:
        """Enter the line, and return the words that the program was given."""
        noted = self.place / "entered"
        noted.unlink(missing_ok=True)
        self.types("\r")
        ends = time.monotonic() + _LONGEST
        while not noted.exists():
            assert time.monotonic() < ends, self.seen
            time.sleep(0.05)
        return noted.read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", BEGINNINGS)
@pytest.mark.parametrize(
    ("typed", "shown", "words"),
    [
        ("search x --speaker Uni", "Kingdom", ["search", "x", "--speaker", "United Kingdom"]),
        ("search x --speaker C", "Ivoire", ["search", "x", "--speaker", "Côte d'Ivoire"]),
        (
            "search x --speaker The",
            "others",
            ["search", "x", "--speaker", 'The "Friends" of $Peace & others; all'],
        ),
        ("search x --speaker 'Uni", "Kingdom", ["search", "x", "--speaker", "United Kingdom"]),
        ('search x --speaker "C', "Ivoire", ["search", "x", "--speaker", "Côte d'Ivoire"]),
        ("search x --speaker=Hol", "See", ["search", "x", "--speaker=Holy See"]),
        ("search x --forum Cou", "Examples", ["search", "x", "--forum", "Council, of Examples"]),
        ("alerts la", "mines", ["alerts", "land-mines"]),
        ("silen", "silence", ["silence"]),
    ],
)
def test_a_name_is_one_word_in_a_real_shell(
    place: Path, name: str, typed: str, shown: str, words: list[str]
) -> None:
    with shell(name, place) as opened:
        opened.types(f"onrecord {typed}\t")
        opened.shows(shown)
        assert opened.entered() == words
