"""A lexicon read the plain way: every pattern at every place, every context against every hit.

Slow, and by the definitions alone; what the lexicon's own reading is held against.
"""

from ticketrules.text import Where

CLAUSE = ",:。!?"
SENTENCE = "。!?"
NEAREST = 4


def spans(patterns, text):
    """Every match of some patterns, by where it begins and ends."""
    found = (
        (place, pattern.end(text, place)) for pattern in patterns for place in range(len(text))
    )
    return sorted((start, end) for start, end in found if end >= 0)


def hits(lexicon, text):
    """The hits of a normalised text: sense, start, end; by start, the longer first."""
    known = {}
    found = set()
    for number, sense in enumerate(lexicon.senses.values()):
        for start, end in set(spans(sense.patterns, text)):
            if holds(lexicon, sense, text, (start, end), known):
                found.add((start, -end, number, sense.name))
    return [(name, start, -end) for start, end, _, name in sorted(found)]


def holds(lexicon, sense, text, hit, known):
    """Whether a hit counts where it stands; what is known of contexts is kept."""
    start, end = hit

    def stands(name):
        context = lexicon.contexts[name]
        if name not in known:
            known[name] = spans(context.patterns, text)
        return meets(context, known[name], text, start, end)

    if any(begin < end and stop > start for begin, stop in spans(sense.innocent, text)):
        return False
    return not any(map(stands, sense.unless)) and (not sense.needs or any(map(stands, sense.needs)))


def meets(context, matches, text, start, end):
    """Whether a context stands where it has to, by its own definition."""
    match context.where:
        case Where.MESSAGE:
            return bool(matches)
        case Where.AROUND:
            return any(begin < end and stop > start for begin, stop in matches)
        case Where.BEFORE:
            before = [stop for begin, stop in matches if begin < start][-NEAREST:]
            return any(is_near(text, stop, start, context.reach) for stop in before)
        case Where.AFTER:
            after = [begin for begin, _ in matches if begin >= end][:1]
            return any(is_near(text, end, begin, context.reach) for begin in after)
        case Where.CLAUSE:
            cells = numbered(text, lambda place: ends_clause(text, place))
        case Where.SENTENCE:
            cells = numbered(text, lambda place: text[place] in SENTENCE)
    return bool({cells[begin] for begin, _ in matches} & {cells[start], cells[end - 1]})


def is_near(text, start, end, reach):
    return end - start <= reach and not set(text[start:end]) & set(CLAUSE)


def ends_clause(text, place):
    if text[place] != " ":
        return text[place] in CLAUSE
    around = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    return len(around) == 2 and all(map(is_chinese, around))


def is_chinese(one):
    return one == "〇" or any(
        first <= ord(one) <= last
        for first, last in (
            (0x3400, 0x4DBF),
            (0x4E00, 0x9FFF),
            (0xF900, 0xFAFF),
            (0x20000, 0x3134F),
        )
    )


def numbered(text, is_border):
    """For each character the number of its clause or sentence, to which its border belongs."""
    cells, number = [], 0
    for place in range(len(text)):
        cells.append(number)
        number += is_border(place)
    return cells
