"""Every table in one place, for the migrations and whoever needs the whole metadata."""

from models.administration.audit import AuditRow
from models.administration.ban import Ban
from models.administration.revision import Revision
from models.attachment import Attachment
from models.base import Base
from models.broadcasts.broadcast import Broadcast, BroadcastEvent, ListedRecipient, OptOut, Reaction
from models.calendar import DutyRun, HolidayOverride, ServiceLimit
from models.claim import Claim
from models.complaint import Complaint, ComplaintEvent
from models.conversation import Conversation
from models.employee import ActingSuperior, Employee, Invitation, InvitationAttempt, Leave, RoleGrant
from models.follower import Follower
from models.forum import Forum, ForumEvent, ForumQuestion, ForumReport, ForumVisit, QuestionGroup
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
from models.performance.plan_sheet import PlanSheet
from models.performance.progress import DigestChoice, TeamDigest, WeeklyEntry, WeeklyEvent, WeeklyReport
from models.performance.recognition import Nomination, RecognitionRule
from models.performance.record_file import RecordFile
from models.performance.service_record import ServiceRecord
from models.person import Consent, Person
from models.population import ServiceUsers
from models.proof import PictureBand, ProofAlarm
from models.sealing import SealedIdentity, TicketView
from models.survey import MicroAnswer, Pulse, SurveyResponse
from models.training.certificate import Certificate, CertificateMiss, CertificateSeries
from models.training.code_show import CodeShow
from models.training.course import Course, CourseSession
from models.training.course_sheet import CourseSheet
from models.training.effect import EffectCheck
from models.training.hours import TrainingHours
from models.training.need import NeedDecision, NeedTopic
from models.training.quiz import QuizAnswer, QuizQuestion, QuizSitting
from models.training.rating import CourseRating
from models.training.registration import Attendance, Registration, RegistrationEvent

metadata = Base.metadata

__all__ = [
    "ActingSuperior",
    "Addressee",
    "Area",
    "Attachment",
    "Attendance",
    "AuditRow",
    "Ban",
    "Broadcast",
    "BroadcastEvent",
    "Certificate",
    "CertificateMiss",
    "CertificateSeries",
    "CityFact",
    "Claim",
    "CodeShow",
    "Complaint",
    "ComplaintEvent",
    "Consent",
    "Conversation",
    "Course",
    "CourseRating",
    "CourseSession",
    "CourseSheet",
    "DigestChoice",
    "DutyRun",
    "EffectCheck",
    "EmergencyNumber",
    "Employee",
    "Evaluation",
    "EvaluationEvent",
    "Feedback",
    "Follower",
    "Forum",
    "ForumEvent",
    "ForumQuestion",
    "ForumReport",
    "ForumVisit",
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
    "ListedRecipient",
    "MicroAnswer",
    "NeedDecision",
    "NeedTopic",
    "Nomination",
    "Occurrence",
    "OccurrenceUpdate",
    "OptOut",
    "OutboxMessage",
    "Person",
    "PictureBand",
    "Placement",
    "PlanBehaviour",
    "PlanEvent",
    "PlanItem",
    "PlanResult",
    "PlanSheet",
    "ProofAlarm",
    "Pulse",
    "QuestionGroup",
    "QuizAnswer",
    "QuizQuestion",
    "QuizSitting",
    "Reaction",
    "RecognitionRule",
    "RecordFile",
    "Registration",
    "RegistrationEvent",
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
    "TeamDigest",
    "TicketView",
    "TrainingHours",
    "Unit",
    "UnitPredicate",
    "WeeklyEntry",
    "WeeklyEvent",
    "WeeklyReport",
    "WorkPlan",
    "metadata",
]
