"""The command `onrecord`, as ``python -m onrecord``."""

from onrecord.search.cli import main

if __name__ == "__main__":
    main(prog_name="onrecord")
