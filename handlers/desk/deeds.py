"""What the desk's talk comes to: the draft of each action handed to its service."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.services import complaints
from bot.services.complaints import SentFile
from bot.services.desk import findings, merging, verifying, working
from bot.services.desk.verifying import Acting
from bot.turn import Turn
from models.attachment import FileKind
from models.complaint import Complaint, ReportClass
from models.rules.complaint_flow import Action, ArchiveReason


async def complaint_of(turn: Turn) -> Complaint:
    """The complaint of the open talk, if this person may still do this to it."""
    return await complaints.reach(turn.session, turn.presser, Action(turn.draft["verb"]), turn.draft["id"])


async def _verify(acting: Acting, draft: dict[str, Any]) -> None:
    value, _, inspection = draft["class"].partition("_")
    await verifying.verify(acting, draft["id"], ReportClass(value), bool(inspection))


async def _dispose(acting: Acting, draft: dict[str, Any]) -> None:
    await verifying.dispose(acting, draft["id"], draft["target"])


async def _ask_completion(acting: Acting, draft: dict[str, Any]) -> None:
    await verifying.ask_completion(acting, draft["id"], draft["text"])


async def _declare_not_ours(acting: Acting, draft: dict[str, Any]) -> None:
    await verifying.declare_not_ours(acting, draft["id"], draft["addressee"], draft["text"])


async def _archive(acting: Acting, draft: dict[str, Any]) -> None:
    if draft.get("main") is not None:
        await merging.merge(acting, draft["id"], draft["main"], draft["text"])
        return
    await verifying.archive(acting, draft["id"], ArchiveReason(draft["reason"]), draft["text"])


async def _transfer(acting: Acting, draft: dict[str, Any]) -> None:
    await working.transfer(acting, draft["id"], draft["target"], draft["text"])


async def _note(acting: Acting, draft: dict[str, Any]) -> None:
    await working.note(acting, draft["id"], draft["text"], _files(draft), draft.get("mentions", []))


def _files(draft: dict[str, Any]) -> list[SentFile]:
    return [SentFile(FileKind(file[0]), *file[1:]) for file in draft.get("files", [])]


def _with_files(deed: Callable[..., Awaitable[Complaint]]) -> Callable[[Acting, dict[str, Any]], Awaitable[Any]]:
    async def act(acting: Acting, draft: dict[str, Any]) -> None:
        await deed(acting, draft["id"], draft["text"], _files(draft))

    return act


def _finding(deed: Callable[..., Awaitable[Complaint]]) -> Callable[[Acting, dict[str, Any]], Awaitable[Any]]:
    async def act(acting: Acting, draft: dict[str, Any]) -> None:
        await deed(acting, draft["id"], draft["text"])

    return act


DEEDS: dict[Action, Callable[[Acting, dict[str, Any]], Awaitable[Any]]] = {
    Action.VERIFY: _verify,
    Action.DISPOSE: _dispose,
    Action.ASK_COMPLETION: _ask_completion,
    Action.DECLARE_NOT_OURS: _declare_not_ours,
    Action.ARCHIVE: _archive,
    Action.TRANSFER: _transfer,
    Action.ASK_RESIDENT: _with_files(working.ask_resident),
    Action.NOTE: _note,
    Action.REPLY: _with_files(working.reply),
    Action.PROPOSE_DONE: _with_files(working.propose_done),
    Action.RELEASE: _finding(findings.release),
    Action.RETURN: _finding(findings.send_back),
}
