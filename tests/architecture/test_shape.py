"""Rules of the house that neither the linter nor the import contracts can express."""

import ast
from collections.abc import Iterator

from tests.architecture.house import CODE, FUNCTIONS, ROOT, files, modules

BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "shared"}
# A file of handlers/ with a function of this name is a conversation; on the others conversations lean.
TABLE_OF_A_CONVERSATION = "talk"
# The sandbox knows no record of ours; its statuses are HTTP's.
WITHOUT_RECORDS = "bot/sandbox/"
SPEAKING = {"_", "N_", "say", "say_many", "label"}
FEWEST_WORDS_OF_A_SENTENCE = 4


def assigned(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []


def status_assignments(tree: ast.Module) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        for target in assigned(node):
            if isinstance(target, ast.Attribute) and target.attr == "status":
                yield target


def test_a_status_changes_only_in_its_life_cycle() -> None:
    """A model's own method changes its status and writes the event; nobody else assigns one."""
    found = [
        f"{path}:{target.lineno}"
        for path, tree in modules().items()
        if not path.startswith(WITHOUT_RECORDS)
        for target in status_assignments(tree)
        if not (path.startswith("models/") and isinstance(target.value, ast.Name) and target.value.id == "self")
    ]
    assert not found


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_conversations_never_import_one_another() -> None:
    """Only `handlers/__init__.py` and the `room.py` of a large room, which register them, know the conversations."""
    handlers = {path.removesuffix(".py").replace("/", "."): tree for path, tree in modules("handlers").items()}
    conversations = {
        name
        for name, tree in handlers.items()
        if any(isinstance(node, FUNCTIONS) and node.name == TABLE_OF_A_CONVERSATION for node in tree.body)
    }
    found = [
        f"{importer} imports {conversation}"
        for importer, tree in handlers.items()
        if importer != "handlers.__init__" and not importer.endswith(".room")
        for name in imported(tree)
        for conversation in conversations
        if f"{name}.".startswith(f"{conversation}.")
    ]
    assert conversations
    assert not found


def test_a_file_is_named_after_what_it_holds() -> None:
    found = [
        path
        for path in (file.relative_to(ROOT) for file in files(*CODE, "tests", "migrations"))
        if BANNED_NAMES & {*path.parts, path.stem}
    ]
    assert not found


def sentences(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Literals of a sentence's length that are handed to gettext, with their lines."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        text = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
        if name in SPEAKING and isinstance(text, str) and len(text.split()) >= FEWEST_WORDS_OF_A_SENTENCE:
            yield node.lineno, text


def test_every_sentence_stands_in_the_views() -> None:
    found = [
        f"{path}:{line}: {text}"
        for path, tree in modules().items()
        if not path.startswith("bot/views/")
        for line, text in sentences(tree)
    ]
    assert not found


def test_every_room_of_the_bot_is_named_in_the_import_contract() -> None:
    """A new room gets its place in the layers of pyproject.toml before anything is put into it."""
    contract = (ROOT / "pyproject.toml").read_text()
    layers = contract.partition('id = "layers"')[2].partition("]")[0]
    rooms = {path.relative_to(ROOT / "bot").parts[0].removesuffix(".py") for path in (ROOT / "bot").rglob("*.py")}
    nameless = {room for room in rooms - {"__init__", "sandbox"} if f"bot.{room})" not in layers}
    assert rooms
    assert not nameless
