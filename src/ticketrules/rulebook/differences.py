"""What two policies say differently, clause by clause."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen, has

from ticketrules.clauses import CLAUSES, ClauseId, Text
from ticketrules.pages import Page, Table
from ticketrules.rulebook.dumping import literal
from ticketrules.rulebook.forms import Form, plain_value, settings_of
from ticketrules.rulebook.policy import Policy
from ticketrules.sla import Promises, Waiting, marketplace_targets
from ticketrules.toml_reader import key_path


@frozen
class Change:
    """One setting that two policies have differently.

    Attributes:
        clause: The clause that it belongs to; ``None`` for what is of no clause, such as a name.
        key: The key path, as TOML writes it.
        before: The first policy's value as TOML; ``None`` where it has none.
        after: The second's, likewise.
    """

    clause: ClauseId | None
    key: str
    before: str | None
    after: str | None

    @property
    def text(self) -> Text:
        """The change as a line in both languages."""
        title = CLAUSES[self.clause] if self.clause is not None else Text("in general", "总体")
        mark = "" if self.clause is None else f"{self.clause} "
        unset = Text("not set", "未设置")
        before, after = self.before, self.after
        return Text(
            f"{mark}{title.en}: {self.key}: {before or unset.en} -> {after or unset.en}",
            f"{mark}{title.zh}：{self.key}：{before or unset.zh} → {after or unset.zh}",
        )

    def __str__(self) -> str:
        return self.text.en


@frozen
class PolicyDifference:
    """What two policies say differently; falsy where they say the same.

    Attributes:
        before: The first policy's name.
        after: The second's.
        changes: Each setting that differs, in the order of the clauses, those without one first.
    """

    before: str
    after: str
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def by_clause(self) -> dict[ClauseId | None, tuple[Change, ...]]:
        """The changes of each clause that has any."""
        found: dict[ClauseId | None, tuple[Change, ...]] = {}
        for change in self.changes:
            found[change.clause] = (*found.get(change.clause, ()), change)
        return found

    @property
    def text(self) -> Text:
        """All of it in both languages, a line a change."""
        same = Text("they say the same", "内容相同")
        lines = [change.text for change in self.changes] or [same]
        return Text(
            "\n".join([f"{self.before} -> {self.after}", *(one.en for one in lines)]),
            "\n".join([f"{self.before} → {self.after}", *(one.zh for one in lines)]),
        )

    def __str__(self) -> str:
        return self.text.en

    def _repr_html_(self) -> str:
        """The same as a table, for notebooks."""
        heads = ("clause 条款", "setting 设置", self.before, self.after)
        rows = tuple(
            (
                "" if one.clause is None else f"{one.clause} {CLAUSES[one.clause].zh}",
                one.key,
                one.before or "—",
                one.after or "—",
            )
            for one in self.changes
        )
        headline = f"{self.before} → {self.after}"
        return Page("zh", headline, (Table("", heads, rows),)).html()


Keys = tuple[str | int, ...]
Named = dict[Keys, Any]

_CLAUSES: Final = {one.id: one.clause for one in marketplace_targets(Promises(), Waiting())}
"""Whose clause what changes of a target of the marketplace's belongs to."""


def diff_policies(before: Policy, after: Policy) -> PolicyDifference:
    """What ``after`` says differently from ``before``, by clause.

    The items of a list of tables are told apart by their first key: notices by year, targets by
    id, exceptions by date, and a second one of a date by its place among those of the date.
    Where what both have stands in another order, the order is a change of its own.

    Raises:
        PolicyError: A value that no file can say, as ``dump_policy`` says.
    """
    changes = sorted(
        _changes((), None, before, after),
        key=lambda one: [int(part) for part in (one.clause or "0.0").split(".")],
    )
    return PolicyDifference(before.name, after.name, tuple(changes))


def _changes(path: Keys, clause: ClauseId | None, before: Any, after: Any) -> Iterator[Change]:
    for name, (attribute, form) in settings_of(type(before)).items():
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        own = attribute.metadata.get("clause", clause)
        where = (*path, name)
        if has(type(old)) and type(old) is type(new):
            yield from _changes(where, own, old, new)
        else:
            yield from _between(where, own, *_named(form, key_path(*where), old, new))


def _between(where: Keys, clause: ClauseId | None, old: Named, new: Named) -> Iterator[Change]:
    orders = [name for name in old if name in new], [name for name in new if name in old]
    if orders[0] != orders[1]:
        told = (literal([key_path(*name) for name in order]) for order in orders)
        yield Change(clause, key_path(*where), *told)
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        item = after if isinstance(after, dict) else before
        own = item if isinstance(item, dict) else {}
        yield Change(
            own.get("clause") or _CLAUSES.get(str(own.get("id"))) or clause,
            key_path(*where, *name),
            None if before is None else literal(before),
            None if after is None else literal(after),
        )


def _named(form: Form, path: str, *values: Any) -> list[Named]:
    """What a setting is, by the name of each item where it is a list of tables."""
    plains = [None if value is None else plain_value(form, value, path) for value in values]
    items = [one for plain in plains if isinstance(plain, list) for one in plain]
    if not items or not all(isinstance(one, dict) for one in items):
        return [{(): plain} for plain in plains]
    return [_by_name(plain or ()) for plain in plains]


def _by_name(tables: Iterable[Mapping[str, Any]]) -> Named:
    """Tables by their first value; a further one of the same name has its place as well."""
    found: Named = {}
    counts: Counter[str] = Counter()
    for table in tables:
        name = str(next(iter(table.values())))
        found[(name, counts[name]) if counts[name] else (name,)] = table
        counts[name] += 1
    return found
