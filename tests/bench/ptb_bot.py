"""Rival: a bare python-telegram-bot `ConversationHandler` bot with default settings and no database."""

import os
import secrets

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

CLASS, WORDS, PLACE, CONFIRM = range(4)

CLASSES = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Pengaduan", callback_data="class:complaint")],
        [InlineKeyboardButton("Aspirasi", callback_data="class:idea")],
        [InlineKeyboardButton("Permintaan informasi", callback_data="class:information")],
    ]
)
SEND = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Kirim", callback_data="send")],
        [InlineKeyboardButton("Batal", callback_data="cancel")],
    ]
)


async def begin(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    context.user_data.clear()
    await update.message.reply_text("Apa yang ingin Bapak/Ibu sampaikan?", reply_markup=CLASSES)
    return CLASS


async def choose_class(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    query = update.callback_query
    await query.answer()
    context.user_data["class"] = query.data.removeprefix("class:")
    await query.edit_message_text("Apa yang terjadi? Tulis dengan kata-kata sendiri.")
    return WORDS


async def take_words(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    context.user_data["words"] = update.message.text
    await update.message.reply_text("Di mana tempatnya? Sebut kelurahan dan patokannya.")
    return PLACE


async def take_place(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    draft = context.user_data
    draft["place"] = update.message.text
    summary = f"Jenis: {draft['class']}\nIsi: {draft['words']}\nTempat: {draft['place']}\n\nKirim laporan ini?"
    await update.message.reply_text(summary, reply_markup=SEND)
    return CONFIRM


async def send(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    await update.callback_query.answer()
    code = secrets.token_hex(4).upper()
    await update.callback_query.edit_message_text(f"Laporan {code} sudah kami terima. Terima kasih.")
    context.user_data.clear()
    return ConversationHandler.END


async def cancel(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    context.user_data.clear()
    await update.effective_message.reply_text("Laporan dibatalkan.")
    return ConversationHandler.END


def main() -> None:
    typed = filters.TEXT & ~filters.COMMAND
    complaint = ConversationHandler(
        entry_points=[CommandHandler("lapor", begin)],
        states={
            CLASS: [CallbackQueryHandler(choose_class, pattern="^class:")],
            WORDS: [MessageHandler(typed, take_words)],
            PLACE: [MessageHandler(typed, take_place)],
            CONFIRM: [CallbackQueryHandler(send, pattern="^send$")],
        },
        fallbacks=[CommandHandler("batal", cancel), CallbackQueryHandler(cancel, pattern="^cancel$")],
    )
    api = os.environ["BENCH_API_URL"]
    application = Application.builder().token(os.environ["BENCH_TOKEN"]).base_url(f"{api}/bot").build()
    application.add_handler(complaint)
    application.run_polling()


if __name__ == "__main__":
    main()
