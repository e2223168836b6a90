"""News sent to another program: tried again, signed, and never to where they must not go."""

from __future__ import annotations

import hmac
import json
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import CliRunner, Result

from onrecord import AlertError, build
from onrecord.search.alerts import webhook as module
from onrecord.search.alerts.webhook import SECRET, Webhook
from onrecord.search.cli import main

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Notes what it is sent, and answers as the test wants, the last answer again and again."""

    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        answers = self.server.answers
        answers[min(len(self.server.got), len(answers)) - 1](self)

    def do_GET(self) -> None:
        raise AssertionError("nothing is fetched")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A program that is sent news."""

    daemon_threads = True

    def __init__(self, *answers: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = answers
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.over = Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook?a=b"

    def handle_error(self, *_: object) -> None:
        """Callers that go away are what is tested."""


def status(code: int, **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def hang(handler: Handler) -> None:
    handler.server.over.wait(20)


def drip(handler: Handler) -> None:
    """Send a byte now and then, so that no step takes long."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b"x")
        handler.wfile.flush()


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    started: list[Server] = []

    def start(*answers: Answer) -> Server:
        server = Server(*answers)
        Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.02}).start()
        started.append(server)
        return server

    yield start
    for server in started:
        server.over.set()
        server.shutdown()
        server.server_close()


class Pauses(list[float]):
    """Notes for how long it would have waited."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def send(url: str, **settings: object) -> Pauses:
    pauses = Pauses()
    Webhook(url, allow_private=True, pause=pauses, **settings).post(b'{"a": 1}', key="k1")  # type: ignore[arg-type]
    return pauses


def refused(url: str, **settings: object) -> str:
    with pytest.raises(AlertError) as error:
        send(url, **settings)
    assert str(error.value).startswith(f"{url}: the news were not taken: ")
    return str(error.value).partition("not taken: ")[2]


def test_news_are_posted_as_json_under_a_key(serve: Callable[..., Server]) -> None:
    server = serve(status(204))
    assert send(server.url) == []
    ((headers, body),) = server.got
    assert (body, headers["Content-Type"], headers["Idempotency-Key"]) == (
        b'{"a": 1}',
        "application/json",
        "k1",
    )
    assert "X-OnRecord-Signature" not in headers


def test_the_signature_is_that_of_the_bytes(serve: Callable[..., Server]) -> None:
    server = serve(status(200))
    send(server.url, secret=b"shared")
    headers, body = server.got[0]
    assert headers["X-OnRecord-Signature"] == f"sha256={hmac.new(b'shared', body, sha256).hexdigest()}"


def test_what_fails_for_a_while_is_tried_again_later_and_later(serve: Callable[..., Server]) -> None:
    server = serve(status(500), status(429, Retry_After="7"), status(503), status(200))
    assert send(server.url) == [1.0, 7.0, 4.0]
    assert {headers["Idempotency-Key"] for headers, _ in server.got} == {"k1"}
    assert len({body for _, body in server.got}) == 1


def test_what_fails_for_good_is_left_for_the_next_run(serve: Callable[..., Server]) -> None:
    server = serve(status(500))
    assert refused(server.url) == "it answered 500, 5 times; the next run sends it again."
    assert len(server.got) == 5


def test_a_refusal_is_not_tried_again(serve: Callable[..., Server]) -> None:
    server = serve(status(403))
    assert refused(server.url) == "it answered 403; look at what it wants."
    assert len(server.got) == 1


@pytest.mark.parametrize("slow", [hang, drip])
def test_a_program_that_hangs_is_not_waited_for(serve: Callable[..., Server], slow: Answer) -> None:
    server = serve(slow)
    began = time.monotonic()
    said = refused(server.url, step=0.2, whole=0.4)
    assert said == "it did not answer in time, 5 times; the next run sends it again."
    assert time.monotonic() - began < 19  # which is when the server would give up


def test_a_program_that_hangs_once_gets_it_the_second_time(serve: Callable[..., Server]) -> None:
    server = serve(hang, status(200))
    assert send(server.url, step=0.2) == [1.0]


def test_nobody_at_the_port_is_a_sentence() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refused(f"http://127.0.0.1:{port}/").startswith(
        "it cannot be reached (connection refused), 5 times"
    )


@pytest.mark.parametrize("code", [307, 308])
def test_a_redirect_that_keeps_the_request_is_followed(serve: Callable[..., Server], code: int) -> None:
    server = serve(status(code, Location="/moved"), status(200))
    assert send(server.url) == []
    assert [body for _, body in server.got] == [b'{"a": 1}'] * 2


@pytest.mark.parametrize("code", [301, 302, 303])
def test_a_redirect_that_would_fetch_is_named(serve: Callable[..., Server], code: int) -> None:
    server = serve(status(code, Location="https://example.org/new"))
    assert refused(server.url) == (
        f"it answered {code} and leads to https://example.org/new; give that URL, if it is the right one."
    )


def test_a_redirect_to_another_private_host_is_not_followed(serve: Callable[..., Server]) -> None:
    inner = serve(status(200))
    server = serve(status(307, Location=inner.url))
    assert "127.0.0.1 is 127.0.0.1, an address of this machine or a private network" in refused(server.url)
    server = serve(status(308, Location="http://169.254.169.254/latest/meta-data"))
    assert "169.254.169.254" in refused(server.url)
    assert inner.got == []


def test_redirects_end(serve: Callable[..., Server]) -> None:
    server = serve(status(307, Location="/again"))
    assert refused(server.url) == "it leads on and on; give the URL at the end."


@pytest.mark.parametrize("where", ["ftp://example.org/", "file:///etc/passwd", "http://a@example.org/"])
def test_a_redirect_away_from_the_web_is_refused(serve: Callable[..., Server], where: str) -> None:
    server = serve(status(307, Location=where))
    assert refused(server.url) == f"it leads on to {where}, which is no URL of the web."


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "2130706433", "0x7f.1", "224.0.0.1", "[::1]", "[fe80::1]", "[fc00::1]", "[::]"),
        *("[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:a00:1::]", "[::ffff:127.0.0.1]"),
    ],
)
def test_private_addresses_are_refused_unless_named(host: str) -> None:
    url = f"http://{host}/hook"
    with pytest.raises(AlertError) as error:
        Webhook(url, pause=Pauses()).post(b"{}", key="k")
    assert str(error.value).endswith("; where that is meant, add --allow-private.")


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(AlertError, match=r"example\.org is 10\.0\.0\.1"):
        Webhook("https://example.org/", pause=Pauses()).post(b"{}", key="k")


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(
    serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that means another host the second time (DNS rebinding) changes nothing."""
    server = serve(status(200))
    port = server.server_address[1]
    looked: list[str] = []

    def lookup(host: str, *_: object, **__: object) -> list[object]:
        looked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1" if len(looked) == 1 else "0", port))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(socket, "create_connection", _numbered)
    send(f"http://hook.example:{port}/")
    assert (looked, server.got[0][0]["Host"]) == (["hook.example"], f"hook.example:{port}")


def _numbered(address: tuple[str, int], timeout: float) -> socket.socket:
    """Connect without a look-up."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.settimeout(timeout)
    made.connect(address)
    return made


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "ftp://example.org/",
        "http://",
        "https://me:secret@example.org/",
        "http://a b/",
        "http://[x/",
    ],
)
def test_what_is_no_url_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(AlertError) as error:
        Webhook.of(url)
    assert str(error.value) == (
        f'"{url}" is no URL to send news to; write https://HOST/PATH, without a password.'
    )


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes the certificate")
def test_certificates_are_checked(
    serve: Callable[..., Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    subprocess.run(
        [*made, "-days", "2", "-keyout", key, "-out", certificate, *names], check=True, capture_output=True
    )
    server = serve(status(200))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    port = server.server_address[1]
    assert refused(f"https://localhost:{port}/").startswith("its certificate is not to be trusted (self")
    assert server.got == []
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert send(f"https://localhost:{port}/") == []
    assert refused(f"https://127.0.0.1:{port}/").startswith(
        "its certificate is not to be trusted (IP address"
    )


# From the command line.


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(
        "\n\n".join(f"Mines in paragraph {number} of many." for number in range(130)), "utf-8"
    )
    build(tmp_path / "texts", into=tmp_path / "index")
    (tmp_path / "onrecord-saved.yaml").write_text("mines: mines\nsea: sea\n", "utf-8")
    monkeypatch.setattr(module, "_FIRST_PAUSE", 0.0)
    monkeypatch.setattr(module, "_TRIES", 2)
    return tmp_path


def alerts(place: Path, url: str, *more: str) -> Result:
    args = ["alerts", "--webhook", url, "--index", str(place / "index"), *more]
    return CliRunner().invoke(main, args)


def test_news_are_sent_in_lots_and_once(
    place: Path, serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SECRET, "shared")
    server = serve(status(200))
    assert alerts(place, server.url, "--allow-private").exit_code == 0
    sent = [json.loads(body) for _, body in server.got]
    assert [(one["search"]["name"], one["part"], one["parts"], len(one["entries"])) for one in sent] == [
        ("mines", 1, 2, 100),
        ("mines", 2, 2, 30),
    ]
    assert len({entry["id"] for one in sent for entry in one["entries"]}) == 130
    assert all("X-OnRecord-Signature" in headers for headers, _ in server.got)
    assert alerts(place, server.url, "--allow-private").exit_code == 0
    assert len(server.got) == 2


def test_what_was_not_taken_is_sent_again_under_the_same_keys(
    place: Path, serve: Callable[..., Server]
) -> None:
    server = serve(status(200), status(500), status(500), status(200))
    failed = alerts(place, server.url, "--allow-private")
    assert failed.exit_code == 3
    assert f"mines: {server.url}: the news were not taken: it answered 500, 2 times" in failed.stderr
    assert alerts(place, server.url, "--allow-private").exit_code == 0
    keys = [headers["Idempotency-Key"] for headers, _ in server.got]
    assert (len(keys), keys[:2], keys[1:3]) == (5, keys[3:], [keys[1]] * 2)


def test_a_private_address_has_to_be_allowed(place: Path, serve: Callable[..., Server]) -> None:
    server = serve(status(200))
    refusal = alerts(place, server.url)
    assert refusal.exit_code == 3
    assert "where that is meant, add --allow-private" in refusal.stderr
    assert server.got == []
