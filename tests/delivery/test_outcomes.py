"""Every answer of Telegram and the network that a sender meets, and what it is taken for."""

import datetime as dt

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.delivery.outcomes import (
    FLOOD,
    NOT_SENT,
    SERVER_PAUSE,
    Harmless,
    Moved,
    Refused,
    RetryAt,
    Unknown,
    Unreachable,
    outcome_of,
    seconds_of,
)

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ("Forbidden: bot was blocked by the user", "blocked"),
        ("Forbidden: user is deactivated", "deactivated"),
        ("Forbidden: bot was kicked from the group chat", "kicked"),
        ("Forbidden: bot was kicked from the supergroup chat", "kicked"),
        ("Forbidden: bot is not a member of the channel chat", "kicked"),
        ("Forbidden: the group chat was deleted", "kicked"),
        ("Forbidden: bot can't initiate conversation with a user", "never_started"),
        ("Forbidden: something Telegram has not told us of", "forbidden"),
    ],
)
def test_a_forbidden_chat_is_unreachable_for_a_named_reason(description, reason):
    assert outcome_of(Forbidden(description)) == Unreachable(reason)


@pytest.mark.parametrize(
    ("description", "outcome"),
    [
        ("Bad Request: chat not found", Unreachable("chat_not_found")),
        ("Bad Request: PEER_ID_INVALID", Unreachable("chat_not_found")),
        ("Bad Request: have no rights to send a message", Unreachable("no_right_to_write")),
        ("Bad Request: not enough rights to send text messages to the chat", Unreachable("no_right_to_write")),
        (NOT_MODIFIED, Harmless("message is not modified")),
        (TOO_OLD, Harmless("query is too old")),
        ("Bad Request: message to delete not found", Harmless("message to delete not found")),
        ("Bad Request: message can't be deleted", Harmless("message can't be deleted")),
        ("Bad Request: message to edit not found", Harmless("message to edit not found", send_new=True)),
        ("Bad Request: message can't be edited", Harmless("message can't be edited", send_new=True)),
        ("Bad Request: MESSAGE_ID_INVALID", Harmless("message_id_invalid", send_new=True)),
        ("Bad Request: message text is empty", Refused("message text is empty")),
        ("Bad Request: message is too long", Refused("message is too long")),
        ("Bad Request: message caption is too long", Refused("message caption is too long")),
        ("Bad Request: BUTTON_DATA_INVALID", Refused("button_data_invalid")),
        ("Bad Request: message to be replied not found", Refused("message to be replied not found")),
        ("Bad Request: file is too big", Refused("file is too big")),
    ],
)
def test_a_bad_request_is_harmless_unreachable_or_refused_for_ever(description, outcome):
    assert outcome_of(BadRequest(description)) == outcome


def test_the_words_of_a_resident_do_not_slip_into_the_reason():
    quoting = 'Bad Request: can\'t parse entities: Unsupported start tag "rahasia" at byte offset 3'
    assert outcome_of(BadRequest(quoting)) == Refused("can't parse entities")
    assert outcome_of(BadRequest('Bad Request: tag "rahasia" is odd')) == Refused("tag")


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (RetryAfter(7), RetryAt(7.0, FLOOD)),
        (RetryAfter(dt.timedelta(minutes=2)), RetryAt(120.0, FLOOD)),
        (ChatMigrated(-1001234567890), Moved(-1001234567890)),
        (
            EndPointNotFound("Endpoint 'sendMessage' not found in Bot API"),
            RetryAt(SERVER_PAUSE, "endpoint 'sendmessage' not found in bot api"),
        ),
        (InvalidToken("Unauthorized"), RetryAt(SERVER_PAUSE, "unauthorized")),
        (InvalidToken("Not Found (404). Parsing the server response b'' failed"), RetryAt(5.0, "not found (404)")),
        (Conflict("Conflict: terminated by other getUpdates request"), RetryAt(SERVER_PAUSE, "conflict")),
        (NetworkError("Internal Server Error: restart"), RetryAt(SERVER_PAUSE, "internal server error")),
        (NetworkError("Bad Gateway (502). Parsing the …"), RetryAt(SERVER_PAUSE, "bad gateway (502)")),
        (NetworkError("Service Unavailable (503)"), RetryAt(SERVER_PAUSE, "service unavailable (503)")),
        (NetworkError("Too Many Requests (429)"), RetryAt(SERVER_PAUSE, "too many requests (429)")),
        (NetworkError(f"No way to host: {NOT_SENT}"), RetryAt(SERVER_PAUSE, "no way to host")),
        (TimedOut(f"No connection in time: {NOT_SENT}"), RetryAt(SERVER_PAUSE, "no connection in time")),
        (NetworkError("Request Entity Too Large (413)"), Refused("request entity too large")),
        (TimedOut(), Unknown("timed out")),
        (NetworkError("Gateway Timeout (504)"), Unknown("gateway timeout (504)")),
        (
            NetworkError("Connection lost (ServerDisconnectedError)"),
            Unknown("connection lost (serverdisconnectederror)"),
        ),
        (TelegramError("something new"), Unknown("something new")),
    ],
)
def test_every_other_error_says_whether_the_message_may_have_arrived(error, outcome):
    assert outcome_of(error) == outcome


def test_a_pause_is_the_same_whether_the_library_gives_numbers_or_durations(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    assert seconds_of(RetryAfter(30)) == 30.0
    monkeypatch.setenv("PTB_TIMEDELTA", "false")
    assert seconds_of(RetryAfter(30)) == 30.0
