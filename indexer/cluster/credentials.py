"""Who asks a cluster, and which certificates count: the environment says so, and nothing else.

An address is seen by others, in the list of processes and in the history of a shell; so it holds no password.
No message names what was given.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING

from onrecord.indexer.errors import ClusterError

if TYPE_CHECKING:
    from ssl import SSLContext

__all__ = ["credentials_of", "trusted_by"]

_USER, _PASSWORD, _TOKEN = "ONRECORD_CLUSTER_USER", "ONRECORD_CLUSTER_PASSWORD", "ONRECORD_CLUSTER_TOKEN"
_AUTHORITY = "ONRECORD_CLUSTER_CA"


def credentials_of(environ: Mapping[str, str]) -> str | None:
    """Return the header of HTTP that says who asks; None where nobody is named (`ClusterError`).

    >>> credentials_of({"ONRECORD_CLUSTER_USER": "reader", "ONRECORD_CLUSTER_PASSWORD": "secret"})
    'Basic cmVhZGVyOnNlY3JldA=='
    """
    user, password, token = (environ.get(name) or None for name in (_USER, _PASSWORD, _TOKEN))
    if token is not None and (user or password):
        raise ClusterError(f"A cluster is asked by a name or by a token; unset ${_TOKEN} or ${_USER}.")
    if token is not None:
        if not token.isascii() or not token.isprintable() or " " in token:
            raise ClusterError(
                f"${_TOKEN} holds what no token has; give the token alone, without a line end."
            )
        return f"Bearer {token}"
    if user is None and password is None:
        return None
    if user is None or password is None or ":" in user:
        raise ClusterError(
            f"A cluster knows a name, without a colon, by its password; set ${_USER} and ${_PASSWORD}."
        )
    return f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"


def trusted_by(environ: Mapping[str, str]) -> SSLContext:
    """Return how certificates are looked at: always, by the authorities of the system or one of its own."""
    import ssl  # no index in a folder needs it

    authority = environ.get(_AUTHORITY) or None
    try:
        return ssl.create_default_context(cafile=authority)
    except OSError as error:
        reason = (error.strerror or "no certificate").lower()
        raise ClusterError(
            f"{authority}: this is no certificate of an authority ({reason}); name a file of PEM in "
            f"${_AUTHORITY}."
        ) from error
