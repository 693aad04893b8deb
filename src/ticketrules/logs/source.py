"""Where a log comes from: a file, a gzip file or standard input, as decoded lines.

A line ends where its line feed stands, so that line numbers are those of every editor. A quoted
cell may go on over several.
"""

import gzip
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from ticketrules.errors import LogError

_GZIP: Final = b"\x1f\x8b"
_UTF8_MARK: Final = b"\xef\xbb\xbf"
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_TICK: Final = 4096


class Source:
    """An open log: its name and, once, its lines. A context manager that closes what it opened.

    Args:
        path: A file, or ``"-"`` for standard input; gzip is known by its first bytes.
        progress: Called now and then with the share of the file's bytes consumed, from 0 to 1;
            never for a source whose size is not known.

    Raises:
        LogError: No file is named, there is none, it is a directory, or it may not be read.
    """

    def __init__(self, path: Path | str, progress: Callable[[float], None] | None = None) -> None:
        self.name = "<stdin>" if str(path) == "-" else str(path)
        self._progress = progress
        self._stack = ExitStack()
        with self._stack:
            self._raw, self._size = self._open(path)
            self._bytes = self._unpacked()
            # All went well: closing is the caller's from here on.
            self._stack = self._stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    def lines(self, encoding: str = "utf-8") -> Iterator[str]:
        """The lines in order, line ends kept; a byte order mark is no part of the first.

        Raises:
            LogError: Bytes that are not of the encoding, or a gzip file cut short or damaged; the
                message names the line.
        """
        self._check_mark(encoding)
        source, progress, number = iter(self._bytes), self._progress, 0
        while True:
            try:
                line = str(next(source), encoding)
            except StopIteration:
                break
            except UnicodeDecodeError as error:
                msg = (
                    f"{self.name}: line {number + 1}: not {encoding} at byte {error.start + 1} of"
                    " the line; a mapping declares another encoding as log.encoding"
                )
                raise LogError(msg) from None
            except (EOFError, zlib.error, OSError) as error:
                raise self._damaged(number + 1, error) from None
            if number == 0:
                line = line.removeprefix("\ufeff")
            number += 1
            if progress is not None and not number % _TICK and self._size:
                progress(min(1.0, self._raw.tell() / self._size))
            yield line
        if progress is not None and self._size:
            progress(1.0)

    def _open(self, path: Path | str) -> tuple[io.BufferedReader, int]:
        if self.name == "<stdin>":
            stream: Any = getattr(sys.stdin, "buffer", None)
            if stream is None:
                msg = f"{self.name}: there is no standard input of bytes to read"
                raise LogError(msg)
            if isinstance(stream, io.BufferedReader):
                return stream, 0
            # Detached at the end, lest the wrapper close what is not ours.
            wrapped = io.BufferedReader(stream)
            self._stack.callback(wrapped.detach)
            return wrapped, 0
        if not self.name:
            msg = "no log is named; a path is meant, or - for standard input"
            raise LogError(msg)
        try:
            raw = self._stack.enter_context(Path(path).open("rb"))  # noqa: SIM115 - it is
            return raw, os.fstat(raw.fileno()).st_size
        except IsADirectoryError:
            msg = f"{self.name}: is a directory, not a log"
        except FileNotFoundError:
            msg = f"{self.name}: no such file"
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            msg = f"{self.name}: cannot be opened: {reason}"
        raise LogError(msg)

    def _unpacked(self) -> io.BufferedReader:
        try:
            if not self._raw.peek(2).startswith(_GZIP):
                return self._raw
        except OSError as error:
            raise self._damaged(1, error) from None
        unpacked = gzip.GzipFile(fileobj=self._raw, mode="rb")
        return io.BufferedReader(unpacked, 1 << 16)

    def _check_mark(self, encoding: str) -> None:
        try:
            start = self._bytes.peek(4)[:4]
        except (EOFError, zlib.error, OSError) as error:
            raise self._damaged(1, error) from None
        if start.startswith(_WIDE) or b"\0" in start:
            msg = f"{self.name}: line 1: looks like UTF-16, which is not read; save it as UTF-8"
            raise LogError(msg)
        if start.startswith(_UTF8_MARK) and encoding != "utf-8":
            msg = (
                f"{self.name}: line 1: begins with the byte order mark of UTF-8, but the mapping's"
                f" log.encoding says {encoding}"
            )
            raise LogError(msg)

    def _damaged(self, line: int, error: Exception) -> LogError:
        if isinstance(error, EOFError):
            what = "the gzip file ends too early; it was cut short"
        elif isinstance(error, gzip.BadGzipFile | zlib.error):
            what = "the gzip file is damaged"
        else:
            what = f"cannot be read: {error}"
        return LogError(f"{self.name}: line {line}: {what}")
