"""The talk about an evaluation: the superior rates, the employee objects, the superior's superior decides.

| step      | asks                        | answered by          |
|-----------|-----------------------------|----------------------|
| verdict   | keep or change the rating   | button               |
| results   | results of the work         | button               |
| behaviour | behaviour at work           | button               |
| reason    | why                         | words                |
| advice    | advice for the next period  | words; skip          |
| objection | what is wrong with it       | words                |
| decision  | why it is decided so        | words                |
| check     | is it right so              | send; change a part  |

Which of them are asked depends on what was pressed (`PATHS`). The right is asked at every step again.
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Resume, Review, read
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services.performance import in_force
from bot.services.performance.evaluation import rating
from bot.services.performance.evaluation.period_facts import limits_of
from bot.services.performance.evaluation.rating import LONGEST, Judgement
from bot.turn import Context, Turn
from bot.views.performance.evaluation import talk as view
from bot.views.performance.evaluation.card import card
from handlers.guards import a_fresh_start
from handlers.performance.evaluation.showing import judging, shown
from handlers.report_draft import message_of
from models.errors import Refusal
from models.performance.evaluation import Evaluation
from models.rules.performance.evaluation_rules import NEXT_EVALUATION, EvaluationAction, EvaluationStatus
from models.rules.performance.predicate import Predicate, Rating, predicate
from models.rules.permissions import Desk, require_desk

FLOW = view.FLOW
RATE, OBJECT, DECIDE = (one.value for one in (EvaluationAction.RATE, EvaluationAction.OBJECT, EvaluationAction.DECIDE))
#: What was pressed → the questions it needs; a decision that keeps the rating skips the two in the middle.
PATHS: dict[str, tuple[str, ...]] = {
    RATE: ("results", "behaviour", "reason", "advice", "check"),
    OBJECT: ("objection", "check"),
    DECIDE: ("verdict", "results", "behaviour", "decision", "check"),
}
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


def talk() -> Talk:
    """The table of the conversation."""
    verbs = "|".join(PATHS)
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Review.tag}:({verbs}):"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.({verbs})\\.\\d+$"),
        ],
        steps=[
            Step("verdict", show_verdict, [choice(take_verdict, FLOW, "verdict")]),
            Step("results", show_results, [choice(take_results, FLOW, "results")]),
            Step("behaviour", show_behaviour, [choice(take_behaviour, FLOW, "behaviour")]),
            Step("reason", show_reason, [MessageHandler(PLAIN, say_words)]),
            Step("advice", show_advice, [choice(skip_advice, FLOW, "advice"), MessageHandler(PLAIN, say_words)]),
            Step("objection", show_objection, [MessageHandler(PLAIN, say_words)]),
            Step("decision", show_decision, [MessageHandler(PLAIN, say_words)]),
            Step("check", show_check, [choice(take_check, FLOW, "check")]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


# --- how it begins ---


async def start(update: Update, context: Context) -> Any:
    """A button of a card: the first question of what it asks for."""
    turn = context.turn
    require_desk(turn.presser, Desk.EVALUATIONS)
    verb, number = _wanted(update)
    await _reached(turn, verb, number)
    if not a_fresh_start(update, turn, f"{FLOW}.{verb}.{number}"):
        return None
    return await begin(turn, FLOW, PATHS[verb][0], path=verb, id=number)


def _wanted(update: Update) -> tuple[str, int]:
    """What was pressed, now or before an unfinished talk was left."""
    query = update.callback_query
    payload = read(query.data) if query is not None and query.data else None
    if isinstance(payload, Review):
        return payload.verb, payload.number
    if isinstance(payload, Resume):
        _flow, verb, number = payload.flow.split(".")
        return verb, int(number)
    raise Refusal("no_such_evaluation")


async def _reached(turn: Turn, verb: str, number: int) -> Evaluation:
    """The evaluation, if this can be done with it now."""
    by = await judging(turn)
    if verb == OBJECT:
        return await rating.require_objection(by, number)
    row = await rating.reach(by, EvaluationAction(verb), number)
    wanted = EvaluationStatus.RATED if verb == RATE else EvaluationStatus.DECIDED
    if wanted not in NEXT_EVALUATION[row.status]:
        raise Refusal("evaluation_not_now")
    return row


async def _row(turn: Turn) -> Evaluation:
    return await _reached(turn, turn.draft["path"], turn.draft["id"])


async def _onward(turn: Turn) -> Any:
    """The next question, or back to the check when a part was changed there."""
    path, state = PATHS[turn.draft["path"]], turn.conversation.state or ""
    if turn.draft.get("checked") and state != "results":
        return await go(turn, "check")
    return await go(turn, path[path.index(state) + 1])


# --- the questions and their answers ---


async def show_verdict(turn: Turn) -> Question:
    """Keep or change."""
    row = await _row(turn)
    name = (await in_force.names(turn.session, [row.employee_id]))[row.employee_id]
    period, found = rating.period_of(row).code, row.predicate or Predicate.GOOD
    screen = view.ask_verdict(turn.draft["nonce"], name, period, found, row.objection or "")
    return Question(screen, view.question("verdict"))


async def take_verdict(update: Update, context: Context) -> Any:
    """Keep the rating, or rate anew."""
    turn = context.turn
    value = chosen(update, turn)
    if value == view.KEEP:
        row = await _row(turn)
        turn.keep(results=row.results, behaviour=row.behaviour, kept=True)
        return await go(turn, "decision")
    if value == view.CHANGE:
        turn.keep(kept=False)
        return await go(turn, "results")
    return await present(turn)


async def show_results(turn: Turn) -> Question:
    """The first rating, beside what the figures suggest."""
    await _row(turn)
    by = await judging(turn)
    one = await shown(by, turn.draft["id"])
    suggested, back = one.facts.suggested(limits_of(by.city)), bool(turn.draft.get("trail"))
    screen = view.ask_results(turn.draft["nonce"], one.name, one.period, one.facts.average, suggested, back=back)
    return Question(screen, view.question("results"))


async def take_results(update: Update, context: Context) -> Any:
    """One of three."""
    return await _take_rating(update, context.turn, "results")


async def show_behaviour(turn: Turn) -> Question:
    """The second rating, with the predicate that each would give."""
    row = await _row(turn)
    name = (await in_force.names(turn.session, [row.employee_id]))[row.employee_id]
    period, results = rating.period_of(row).code, Rating(turn.draft["results"])
    return Question(view.ask_behaviour(turn.draft["nonce"], name, period, results), view.question("behaviour"))


async def take_behaviour(update: Update, context: Context) -> Any:
    """One of three."""
    return await _take_rating(update, context.turn, "behaviour")


async def _take_rating(update: Update, turn: Turn, part: str) -> Any:
    value = chosen(update, turn)
    if value not in set(Rating):
        return await present(turn)
    turn.keep(**{part: value})
    return await _onward(turn)


def _predicate(turn: Turn) -> Predicate:
    return predicate(Rating(turn.draft["results"]), Rating(turn.draft["behaviour"]))


async def show_reason(turn: Turn) -> Question:
    """Why."""
    await _row(turn)
    return Question(view.ask_reason(turn.draft["nonce"], _predicate(turn)), view.question("reason"))


async def show_advice(turn: Turn) -> Question:
    """What next."""
    return Question(view.ask_advice(turn.draft["nonce"]), view.question("advice"))


async def skip_advice(update: Update, context: Context) -> Any:
    """No advice."""
    turn = context.turn
    if chosen(update, turn) != view.SKIP:
        return await present(turn)
    turn.keep(advice="")
    return await _onward(turn)


async def show_objection(turn: Turn) -> Question:
    """What is wrong."""
    row = await _row(turn)
    names = await in_force.names(turn.session, [row.decider_id or 0])
    screen = view.ask_objection(turn.draft["nonce"], row.predicate or Predicate.GOOD, names[row.decider_id or 0])
    return Question(screen, view.question("objection"))


async def show_decision(turn: Turn) -> Question:
    """Why it is decided so."""
    await _row(turn)
    return Question(view.ask_decision(turn.draft["nonce"], _predicate(turn)), view.question("decision"))


async def say_words(update: Update, context: Context) -> Any:
    """Words for the step at hand."""
    turn, said = context.turn, (message_of(update).text or "").strip()
    if len(said) > LONGEST:
        raise Refusal("text_too_long", most=LONGEST)
    turn.keep(**{turn.conversation.state or "reason": said})
    return await _onward(turn)


async def show_check(turn: Turn) -> Question:
    """All of it before it is sent."""
    row, draft = await _row(turn), turn.draft
    name = (await in_force.names(turn.session, [row.employee_id]))[row.employee_id]
    if draft["path"] == OBJECT:
        screen = view.check_objection(draft["nonce"], draft["objection"])
    elif draft["path"] == DECIDE:
        before = row.predicate or _predicate(turn)
        screen = view.check_decision(draft["nonce"], before, _predicate(turn), draft["decision"])
    else:
        pair = Rating(draft["results"]), Rating(draft["behaviour"])
        said = (draft["reason"], draft["advice"])
        screen = view.check_rating(draft["nonce"], name, rating.period_of(row).code, pair, said)
    return Question(screen, view.question("check"))


async def take_check(update: Update, context: Context) -> Any:
    """Send, or change one part first."""
    turn = context.turn
    value = chosen(update, turn)
    if value in PATHS[turn.draft["path"]] and value != "check":
        turn.keep(checked=True)
        return await go(turn, value)
    if value != view.SEND:
        return await present(turn)
    number = turn.draft["id"]
    await _send(turn)
    return finish(turn, card(await shown(await judging(turn), number)))


async def _send(turn: Turn) -> None:
    by, draft = await judging(turn), turn.draft
    if draft["path"] == OBJECT:
        await rating.object_to(by, draft["id"], draft["objection"])
        return
    pair = Rating(draft["results"]), Rating(draft["behaviour"])
    if draft["path"] == DECIDE:
        await rating.decide(by, draft["id"], draft["decision"], None if draft["kept"] else pair)
    else:
        await rating.rate(by, draft["id"], Judgement(*pair, draft["reason"], draft["advice"]))
