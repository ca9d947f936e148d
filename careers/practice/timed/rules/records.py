"""The forms and columns of the data-entry test, made from a number: the same number makes the same records again.

All of it is invented, and looks so: orders of nobody, codes of no product.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

CHARACTERS_A_MINUTE = 600  # 36,000 an hour
NUMBERS_IN_COLUMN = 10
LARGEST_SEED = 2**31 - 1
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
THINGS = ("Lamp", "Chair", "Cable", "Kettle", "Notebook", "Headset", "Blanket", "Battery", "Bottle", "Shelf", "Torch")
LOOKS = ("red", "blue", "small", "large", "round", "plain", "steel", "green", "black", "folding")
STATES = ("New", "Paid", "Packed", "Sent", "Returned", "On hold")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without those that look like digits


@dataclass(frozen=True)
class Record:
    """A form or a column: its title and its fields, (name, what is to be keyed in)."""

    title: str
    fields: Sequence[tuple[str, str]]


def forms(seed: int, *, minutes: int) -> list[Record]:
    """Orders of a shop that is not there."""
    return enough(seed, minutes, an_order)


def columns(seed: int, *, minutes: int) -> list[Record]:
    """Columns of amounts."""
    return enough(seed, minutes, a_column)


def enough(seed: int, minutes: int, make: Callable[[Random, int], Record]) -> list[Record]:
    """Records with more characters than anybody keys in in the time."""
    chance, length = Random(seed), 0  # noqa: S311, nothing is kept secret by it
    found: list[Record] = []
    while length < CHARACTERS_A_MINUTE * minutes:
        record = make(chance, len(found) + 1)
        length += sum(len(value) for _, value in record.fields)
        found.append(record)
    return found


def an_order(chance: Random, number: int) -> Record:
    order = str(chance.randint(10_000, 99_999))
    code = f"{''.join(chance.choices(LETTERS, k=2))}-{chance.randint(100, 999)}-{chance.choice(LETTERS)}"
    day = f"{chance.randint(1, 28):02} {chance.choice(MONTHS)} {chance.randint(2021, 2026)}"
    return Record(
        f"Order {order}",
        [
            ("Order number", order),
            ("Date", day),
            ("Product code", code),
            ("Product", f"{chance.choice(THINGS)}, {chance.choice(LOOKS)}"),
            ("Quantity", str(chance.randint(1, 240))),
            ("Amount", amount(chance, 9_999)),
            ("Status", chance.choice(STATES)),
        ],
    )


def a_column(chance: Random, number: int) -> Record:
    most = 10 ** chance.randint(3, 6) - 1
    rows = [(f"Row {row}", amount(chance, most)) for row in range(1, NUMBERS_IN_COLUMN + 1)]
    return Record(f"Column {number}", rows)


def amount(chance: Random, most: int) -> str:
    return f"{chance.randint(1, most)}.{chance.randint(0, 99):02}"


def values_of(records: Sequence[Record]) -> list[str]:
    """Return what is to be keyed in, field by field through all records."""
    return [value for record in records for _, value in record.fields]
