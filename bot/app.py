"""The only assembly point: settings in, a product that can start and stop out."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationHandlerStop, ContextTypes, Defaults, ExtBot
from telegram.request import BaseRequest

import handlers
from bot import keys
from bot.clock import Clock, utc_now
from bot.config import Settings
from bot.conversation import Handler
from bot.db import Database
from bot.delivery.commands import register_commands
from bot.delivery.limits import Limiter, Limits
from bot.delivery.making import Workshop
from bot.delivery.sender import Sender
from bot.http import AiohttpRequest
from bot.i18n import set_zone
from bot.inbox import store
from bot.inbox.directory import Directory
from bot.inbox.handling import Handling
from bot.inbox.lanes import Lanes
from bot.inbox.polling import Poller
from bot.inbox.replying import Replies
from bot.log import get_logger
from bot.runtime import Runtime
from bot.services import outbox
from bot.services.city import know
from bot.turn import Context
from handlers.errors import Manners

log = get_logger(__name__)

STOP_GRACE = 4.0


class BotApplication(Application[Any, Any, Any, Any, Any, Any]):
    """An Application whose handler errors reach whoever handles the update, so that it rolls back.

    It asks only the handlers that an update may concern; otherwise one in each group takes it, as ever.
    """

    __slots__ = ("_directory",)

    def find_handlers(self) -> None:
        """Make the directory of the handlers there are now."""
        self._directory = Directory(self.handlers)

    async def process_update(self, update: object) -> None:
        """See Application; the update is one of Telegram's, and its turn is at hand."""
        if not isinstance(update, Update):
            raise TypeError(type(update).__name__)
        context = self.context_types.context.from_update(update, self)
        try:
            for group in self._directory.concerned(update, lambda: context.turn.conversation.flow):
                await self._first_of(group, update, context)
        except ApplicationHandlerStop:
            return

    async def _first_of(self, group: Iterable[Handler], update: Update, context: Context) -> None:
        """Of a group the first handler that wants the update has it alone."""
        for handler in group:
            check = handler.check_update(update)
            if check is not None and check is not False:
                await handler.handle_update(update, self, check, context)
                return

    async def process_error(self, update: object, error: Exception, *_: Any, **__: Any) -> bool:
        """Hand the error on instead of logging it."""
        raise error


@dataclass(slots=True)
class Product:
    """The running bot: intake, lanes, replies, sender. `start()` once, `stop()` once."""

    runtime: Runtime
    application: BotApplication
    lanes: Lanes
    replies: Replies
    poller: Poller
    requests: tuple[BaseRequest, ...]
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self, *, polling: bool = True) -> None:
        """Meet Telegram (for as long as that takes), take up what was left unfinished, begin to listen."""
        await self._meet_telegram()
        async with self.runtime.db.begin() as session:
            await outbox.free_claims(session)
        async with self.runtime.db.read() as session:
            self.lanes.feed(await store.unfinished(session))
            city = await know(session, self.runtime.clock())
        self._run(self.runtime.sender.run())
        self._run(register_commands(self.runtime.bot, city.emergency_number))
        if polling:
            self._run(self.poller.run())

    async def take(self, updates: list[dict[str, Any]]) -> None:
        """Store updates, then hand the new ones to their lanes. Returns when they are stored.

        Storing goes before what waits: Telegram hands out no further update until it is done.
        """
        async with self.runtime.db.begin(ahead=True) as session:
            fresh = await store.add(session, updates, self.runtime.clock())
        self.lanes.feed(fresh)

    async def stop(self, grace: float = STOP_GRACE) -> None:
        """Take nothing new, finish what is in hand, write down what was sent, give everything back."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await asyncio.gather(self.lanes.stop(grace), self.runtime.sender.stop(grace))
        await self.replies.stop()
        await self.application.shutdown()
        for request in self.requests:  # the application shuts them only once it has met Telegram
            await request.shutdown()
        await self.runtime.db.close()

    def _run(self, work: Any) -> None:
        self.tasks.append(asyncio.create_task(work))

    async def _meet_telegram(self) -> None:
        wait = 0.5
        while True:
            try:
                await self.application.initialize()
            except TelegramError as error:
                log.warning("telegram_unreachable", fault=type(error).__name__, wait=wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, 15)
            else:
                return


def build(settings: Settings, *, clock: Clock = utc_now, request: BaseRequest | None = None) -> Product:
    """Put the product together. `request` replaces the HTTP backend (the tests' sandbox has no sockets)."""
    set_zone(settings.zone)
    keys.use(settings)
    db = Database(settings.database_url)
    requests = (request or AiohttpRequest(), request or AiohttpRequest(connection_pool_size=2))
    application = _application(settings, *requests)
    bot: ExtBot[Any] = application.bot
    sender = Sender(db, bot, clock, handlers.enclosers(), handlers.pictured())
    replies = Replies(db, bot, Workshop(db, bot, clock, handlers.makers()))
    handling = Handling(
        db=db,
        application=application,
        etiquette=Manners(),
        replies=replies,
        clock=clock,
        nudge=sender.nudge,
        default_language=settings.default_language,
    )
    lanes = Lanes(handling)
    product = Product(
        runtime=Runtime(settings=settings, db=db, bot=bot, sender=sender, lanes=lanes, replies=replies, clock=clock),
        application=application,
        lanes=lanes,
        replies=replies,
        poller=Poller(bot, lambda updates: product.take(updates)),
        requests=requests,
    )
    return product


def _application(settings: Settings, calls: BaseRequest, polls: BaseRequest) -> BotApplication:
    limits = Limits(overall=settings.sends_per_second, per_chat=settings.sends_per_chat)
    application: Any = (
        Application.builder()
        .application_class(BotApplication)
        .token(settings.require_token())
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .request(calls)
        .get_updates_request(polls)
        .updater(None)
        .job_queue(None)
        .rate_limiter(Limiter(limits))
        .defaults(Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .context_types(ContextTypes(context=Context))
        .build()
    )
    handlers.register(application)
    application.find_handlers()
    return application  # type: ignore[no-any-return]
