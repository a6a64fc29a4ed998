"""Lists of edges: what others write is read, and what is wrong is named by its line."""

import networkx as nx
import pytest

from pixelwalk import storage

SIZE = {"rows": 2, "columns": 5}


def read(tmp_path, text=None):
    path = tmp_path / "a.edges"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    return storage.read_edges(SIZE | {"lattice": str(path)})


def test_a_list_with_comments_and_commas(tmp_path):
    text = "# my graph\n0 1\n\n  3\t2 # both ways the same\n4,5\n6 , 9\n"
    assert read(tmp_path, text) == ((0, 1), (2, 3), (4, 5), (6, 9))


def test_a_mark_at_the_start_and_lines_of_windows(tmp_path):
    assert read(tmp_path, "\ufeff0 1\r\n1 2\r\n") == ((0, 1), (1, 2))


@pytest.mark.parametrize("data", [True, False])
def test_what_networkx_writes_is_read(tmp_path, data):
    graph = nx.petersen_graph()
    nx.write_edgelist(graph, tmp_path / "a.edges", data=data)
    found = read(tmp_path)
    assert set(found) == {tuple(sorted(edge)) for edge in graph.edges}


def test_a_lattice_with_a_name_has_no_list():
    assert storage.read_edges(SIZE | {"lattice": "triangular"}) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0 1\n1\n", "line 2: expected two numbers of sites .* got '1'"),
        ("0 1 0.5\n", "line 1: .* got '0 1 0.5'; all bonds are equally strong"),
        ("0 1 {'weight': 2}", "line 1: .* all bonds are equally strong"),
        ("a b\n", "line 1: expected two numbers of sites .* got 'a b'"),
        ("-1 0\n", "line 1: expected two numbers of sites .* got '-1 0'"),
        ("0 1\n\n0 10\n", "line 3: expected sites from 0 to 9, .* is 10, got 10"),
        (f"0 {5000 * '1'}\n", "line 1: expected two numbers of sites .* got '0 111"),
        ("3 3\n", "line 1: expected two different sites, got '3 3'"),
        ("0 1\n2 3\n1 0\n", "line 3: expected each edge once, got '1 0' as on line 1"),
        ("# nothing\n", "expected two numbers of sites .* got an empty list"),
    ],
)
def test_what_is_wrong_is_named_by_its_line(tmp_path, text, message):
    with pytest.raises(ValueError, match=message):
        read(tmp_path, text)


def test_what_is_no_text_is_refused(tmp_path):
    (tmp_path / "a.edges").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="got what is no text"):
        read(tmp_path)


def test_a_list_that_may_count_from_one_is_told(tmp_path, caplog):
    settings = {"rows": 2, "columns": 2, "lattice": f"{tmp_path}/a.edges"}
    (tmp_path / "a.edges").write_text("1 2\n2 3\n")
    storage.read_edges(settings)
    assert "the lowest is 1: are sites numbered from 1?" in caplog.text
    caplog.clear()
    (tmp_path / "a.edges").write_text("0 1\n2 3\n")
    storage.read_edges(settings)
    assert caplog.text == ""
