"""The one reader of XML from outside: what it takes, what it refuses, and where it says the fault is."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from service_bus import Malformed, TooLarge
from service_bus.guarded_xml import (
    DEEPEST,
    ENCODINGS,
    MOST_ATTRIBUTES,
    MOST_REFERENCES,
    NODE_BYTES,
    TREE_BYTES,
    TREE_TIMES,
    local_name,
    read_events,
    read_root,
    root_name,
)

CAP = 2 * 1_048_576
NAMES = b" ".join(b"a%d='1'" % n for n in range(MOST_ATTRIBUTES + 1))


def read(data: bytes) -> etree._Element:
    return read_root(data, format="x", max_bytes=CAP)


def refused(data: bytes) -> Malformed:
    with pytest.raises(Malformed) as caught:
        read(data)
    assert caught.value.field
    assert caught.value.position
    return caught.value


def declared(encoding: str, text: str = "舱单") -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>\n<a>{text}</a>'.encode(encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_is_read(encoding: str) -> None:
    text = "舱单" if encoding.startswith(("utf", "gb")) else "plain"
    for name in (encoding, encoding.upper()):
        assert read(declared(name, text)).text == text


@pytest.mark.parametrize(("encoding", "text"), [("iso-8859-1", "Zürich"), ("windows-1252", "5 €")])
def test_letters_beyond_ascii_are_read_in_the_encoding_that_is_named(
    encoding: str, text: str
) -> None:
    assert read(declared(encoding, text)).text == text


def test_gb2312_may_hold_what_only_its_larger_sisters_have() -> None:
    data = declared("gbk", "镕〇").replace(b"gbk", b"gb2312")
    assert read(data).text == "镕〇"
    assert read(declared("gb18030", "镕𠮷")).text == "镕𠮷"


@pytest.mark.parametrize(
    "data",
    [
        declared("utf-16"),
        declared("utf-32"),
        b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE r+AD4-',
        b'<?xml version="1.0" encoding="cp037"?><a/>',
        b'<?xml version="1.0" encoding="big5"?><a/>',
        b'<?xml version="1.0"' + b" " * 400 + b'encoding="UTF-7"?>+ADwAIQ-DOCTYPE r+AD4-',
        b"<a/>\0",
    ],
)
def test_encodings_that_could_hide_a_doctype_are_refused(data: bytes) -> None:
    fault = refused(data)
    assert (fault.code, fault.field) == ("x-encoding", "encoding")


def test_no_encoding_is_guessed() -> None:
    data = '<?xml version="1.0" encoding="cp037"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert refused(data.encode("cp037")).code == "x-not-xml"


@pytest.mark.parametrize(
    "declaration",
    [
        b"<?xml?>",
        b'<?xml encoding="utf-8"?>',
        b'<?xml version="1.0" Encoding="utf-8"?>',
        b'<?xml version="1.0" encoding="utf-8" encoding="utf-7"?>',
        b'<?xml version="1.0 encoding=\'utf-8\'" encoding="utf-7"?>',
        b'<?xml version="2.0"?>',
        b'<?xml version="1.0" encoding=""?>',
        b'<?xml version="1.0" encoding="utf-8"',
    ],
)
def test_a_declaration_that_could_be_read_in_two_ways_is_refused(declaration: bytes) -> None:
    fault = refused(b"\n " + declaration + b"<a/>")
    assert (fault.code, fault.position) == ("x-declaration", "line 2 column 2")


@pytest.mark.parametrize(
    "declaration",
    [
        b"",
        b"<?xml version='1.0'?>",
        b"<?xml version = '1.1'\n encoding\t=\r\n'UTF-8'  standalone='yes' ?>",
        b'<?xml version="1.0" standalone="no"?>',
        b"<?xml-stylesheet href='a'?>",
        b"<!-- a -->",
    ],
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("blanks", [b"", b" \r\n\t\n"])
def test_blanks_in_front_are_taken_and_lines_stay_those_of_the_original(
    mark: bytes, blanks: bytes, declaration: bytes
) -> None:
    data = mark + blanks + declaration + b"\n<a>\n<b/></a>"
    root = read(data)
    line = data.count(b"\n")
    assert [str(element.sourceline) for element in root.iter()] == [str(line), str(line + 1)]
    assert refused(data + b"<").position.startswith(f"line {line + 1} ")


@pytest.mark.parametrize("data", [b"", b" \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_nothing_is_refused_as_empty(data: bytes) -> None:
    assert refused(data).code == "x-empty"


def test_more_bytes_than_the_cap_are_refused_unread() -> None:
    with pytest.raises(TooLarge):
        read_root(b"\0<!DOCTYPE", format="x", max_bytes=9)


@pytest.mark.parametrize(
    "prolog",
    [
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE r SYSTEM "http://192.0.2.1/x.dtd">',
        b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    ],
)
def test_a_doctype_is_refused_before_anything_is_parsed(prolog: bytes) -> None:
    fault = refused(b"\n" + prolog + b"<a>&x;</a><")
    assert (fault.code, fault.position) == ("x-doctype", "line 2 column 1")
    assert "passwd" not in str(fault)


@pytest.mark.parametrize(
    ("flood", "code"),
    [
        (b"<y>" + b"&#65;" * (MOST_REFERENCES + 1) + b"</y>", "references"),
        (b"<y " + NAMES + b"/>", "attributes"),
        (b"<y " + NAMES.replace(b"a", b"xmlns:a").replace(b"=", b"\n= ") + b">", "attributes"),
        (b"<y " + NAMES.replace(b"'1'", b'">"') + b">", "attributes"),
    ],
)
def test_floods_of_parts_are_refused_before_a_parser_sees_them(flood: bytes, code: str) -> None:
    fault = refused(b"<a>\n" + flood + b"<")
    assert (fault.code, fault.field) == (f"x-too-many-{code}", code)
    assert re.match(r"line (\d+) column \d+$", fault.position)


@pytest.mark.parametrize(
    "flood",
    [
        b"<y/>", b"<y></y>", b"<a>1</a>", b"<y/>\n", b"<y/>z", b"<y a=''/>", b"<y a = \"2\"/>",
        b"<y a='1' b\n=\t'2'/>", b"<y xmlns:z='u'/>",
    ],
)  # fmt: skip
def test_a_document_that_is_dense_with_tags_or_attributes_is_refused(flood: bytes) -> None:
    fault = refused(b"<a>\n" + flood * (TREE_BYTES // 64) + b"<")
    assert (fault.code, fault.field) == ("x-too-dense", "document")
    assert fault.position.startswith("line ")
    short = flood * (TREE_BYTES // 600)
    assert len(read(b"<a>" + short + b"</a>")) == TREE_BYTES // 600


def test_a_dense_document_is_told_where_it_passes_the_limit() -> None:
    data = b"<a>\n" + b"<y/>" * TREE_BYTES.bit_length() * 1_000
    most = (TREE_TIMES * len(data) + TREE_BYTES) // NODE_BYTES
    assert refused(data).position == f"line 2 column {4 * (most - 3) + 1}"


def test_marks_in_texts_and_blanks_that_are_not_kept_make_nothing_dense() -> None:
    data = b"<a>" + b"<y>say '1' and \"2\"</y>\n  " * (TREE_BYTES // 120) + b"</a>"
    assert refused(data).code == "x-too-dense"
    root = read_root(data, format="x", max_bytes=CAP, blanks=False)
    assert (root[0].text, root[0].tail) == ("say '1' and \"2\"", None)
    assert str(root[-1].sourceline) == str(len(root))


def test_events_are_the_same_document_bit_by_bit() -> None:
    data = (
        b"\n<?xml version='1.0'?>\n<a xmlns:z='u'>" + b"<z:y b='1'>text</z:y>\n" * 2_000 + b"</a>"
    )
    events = list(read_events(data, format="x", max_bytes=CAP))
    assert events[0] == ("start-ns", ("z", "u"))
    assert len(events) == 1 + 2 * 2_001
    root = events[-1][1]
    assert etree.tostring(root) == etree.tostring(read(data))
    assert root[-1].sourceline == 2_001 + 1


@pytest.mark.parametrize(
    "data", [b"", b"<a>" + b"<y/>" * 2_000, b"<!DOCTYPE a><a/>", b"<a>\xff</a>"]
)
def test_events_are_refused_as_the_whole_is(data: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        list(read_events(data, format="x", max_bytes=CAP))
    expected = refused(data)
    assert (caught.value.code, caught.value.position) == (expected.code, expected.position)
    with pytest.raises(TooLarge):
        list(read_events(b"<a/>", format="x", max_bytes=3))


def test_blanks_that_may_be_a_value_stay() -> None:
    data = b"<a> <b> </b>\n<c>x <d/> </c></a>"
    root = read_root(data, format="x", max_bytes=CAP, blanks=False)
    assert etree.tostring(root) == b"<a><b> </b><c>x <d/> </c></a>"


@pytest.mark.parametrize(
    "text",
    [
        b"=" * 3_000,
        b"a='1' " * 3_000,
        b"<b c='" + b"d=e " * 3_000 + b"'/>",
        b"<!-- " + b"a='1' " * 3_000 + b"-->",
        b"<![CDATA[" + b"a='1' " * 3_000 + b"]]>",
        b"<b " + NAMES.replace(b"a0='1' ", b"") + b"/>" + b" a='1'" * 3_000,
        b"&#65;" * (MOST_REFERENCES - 1),
        b"'" * 320_000,
    ],
)
def test_text_that_looks_like_a_flood_is_none(text: bytes) -> None:
    assert local_name(read(b"<a>" + text + b"</a>")) == "a"


def test_depth_is_capped() -> None:
    assert read(b"<a>" * DEEPEST + b"</a>" * DEEPEST) is not None
    assert refused(b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1)).code == "x-too-deep"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"<a>\n<SMITH></a>", "tag name mismatch"),
        (b"<a>\n&SMITH;</a>", "undeclared entity"),
        (b"<a>\n<SMITH:b/></a>", "ns undefined namespace"),
        (b"<a>\n<b SMITH='1' SMITH='2'/></a>", "attribute redefined"),
    ],
)
def test_a_refusal_repeats_nothing_of_the_document(data: bytes, found: str) -> None:
    fault = refused(data)
    assert (fault.code, fault.found) == ("x-not-xml", found)
    assert fault.position.startswith("line 2 column ")
    assert "SMITH" not in str(fault)


def test_comments_and_instructions_are_no_part_of_the_tree() -> None:
    assert len(read(b"<a><!-- b --><?c d?><e/></a>")) == 1


def test_the_first_element_is_named_from_a_look() -> None:
    assert root_name(b"<?xml version='1.0'?><!-- b -->\n<n:Waybill xmlns:n='u'>") == "Waybill"
    assert root_name(b"QU PVGFMMU") == ""


@given(st.binary(max_size=60) | st.text(alphabet="<?xml version='1.0'/>&;=!a \n").map(str.encode))
def test_any_bytes_are_read_or_refused_as_malformed(data: bytes) -> None:
    for whole in (data, b"<a>" + data + b"</a>", b"<a " + data):
        with suppress(Malformed):
            read(whole)
