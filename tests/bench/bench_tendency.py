"""How fast a tendency is found: messages a second, and a megabyte beside a kilobyte.

As a script it prints the figures beside their aims; under ``pytest tests/bench/bench_tendency.py``
the two calls go through pytest-benchmark.
"""

import importlib.util
import random
import statistics
import sys
import time as clock
from pathlib import Path

import pytest

from ticketrules.complaints import Message, default_detector, packaged_lexicon
from ticketrules.text import normalise

DETECT = default_detector()

USUAL = [
    "您好，请问网站备案一般需要多久才能通过，材料已经在昨天下午全部上传了，麻烦看一下谢谢",
    "服务器昨天晚上十点左右连不上了，控制台显示正常，重启以后还是不行，帮忙查一下是什么原因",
    "企业邮箱收不到外部的邮件，发出去是正常的，MX 记录也检查过了没有问题，请协助排查",
    "等了三天了还没有结果，麻烦给我打个电话说明一下情况，打字实在说不清楚，谢谢配合一下",
    "小程序提交审核被拒，提示类目不符，请问应该选择哪一个类目，需要补充什么资质材料呢",
]
"""Messages of about forty characters, one in five of which asks to be phoned."""

SPEC = importlib.util.spec_from_file_location(
    "everyday", Path(__file__).parents[1] / "complaints/everyday.py"
)
QUESTIONS = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(QUESTIONS)
EVERYDAY = QUESTIONS.everyday()[::40]
"""Everyday questions, shorter ones, full of words that elsewhere would be signs."""

DRAWN = random.Random(6)  # noqa: S311 - the same texts each time
WORDS = sorted({word for several in packaged_lexicon().words.values() for word in several})

CONTENTS = {
    "投": "投",
    "digits": "1234567890",
    "别": "别",
    "别打电话": "别打电话",
    "emoji": "😡📞",
    "spaces": " ",
    "投 诉": "投 诉 ",
    "combining": "e\u0301\u0336",
    "brackets": "(((((",
    "nested quotes": "“「『",
    "traditional": "請打電話給我說清楚，",
    "masks": "傻*",
    "letters": "s b ",
    "再不": "再不处理",
    "我要": "我要我要",
    "asking": "请能要打",
    "closing quotes": "“别”",
    "random Chinese": "".join(chr(DRAWN.randrange(0x4E00, 0x9FA6)) for _ in range(50_000)),
    "every word": "".join(WORDS),
    "words at random": "".join(DRAWN.choices(WORDS, k=20_000)),
    "usual": "".join(USUAL),
}


def seconds(call, rounds, target=0.05):
    """The median seconds of a call on the processor."""
    call()
    begun = clock.thread_time()
    call()
    loops = max(1, int(target / max(clock.thread_time() - begun, 1e-7)))
    found = []
    for _ in range(rounds):
        begun = clock.thread_time()
        for _ in range(loops):
            call()
        found.append((clock.thread_time() - begun) / loops)
    return statistics.median(found)


def detect(texts):
    for text in texts:
        for _ in DETECT((Message(text=text),)):
            pass


def a_second(texts):
    return len(texts) / seconds(lambda: detect(texts), 9)


def ratio(content):
    """Time per character of a megabyte, in that of a kilobyte."""
    unit = (content * (1_000_000 // len(content) + 1))[:1_000_000]
    small = seconds(lambda: detect([unit[:1_000]]), 3) / 1_000
    return seconds(lambda: detect([unit]), 1, target=0) / 1_000_000 / small


@pytest.mark.parametrize("size", [40, 10_000])
def test_detect(benchmark, size):
    text = ("".join(USUAL) * 100)[:size]
    benchmark(detect, [text])


def test_normalise(benchmark):
    benchmark(normalise, USUAL[0])


if __name__ == "__main__":
    sys.stdout.write(f"messages a second  {a_second(USUAL):>10,.0f}  aim 20,000\n")
    sys.stdout.write(f"everyday ones      {a_second(EVERYDAY):>10,.0f}\n")
    for name, content in CONTENTS.items():
        sys.stdout.write(f"megabyte/kilobyte  {ratio(content):>10.2f}  aim 1.50  {name}\n")
