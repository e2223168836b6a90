"""How an index of a cluster is named, and what is refused before anything is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.indexer.cluster.address import is_cluster_address, parse_cluster_address, path_beside
from onrecord.indexer.errors import ClusterError


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("opensearch+https://a.example/debates", "opensearch+https://a.example:9200/debates"),
        (
            "opensearch+https://a:9201,b,c:443/un-debates/",
            "opensearch+https://a:9201,b:9200,c:443/un-debates",
        ),
        ("opensearch+http://localhost/x", "opensearch+http://localhost:9200/x"),
        ("opensearch+http://[::1]:9201,127.0.0.1/x", "opensearch+http://[::1]:9201,127.0.0.1:9200/x"),
    ],
)
def test_an_address_is_read_and_written(written: str, read: str) -> None:
    assert is_cluster_address(written)
    assert str(parse_cluster_address(written)) == read
    assert parse_cluster_address(read) == parse_cluster_address(written)


_NAMES = "write opensearch+https://HOST,HOST/NAME, the name in small letters"


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("opensearch+https://a", _NAMES),
        ("opensearch+https:///x", _NAMES),
        ("opensearch+https://a/Debates", _NAMES),
        ("opensearch+https://a/-x", _NAMES),
        ("opensearch+https://a/x/y", _NAMES),
        ("opensearch+https://a/x?timeout=1", _NAMES),
        ("opensearch+https://a/x*", _NAMES),
        ("opensearch+https://a/_all", _NAMES),
        ("opensearch://a/x", _NAMES),
        ("https://a/x", _NAMES),
        ("opensearch+https://a,/x", "'' in opensearch+https://a,/x is no host"),
        ("opensearch+https://a:0/x", "'a:0' in opensearch+https://a:0/x is no host"),
        ("opensearch+https://a:65536/x", "is no host; write HOST or HOST:PORT."),
        ("opensearch+https://a?b/x", "is no host; write HOST or HOST:PORT."),
        ("opensearch+https://a b/x", "is no host; write HOST or HOST:PORT."),
        ("opensearch+https://[::g]/x", "is no host; write HOST or HOST:PORT."),
        ("opensearch+https://me:secret@a/x", "An address of a cluster holds no password"),
        ("opensearch+http://a.example/x", "would go over the network unencrypted"),
        ("opensearch+http://localhost,a.example/x", "would go over the network unencrypted"),
        ("opensearch+https://a/x-000012", "has the name of one generation of an index"),
        ("opensearch+https://a/x-000012-words", "has the name of one generation of an index"),
    ],
)
def test_what_is_no_address_is_one_sentence(written: str, sentence: str) -> None:
    assert is_cluster_address(written)
    with pytest.raises(ClusterError) as refused:
        parse_cluster_address(written)
    assert sentence in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("folder", ["index", "/a/b", "./opensearch+https", "a:b", "c://d", Path("x")])
def test_a_folder_is_none(folder: Path | str) -> None:
    assert not is_cluster_address(folder)
    assert path_beside(folder) == Path(folder)


@given(st.text(max_size=40))
def test_whatever_is_written_is_read_or_refused(rest: str) -> None:
    try:
        address = parse_cluster_address(f"opensearch+https://{rest}")
    except ClusterError:
        return
    assert parse_cluster_address(str(address)) == address
