"""An index as a web application (ASGI): answers for programs as JSON and tables, pages for people.

It is the one folder that knows Starlette and msgspec, which the extra `web` brings along. `onrecord.web` is
its face.
"""
