"""Redaction and review: how the time grows with the text, and how many replies go in a second.

As a script it prints the table of aims; under ``pytest tests/bench/bench_replies.py`` the calls go
through pytest-benchmark. A megabyte is measured beside a kilobyte of the same content, in turn.
"""

import statistics
import sys
import time as clock
from collections.abc import Callable

import pytest

from ticketrules.replies import ReviewContext, compose, review
from ticketrules.text import redact
from ticketrules.tickets import Status, commands

KILOBYTE, MEGABYTE = 1_000, 1_000_000
ADVERSE = {
    "plain Chinese": "用户反馈网站打不开，请帮忙看看。",
    "plain English": "Hello, the site is down, please have a look. ",
    "one letter": "a",
    "letters and figures": "A1",
    "figures": "1",
    "spaced figures": "1 3 ",
    "told passwords": "密码：a1b2c3 ",
    "cues alone": "密码",
    "cues with a letter": "密码密码密码a",
    "pwd=": "pwd=",
    "cues and blanks": "password ",
    "commas": "密码是a,b;c ",
    "open quotes": "密码“",
    "addresses": "://a:b",
    "at signs": "a@",
    "dots": "a.b@c.",
    "accounts": "账号 a ",
    "keys": "LTAI0123456789abcdef ",
    "key heads": "-----BEGIN A",
    "commands": "mysql ",
    "databases": "sqlplus a",
    "hints": "mm pass 密：",
    "ideographs told": "a密码是春天春天春天，",
    "codes to come": "a验证码发来",
    "cards": "6222 0212 3456 7890 退到",
    "phones": "13812345678 ",
    "numerals": "一三",
    "courtesy": "您好谢谢",
    "requests": "请提供",
    "negations": "请勿关",
    "deeds": "已将已把",
    "quarrels": "说了多少",
    "civilities": "看看" * 60 + "x？",
    "items": "1. ",
    "lines": "\n",
    "masks": "●",
}
REPLIES = (
    ("您好，您的问题已收到，我们正在排查，请稍候，谢谢！", commands.Reply),
    ("您好，请您提供一下域名，谢谢！", commands.RequestFeedback),
    ("您好，证书已更换，请您核实确认，并对本次服务评价，谢谢！", commands.ProposeSolution),
    ("Hello, the site is fixed. Please confirm, and rate our service.", commands.ProposeSolution),
    ("您好，已转交平台处理，请您先不要关闭工单，谢谢！", commands.Escalate),
)
CONTEXTS = tuple(
    ReviewContext(command=kind, before=Status.NEW, asked=("网站打不开，怎么办？",))
    for _reply, kind in REPLIES
)


def text_of(seed: str, size: int) -> str:
    return (seed * (size // len(seed) + 1))[:size]


def spent(call: Callable[[], object]) -> float:
    begun = clock.thread_time()
    call()
    return clock.thread_time() - begun


def growth(look: Callable[[str], object], seed: str, size: int = MEGABYTE) -> tuple[float, float]:
    """Seconds for each character of much and of a little of the same, measured in turn."""
    little, much = text_of(seed, KILOBYTE), text_of(seed, size)
    look(little)
    each = statistics.median(spent(lambda: look(little)) / KILOBYTE for _ in range(20))
    return spent(lambda: look(much)) / size, each


def review_all() -> None:
    for (reply, _kind), context in zip(REPLIES, CONTEXTS, strict=True):
        review(reply, context)


def main() -> None:
    """Measure everything and print the table."""
    say = sys.stdout.write
    size = int(sys.argv[1]) if len(sys.argv) > 1 else MEGABYTE
    context = ReviewContext()
    looks: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("redact", redact),
        ("review", lambda text: review(text, context)),
        ("asked", lambda text: review("您好", ReviewContext(asked=(text,)))),
    )
    for name, look in looks:
        worst = 0.0
        for what, seed in ADVERSE.items():
            much, little = growth(look, seed, size)
            worst = max(worst, much / little)
            say(f"  {name:<8} {what:<22} {much * 1e9:>8.0f} ns/char {much / little:>6.2f}x\n")
        say(f"  {name}: worst ratio {worst:.2f} (aim <= 1.5)\n")
    review_all()
    rate = len(REPLIES) / statistics.median(spent(review_all) for _ in range(200))
    say(f"  replies reviewed a second: {rate:,.0f}\n")
    slots = {"ticket": "T1"}
    compose("closed", "zh", slots)
    rate = 1 / statistics.median(spent(lambda: compose("closed", "zh", slots)) for _ in range(500))
    say(f"  templates composed a second: {rate:,.0f}\n")
    message = "服务器 10.0.0.8，账号 root，密码：Abc@123，手机 138-1234-5678"
    rate = 1 / statistics.median(spent(lambda: redact(message)) for _ in range(500))
    say(f"  messages of {len(message)} characters redacted a second: {rate:,.0f}\n")


@pytest.mark.parametrize("what", ["plain Chinese", "plain English", "told passwords"])
def test_redact(benchmark, what):
    text = text_of(ADVERSE[what], KILOBYTE)
    assert len(benchmark(redact, text)) == KILOBYTE


def test_review(benchmark):
    benchmark(review_all)


if __name__ == "__main__":
    main()
