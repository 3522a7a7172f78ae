from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cargo_platform.formats import one_record
from cargo_platform.formats.one_record_context import LONGEST_IRI
from cargo_platform.formats.one_record_model import (
    API,
    CARGO,
    XSD,
    Items,
    Literal,
    Message,
    Node,
    Ref,
    canonical,
)
from cargo_platform.formats.one_record_reading import MOST_NODES
from cargo_platform.formats.strict_json import MOST_PARTS
from service_bus import Malformed, TooLarge
from tests.unit.cargo_platform.formats.mutations import assert_read_or_refused, mutants

FORMS: tuple[one_record.Form, ...] = ("expanded", "compacted", "flattened")
SHIPMENT = """\
{
  "@context": {
    "cargo": "https://onerecord.iata.org/ns/cargo#",
    "api": "https://onerecord.iata.org/ns/api#",
    "ccodes": "https://onerecord.iata.org/ns/code-lists/",
    "xsd": "http://www.w3.org/2001/XMLSchema#"
  },
  "@id": "https://1r.example.com/logistics-objects/s1",
  "@type": "cargo:Shipment",
  "api:hasRevision": 1,
  "cargo:declaredValue": 5000.00,
  "cargo:goodsDescription": {
    "@language": "zh",
    "@value": "汽车零件"
  },
  "cargo:insured": false,
  "cargo:pieces": [
    {
      "@id": "https://1r.example.com/logistics-objects/p1",
      "@type": "cargo:Piece",
      "cargo:coload": {
        "@type": "xsd:boolean",
        "@value": "false"
      },
      "cargo:specialHandlingCodes": {
        "@id": "https://onerecord.iata.org/ns/code-lists/SpecialHandlingCode#EAP"
      }
    },
    {
      "@type": "cargo:Piece",
      "cargo:grossWeight": {
        "@type": "cargo:Value",
        "cargo:numericalValue": 120.5
      }
    }
  ]
}
"""


def read(document: object, **more: Any) -> Message:
    text = document if isinstance(document, str) else json.dumps(document)
    (message,) = one_record.parse(text.encode(), **more)
    return message


def test_a_canonical_document_is_read_strictly_and_written_back() -> None:
    message = read(SHIPMENT, mode="strict")
    assert message.form == "compacted"
    assert one_record.encode(message) == SHIPMENT.encode() == message.original


@pytest.mark.parametrize("form", FORMS)
def test_the_three_forms_read_as_one_object(form: one_record.Form) -> None:
    message = read(SHIPMENT)
    data = one_record.encode(message, form=form)
    again = read(data.decode())
    assert again == message
    assert again.form == form
    assert one_record.encode(again) == data


def test_the_values_of_a_document() -> None:
    message = read(SHIPMENT)
    (shipment,) = message.of_type(CARGO + "Shipment")
    assert shipment.values(API + "hasRevision") == (Literal(value=1),)
    assert shipment.values(CARGO + "declaredValue") == (Literal(value=Decimal("5000.00")),)
    assert shipment.values(CARGO + "goodsDescription") == (
        Literal(value="汽车零件", language="zh"),
    )
    named, blank = shipment.values(CARGO + "pieces")
    assert named == Ref(id="https://1r.example.com/logistics-objects/p1")
    assert isinstance(blank, Ref)
    piece = message.node(blank.id)
    assert piece is not None
    weight = message.node(piece.text(CARGO + "grossWeight"))
    assert weight is not None
    assert weight.text(CARGO + "numericalValue") == "120.5"
    first = message.node("https://1r.example.com/logistics-objects/p1")
    assert first is not None
    assert first.values(CARGO + "coload") == (Literal(value="false", datatype=XSD + "boolean"),)


def test_the_examples_of_both_forms_are_one_object(reference_data: Path) -> None:
    folder = reference_data / "cargo" / "onerecord" / "examples_api"
    (compacted,) = one_record.parse((folder / "Sensor.compacted.json").read_bytes())
    (expanded,) = one_record.parse((folder / "Sensor.expanded.json").read_bytes())
    assert compacted == expanded
    assert (compacted.form, expanded.form) == ("compacted", "expanded")


NOT_JSON = {"CIMP-Example1.json", "onerecord_FWB17_fragment.expected.json"}
"""Published with a bracket out of place."""


def test_every_published_example_reads_and_survives_all_forms(reference_data: Path) -> None:
    found = sorted((reference_data / "cargo" / "onerecord").rglob("*.json"))
    assert len(found) > 70
    for path in found:
        data = path.read_bytes()
        assert one_record.recognise(data) > 0.5, path
        if path.name in NOT_JSON:
            with pytest.raises(Malformed) as caught:
                one_record.parse(data)
            assert caught.value.position == "line 316 column 29"
            continue
        (message,) = one_record.parse(data)
        assert {n.code for n in message.notices} <= {
            "one-record-unmapped",
            "one-record-iri-blank",
        }, path
        for form in FORMS:
            written = one_record.encode(message, form=form)
            (again,) = one_record.parse(written)
            assert again == message, (path, form)
            assert one_record.encode(again, form=form) == written


@pytest.mark.parametrize(
    ("context", "name", "value", "expected"),
    [
        ({"@vocab": CARGO}, "note", "a", Literal(value="a")),
        ({"@vocab": CARGO, "@language": "en"}, "note", "a", Literal(value="a", language="en")),
        (
            {"@vocab": CARGO, "@language": "en", "note": {"@language": "zh"}},
            "note",
            "a",
            Literal(value="a", language="zh"),
        ),
        ({"c": CARGO, "c:note": {"@type": "@id"}}, "c:note", "c:x", Ref(id=CARGO + "x")),
        (
            {"c": CARGO, "n": {"@id": "c:note", "@type": "c:T"}},
            "n",
            "1",
            Literal(value="1", datatype=CARGO + "T"),
        ),
        (
            {"n": {"@id": "c:note", "@type": "@vocab"}, "c": CARGO, "@vocab": API},
            "n",
            "x",
            Ref(id=API + "x"),
        ),
        ({"@vocab": CARGO, "@base": "https://h/a/"}, "note", {"@id": "b"}, Ref(id="https://h/a/b")),
        (
            {"@vocab": CARGO, "note": {"@container": "@list"}},
            "note",
            ["a", 1],
            Items(values=(Literal(value="a"), Literal(value=1))),
        ),
        ({"@vocab": CARGO}, "note", {"@list": []}, Items(values=())),
        ({"@vocab": CARGO}, "note", {"@set": ["a"]}, Literal(value="a")),
        (
            {"@vocab": CARGO, "note": {"@container": "@language"}},
            "note",
            {"de": ["a"]},
            Literal(value="a", language="de"),
        ),
        ([{"c": CARGO}, {"note": "c:note"}], "note", True, Literal(value=True)),
        (
            {"@vocab": CARGO, "note": {"@container": ["@set", "@list"]}},
            "note",
            ["a"],
            Items(values=(Literal(value="a"),)),
        ),
        (
            {"@vocab": CARGO, "note": {"@container": ["@language", "@set"]}},
            "note",
            {"de": None, "en": ["a", None]},
            Literal(value="a", language="en"),
        ),
        (
            {"@vocab": CARGO, "note": {"@container": "@language"}},
            "note",
            {"@none": "a"},
            Literal(value="a"),
        ),
        (
            {"@vocab": CARGO, "note": {"@container": "@index"}},
            "note",
            {"k": "a"},
            Literal(value="a"),
        ),
        ({"@vocab": CARGO, "note": {"@type": "@none"}}, "note", "a", Literal(value="a")),
        (
            {"@vocab": CARGO, "@language": "en", "note": {"@language": None}},
            "note",
            "a",
            Literal(value="a"),
        ),
        (
            {"@vocab": CARGO, "@language": "en"},
            "note",
            {"@value": "a", "@language": None, "@type": None},
            Literal(value="a"),
        ),
        ({"@vocab": CARGO}, "@nest", [{"note": "a"}, {}], Literal(value="a")),
        ({"c": CARGO, "id": "@id", "v": "@value"}, "c:note", {"v": "a"}, Literal(value="a")),
    ],
)
def test_contexts_give_names_their_meaning(
    context: object, name: str, value: object, expected: object
) -> None:
    message = read({"@context": context, "@id": "https://h/1", name: value}, mode="strict")
    node = message.node("https://h/1")
    assert node is not None
    assert node.values(CARGO + "note") == (expected,)
    for form in FORMS:
        assert read(one_record.encode(message, form=form).decode()) == message


def test_a_term_may_mean_nothing() -> None:
    for null in (None, {"@id": None}):
        message = read(
            {"@context": {"@vocab": CARGO, "x": null}, "@id": "u:1", "x": 1, "note": "a"}
        )
        assert [name for name, _ in message.nodes[0].properties] == [CARGO + "note"]
        assert [n.field for n in message.notices] == ["x"]


@pytest.mark.parametrize(
    "document",
    [
        {"@id": "u:2", "@reverse": {"u:p": {"@id": "u:1", "u:q": "a"}}},
        {"@id": "u:2", "@reverse": {"u:p": ["u:1"]}, "@included": {"@id": "u:1", "u:q": "a"}},
        {
            "@context": {"of": {"@reverse": "u:p", "@type": "@id"}},
            "@graph": [{"@id": "u:2", "of": "u:1"}, {"@id": "u:1", "u:q": "a"}],
        },
    ],
)
def test_a_property_may_be_told_from_its_other_end(document: dict[str, object]) -> None:
    message = read(document, mode="strict")
    node = message.node("u:1")
    assert node is not None
    assert node.values("u:p") == (Ref(id="u:2"),)
    assert node.values("u:q") == (Literal(value="a"),)


NAMED = {
    "@context": {"cargo": CARGO},
    "@graph": [
        {"@id": "u:g", "cargo:note": "of 23 November"},
        {
            "@id": "u:g",
            "@graph": [
                {"@id": "u:1", "@type": ["cargo:Piece", "cargo:PhysicalLogisticsObject"]},
                {"@id": "u:2", "cargo:pieces": [{"@id": "u:1"}, {"@id": "_:x"}]},
                {"@id": "_:x", "cargo:coload": False},
            ],
        },
        {"@id": "u:1", "cargo:upid": "7"},
        {"cargo:of": {"@graph": {"@id": "u:3", "cargo:of": {"@id": "_:x"}}}},
    ],
}


def test_the_nodes_of_a_named_graph_tell_its_name() -> None:
    message = read(NAMED, mode="strict")
    assert [(node.graph, node.id) for node in message.nodes] == [
        (None, "u:1"),
        (None, "u:g"),
        (None, "_:b0"),
        ("u:g", "u:1"),
        ("u:g", "u:2"),
        ("u:g", "_:b2"),
        ("_:b1", "u:3"),
    ]
    plain = message.node("u:1")
    assert plain is not None
    assert (plain.graph, plain.text(CARGO + "upid")) == (None, "7")
    assert message.nodes[6].values(CARGO + "of") == (Ref(id="_:b2"),)
    for form in FORMS:
        data = one_record.encode(message, form=form)
        assert read(data.decode(), mode="strict") == message
        assert one_record.encode(read(data.decode()), form=form) == data


def test_a_graph_is_named_by_what_stands_beside_it() -> None:
    inner = [{"@id": "u:1", "u:p": 1}]
    assert [n.graph for n in read({"@id": "u:g", "@graph": inner}).nodes] == ["u:g"]
    (inside, outside) = read({"@id": "u:g", "u:when": "x", "@graph": inner}).nodes[::-1]
    assert (inside.graph, outside.id, outside.graph) == ("u:g", "u:g", None)
    nothing = read({"@graph": inner, "version": 1})
    assert [n.graph for n in nothing.nodes] == [None]
    assert [n.code for n in nothing.notices] == ["one-record-unmapped"]


def test_keywords_may_have_other_names() -> None:
    message = read(
        {"@context": {"@vocab": CARGO, "id": "@id", "kind": "@type"}, "id": "u:1", "kind": "Piece"}
    )
    assert message.nodes == (Node(id="u:1", types=(CARGO + "Piece",)),)


def test_equal_values_stand_once_but_one_and_true_are_two() -> None:
    message = read({"@id": "u:1", "u:p": [1, True, 1, "1", "1", {"@value": "1"}]})
    assert message.nodes[0].values("u:p") == (
        Literal(value=1),
        Literal(value=True),
        Literal(value="1"),
    )
    assert [type(v.value) for v in message.nodes[0].values("u:p")] == [int, bool, str]  # type: ignore[union-attr]


def test_what_is_said_of_one_node_in_two_places_comes_together() -> None:
    message = read([{"@id": "u:1", "u:p": {"@id": "u:2", "u:q": 1}}, {"@id": "u:2", "u:r": 2}])
    node = message.node("u:2")
    assert node is not None
    assert [iri for iri, _ in node.properties] == ["u:q", "u:r"]


def test_labels_of_blank_nodes_do_not_matter() -> None:
    one = {"@graph": [{"@id": "u:1", "u:p": {"@id": "_:x"}}, {"@id": "_:x", "u:q": 1}]}
    two = {"@graph": [{"@id": "_:other", "u:q": 1}, {"@id": "u:1", "u:p": {"@id": "_:other"}}]}
    three = {"@id": "u:1", "u:p": {"u:q": 1}}
    assert read(one) == read(two) == read(three)


def test_nodes_that_link_in_a_circle_are_written() -> None:
    message = read([{"@id": "u:1", "u:p": {"@id": "u:2"}}, {"@id": "u:2", "u:p": {"@id": "u:1"}}])
    for form in FORMS:
        assert read(one_record.encode(message, form=form).decode()) == message


def test_an_iri_that_looks_like_a_prefix_is_not_mistaken() -> None:
    message = read({"@id": "u:1", "cargo:p": 1})
    assert message.nodes[0].properties[0][0] == "cargo:p"
    for form in FORMS:
        assert read(one_record.encode(message, form=form).decode()) == message


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"@id": "u:1", "name": 1}, "one-record-unmapped"),
        ({"@id": " u:1", "u:p": 1}, "one-record-iri-blank"),
    ],
)
def test_what_is_odd_is_noted_and_in_strict_mode_refused(document: object, code: str) -> None:
    assert [n.code for n in read(document).notices] == [code]
    with pytest.raises(Malformed) as caught:
        read(document, mode="strict")
    assert caught.value.code == code


DEEP = "[" * 100 + "]" * 100


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "not-json", "line 1 column 1"),
        ("{} x", "not-json", "line 1 column 4"),
        ('{"u:p": 1,}', "not-json", "line 1 column 11"),
        ('{"u:p": 1 /* no */}', "not-json", "line 1 column 11"),
        ('{"u:p": NaN}', "number", "line 1 column 9"),
        ('{"u:p": 1e999}', "number", "line 1 column 9"),
        ('{"u:p": ' + "9" * 50 + "}", "number", "line 1 column 9"),
        ('{"u:p": 1, "u:p": 2}', "name-twice", "line 1 column 12"),
        ('{"__proto__": 1}', "name", "line 1 column 2"),
        (DEEP, "too-deep", "line 1 column 65"),
        ('{"u:p": "\\ud800"}', "text", "/u:p"),
        ("1", "document", "/"),
        ('{"@context": "https://x/y", "u:p": 1}', "remote-context", "/@context"),
        ('{"@context": ["https://x/y"], "u:p": 1}', "remote-context", "/@context"),
        ('{"@context": {"a": {"@context": {}}}}', "context", "/@context"),
        ('{"@context": {"@import": "https://x"}}', "context", "/@context"),
        ('{"@context": {"a": {"@reverse": 1}}}', "context", "/@context"),
        ('{"@context": {"a": {"@container": ["@list", "@language"]}}}', "context", "/@context"),
        ('{"@context": {"a": {"@container": [1]}}}', "context", "/@context"),
        ('{"@context": {"a": {"@container": "@graph"}}}', "context", "/@context"),
        ('{"@context": {"a": {"@type": "@json"}}}', "context", "/@context"),
        ('{"@context": {"a": 1}}', "context", "/@context"),
        ('{"@context": {"@vocab": 1}}', "context", "/@context"),
        ('{"@id": "u:1", "@graph": [1]}', "document", "/@graph/0"),
        ('{"@id": "u:1", "@nest": [1]}', "document", "/@nest"),
        ('{"@id": "u:1", "@reverse": {"u:p": 1}}', "value", "/@reverse/u:p"),
        ('{"@id": 1}', "keyword", "/@id"),
        ('{"@id": "u:1", "@list": []}', "keyword", "/@list"),
        (
            '{"@context": "https://onerecord.iata.org/ns/other", "u:p": 1}',
            "remote-context",
            "/@context",
        ),
        ('{"u:p": {"@value": {}}}', "value", "/u:p"),
        ('{"u:p": {"@value": 1, "u:q": 2}}', "value", "/u:p"),
        ('{"u:p": {"@value": "u:1", "@type": "@id"}}', "value", "/u:p"),
        ('{"u:p": {"@value": "x", "@direction": "rtl"}}', "value", "/u:p"),
        ('{"u:p": [[1]]}', "value", "/u:p/0"),
        ('{"u:p": {"@list": [{"@list": []}]}}', "keyword", "/u:p"),
        ('{"u:p": {"@value": "a", "@type": "u:t", "@language": "en"}}', "value", "/u:p"),
    ],
)
def test_a_refusal_names_field_and_place(text: str, code: str, position: str) -> None:
    with pytest.raises(Malformed) as caught:
        read(text)
    assert (caught.value.code, caught.value.position) == (f"one-record-{code}", position)
    assert caught.value.field


def test_a_flood_of_contexts_is_refused() -> None:
    outer = {f"a{n}": "u:" for n in range(1900)}
    document = {"@context": outer, "u:p": [{"@context": {"x": "u:x"}}] * 1000}
    with pytest.raises(Malformed) as caught:
        read(document)
    assert caught.value.code == "one-record-too-many"


def test_a_text_that_never_ends_is_refused_at_once() -> None:
    with pytest.raises(Malformed) as caught:
        read('"' + '\\"' * 200_000)
    assert caught.value.code == "one-record-not-json"


def test_what_is_too_long_is_not_read() -> None:
    with pytest.raises(TooLarge):
        read(SHIPMENT, max_bytes=50)


def test_documents_are_recognised_by_their_names() -> None:
    assert one_record.recognise(SHIPMENT.encode()) > 0.9
    assert one_record.recognise(b'{"@id": "u:1", "@type": "x"}') < 0.5
    assert one_record.recognise(b'{"a": 1}') == 0
    assert one_record.recognise(b"FSU/12\r\n") == 0


iris = st.sampled_from([CARGO + "p", CARGO + "q", API + "r", "u:s", "http://x/y#z"])
ids = st.sampled_from(["u:1", "u:2", "https://h/3", "_:x", "_:y"])
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
literals = st.one_of(
    st.builds(Literal, value=texts),
    st.builds(Literal, value=texts, datatype=st.sampled_from([XSD + "dateTime", CARGO + "T"])),
    st.builds(Literal, value=texts, language=st.sampled_from(["en", "zh"])),
    st.builds(Literal, value=st.booleans()),
    st.builds(Literal, value=st.integers(-(10**12), 10**12)),
    st.builds(
        Literal, value=st.integers(1, 10**9).map(lambda n: Decimal(f"{n}.25")),
    ),
)  # fmt: skip
values = st.one_of(
    literals,
    st.builds(Ref, id=ids),
    st.builds(Items, values=st.lists(literals, max_size=3).map(tuple)),
)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    graphs = {graph: draw(graph_nodes()) for graph in draw(st.lists(ids, max_size=2, unique=True))}
    return Message(nodes=canonical(draw(graph_nodes()), graphs))


@st.composite
def graph_nodes(draw: st.DrawFn) -> dict[str, Node]:
    nodes = {}
    for id in draw(st.lists(ids, min_size=1, max_size=5, unique=True)):
        names = sorted(draw(st.lists(iris, max_size=3, unique=True)))
        properties = tuple(
            (
                name,
                tuple(draw(st.lists(values, min_size=1, max_size=3, unique_by=repr))),
            )
            for name in names
        )
        types = tuple(sorted(draw(st.lists(iris, min_size=not names, max_size=2, unique=True))))
        nodes[id] = Node(id=id, types=types, properties=properties)
    return nodes


@settings(max_examples=200, deadline=None)
@given(messages(), st.sampled_from(FORMS))
def test_what_is_written_is_read_back(message: Message, form: one_record.Form) -> None:
    data = one_record.encode(message, form=form)
    again = read(data.decode(), mode="strict")
    assert again == message
    assert one_record.encode(again, form=form) == data


def test_a_node_linked_only_from_itself_keeps_its_place() -> None:
    nodes = {
        "_:x": Node(id="_:x", types=(CARGO + "p",)),
        "_:y": Node(
            id="_:y",
            properties=((CARGO + "p", (Ref(id="_:x"),)), (CARGO + "q", (Ref(id="_:y"),))),
        ),
    }
    message = Message(nodes=canonical(nodes))
    for form in FORMS:
        assert read(one_record.encode(message, form=form).decode()) == message


def test_a_deep_chain_of_nodes_is_written_and_read() -> None:
    nodes = {
        f"u:{n}": Node(id=f"u:{n}", properties=(("u:p", (Ref(id=f"u:{n + 1}"),)),))
        for n in range(300)
    }
    message = Message(nodes=canonical(nodes))
    for form in FORMS:
        assert read(one_record.encode(message, form=form).decode()) == message


@settings(max_examples=300, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.sampled_from(["a", "u:p", "_:b", "@id"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "@context",
                        "@id",
                        "@type",
                        "@value",
                        "@list",
                        "@set",
                        "@graph",
                        "@language",
                        "@included",
                        "@nest",
                        "@reverse",
                        "u:p",
                        "a",
                        "c",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_read_or_refused(document: object) -> None:
    assert_read_or_refused(one_record.parse, [json.dumps(document).encode()])


def test_mutated_documents_are_read_or_refused_with_a_place() -> None:
    originals = [one_record.encode(read(SHIPMENT), form=form) for form in FORMS]
    pieces = (b"{", b"]", b'"@id":', b"null", b'"@value": 1,', b'"\\ud800"', b"[[", b'"@list":')
    refusals = assert_read_or_refused(
        one_record.parse, mutants(originals, pieces, 4000, "one-record")
    )
    assert 1000 < refusals < 4000


@pytest.mark.parametrize(
    "address",
    ["https://onerecord.iata.org/ns/cargo", "https://onerecord.iata.org/ns/cargo#",
     "https://onerecord.iata.org/ns/cargo/3.2.0"],
)  # fmt: skip
def test_the_address_of_an_ontology_stands_for_its_names(address: str) -> None:
    text = '{"@context": %s, "@id": "u:1", "@type": "cargo:Piece", "goodsDescription": "PUMPS"}'
    cargo = "https://onerecord.iata.org/ns/cargo#"
    for context in (json.dumps(address), json.dumps([address, {"@language": "en"}])):
        message = read(text % context)
        assert [notice.code for notice in message.notices] == ["one-record-vocabulary"]
        (node,) = message.nodes
        assert node.types == (f"{cargo}Piece",)
        assert [name for name, _ in node.properties] == [f"{cargo}goodsDescription"]
        with pytest.raises(Malformed, match="address"):
            read(text % context, mode="strict")


def test_a_name_that_looks_like_a_keyword_means_nothing() -> None:
    message = read('{"@context": {"@vocab": "u:"}, "@id": "u:1", "@colour": 1, "name": "x"}')
    assert [notice.code for notice in message.notices] == ["one-record-unmapped"]
    assert [name for name, _ in message.nodes[0].properties] == ["u:name"]


@pytest.mark.parametrize("part", ["1", '"a,b"', '{"u:q": 1}', '"u:%d"', "[]", "null"])
def test_a_flood_of_values_is_refused_with_its_place(part: str) -> None:
    parts = ",".join(part.replace("%d", str(n)) for n in range(MOST_PARTS + 2))
    with pytest.raises(Malformed) as caught:
        read('{"@id": "u:1",\n"u:p": [' + parts + "]}")
    assert caught.value.code == "one-record-too-many"
    assert caught.value.position.startswith("line 2 column ")


def test_commas_inside_texts_are_no_parts() -> None:
    message = read('{"@id": "u:1", "u:p": "' + "," * 200_000 + '"}')
    assert len(message.nodes) == 1


def test_values_that_come_again_stand_once_and_others_each() -> None:
    message = read('{"@id": "u:1", "u:p": [1, true, 1, "1", {"@value": "1"}], "u:q": [2, 2]}')
    assert [len(values) for _, values in message.nodes[0].properties] == [3, 1]


@pytest.mark.parametrize("name", ["@vocab", "@base", "cargo"])
def test_a_prefix_that_would_make_every_name_long_is_refused(name: str) -> None:
    long = "https://a.example/" + "b" * LONGEST_IRI
    data = json.dumps({"@context": {name: long}, "@id": "https://a.example/1", "cargo:x": 1})
    with pytest.raises(Malformed) as caught:
        one_record.parse(data.encode())
    assert (caught.value.code, caught.value.field) == ("one-record-context", name)
    assert caught.value.position == "/@context"


def test_a_flood_of_nodes_is_refused_with_its_place() -> None:
    nodes = [{"@id": f"https://a.example/{number}"} for number in range(MOST_NODES + 1)]
    with pytest.raises(Malformed) as caught:
        one_record.parse(json.dumps(nodes).encode())
    assert caught.value.code == "one-record-too-many"
    assert caught.value.position == f"/{MOST_NODES}"
