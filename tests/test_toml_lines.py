"""Where keys stand in a TOML document."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketrules.toml_lines import key_lines, line_of

DOCUMENT = '''\
a = 1  # not [a] table
"b.c" . 'd' = """two \\""" lines
["no header"]"""
[t]
x = [1, # one
 "]", {q = '}', r.s = [4]},
]

[[n]]
k = """"quoted""""
[[n.m]]
[[n.m]]
z = \'\'\'it's
here\'\'\'
[[n]]
k = 1979-05-27T07:32:00Z
[t.sub]
last = +inf'''

LINES = {
    ("a",): 1,
    ("b.c", "d"): 2,
    ("t",): 4,
    ("t", "x"): 5,
    ("t", "x", 0): 5,
    ("t", "x", 1): 6,
    ("t", "x", 2, "r", "s", 0): 6,
    ("n", 0): 9,
    ("n", 0, "k"): 10,
    ("n", 0, "m", 0): 11,
    ("n", 0, "m", 1, "z"): 13,
    ("n", 1): 15,
    ("n", 1, "k"): 16,
    ("t", "sub", "last"): 18,
}


def leaves(value, path=()):
    """Every path of a document's value."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, (*path, key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from leaves(one, (*path, number))


@pytest.mark.parametrize("path", LINES, ids=str)
def test_a_key_stands_where_it_stands(path):
    assert line_of(DOCUMENT, path) == LINES[path]


def test_line_ends_of_windows_count_once():
    text = DOCUMENT.replace("\n", "\r\n")
    assert {path: line_of(text, path) for path in LINES} == LINES


def test_what_is_not_there_is_looked_for_where_it_should_be():
    assert line_of(DOCUMENT, ("t", "sub", "missing")) == 17
    assert line_of(DOCUMENT, ("n", 1, "missing", 3)) == 15
    assert line_of(DOCUMENT, ("missing",)) is None
    assert line_of("", ()) is None


def test_every_path_of_a_document_has_a_line():
    assert set(leaves(tomllib.loads(DOCUMENT))) == set(key_lines(DOCUMENT))


def test_what_is_nested_too_deep_has_no_lines():
    assert key_lines("a = " + "[" * 100_000) == {}


TEXTS = st.sampled_from(
    ('"a # b"', "'[x]'", '"""m\nn"""', "'''o\n\np'''", '"\\"]"', '""""q""""', "1", "true", "1.5")
)
VALUES = st.recursive(
    TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[ # c\n" + ",\n".join(items) + "\n]")
        | st.lists(inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"k{n}.'s' = {one}" for n, one in enumerate(items)) + "}"
        )
    ),
    max_leaves=6,
)
# An inline table stands on one line in TOML 1.0, but for its texts and lists.


@settings(deadline=None)
@given(values=st.lists(VALUES, min_size=1, max_size=6), tables=st.booleans())
def test_any_document_has_a_line_for_every_path_and_its_key_there(values, tables):
    header = "[[table]]\n" if tables else ""
    text = "# head\n" + "".join(f"{header}key{n} = {one}\n" for n, one in enumerate(values))
    if "{" in text:
        try:
            value = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            return
    else:
        value = tomllib.loads(text)
    found = key_lines(text)
    assert set(found) == set(leaves(value))
    lines = text.split("\n")
    for path, line in found.items():
        if isinstance(path[-1], str):
            assert path[-1] in lines[line - 1]
