"""What verification says: flaws with their counterexamples, and what it could not decide."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

from ticketrules.clauses import ClauseId, Text
from ticketrules.tickets import events
from ticketrules.tickets.values import Labelled


class FlawKind(Labelled):
    """In which way rules do not do what they must mean."""

    UNREACHABLE_STATUS = "unreachable_status", "无法到达的状态"
    UNREACHABLE_TRANSITION = "unreachable_transition", "任何操作都无法触发的变更"
    CANNOT_CLOSE = "cannot_close", "无法关闭的状态"
    NO_WAY_BACK = "no_way_back", "等待状态下客户无法返回"
    LAPSE_OVER_UNANSWERED = "lapse_over_unanswered", "到期自动变更越过未回复的客户消息"
    SHADOWED_POLICY = "shadowed_policy", "被前面的策略遮蔽"
    UNMATCHED_POLICY = "unmatched_policy", "不适用于任何工单的策略"
    NEVER_STARTS = "never_starts", "永远不会开始的计时"
    NEVER_STOPS = "never_stops", "永远不会达成的计时"
    NEVER_RUNS_OUT = "never_runs_out", "永远不会到期的计时"
    START_EXCLUDES_PAUSE = "start_and_pause_exclude", "开始与暂停条件互斥"
    PERMANENTLY_PAUSED = "permanently_paused", "一经暂停不再恢复的计时"
    DEADLINE_AFTER_LAPSE = "deadline_after_lapse", "期限晚于终止它的到期变更"
    REMINDER_NOT_BEFORE_LAPSE = "reminder_not_before_lapse", "提醒不早于所提醒的到期变更"
    THRESHOLDS_OUT_OF_ORDER = "thresholds_out_of_order", "提醒节点顺序颠倒"
    UNDECLARED_CHANNEL = "undeclared_channel", "无人能收到的通知"
    ROSTER_GAP = "roster_gap", "排班未覆盖服务时间"


@frozen(kw_only=True)
class Flaw:
    """A way in which the rules do not do what they must mean, with a history that shows it.

    Attributes:
        kind: Which way.
        clause: The clause that is at stake.
        subject: What is flawed: a clock's id, a status, an event's name, a policy's name.
        text: What is wrong, in both languages.
        policy: Of several policies, the one that a clock is of; ``None`` for what is no clock's.
        history: A shortest history that shows it; ``replay`` takes it. Empty where no ticket is
            needed to see it.
        story: The same told line by line, in both languages, with ``text`` at its end.
    """

    kind: FlawKind
    clause: ClauseId
    subject: str
    text: Text
    policy: str | None = None
    history: tuple[events.Event, ...] = field(default=(), repr=False)
    story: Text = field(default=Text("", ""), repr=False)

    def __str__(self) -> str:
        return f"{self.kind}: {self.named}: {self.text.en} [{self.clause}]"

    @property
    def named(self) -> str:
        """The subject, after its policy's name where there are several."""
        return self.subject if self.policy is None else f"{self.policy}: {self.subject}"


@frozen(kw_only=True)
class Undecided:
    """What could not be decided, because a condition reads more than finitely many states tell.

    Attributes:
        clause: The clause that it is about.
        subject: The clock, policy or event.
        reads: What the condition reads.
        text: What that leaves open, and what small histories have shown all the same.
    """

    clause: ClauseId
    subject: str
    reads: str
    text: Text

    def __str__(self) -> str:
        return f"cannot decide: {self.subject}: {self.text.en} [{self.clause}]"


@frozen(kw_only=True)
class Verification:
    """What verifying a policy found.

    Attributes:
        policy: Its name.
        flaws: Every flaw, the table's first, then the policies', then the clocks'.
        undecided: What could not be decided.
        states: How many abstract states were visited, each clock's own among them.
        transitions: How many transitions between them.
    """

    policy: str
    flaws: tuple[Flaw, ...]
    undecided: tuple[Undecided, ...]
    states: int
    transitions: int

    @property
    def is_clean(self) -> bool:
        """Whether no flaw was found; there may be what could not be decided."""
        return not self.flaws

    @property
    def text(self) -> Text:
        """All of it in both languages, each flaw with its story."""
        return Text("\n".join(self._lines("en")), "\n".join(self._lines("zh")))

    def _lines(self, lang: str) -> list[str]:
        words = _WORDS[lang]
        counts = words["counts"].format(states=self.states, transitions=self.transitions)
        found = words["flaws"].format(len(self.flaws)) if self.flaws else words["clean"]
        lines = [f"{self.policy}: {found} ({counts})"]
        for flaw in self.flaws:
            name = str(flaw.kind) if lang == "en" else flaw.kind.label
            lines += ["", f"[{flaw.clause}] {name}: {flaw.named}", getattr(flaw.story, lang)]
        for one in self.undecided:
            lines += ["", f"[{one.clause}] {words['undecided']}: {one.subject}"]
            lines.append(f"  {getattr(one.text, lang)}")
        return lines

    def __str__(self) -> str:
        return self.text.en

    def to_json(self) -> dict[str, Any]:
        """The same as what JSON has; histories by event name, instant and actor."""
        return {
            "policy": self.policy,
            "is_clean": self.is_clean,
            "states": self.states,
            "transitions": self.transitions,
            "flaws": [
                {
                    "kind": flaw.kind.value,
                    "clause": flaw.clause,
                    "subject": flaw.subject,
                    "policy": flaw.policy,
                    "text": {"en": flaw.text.en, "zh": flaw.text.zh},
                    "story": {"en": flaw.story.en, "zh": flaw.story.zh},
                    "history": [
                        {"event": one.name, "at": _iso(one.at), "by": str(one.by)}
                        for one in flaw.history
                    ],
                }
                for flaw in self.flaws
            ],
            "undecided": [
                {
                    "clause": one.clause,
                    "subject": one.subject,
                    "reads": one.reads,
                    "text": {"en": one.text.en, "zh": one.text.zh},
                }
                for one in self.undecided
            ],
        }


def _iso(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


_WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {
            "clean": "nothing found",
            "flaws": "flaws: {}",
            "counts": "{states} states, {transitions} transitions",
            "undecided": "cannot decide",
        },
        "zh": {
            "clean": "未发现问题",
            "flaws": "问题：{} 个",
            "counts": "{states} 个状态，{transitions} 个变迁",
            "undecided": "无法判定",
        },
    }
)
