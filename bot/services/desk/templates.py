"""Prepared texts: which of the city's are offered for a step of a report in its present state."""

from __future__ import annotations

from bot.services.city import City
from models.complaint import Complaint
from models.organisation import ReplyTemplate, TemplateKind
from models.rules.complaint_flow import TRANSITIONS, Action

#: Action → the kind of text it sends; for the others nothing is prepared.
KINDS = {
    Action.REPLY: TemplateKind.REPLY,
    Action.ASK_RESIDENT: TemplateKind.QUESTION,
    Action.ASK_COMPLETION: TemplateKind.QUESTION,
    Action.PROPOSE_DONE: TemplateKind.RESULT,
    Action.DECLARE_NOT_OURS: TemplateKind.REFUSAL,
    Action.ARCHIVE: TemplateKind.REFUSAL,
}


def offered(city: City, action: Action, complaint: Complaint) -> list[ReplyTemplate]:
    """The texts of the action's kind for the state the report is in, or the one the action leads to."""
    states = {complaint.status.value, TRANSITIONS[action].get(complaint.status, complaint.status).value}
    return [row for row in city.templates if row.kind is KINDS.get(action) and row.state in states]
