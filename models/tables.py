"""Every table in one place, for the migrations and whoever needs the whole metadata."""

from models.administration.audit import AuditRow
from models.administration.ban import Ban
from models.administration.revision import Revision
from models.attachment import Attachment
from models.base import Base
from models.calendar import DutyRun, HolidayOverride, ServiceLimit
from models.claim import Claim
from models.complaint import Complaint, ComplaintEvent
from models.conversation import Conversation
from models.employee import ActingSuperior, Employee, Invitation, InvitationAttempt, Leave, RoleGrant
from models.follower import Follower
from models.group import StaffGroup
from models.improvement import Improvement, ImprovementEvent, ImprovementFinding, ImprovementReport
from models.inbox import InboxUpdate
from models.occurrence import Occurrence, OccurrenceUpdate
from models.organisation import (
    Addressee,
    Area,
    CityFact,
    EmergencyNumber,
    ReplyTemplate,
    Service,
    Unit,
)
from models.outbox import OutboxMessage
from models.performance.evaluation import Evaluation, EvaluationEvent, Feedback, UnitPredicate
from models.performance.indicator import Indicator, IndicatorFact, IndicatorTarget
from models.performance.placement import Placement
from models.performance.plan import PlanBehaviour, PlanEvent, PlanItem, PlanResult, WorkPlan
from models.performance.progress import DigestChoice, WeeklyEntry, WeeklyEvent, WeeklyReport
from models.performance.recognition import Nomination, RecognitionRule
from models.performance.service_record import ServiceRecord
from models.person import Consent, Person
from models.population import ServiceUsers
from models.proof import PictureBand, ProofAlarm
from models.sealing import SealedIdentity, TicketView
from models.survey import MicroAnswer, Pulse, SurveyResponse

metadata = Base.metadata

__all__ = [
    "ActingSuperior",
    "Addressee",
    "Area",
    "Attachment",
    "AuditRow",
    "Ban",
    "CityFact",
    "Claim",
    "Complaint",
    "ComplaintEvent",
    "Consent",
    "Conversation",
    "DigestChoice",
    "DutyRun",
    "EmergencyNumber",
    "Employee",
    "Evaluation",
    "EvaluationEvent",
    "Feedback",
    "Follower",
    "HolidayOverride",
    "Improvement",
    "ImprovementEvent",
    "ImprovementFinding",
    "ImprovementReport",
    "InboxUpdate",
    "Indicator",
    "IndicatorFact",
    "IndicatorTarget",
    "Invitation",
    "InvitationAttempt",
    "Leave",
    "MicroAnswer",
    "Nomination",
    "Occurrence",
    "OccurrenceUpdate",
    "OutboxMessage",
    "Person",
    "PictureBand",
    "Placement",
    "PlanBehaviour",
    "PlanEvent",
    "PlanItem",
    "PlanResult",
    "ProofAlarm",
    "Pulse",
    "RecognitionRule",
    "ReplyTemplate",
    "Revision",
    "RoleGrant",
    "SealedIdentity",
    "Service",
    "ServiceLimit",
    "ServiceRecord",
    "ServiceUsers",
    "StaffGroup",
    "SurveyResponse",
    "TicketView",
    "Unit",
    "UnitPredicate",
    "WeeklyEntry",
    "WeeklyEvent",
    "WeeklyReport",
    "WorkPlan",
    "metadata",
]
