"""Thematic layers as people use them: read as of a moment, edit with rules, undo, restrict."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

import shapely
from shapely.geometry import shape as read_shape
from shapely.geometry.base import BaseGeometry

from service_bus import Clock
from spatiotemporal.airport_model.errors import UnknownLayer
from spatiotemporal.airport_model.thematic import publishing, restrictions, rules, undoing
from spatiotemporal.airport_model.thematic.faults import (
    EditConflict,
    EditRefused,
    Objection,
    UnknownFeature,
)
from spatiotemporal.airport_model.thematic.ports import LayerStore
from spatiotemporal.airport_model.thematic.restrictions import Restriction
from spatiotemporal.airport_model.thematic.versions import (
    Action,
    Content,
    Edit,
    NewEdit,
    Version,
    replaced,
)

Collections = Mapping[str, Mapping[str, object]]

DESCRIBED = "first layers of the description"
NOTHING: Mapping[str, object] = MappingProxyType({"features": ()})
OWN = "operator's own layer "
"""Begins the reason of an edit that publishes an imported layer; the name of its content follows."""


def _none(icao: str) -> Mapping[str, str]:
    """No airport has layers of its own."""
    return {}


INSTANT = timedelta(microseconds=1)
"""Shortest window: a single moment."""

HALF_WIDTH_DEG = 1e-4
"""About 10 m."""

TRIES = 3
"""Plans made before an edit gives way to others of the same layer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who edits, and why."""

    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class LayerService:
    """Use cases over a store.

    Attributes:
        base: layers that an airport begins with, asked for when it has none.
        own: which of them an operator has imported, each with a name of what it holds.
    """

    store: LayerStore
    clock: Clock
    base: Callable[[str], Collections]
    own: Callable[[str], Mapping[str, str]] = _none

    def begin(self, icao: str) -> None:
        """Publish an airport's layers if the store has none of it yet, and imports that are new.

        Raises:
            UnknownAirport: it is not described, and was not published by hand.
        """
        held = self.store.counts(icao, self.clock())
        wanted = {layer: f"{OWN}{name}" for layer, name in self.own(icao).items()}
        if held:
            said = {layer: self._published(icao, layer) for layer in {*held, *wanted}}
            new = {layer for layer, reason in wanted.items() if said[layer] != reason}
            gone = {layer for layer in held if said[layer].startswith(OWN)} - {*wanted}
            if not new | gone:
                return
        base = self.base(icao)
        for layer in sorted(new | gone) if held else base:
            author = Author(who="platform", reason=wanted.get(layer, DESCRIBED))
            self.publish(icao, {layer: base.get(layer, NOTHING)}, author)

    def _published(self, icao: str, layer: str) -> str:
        """Why a layer was last published as a whole."""
        before = 0
        while edits := self.store.edits(icao, layer=layer, before=before):
            for edit in edits:
                if edit.action == "publish":
                    return edit.reason
            before = edits[-1].number
        return ""

    def features(
        self, icao: str, layer: str, at: datetime, *, box: tuple[float, float, float, float] | None = None,
        known_at: datetime | None = None,
    ) -> list[Version]:  # fmt: skip
        """What a layer says at a moment, by id.

        Raises:
            UnknownLayer: no such layer.
        """
        self.rule(icao, layer)
        return self.store.features(icao, layer, at, box=box, known_at=known_at)

    def rule(self, icao: str, layer: str) -> rules.LayerRule:
        """The rule of a layer; an operator's layers of other names may hold anything.

        Raises:
            UnknownLayer: no such layer.
        """
        if layer not in rules.RULES and layer in self.store.counts(icao, self.clock()):
            return rules.LayerRule()
        return rule_of(layer)

    def feature(self, icao: str, layer: str, feature_id: str, at: datetime) -> Version:
        """One feature at a moment.

        Raises:
            UnknownLayer, UnknownFeature: it is not there.
        """
        self.rule(icao, layer)
        for version in self._current(icao, layer, feature_id):
            if version.content.holds_at(at):
                return version
        raise UnknownFeature(layer, feature_id)

    def create(self, icao: str, layer: str, content: Content, author: Author) -> Edit:
        """Add a feature.

        Raises:
            EditRefused: it breaks a rule, or its id is taken during that time.
        """
        self._check(icao, layer, content)

        def plan() -> tuple[tuple[int, ...], tuple[Content, ...]]:
            for version in self._current(icao, layer, content.feature_id):
                if version.content.overlaps(content.valid_from, content.valid_to):
                    text = f"{content.feature_id} exists in that time"
                    raise EditRefused(layer, (Objection(field="id", rule="taken", text=text),))
            return (), (content,)

        return self._edit(icao, layer, "create", author, plan)

    def change(
        self, icao: str, layer: str, content: Content, author: Author, *, version: int | None = None
    ) -> Edit:
        """Say something else of a feature from ``content.valid_from`` to ``valid_to``.

        Args:
            version: ``seq`` of the version that the editor saw.

        Raises:
            EditRefused: it breaks a rule.
            EditConflict: the editor saw an older version.
            UnknownFeature: there is none in that time.
        """
        self._check(icao, layer, content)

        def plan() -> tuple[tuple[int, ...], tuple[Content, ...]]:
            current = self._seen(icao, layer, content.feature_id, content.valid_from, version)
            return replaced(current, content.valid_from, content.valid_to, (content,))

        return self._edit(icao, layer, "change", author, plan)

    def retire(
        self, icao: str, layer: str, feature_id: str, at: datetime, author: Author,
        *, version: int | None = None,
    ) -> Edit:  # fmt: skip
        """End a feature at a moment.

        Raises:
            EditConflict: the editor saw an older version.
            UnknownFeature: there is none at that moment.
        """
        self.rule(icao, layer)

        def plan() -> tuple[tuple[int, ...], tuple[Content, ...]]:
            return replaced(self._seen(icao, layer, feature_id, at, version), at, None, ())

        return self._edit(icao, layer, "retire", author, plan)

    def undo(self, icao: str, number: int, author: Author) -> Edit:
        """Take an edit back; undoing an undo does it again.

        Raises:
            UnknownEdit: there is none.
            EditConflict: it was undone before, or later edits stand on it.
        """
        edit, _, _ = self.store.edit(icao, number)

        def plan() -> tuple[tuple[int, ...], tuple[Content, ...]]:
            found, ended, made = self.store.edit(icao, number)
            if found.undone_by is not None:
                raise EditConflict(f"edit {number} was undone by edit {found.undone_by}")
            said = [undoing.standing(self.store, icao, number, v) for v in made]
            return tuple(v.seq for v in said), tuple(v.content for v in ended)

        return self._edit(icao, edit.layer, "undo", author, plan, undoes=number)

    def publish(self, icao: str, collections: Collections, author: Author) -> list[Edit]:
        """Replace whole layers from now on; features that stay the same keep their versions.

        Raises:
            EditRefused: a feature whose shape is not valid.
        """
        now = self.clock()
        edits = []
        for layer, collection in collections.items():

            def plan(
                layer: str = layer, collection: Mapping[str, object] = collection
            ) -> tuple[tuple[int, ...], tuple[Content, ...]]:
                current = self.store.overlapping(icao, layer, now, None)
                return publishing.plan(layer, current, collection, now)

            if any(plan()):
                edits.append(self._edit(icao, layer, "publish", author, plan))
        return edits

    def restrict(
        self, icao: str, facts: Mapping[str, object], start: datetime, end: datetime | None,
        author: Author, *, geometry: Mapping[str, object] | None = None,
    ) -> tuple[Edit, str]:  # fmt: skip
        """Close or limit something for a window.

        Args:
            facts: ``kind``, and by kind ``targets`` or ``limit_mps``; see ``rules``.
            geometry: GeoJSON; taken from the targets when left out.

        Raises:
            EditRefused: unknown target, no area, or a window that ends before it begins.
        """
        key = f"{icao}.{restrictions.LAYER}.{start:%Y%m%d}-{secrets.token_hex(4)}"
        told = {"name_zh": "限制", "name_en": "Restriction", **facts, "reason": author.reason}
        objections = rules.of_restriction(told, drawn=bool(geometry))
        if objections:
            raise EditRefused(restrictions.LAYER, objections)
        closes = told["kind"] in restrictions.TARGET_LAYERS
        area = self._target_area(icao, told, start) if closes else None
        if geometry or area is None:
            area = shape_of(geometry or {})
        content = Content(
            feature_id=key, shape=area, properties=told, valid_from=start, valid_to=end
        )
        return self.create(icao, restrictions.LAYER, content, author), key

    def in_force(self, icao: str, start: datetime, end: datetime | None) -> tuple[Restriction, ...]:
        """Restrictions that hold at some time of a window, by beginning."""
        found = self.store.overlapping(icao, restrictions.LAYER, start, end)
        return restrictions.restrictions(found)

    def _target_area(self, icao: str, told: Mapping[str, object], at: datetime) -> BaseGeometry:
        layers = restrictions.TARGET_LAYERS[str(told["kind"])]
        targets = told["targets"]
        wanted = {str(t) for t in targets} if isinstance(targets, list | tuple) else set()
        shapes: list[BaseGeometry] = []
        missing = set(wanted)
        for layer in layers:
            met: set[str] = set()
            for version in self.store.features(icao, layer, at):
                properties = version.content.properties
                names = {str(properties.get(n)) for n in ("number", "designator", "id")} & missing
                if names:
                    met |= names
                    shapes.append(version.content.shape)
            missing -= met
        if missing:
            text = f"{layers[0]} has no {', '.join(sorted(missing))}"
            raise EditRefused(
                restrictions.LAYER, (Objection(field="targets", rule="unknown", text=text),)
            )
        whole = shapely.union_all(shapes)
        # Pavement of some targets and lines of others: one kind of shape, as wide as a taxiway.
        return whole.buffer(HALF_WIDTH_DEG) if whole.geom_type == "GeometryCollection" else whole

    def _check(self, icao: str, layer: str, content: Content) -> None:
        found = list(
            rules.objections(
                self.rule(icao, layer),
                content.feature_id,
                content.shape,
                content.properties,
                self._boundary(icao, content.valid_from),
            )
        )
        if not content.feature_id.startswith(f"{icao}.{layer}."):
            text = f"must begin with {icao}.{layer}."
            found.append(Objection(field="id", rule="id-form", text=text))
        if content.valid_to is not None and content.valid_to <= content.valid_from:
            text = "does not lie after valid_from"
            found.append(Objection(field="valid_to", rule="window", text=text))
        if found:
            raise EditRefused(layer, tuple(found))

    def _boundary(self, icao: str, at: datetime) -> BaseGeometry | None:
        found = self.store.features(icao, "boundary", at)
        if not found:
            return None
        return shapely.union_all([version.content.shape for version in found])

    def _current(self, icao: str, layer: str, feature_id: str) -> Sequence[Version]:
        found = self.store.versions(icao, layer, feature_id)
        return [version for version in found if version.ended_by is None]

    def _seen(
        self, icao: str, layer: str, feature_id: str, at: datetime, version: int | None
    ) -> Sequence[Version]:
        current = self._current(icao, layer, feature_id)
        holding = [found for found in current if found.content.holds_at(at)]
        if not holding:
            raise UnknownFeature(layer, feature_id)
        if version is not None and holding[0].seq != version:
            text = f"{feature_id} is now version {holding[0].seq}, not {version}"
            raise EditConflict(text, status=412)
        return current

    def _edit(
        self, icao: str, layer: str, action: Action, author: Author,
        plan: Callable[[], tuple[tuple[int, ...], tuple[Content, ...]]], *, undoes: int | None = None,
    ) -> Edit:  # fmt: skip
        """Plan and apply; plans again when another edit of the layer came between."""
        for left in range(TRIES - 1, -1, -1):
            now = self.clock()
            revision = self.store.edition(icao, layer, now).revision
            ends, makes = plan()
            edit = NewEdit(
                icao=icao, layer=layer, action=action, who=author.who, reason=author.reason,
                revision=revision, ends=ends, makes=makes, undoes=undoes,
            )  # fmt: skip
            try:
                return self.store.apply(edit, now)
            except EditConflict:
                if not left:
                    raise
        raise AssertionError("the last try returns or raises")


def rule_of(layer: str) -> rules.LayerRule:
    """The rule of a layer.

    Raises:
        UnknownLayer: no such layer.
    """
    if layer not in rules.RULES:
        raise UnknownLayer(layer, tuple(rules.RULES))
    return rules.RULES[layer]


def shape_of(geometry: Mapping[str, Any]) -> BaseGeometry:
    """A GeoJSON geometry as a flat shape.

    Raises:
        EditRefused: it is none.
    """
    try:
        found: BaseGeometry = shapely.force_2d(read_shape(dict(geometry)))
    except (shapely.errors.ShapelyError, KeyError, TypeError, ValueError, IndexError,
            AttributeError) as error:  # fmt: skip
        text = "is no GeoJSON geometry"
        objection = Objection(field="geometry", rule="geometry-form", text=text)
        raise EditRefused("feature", (objection,)) from error
    return found


def entity_tag(*parts: str) -> str:
    """An HTTP entity tag of what names a state.

    >>> entity_tag("ZSSS", "stand=1-")
    '"9f8699cf373459bc"'
    """
    return f'"{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:16]}"'
