"""Targets as data: what a host changes of the marketplace's, and what it promises besides."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any, ClassVar, Final

from attrs import Attribute, evolve, field, fields, frozen, validators

from ticketrules.clauses import CLAUSES, ClauseId, Text
from ticketrules.sla.budgets import Budget, CalendarTime, ServiceTime, WorkingDays
from ticketrules.sla.marketplace import marketplace_targets
from ticketrules.sla.settings import Promises, Waiting, check_amount, check_days
from ticketrules.sla.targets import Target, Threshold
from ticketrules.sla.vocabulary import (
    ALARMS,
    CONDITIONS,
    GROUP,
    HAPPENINGS,
    group_named,
    resting,
    scoped,
)
from ticketrules.tickets.parts import named
from ticketrules.toml_reader import did_you_mean

_SHARE: Final = re.compile(r"(\d{1,3})%", re.ASCII)
_LEAD: Final = re.compile(r"(?:(\d{1,4})h)?(?:(\d{1,4})m)? before", re.ASCII)

POINT_PATTERN: Final = r"^((0{0,2}\d|0?[1-9]\d|100)%|(?=\d)(\d{1,4}h)?(\d{1,4}m)? before)$"
"""What a threshold's point reads like, for a JSON Schema."""


USUAL: Final = tuple(one.id for one in marketplace_targets(Promises(), Waiting()))
"""The ids of the marketplace's targets."""


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _of_words(known: Collection[str], what: str, *, groups: bool = False) -> Any:
    """A validator of a tuple of words from a vocabulary."""

    def check(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
        if value is None and attribute.default is None:
            return
        if not isinstance(value, tuple) or not all(isinstance(one, str) for one in value):
            msg = f"{attribute.name} must be a tuple of words for {what}, not {value!r}"
            raise TypeError(msg)
        for one in value:
            if one not in known and not (groups and group_named(one)):
                msg = f"{one!r} is no word for {what}{did_you_mean(one, known)}"
                raise ValueError(msg)

    return check


def _words(known: Collection[str], what: str, doc: str, *, groups: bool = False) -> Any:
    return field(
        default=None,
        converter=_tuple,
        validator=_of_words(known, what, groups=groups),
        metadata={
            "clause": "8.3",
            "doc": doc,
            **(
                {"offers": tuple(known), "pattern": rf"^{GROUP}\s*\S"}
                if groups
                else {"choices": tuple(known)}
            ),
        },
    )


def _is_clause(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if value is not None and value not in CLAUSES:
        msg = f"{attribute.name}: {value!r} is no clause of the rulebook"
        raise ValueError(msg + did_you_mean(str(value), CLAUSES))


def _is_point(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if not isinstance(value, str):
        msg = f"{attribute.name} must be a text such as '75%', not {value!r}"
        raise TypeError(msg)
    share = _SHARE.fullmatch(value)
    lead = _LEAD.fullmatch(value)
    if (share is None or int(share[1]) > 100) and (lead is None or not any(lead.groups())):
        msg = (
            f"{attribute.name}: '75%' of the budget or '30m before' its end is meant, not {value!r}"
        )
        raise ValueError(msg)


def _is_budget(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if value is None:
        return
    if not isinstance(getattr(value, "is_amount", None), bool):
        msg = f"{attribute.name} must be a budget, such as ServiceTime, not {value!r}"
        raise TypeError(msg)
    if isinstance(value, ServiceTime | CalendarTime):
        check_amount(instance, attribute, value.amount)
    if isinstance(value, WorkingDays):
        check_days(instance, attribute, value.days)


def _words_in_both(en: str, zh: str) -> Text:
    return Text(en or zh, zh or en)


@frozen(kw_only=True)
class ThresholdSettings:
    """A point on the way to the deadline, and what follows from it.

    Raises:
        ValueError: A point outside the budget, or an alarm that is not known.
    """

    at: str = field(
        validator=_is_point,
        metadata={
            "clause": "8.3",
            "doc": "'75%' of the budget, or '30m before' its end",
            "pattern": POINT_PATTERN,
        },
    )
    alarms: tuple[str, ...] = field(
        default=(),
        converter=_tuple,
        validator=_of_words(ALARMS, "an alarm"),
        metadata={"clause": "8.3", "doc": "what follows from it", "choices": tuple(ALARMS)},
    )
    about: str = field(
        default="",
        validator=validators.instance_of(str),
        metadata={"clause": "8.3", "doc": "what is told, in Chinese"},
    )
    about_en: str = field(
        default="",
        validator=validators.instance_of(str),
        metadata={"clause": "8.3", "doc": "the same in English"},
    )

    def threshold(self, label: Text) -> Threshold:
        """The threshold of a target with a label."""
        about = _words_in_both(self.about_en, self.about) if self.about or self.about_en else label
        alarms = tuple(ALARMS[word] for word in self.alarms)
        share = _SHARE.fullmatch(self.at)
        if share is not None:
            return Threshold(share=int(share[1]) / 100, about=about, alarms=alarms)
        hours, minutes = _LEAD.fullmatch(self.at).groups()  # type: ignore[union-attr]
        lead = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        return Threshold(lead=lead, about=about, alarms=alarms)


def _are_thresholds(_instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    if value is not None and not (
        isinstance(value, tuple) and all(isinstance(one, ThresholdSettings) for one in value)
    ):
        msg = f"{attribute.name} must be a tuple of ThresholdSettings"
        raise TypeError(msg)


@frozen(kw_only=True)
class TargetSettings:
    """A target as data: under an id of the marketplace's what changes of it, else one besides.

    What is not set stays the marketplace's; a target of the host's own needs its clause, budget,
    starts and stops.

    Raises:
        ValueError: A word that the vocabulary does not have, a clause that does not exist, a
            budget of nothing, or a condition that must hold and must not.
    """

    SCHEMA: ClassVar[Mapping[str, Any]] = {
        "if": {"properties": {"id": {"enum": list(USUAL)}}},
        "else": {"required": ["clause", "budget", "starts", "stops"]},
    }

    id: str = field(validator=named, metadata={"clause": "8.3", "doc": "the clock's name"})
    clause: str | None = field(
        default=None,
        validator=_is_clause,
        metadata={"clause": "8.3", "doc": "the clause that promises it", "offers": tuple(CLAUSES)},
    )
    label: str | None = field(
        default=None,
        validator=validators.optional(validators.instance_of(str)),
        metadata={"clause": "8.3", "doc": "what it is, in Chinese"},
    )
    label_en: str | None = field(
        default=None,
        validator=validators.optional(validators.instance_of(str)),
        metadata={"clause": "8.3", "doc": "the same in English"},
    )
    budget: Budget | None = field(
        default=None,
        validator=_is_budget,
        metadata={"clause": "8.3", "doc": "how much time it allows"},
    )
    starts: tuple[str, ...] | None = _words(HAPPENINGS, "an event", "what opens a cycle")
    stops: tuple[str, ...] | None = _words(HAPPENINGS, "an event", "what meets it")
    cancels: tuple[str, ...] | None = _words(HAPPENINGS, "an event", "what takes its ground away")
    pauses_while: tuple[str, ...] | None = _words(
        CONDITIONS, "a condition", "the clock stands still while any of these holds", groups=True
    )
    only_for: tuple[str, ...] | None = _words(
        CONDITIONS, "a condition", "only tickets of which all of these hold", groups=True
    )
    not_for: tuple[str, ...] | None = _words(
        CONDITIONS, "a condition", "no tickets of which any of these holds", groups=True
    )
    once: bool | None = field(
        default=None,
        validator=validators.optional(validators.instance_of(bool)),
        metadata={"clause": "8.3", "doc": "whether only the ticket's first cycle counts"},
    )
    on_breach: tuple[str, ...] | None = _words(ALARMS, "an alarm", "what follows from missing it")
    thresholds: tuple[ThresholdSettings, ...] | None = field(
        default=None,
        converter=_tuple,
        validator=_are_thresholds,
        metadata={"clause": "8.3", "doc": "what follows on the way to the deadline"},
    )

    off: bool = field(
        default=False,
        validator=validators.instance_of(bool),
        metadata={"clause": "8.3", "doc": "that the desk does not promise it at all"},
    )

    def __attrs_post_init__(self) -> None:
        changes = [
            one.name
            for one in fields(type(self))
            if one.name not in {"id", "off"} and getattr(self, one.name) is not None
        ]
        if self.off and changes:
            msg = f"target {self.id!r} is off and has {changes[0]}"
            raise ValueError(msg)
        both = [one for one in self.only_for or () if one in (self.not_for or ())]
        if both:
            msg = f"target {self.id!r}: {both[0]!r} stands in only_for and in not_for"
            raise ValueError(msg)

    def changed(self, usual: Target) -> Target:
        """A target with what is set here in place of its own."""
        return self._rested_and_scoped(evolve(usual, **self._parts(usual.label)))

    def target(self, known: Iterable[str] = ()) -> Target:
        """A target of the host's own.

        Args:
            known: The ids of other targets, of which one may have been meant.

        Raises:
            ValueError: Its clause, budget, starts or stops are not set.
        """
        for name in ("clause", "budget", "starts", "stops"):
            if getattr(self, name) is None:
                msg = f"target {self.id!r} is none of the marketplace's and needs {name}"
                raise ValueError(msg + did_you_mean(self.id, known))
        words = self.label_en or "", self.label or ""
        label = _words_in_both(*words) if any(words) else Text(self.id, self.id)
        made = Target(**{"label": label, **self._parts(label), "id": self.id})
        return self._rested_and_scoped(made)

    def _rested_and_scoped(self, target: Target) -> Target:
        if self.pauses_while is not None:
            target = resting(target, self.pauses_while)
        return scoped(target, self.only_for, self.not_for or ())

    def _parts(self, label: Text) -> dict[str, Any]:
        parts: dict[str, Any] = {}
        if self.label is not None or self.label_en is not None:
            label = parts["label"] = Text(self.label_en or label.en, self.label or label.zh)
        for name in ("starts", "stops", "cancels"):
            words = getattr(self, name)
            if words is not None:
                parts[name] = tuple(on for word in words for on in HAPPENINGS[word])
        if self.clause is not None:
            parts["clause"] = ClauseId(self.clause)
        if self.on_breach is not None:
            parts["on_breach"] = tuple(ALARMS[word] for word in self.on_breach)
        if self.thresholds is not None:
            parts["thresholds"] = tuple(one.threshold(label) for one in self.thresholds)
        for name in ("budget", "once"):
            if getattr(self, name) is not None:
                parts[name] = getattr(self, name)
        return parts


def with_settings(
    usual: Iterable[Target], settings: Iterable[TargetSettings]
) -> tuple[Target, ...]:
    """Targets with what settings change of them, with those that they add, less those that are off.

    Args:
        usual: The targets without them.
        settings: What changes, by id.

    Raises:
        ValueError: An id stands twice, a new target lacks a part, or one is off that is none.
    """
    targets = {target.id: target for target in usual}
    seen: set[str] = set()
    for one in settings:
        if one.id in seen:
            msg = f"target {one.id!r} stands twice"
            raise ValueError(msg)
        seen.add(one.id)
        known = targets.get(one.id)
        if not one.off:
            targets[one.id] = one.target(targets) if known is None else one.changed(known)
        elif known is not None:
            del targets[one.id]
        else:
            msg = f"target {one.id!r} is off, and there is no such target"
            raise ValueError(msg + did_you_mean(one.id, targets))
    return tuple(targets.values())
