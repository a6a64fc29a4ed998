"""The text of a configuration is looked at before its content."""

import pytest

from laughs import LAUGHS
from pixelwalk.config.text import check


@pytest.fixture
def path(tmp_path):
    return tmp_path / "my.yaml"


@pytest.mark.parametrize(
    "text",
    [
        "seed: 1\n",
        "a: &a {x: 1, y: [1, 2]}\nb:\n  <<: *a\n  x: 2\n",
        "a: &a {x: 1}\nb: &b {y: 1}\nc:\n  <<: *a\n  <<: *b\n",
        "'1': a\n1: b\n",
        '{"seed": 1, "ising": {}}',
    ],
)
def test_good_texts(path, text):
    path.write_text(text, encoding="utf-8")
    check(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"seed: 1\n\tising: 2\n", "my.yaml, line 2: expected YAML, but found"),
        (b"seed: *nope", "my.yaml, line 1: expected YAML, but found undefined alias"),
        (b"seed: \x07", "my.yaml: expected YAML, but unacceptable character"),
        (b"seed: \xff", "my.yaml: 'utf-8' codec can't decode"),
        (b"a: 1\nb: 2\na: 3\n", r"the key 'a' stands twice \(line 3\)"),
        (b"a: {b: {c: 1, d: 2, c: 3}}", r"the key 'c' stands twice \(line 1\)"),
        (b"a: !!python/name:os.system ''", "could not determine a constructor"),
        (b"a: !!bool x", "a value does not fit its tag"),
        (b"a: 2020-13-45", "month must be in 1..12"),
        (b"a: &a [*a]", "too deep"),
        (b"a: " + b"[" * 60 + b"]" * 60, "too deep"),
        (b"[" * 5000, "too deep"),
        (LAUGHS.encode(), "too large"),
        (b"__use_yte__: true\na: 1", "expected no '__use_yte__', with which a conf"),
        (b"", "expected YAML with keys at its top level"),
        (b"- seed: 1", "expected YAML with keys at its top level"),
    ],
)
def test_bad_texts(path, text, expected):
    path.write_bytes(text)
    with pytest.raises(ValueError, match=expected) as caught:
        check(path)
    assert str(caught.value).startswith(str(path))


def test_a_file_that_is_not_there(path):
    with pytest.raises(ValueError, match="cannot be read: No such file"):
        check(path)
