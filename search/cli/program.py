"""The program `onrecord`: its commands, and the one place where an error becomes a line and an exit code."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

import click

from onrecord.indexer.errors import OnRecordError
from onrecord.search.cli.terminal import printable

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["Program", "main"]

FAILED = 1
# What a shell reports for a program that was stopped from the keyboard: 128 and the number of SIGINT.
INTERRUPTED = 130


# In the order in which they are needed. Each is loaded when it is asked for: a search needs one of them.
_COMMANDS = (
    "index",
    "search",
    "show",
    "kwic",
    "near",
    "count",
    "silence",
    "compare",
    "brief",
    "export",
    "replay",
    "publish",
    "saved",
    "alerts",
    "watch",
    "inspect",
    "status",
    "list",
    "lexicon",
    "addresses",
    "cite",
    "verify",
    "serve",
    "mcp",
    "doctor",
    "completion",
)


class Program(click.Group):
    """Commands whose failures are one line on stderr; only a bug shows a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and translate what it raises."""
        try:
            return super().invoke(ctx)
        except OnRecordError as error:
            _give_up(ctx, str(error), code=FAILED)
        except BrokenPipeError:
            _leave_pipe()
            ctx.exit()
        except OSError as error:
            _give_up(ctx, _sentence(error), code=FAILED)
        except KeyboardInterrupt:
            _give_up(ctx, "stopped before the end.", code=INTERRUPTED)

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the program, or say what may come next where a shell asks for that."""
        if "_ONRECORD_COMPLETE" in os.environ:
            import onrecord.search.cli.completing  # noqa: F401  (makes its shells known to Click)
        return super().main(*args, **options)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands that begin as typed, without loading any."""
        from click.shell_completion import CompletionItem  # for a shell that asks

        found = [CompletionItem(name) for name in _COMMANDS if name.startswith(incomplete)]
        return found or click.Command.shell_complete(self, ctx, incomplete)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order in which they are needed."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command, which has the name of its module; None where there is none of that name."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"onrecord.search.cli.{cmd_name}"), cmd_name)
        return command


def _give_up(ctx: click.Context, sentence: str, *, code: int) -> NoReturn:
    click.echo(f"onrecord: {printable(sentence)}", err=True)
    ctx.exit(code)


def _leave_pipe() -> None:
    """Let what is still buffered go nowhere: the reader of the pipe (``| head``) has all it wanted."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _sentence(error: OSError) -> str:
    """Say what the system refused, and on which file."""
    reason = (error.strerror or str(error)).lower()
    return f"{reason}." if error.filename is None else f"{error.filename}: {reason}."


@click.group(
    "onrecord",
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "show_default": True},
)
@click.version_option(package_name="onrecord", message="onrecord %(version)s")
def main() -> None:
    """Search what states, delegations and parliamentarians said, paragraph by paragraph.

        onrecord index statements/ && onrecord search '"unexploded ordnance"'

    Results go to stdout, everything else to stderr. Exit code 0: done, be there
    hits or none; 1: it could not be done, for the reason printed; 2: wrong usage;
    3: done, and something needs your eyes (files that failed, folders that are gone).
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A locale without the letters of a text shows their numbers.
        sys.stdout.reconfigure(errors="backslashreplace")
