"""A process that answers one query after the other, and can be ended in the middle of one.

It reads questions from standard input and writes answers to standard output (:mod:`bilik.serve.messages`); before all
others, it answers that it is ready. Whoever started it watches the clock; that it also ends itself is for the case that
nobody is left to watch. Where the system can (Unix), it takes no more memory than its limit and opens no file and no
connection.
"""

from __future__ import annotations

import os
import signal
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import pyoxigraph as ox

from bilik.engine import reason
from bilik.namespaces import BASE
from bilik.serve.limits import MEGABYTE, Limits
from bilik.serve.messages import ROWS, TRIPLES, Answer, Outcome, Question
from bilik.tokens import asks_others, prefixes

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

GRACE: Final = 2.0
"""Seconds after its limit at which a process ends itself."""


class Asked:
    """A graph that is asked questions."""

    def __init__(self, graph: Path, limits: Limits) -> None:
        """
        Args:
            graph: a Turtle file.

        Raises:
            OSError, SyntaxError: it cannot be read.
        """
        self.store, self.limits = ox.Store(), limits
        self.store.load(path=graph, format=ox.RdfFormat.TURTLE)

    def answer(self, question: Question) -> Answer:
        """What the graph answers, complete, or why it does not."""
        if asks_others(question.sparql):
            return Answer(Outcome.ASKS_OTHERS)
        body = _Bounded(self.limits.megabytes * MEGABYTE)
        try:
            result = self.store.query(question.sparql, base_iri=BASE)
            if isinstance(result, ox.QueryTriples):
                media_type, known = question.triples, prefixes(question.sparql)
                if media_type:
                    ox.serialize(result, output=body, format=TRIPLES[media_type], prefixes=known)
            else:
                media_type = question.rows
                if media_type:
                    result.serialize(output=body, format=ROWS[media_type])
        except SyntaxError as error:
            return Answer(Outcome.MALFORMED, reason=reason(error))
        except _FullError:
            return Answer(Outcome.TOO_LARGE)
        except MemoryError:
            return Answer(Outcome.TOO_MUCH)
        except (OSError, RuntimeError, ValueError) as error:
            return Answer(Outcome.FAILED, reason=reason(error))
        return Answer(Outcome.ANSWERED, body.getvalue(), media_type) if media_type else Answer(Outcome.UNACCEPTABLE)


class _FullError(Exception):
    """More was written than there is room for."""


class _Bounded(BytesIO):
    """A file in memory that refuses to grow beyond a number of bytes."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def write(self, data: ReadableBuffer, /) -> int:
        """Write all of it.

        Raises:
            _FullError: there is no room for it.
        """
        self.room -= memoryview(data).nbytes
        if self.room < 0:
            raise _FullError
        return super().write(data)


def confine(memory: int) -> None:
    """Let this process take no more than so many megabytes of memory beside those it has, and open nothing more."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    statistics = Path("/proc/self/statm")
    held = int(statistics.read_text(encoding="ascii").split()[0]) * resource.getpagesize() if statistics.exists() else 0
    limit = held + memory * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    lowest_free = os.open(os.devnull, os.O_RDONLY)
    os.close(lowest_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, lowest_free))


def _alarm(seconds: float) -> None:
    """End this process after so many seconds, whatever it does then; 0: do not."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def serve(asked: Asked, questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer every question until no more come."""
    for line in questions:
        _alarm(asked.limits.seconds + GRACE)
        answer = asked.answer(Question.decoded(line))
        _alarm(0)
        _say(answer, answers)


def _say(answer: Answer, answers: BinaryIO) -> None:
    answers.write(answer.encoded())
    answers.flush()


def main(graph: str, seconds: str, megabytes: str, memory: str) -> None:
    """Load the graph, say so, and serve."""
    limits = Limits(float(seconds), int(megabytes), int(memory))
    try:
        asked = Asked(Path(graph), limits)
    except (OSError, SyntaxError) as error:
        _say(Answer(Outcome.FAILED, reason=reason(error)), sys.stdout.buffer)
        return
    confine(limits.memory)
    _say(Answer(Outcome.ANSWERED), sys.stdout.buffer)
    serve(asked, sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main(*sys.argv[1:])
