"""News sent to another program: JSON by POST, signed, tried again, never to where it must not go.

The name of a host is looked up once and each of its addresses looked at: what is private, or of this
machine, is refused unless that was allowed, and the connection is made to an address that was looked at.
A redirect is followed where it keeps the request (307, 308), with the same looks, and never to a private
address of another host. Certificates are checked. Nothing else is fetched.
"""

from __future__ import annotations

import hmac
import ipaddress
import os
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from threading import Timer
from urllib.parse import SplitResult, urljoin, urlsplit

from onrecord.indexer.errors import AlertError

__all__ = ["SECRET", "Webhook"]

#: The variable of the environment that holds the secret of the signature.
SECRET = "ONRECORD_WEBHOOK_SECRET"  # its name

# Times that a request is sent, and seconds before the second one; twice as many before each further.
_TRIES = 5
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0
# Seconds for one step of an exchange, and for all of it.
_STEP = 10.0
_WHOLE = 30.0
_REDIRECTS = 3
_AGAIN = frozenset((408, 425, 429))
_KEEPING = frozenset((307, 308))
_PORTS = {"http": 80, "https": 443}
# Bytes of an answer that are read, and thrown away.
_ANSWER = 1 << 16
# Where IPv4 addresses stand inside those of IPv6 (RFC 6052).
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


class _Unreachable(Exception):
    """It was not taken this time; another try may do. ``pause`` is for how many seconds to wait at least."""

    def __init__(self, reason: str, *, pause: float | None = None) -> None:
        self.pause = pause
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where news are sent: a URL, and the secret that they are signed with, if any."""

    url: str
    secret: bytes | None = None
    allow_private: bool = False
    pause: Callable[[float], None] = time.sleep
    step: float = _STEP  #: seconds for one step of an exchange
    whole: float = _WHOLE  #: and for all of it

    @classmethod
    def of(cls, url: str, *, allow_private: bool = False) -> Webhook:
        """Take a URL, and the secret from the environment (`AlertError` for what is no URL of the web)."""
        _parts(url)
        secret = os.environ.get(SECRET)
        return cls(url, secret.encode() if secret else None, allow_private)

    def post(self, body: bytes, *, key: str) -> None:
        """Send JSON under a key that is the same when it is sent again (`AlertError`).

        What fails for a while (no connection, no answer in time, 408, 425, 429 and 5xx) is tried again.
        """
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "User-Agent": "onrecord",
            "Connection": "close",
        }
        if self.secret is not None:
            headers["X-OnRecord-Signature"] = f"sha256={hmac.new(self.secret, body, sha256).hexdigest()}"
        pause = _FIRST_PAUSE
        for number in range(1, _TRIES + 1):
            try:
                self._send(body, headers)
            except _Unreachable as error:
                if number == _TRIES:
                    raise self._refused(f"{error}, {_TRIES} times; the next run sends it again") from error
                self.pause(min(_LONGEST_PAUSE, max(pause, error.pause or 0.0)))
                pause *= 2
            else:
                return

    def _send(self, body: bytes, headers: Mapping[str, str]) -> None:
        """Send once, over redirects too."""
        url, allowed = self.url, self.allow_private
        for _ in range(_REDIRECTS + 1):
            status, where, pause = self._exchange(url, body, headers, allow_private=allowed)
            if 200 <= status < 300:
                return
            if status in _KEEPING and where:
                before, url = urlsplit(url), urljoin(url, where)
                after = self._parts_of(url)
                if before.scheme == "https" and after.scheme != "https":
                    raise self._refused(f"it leads on to {url}, which is not encrypted; give a URL that is")
                same = (after.hostname, after.port) == (before.hostname, before.port)
                allowed = self.allow_private and same
                continue
            if status in _AGAIN or status >= 500:
                raise _Unreachable(f"it answered {status}", pause=pause)
            leads = f" and leads to {where}; give that URL, if it is the right one" if where else ""
            raise self._refused(f"it answered {status}{leads or '; look at what it wants'}")
        raise self._refused("it leads on and on; give the URL at the end")

    def _exchange(
        self, url: str, body: bytes, headers: Mapping[str, str], *, allow_private: bool
    ) -> tuple[int, str | None, float | None]:
        """Send one request; return the status, where it leads, and for how long it asks to wait."""
        parts = self._parts_of(url)
        host, port = str(parts.hostname), parts.port or _PORTS[parts.scheme]
        address = self._address(host, port, allow_private=allow_private)
        connection = _Connection(host, port, address, secure=parts.scheme == "https", step=self.step)
        timer = Timer(self.whole, connection.cut)
        timer.daemon = True
        timer.start()
        try:
            path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
            connection.request("POST", path, body=body, headers=dict(headers))
            answer = connection.getresponse()
            answer.read(_ANSWER)
            if connection.was_cut:  # what came before that may look like an answer
                raise TimeoutError
            return answer.status, answer.getheader("Location"), _seconds(answer.getheader("Retry-After"))
        except ssl.SSLCertVerificationError as error:
            raise self._refused(f"its certificate is not to be trusted ({error.verify_message})") from error
        except (OSError, HTTPException) as error:
            timed_out = isinstance(error, TimeoutError) or connection.was_cut
            reason = "it did not answer in time" if timed_out else f"it cannot be reached ({_said(error)})"
            raise _Unreachable(reason) from error
        finally:
            timer.cancel()
            connection.close()

    def _address(self, host: str, port: int, *, allow_private: bool) -> str:
        """Look a host up, and return the address to connect to (`AlertError` for a private one)."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise _Unreachable(f"there is no host {host}") from error
        addresses = [str(one[4][0]) for one in found]
        private = [one for one in addresses if not _is_public(one)]
        if private and not allow_private:
            raise self._refused(
                f"{host} is {private[0]}, an address of this machine or a private network; "
                "where that is meant, add --allow-private"
            )
        return addresses[0]

    def _parts_of(self, url: str) -> SplitResult:
        try:
            return _parts(url)
        except AlertError as error:
            raise self._refused(f"it leads on to {url}, which is no URL of the web") from error

    def _refused(self, reason: str) -> AlertError:
        return AlertError(f"{self.url}: the news were not taken: {reason}.")


class _Connection(HTTPConnection):
    """A connection to an address that was looked at, in the name of its host."""

    def __init__(self, host: str, port: int, address: str, *, secure: bool, step: float) -> None:
        super().__init__(host, port, timeout=step)
        self.default_port = _PORTS["https" if secure else "http"]
        self.was_cut = False
        self._address = address
        self._secure = secure
        self._step = step

    def connect(self) -> None:
        """Connect, and see that the certificate is that of the host."""
        self.sock = socket.create_connection((self._address, self.port), self._step)
        if self._secure:
            context = ssl.create_default_context()
            # What may take long is done when `cut` knows the socket.
            secured = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock = secured
            secured.do_handshake()

    def cut(self) -> None:
        """End an exchange that takes too long."""
        self.was_cut = True
        held = self.sock
        if held is not None:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)


def _parts(url: str) -> SplitResult:
    """Take a URL apart (`AlertError` for what is none of the web)."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = SplitResult("", "", "", "", ""), None, None
    printed = url.isprintable() and " " not in url and url.isascii()
    if parts.scheme not in _PORTS or not host or port == 0 or "@" in parts.netloc or not printed:
        raise AlertError(f'"{url}" is no URL to send news to; write https://HOST/PATH, without a password.')
    return parts


def _is_public(address: str) -> bool:
    """Tell whether an address is one of the open net, also where it stands inside another."""
    one = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(one, ipaddress.IPv6Address):
        inner = one.ipv4_mapped or one.sixtofour
        if one in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(one) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(str(inner))
    return one.is_global and not one.is_multicast and not one.is_reserved and not one.is_unspecified


def _seconds(written: str | None) -> float | None:
    """Read for how long to wait; a date is not read."""
    return float(written) if written is not None and written.isascii() and written.isdigit() else None


def _said(error: Exception) -> str:
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return said.lower() or type(error).__name__
