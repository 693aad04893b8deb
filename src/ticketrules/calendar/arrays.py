"""Arrays: the arithmetic of service time on ``datetime64``, a block at a time.

Imported when an array is first asked for, because it needs NumPy.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypeGuard

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ticketrules.calendar.array_table import ArrayTable, Micros, Room
from ticketrules.calendar.slot_table import covering
from ticketrules.calendar.timeline import FIRST_YEAR, LAST_YEAR, MICROSECOND, year_span
from ticketrules.errors import CalendarError

if TYPE_CHECKING:
    from ticketrules.calendar.ledger import Ledger

BLOCK: Final = 1 << 14
"""So many pairs at a time stay in the caches that a core has to itself."""

_NAT: Final = np.iinfo(np.int64).min
_EARLIEST: Final = np.datetime64(year_span(FIRST_YEAR)[0], "us")
_LATEST: Final = np.datetime64(year_span(LAST_YEAR)[1] - 1, "us")
_LONGEST: Final = np.timedelta64(10**18, "us")


class ArrayArithmetic:
    """The array verbs of one ledger."""

    def __init__(self, ledger: "Ledger") -> None:
        self._ledger = ledger
        self._table: ArrayTable | None = None

    def elapsed(self, start: ArrayLike, end: ArrayLike) -> "NDArray[np.timedelta64]":
        """See ``WorkingTime.elapsed_array``."""
        starts, ends, shape = _together(_instants("start", start), _instants("end", end))
        out, room = _answers(starts)
        for block in _blocks(starts):
            here = out[block]
            before, after = room.left[: len(here)], room.right[: len(here)]
            left, right = _micros(starts[block]), _micros(ends[block])
            table, missing = self._table, None
            if not (_told(table, left, before, room) and _told(table, right, after, room)):
                missing = (left == _NAT) | (right == _NAT)
                if missing.all():
                    here[:] = _NAT
                    continue
                filler = left[~missing][0]
                left, right = np.where(missing, filler, left), np.where(missing, filler, right)
                table = self._covering(table, left, right)
                table.served(left, before, room)
                table.served(right, after, room)
            np.subtract(after, before, out=here)
            if missing is not None:
                here[missing] = _NAT
        return out.view("m8[us]").reshape(shape)

    def advance(self, start: ArrayLike, amount: object) -> "NDArray[np.datetime64]":
        """See ``WorkingTime.advance_array``."""
        starts, amounts, shape = _together(_instants("start", start), _amounts(amount))
        out, room = _answers(starts)
        for block in _blocks(starts):
            here = out[block]
            served = room.left[: len(here)]
            first, wanted = _micros(starts[block]), _micros(amounts[block])
            table, special, missing = self._table, None, None
            if wanted.min() <= 0 or not _told(table, first, served, room):
                missing = (first == _NAT) | (wanted == _NAT)
                if missing.all():
                    here[:] = _NAT
                    continue
                first = np.where(missing, first[~missing][0], first)
                wanted = np.where(missing, 0, wanted)
                if (wanted < 0).any():
                    msg = "an amount of service time cannot be negative"
                    raise CalendarError(msg)
                special = missing | (wanted == 0)
                table = self._covering(table, first)
                table.served(first, served, room)
                if special.all():  # a calendar that never opens can answer this, too
                    here[:] = np.where(missing, _NAT, first)
                    continue
            served += wanted
            most = int(served.max())
            if most > table.total:
                table = self._covering(table, self._ledger.landing(table.origin + most))
            table.landing(served, here, room)
            if special is not None:
                np.copyto(here, first, where=special)
                here[missing] = _NAT
        return out.view("M8[us]").reshape(shape)

    def served(self, at: Micros) -> Micros:
        """See ``WorkingTime.served_array``; whole microseconds since the epoch, none missing."""
        out, room = _answers(at)
        for block in _blocks(at):
            instants, here, table = at[block], out[block], self._table
            if not _told(table, instants, here, room):
                table = self._covering(table, instants)
                table.served(instants, here, room)
            here += table.origin
        return out

    def _covering(self, table: ArrayTable | None, *instants: Micros | int) -> ArrayTable:
        """A table for all of these, and for what another one covered.

        Each block keeps to the one table it was given: one with other years counts from another
        origin, and another thread may put it in our place at any moment.
        """
        least = min(int(np.min(one)) for one in instants)
        most = max(int(np.max(one)) for one in instants)
        if table is None or not table.covers(least, most):
            table = self._table = covering(self._ledger, table, least, most)
        return table


def _answers(asked: Any) -> tuple[Micros, Room]:
    """Where the answers to so many questions go, and room for a block of them."""
    return np.empty(len(asked), np.int64), Room(min(BLOCK, len(asked)))


def _blocks(asked: Any) -> Iterator[slice]:
    for low in range(0, len(asked), BLOCK):
        yield slice(low, low + BLOCK)


def _told(table: ArrayTable | None, at: Micros, out: Micros, room: Room) -> TypeGuard[ArrayTable]:
    """Service time before each instant; False where there is no table that has them all."""
    return table is not None and table.served(at, out, room)


def _instants(name: str, value: ArrayLike) -> Any:
    array = np.asarray(value)
    if array.dtype.kind != "M" or np.datetime_data(array.dtype)[0] == "generic":
        msg = f"{name}: datetime64 with a unit is meant, in UTC, not {array.dtype}"
        raise CalendarError(msg)
    return array


def _amounts(value: object) -> Any:
    array = np.asarray(value)
    if array.dtype == object and array.ndim == 0 and isinstance(value, timedelta):
        array = np.asarray(np.timedelta64(value // MICROSECOND, "us"))
    if array.dtype.kind != "m" or np.datetime_data(array.dtype)[0] in {"generic", "Y", "M"}:
        msg = f"amount: timedelta64 with a unit of a fixed length is meant, not {array.dtype}"
        raise CalendarError(msg)
    return array


def _together(left: Any, right: Any) -> tuple[Any, Any, tuple[int, ...]]:
    """Both as one-dimensional arrays of one length, and the shape of the answer."""
    if left.shape != right.shape:
        left, right = np.broadcast_arrays(left, right)
    return left.reshape(-1), right.reshape(-1), left.shape


def _micros(block: Any) -> Micros:
    """A block in whole microseconds, what is finer cut off towards the past.

    Raises:
        CalendarError: A value that microseconds cannot hold, or far outside the years that can be
            reckoned with.
    """
    kind = block.dtype.kind
    if np.datetime_data(block.dtype) != ("us", 1):
        least, most = (_EARLIEST, _LATEST) if kind == "M" else (-_LONGEST, _LONGEST)
        real = block[~np.isnat(block)]
        # Units finer than a microsecond cannot even say what lies so far out.
        is_coarse = np.datetime_data(block.dtype)[0] not in {"ns", "ps", "fs", "as"}
        if is_coarse and real.size:
            least, most = least.astype(block.dtype), most.astype(block.dtype)
            if real.min() < least or real.max() > most:
                msg = f"{real.min()} to {real.max()} are outside what can be reckoned with"
                raise CalendarError(msg)
        block = block.astype(f"{kind}8[us]")
    elif not block.dtype.isnative:
        block = block.astype(f"={kind}8[us]")
    micros: Micros = block.view(np.int64)
    return micros
