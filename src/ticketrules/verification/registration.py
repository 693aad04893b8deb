"""What Hypothesis calls when it is imported, so that ``st.from_type(Ticket)`` knows what to draw.

Hypothesis is imported by many who never touch a ticket. So nothing is imported here before it is
needed: the types of a part are registered when that part has been imported, and the strategies are
made when one of them is asked for.
"""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import MappingProxyType, ModuleType
from typing import Any, Final

TYPES: Final = MappingProxyType(
    {
        "ticketrules.tickets": MappingProxyType(
            {
                "Actor": "commands.actors",
                "Message": "messages.messages",
                "Ticket": "histories.tickets",
                "commands.Command": "commands.commands_of",
                "events.Event": "events.events",
            }
        ),
        "ticketrules.calendar": MappingProxyType(
            {
                "Notice": "calendars.notices",
                "Schedule": "calendars.schedules",
                "ServiceCalendar": "calendars.calendars",
                "ServiceHours": "calendars.service_hours",
            }
        ),
        "ticketrules.routing": MappingProxyType(
            {"Agent": "rosters.agents", "Queued": "rosters.queued", "Roster": "rosters.rosters"}
        ),
        "ticketrules.rulebook": MappingProxyType({"Policy": "policies.policies"}),
    }
)
"""By the part that they are of: each type, and the strategy that draws it.

A base class stands for all of its kind, which its strategy is told apart.
"""

STRATEGIES: Final = "ticketrules.verification.strategies"


def register() -> None:
    """Let Hypothesis draw the library's types; called by Hypothesis itself."""
    for part in TYPES:
        if part in sys.modules:
            _register_part(sys.modules[part])
    if not any(isinstance(one, _Arrivals) for one in sys.meta_path):
        sys.meta_path.insert(0, _Arrivals())


class _Arrivals(MetaPathFinder):
    """Finds the parts as they would be found without it, and registers their types on arrival."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in TYPES:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)
        return spec


class _Loader(Loader):
    """Another loader until the module has been run, which then has that one for its own."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """As the other loader does."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module, then register its types."""
        if module.__spec__ is not None:
            module.__spec__.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        _register_part(module)


def _register_part(module: ModuleType) -> None:
    from hypothesis import strategies as st  # noqa: PLC0415 - whoever calls this has it

    for name, strategy in TYPES[module.__name__].items():
        if "." in name:
            home, base = name.split(".")
            kinds = _kinds(getattr(module, home), base)
        else:
            kinds = [getattr(module, name)]
        for kind in kinds:
            st.register_type_strategy(kind, _drawing(strategy, narrowed="." in name))


def _kinds(module: ModuleType, base: str) -> list[type]:
    """A base class and everything in its module that is derived from it."""
    root = getattr(module, base)
    return [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, root)]


def _drawing(strategy: str, *, narrowed: bool) -> Callable[[type], Any]:
    def drawn(kind: type) -> Any:
        home, name = strategy.split(".")
        made = getattr(import_module(f"{STRATEGIES}.{home}"), name)
        return made(kind) if narrowed else made()

    return drawn
