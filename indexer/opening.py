"""How files are opened whose folder may be a stranger's, on any system.

A link in their place is not followed and a pipe not waited for, where the system can tell; a program that is
started meanwhile does not inherit them; no sign in them is translated.
"""

from __future__ import annotations

import os

__all__ = ["NOT_FOLLOWED", "OPENED", "WAITED_FOR_BY_NOBODY"]

#: A file that a name leads to, wherever: nobody waits for a pipe.
WAITED_FOR_BY_NOBODY = (
    getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOINHERIT", 0)
    | getattr(os, "O_BINARY", 0)
)
#: A file that has the name itself.
NOT_FOLLOWED = WAITED_FOR_BY_NOBODY | getattr(os, "O_NOFOLLOW", 0)
#: Such a file, to be read.
OPENED = os.O_RDONLY | NOT_FOLLOWED
