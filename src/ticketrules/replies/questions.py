"""How many questions a customer has open, and whether a reply answers item by item (4.4)."""

import re
from collections.abc import Iterable
from typing import Final

from ticketrules.text import normalise

_PIECES: Final = re.compile(r"[^?？。!！\n;；]++[?？]*+")
_PARTS: Final = re.compile(
    r"[,，、]|\b(?:and|also|plus)\b"
    r"(?= (?:what|when|where|which|who|why|how|is|are|do|does|can|could)\b)",
    re.IGNORECASE,
)
_LETTERS: Final = re.compile(r"[^\W_]")

_ASKED: Final = re.compile(
    r"[?？]|[吗呢么](?:[,，。!！~\s]*\Z)|怎么|怎样|如何|为什么|为何|什么时候|多久|多少钱?"
    r"|是不是|能不能|可不可以|是否|有没有"
    r"|要不要|需不需要|哪[个些里种]|请问|几[个点天]"
    r"|^\s*(?:and |also |then )?(?:what|when|where|which|who|why|how|is|are|do|does|did|can"
    r"|could|will|would|should)\b",
    re.IGNORECASE,
)
_CIVIL: Final = re.compile(
    r"(?:(?:您|你)?好|在[吗么不]|有人(?:在)?[吗么]?|在不在|客服|请问|谢谢|麻烦|能?帮?(?:忙"
    r"|我)?(?:看|处理|解决|查|弄|搞)(?:一)?(?:下|看)?"
    r"|可以[吗么]|行[吗么不]|好[吗么不]|能不能|可不可以|是不是|怎么(?:回事|办|了|样|搞的?|弄)"
    r"|进展|现在|什么情况|什么原因|为什么|吗|呢|么|啊|呀|了"
    r"|多久(?:能|可以)?(?:好|处理好|解决)?|什么时候(?:能|可以)?(?:好|处理好|解决|弄好)|到底"
    r"|还要|还|这个?|问题|情况|快点|尽快|能|您|你|们|的|[,，~\s]"
    r"|\b(?:hello|hi|anyone|there|are|you|is|anybody|please|help|can|could|me|with|this|it|any"
    r"|update|news|why|what|happened|"
    r"how|long|when|will|be|fixed|ok|okay|right)\b)*+[?？]*+",
    re.IGNORECASE,
)
"""What asks for attention or for news; it needs no item of its own."""

_ITEM: Final = re.compile(
    r"^[ \t\u3000]{0,8}(?:\d{1,2}[.、)）．]|[(（]\d{1,2}[)）]|[①-⑳]|[一二三四五六七八九十]、)",
    re.MULTILINE,
)


def count_questions(messages: Iterable[str]) -> int:
    """How many different questions some messages ask.

    A sentence that asks counts once, however often it is repeated; greetings, calls for attention
    and asking for news count together as at most one, and only if nothing else is asked. Items
    that the customer numbered count each.
    """
    asked: set[str] = set()
    civil = items = 0
    for message in messages:
        items += len(_ITEM.findall(message))
        for piece in _PIECES.findall(message):
            if len(piece) > _LONGEST or not _ASKED.search(piece):
                continue
            parts = [part for part in _PARTS.split(piece) if _ASKED.search(part)] or [piece]
            for part in parts:
                if _CIVIL.fullmatch(part.strip()):
                    civil = 1
                else:
                    asked.add("".join(_LETTERS.findall(normalise(part).text)))
    return max(len(asked), items) or civil


_LONGEST: Final = 400
"""No question is longer than this many characters."""

_LEAD: Final = r"(?:^|[\s,，。.;；:：!！?？)）」”、])"
_NUMBERINGS: Final = tuple(
    (
        re.compile(first, re.IGNORECASE | re.MULTILINE),
        re.compile(second, re.IGNORECASE | re.MULTILINE),
    )
    for first, second in (
        (rf"{_LEAD}一[、.．:：,，是]", rf"{_LEAD}二[、.．:：,，是]"),
        (
            rf"{_LEAD}[(（]?[1１](?:[、)）]|[.．:：](?!\d))",
            rf"(?:{_LEAD}|(?<=[一-鿿]))[(（]?[2２](?:[、)）]|[.．:：](?!\d))",
        ),
        (r"(?:\bq|问)\s?1[:：.、)]", r"(?:\bq|问)\s?2[:：.、)]"),
        (r"[①⑴❶]", r"[②⑵❷]"),
        (r"[(（][一1][)）]", r"[(（][二2][)）]"),
        (r"第一|问题一|问题1", r"第二|问题二|问题2"),
        (r"首先|其一|一方面", r"其次|然后|再次|最后|另外|其二|另一方面"),
        (rf"{_LEAD}[(（]?a[.、)）]", rf"{_LEAD}[(（]?b[.、)）]"),
        (r"\bfirst(?:ly)?\b", r"\bsecond(?:ly)?\b|\bnext\b|\bthen\b"),
        (r"\b(?:regarding|as for|about|on)\b", r"\b(?:as for|regarding)\b(?=[^.]{0,80}[,:])"),
        (r"^[ \t]{0,8}[-*•·]\s?\S", r"\n[ \t]{0,8}[-*•·]\s?\S"),
    )
)
_HEADED: Final = re.compile(
    r"(?:^|[。.;；])[ \t\u3000]{0,8}(?:(?:您好|你好|hello|hi)[,，!！ ]{1,2})?"
    r"(?!您好|你好|hello|hi\b|dear|[^:：]{0,4}如下)"
    r"[^\s\d:：,，。.;；]{1,16}(?: [a-z]{1,12}){0,2}[:：](?!//)[ \t]?\S",
    re.IGNORECASE | re.MULTILINE,
)
"""A part of an answer that begins with what it is about: 解析：…, Certificate: …"""
_ABOUT: Final = re.compile(r"关于|至于|针对|【[^【】\n]{1,16}】")


def is_enumerated(reply: str) -> bool:
    """Whether a reply is laid out in items: 一、二、, 1. 2., ①②, first and second, bullets."""
    for first, second in _NUMBERINGS:
        begun = first.search(reply)
        if begun is not None and second.search(reply, begun.end() - 1) is not None:
            return True
    return max(len(_ABOUT.findall(reply)), len(_HEADED.findall(reply))) > 1
