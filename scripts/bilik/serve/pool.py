"""The processes that evaluate queries: a fixed number, each asked one question at a time, replaced when it has died."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path
from typing import Final

from bilik.errors import InputError
from bilik.serve.limits import Limits
from bilik.serve.messages import Answer, Outcome, Question

_WORKER: Final = "bilik.serve.worker"

_DEATHS: Final = {-signal.SIGABRT: Outcome.TOO_MUCH, -getattr(signal, "SIGALRM", 0): Outcome.TOO_LONG}
"""How a process ended → why: Oxigraph aborts when it is refused memory, and the alarm is the clock of the process."""


class Pool:
    """Answers questions to a graph, as many at once as it has processes."""

    def __init__(self, graph: Path, limits: Limits, processes: int) -> None:
        """
        Args:
            graph: a Turtle file.
            processes: how many queries are evaluated at once, 1 or more; about one per processor.
        """
        self.graph, self.limits = graph, limits
        self._places: asyncio.LifoQueue[_Place] = asyncio.LifoQueue()
        self._all = [_Place(graph, limits) for _ in range(processes)]
        self._ending = False

    async def start(self) -> None:
        """Start every process.

        Raises:
            InputError: the graph cannot be read.
        """
        for place in self._all:
            if refused := await place.fill():
                await self.close()
                raise InputError(f"{self.graph}: not a graph in Turtle: {refused}")
            self._places.put_nowait(place)

    async def answer(self, question: Question) -> Answer:
        """The answer, once a process is free to find it; :attr:`Outcome.BUSY` when none was within the time limit."""
        try:
            place = await asyncio.wait_for(self._places.get(), self.limits.seconds)
        except TimeoutError:
            return Answer(Outcome.BUSY)
        try:
            answer = await place.answer(question) if not self._ending else Answer(Outcome.ENDING)
        finally:
            self._places.put_nowait(place)
        return Answer(Outcome.ENDING) if self._ending and answer.outcome is Outcome.DIED else answer

    async def close(self) -> None:
        """End every process, whatever it does; no question is answered any longer."""
        self._ending = True
        for place in self._all:
            await place.clear()


class _Place:
    """Where one process works: filled when it is needed, cleared when its process is of no more use."""

    def __init__(self, graph: Path, limits: Limits) -> None:
        values = (limits.seconds, limits.megabytes, limits.memory)
        self._command = [sys.executable, "-m", _WORKER, str(graph), *map(str, values)]
        self._limits = limits
        self._process: Process | None = None

    async def fill(self) -> str:
        """Start a process unless one is there; returns why that cannot be done, or nothing."""
        if self._process and self._process.returncode is None:
            return ""
        # In a session of its own: Ctrl-C is for the server, which then ends its processes itself.
        self._process = await asyncio.create_subprocess_exec(
            *self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True
        )
        try:
            return (await self._heard(self._process)).reason
        except (EOFError, asyncio.IncompleteReadError):
            return "its process ended"

    async def answer(self, question: Question) -> Answer:
        """The answer within the time limit; whatever happens to the process, the next question finds one."""
        if refused := await self.fill():
            return Answer(Outcome.FAILED, reason=refused)
        process = self._process
        assert process is not None, "it has just been filled"
        answered = False
        try:
            async with asyncio.timeout(self._limits.seconds):
                answer = await self._asked(process, question)
            answered = True
        except TimeoutError:
            return Answer(Outcome.TOO_LONG)
        except (EOFError, asyncio.IncompleteReadError, ConnectionError):
            return Answer(_DEATHS.get(await process.wait(), Outcome.DIED))
        finally:
            if not answered:  # also when whoever asked has gone
                await asyncio.shield(self.clear())
        return answer

    async def clear(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        if process.stdin:
            process.stdin.close()

    async def _asked(self, process: Process, question: Question) -> Answer:
        assert process.stdin is not None, "it was asked for"
        process.stdin.write(question.encoded())
        await process.stdin.drain()
        return await self._heard(process)

    async def _heard(self, process: Process) -> Answer:
        """The next answer of a process.

        Raises:
            EOFError, IncompleteReadError: it has died.
        """
        assert process.stdout is not None, "it was asked for"
        if not (line := await process.stdout.readline()):
            raise EOFError
        head = json.loads(line)
        body = await process.stdout.readexactly(head.pop("size"))
        return Answer(body=body, **{**head, "outcome": Outcome(head["outcome"])})
