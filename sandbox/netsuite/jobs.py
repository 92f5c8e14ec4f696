"""Asynchronous jobs: waiting, at work, done; their answers and their idempotency keys."""

from __future__ import annotations

import json
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.responses import Response

from sandbox.netsuite.errors import Refusal, no_such_record
from sandbox.netsuite.store import ErpStore

JOBS = "/services/rest/async/v1/job"


Work = Callable[[], Awaitable[list[Response]]]
_SHAPE = "%Y-%m-%dT%H:%M:%SZ"


class Queue:
    """Jobs whose time has not come. They are carried out before the first request after it."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._waiting: dict[int, tuple[datetime, datetime, Work]] = {}

    async def add(self, job_id: int, now: datetime, seconds: int, work: Work) -> None:
        """Carry out `work` in so many seconds."""
        self._waiting[job_id] = (now, now + timedelta(seconds=seconds), work)
        await self.run_due(now)

    def begun(self, job_id: str, now: datetime) -> bool:
        """Whether a waiting job is past half of its time."""
        found = self._waiting.get(int(job_id)) if job_id.isdecimal() else None
        return found is not None and now - found[0] >= found[1] - now

    async def run_due(self, now: datetime) -> None:
        """Carry out what is due, in the order it was asked for."""
        for job_id, (_, due, work) in sorted(self._waiting.items()):
            if due <= now:
                del self._waiting[job_id]
                self._jobs.finish(job_id, await work(), due.strftime(_SHAPE))


class KeyUsed(Exception):
    """The idempotency key belongs to an earlier job: `job_id`."""

    def __init__(self, job_id: int) -> None:
        super().__init__(str(job_id))
        self.job_id = job_id


@dataclass(frozen=True, slots=True)
class Jobs:
    """The jobs of one account."""

    store: ErpStore

    def claim(self, key: str, at: str) -> int:
        """A job for an idempotency key, empty for none. Raises KeyUsed or Refusal."""
        if key:
            try:
                key = str(uuid.UUID(key))
            except ValueError as error:
                raise Refusal(
                    400, "INVALID_HEADER", "X-NetSuite-Idempotency-Key must be a UUID."
                ) from error
            found = self.store.row("SELECT id FROM _job WHERE key = ?", (key,))
            if found is not None:
                raise KeyUsed(int(found[0]))
        return self.store.insert("_job", {"key": key or None, "started_at": at, "tasks": "[]"})

    def finish(self, job_id: int, answers: Sequence[Response], at: str) -> None:
        """Keep what each task answered."""
        tasks = [
            {
                "status": answer.status_code,
                "headers": {k: v for k, v in answer.headers.items() if k in _KEPT},
                "body": bytes(answer.body).decode(),
            }
            for answer in answers
        ]
        self.store.execute(
            "UPDATE _job SET ended_at = ?, tasks = ? WHERE id = ?", (at, json.dumps(tasks), job_id)
        )

    def show(self, base: str, job_id: str, *, begun: bool) -> dict[str, object]:
        """A job; `begun` tells whether it still waits. Raises Refusal for an unknown one."""
        ended = self._row(job_id)[1]
        href = f"{base}{JOBS}/{job_id}"
        return {
            "links": [{"rel": "self", "href": href}],
            "id": job_id,
            "completed": bool(ended),
            "progress": "succeeded" if ended else _unfinished(begun=begun),
            "task": {"links": [{"rel": "self", "href": f"{href}/task"}]},
        }

    def tasks(self, base: str, job_id: str, *, begun: bool) -> list[dict[str, object]]:
        """The tasks of a job, numbered from 1; one stands for all until the job ends."""
        started, ended, tasks = self._row(job_id)
        href = f"{base}{JOBS}/{job_id}/task"
        if not ended:
            waiting = {"links": [{"rel": "self", "href": f"{href}/1"}], "id": "1"}
            progress = _unfinished(begun=begun)
            return [{**waiting, "completed": False, "progress": progress, "startTime": started}]
        return [
            {
                "links": [
                    {"rel": "related", "href": f"{href}/{number}/result"},
                    {"rel": "self", "href": f"{href}/{number}"},
                ],
                "id": str(number),
                "completed": True,
                "progress": "succeeded" if task["status"] < 400 else "failed",
                "startTime": started,
                "endTime": ended,
            }
            for number, task in enumerate(tasks, 1)
        ]

    def result(self, job_id: str, number: str) -> Response:
        """What a task answered. Raises Refusal for an unknown one."""
        tasks = self._row(job_id)[2]
        if not number.isdecimal() or not 1 <= int(number) <= len(tasks):
            raise no_such_record()
        task = tasks[int(number) - 1]
        return Response(task["body"], task["status"], headers=task["headers"])

    def _row(self, job_id: str) -> tuple[str, str, list[dict[str, Any]]]:
        row = self.store.row("SELECT * FROM _job WHERE id = ?", (job_id,))
        if row is None:
            raise no_such_record()
        return str(row["started_at"]), str(row["ended_at"] or ""), json.loads(row["tasks"])


def _unfinished(*, begun: bool) -> str:
    return "processing" if begun else "pending"


_KEPT = ("location", "content-type", "warning")
