"""What stands in for a node, and answers as it is told: also as a node answers that is not well."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

__all__ = ["PEM", "Asked", "Given", "StandIn", "stand_in"]

#: An authority of our own, and the certificate that it gave to localhost, with the key.
PEM = Path(__file__).parent / "pem"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came in."""

    method: str
    path: str
    authorization: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Given:
    """What is answered: JSON, or bytes as they are."""

    body: Any
    status: int = 200
    kind: str = "application/json; charset=UTF-8"
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def written(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass(slots=True)
class StandIn:
    """One that runs: where it listens, and what it was asked."""

    port: int
    scheme: str
    asked: list[Asked] = field(default_factory=list)

    def address(self, name: str = "debates") -> str:
        return f"opensearch+{self.scheme}://localhost:{self.port}/{name}"


@contextmanager
def stand_in(answer: Callable[[Asked], Given], *, certificate: Path | None = None) -> Iterator[StandIn]:
    """Answer every request so until the end, by TLS where there is a certificate."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            authorization = self.headers.get("Authorization")
            asked = Asked(self.command, self.path, authorization, self.rfile.read(length))
            running.asked.append(asked)
            given = answer(asked)
            self.send_response(given.status)
            headers = {"Content-Type": given.kind, "Content-Length": str(len(given.written))}
            for name, value in (headers | dict(given.headers)).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(given.written)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815  (names of http.server)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Say nothing of a client that does not like the certificate."""

    with Server(("127.0.0.1", 0), Handler) as server:
        if certificate is not None:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(certificate)
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        running = StandIn(server.server_address[1], "http" if certificate is None else "https")
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield running
        finally:
            server.shutdown()
            thread.join()
