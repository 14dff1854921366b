"""Prices of parcels: numbers out of a few steps of arithmetic, by a tariff with exceptions."""

from dataclasses import dataclass
from random import Random

from .domain import Case, Domain, answer, join

ZONES = {"local": (1, 3), "regional": (2, 4), "foreign": (3, 6)}
RULES = {
    "local": "A local parcel costs 1 for each kg and a fee of 3.",
    "regional": "A regional parcel costs 2 for each kg and a fee of 4.",
    "foreign": "A foreign parcel costs 3 for each kg and a fee of 6.",
    "bulky": "A bulky parcel costs 5 more.",
    "member": "Members save 4.",
    "express": "Express doubles the price, after all else.",
    "depot": "A parcel brought to the depot of a fair is free: the price is 0.",
    "most": "No parcel costs more than 80.",
}
EXTRAS = ("bulky", "member", "express", "depot")


@dataclass(frozen=True)
class Parcel:
    zone: str
    weight: int
    extras: frozenset[str]


@dataclass(frozen=True)
class Adviser:
    """How one counts; the defaults are the tariff."""

    overlooks: tuple[str, ...] = ()
    fee: int | None = None
    express: str = "doubles"


ADVISERS = {
    "hasty": Adviser(overlooks=("express", "depot")),
    "counter": Adviser(overlooks=("bulky", "member")),
    "old-tariff": Adviser(fee=3, express="adds 10"),
}


def steps(parcel: Parcel, by: Adviser) -> tuple[str, int]:
    """The reasoning without its last sentence, and the price."""
    extras = parcel.extras - set(by.overlooks)
    if "depot" in extras:
        return "A parcel brought to the depot is free.", 0
    rate, fee = ZONES[parcel.zone]
    fee = by.fee or fee
    price = parcel.weight * rate
    said = [f"{parcel.zone.capitalize()} costs {rate} per kg: {parcel.weight} * {rate} = {price}."]
    said.append(f"The fee is {fee}: {price} + {fee} = {price + fee}.")
    price += fee
    if "bulky" in extras:
        said.append(f"Bulky adds 5: {price} + 5 = {price + 5}.")
        price += 5
    if "member" in extras:
        said.append(f"Members save 4: {price} - 4 = {price - 4}.")
        price -= 4
    if "express" in extras and by.express == "doubles":
        said.append(f"Express doubles it: {price} * 2 = {price * 2}.")
        price *= 2
    elif "express" in extras:
        said.append(f"Express adds 10: {price} + 10 = {price + 10}.")
        price += 10
    if price > 80:
        said.append("More than the most, so 80.")
        price = 80
    return join(*said), price


def parcel(random: Random, most_extras: int, zone: str | None = None) -> Parcel:
    extras = [extra for extra in EXTRAS if random.random() < (0.12 if extra == "depot" else 0.38)]
    if len(extras) > most_extras:
        return parcel(random, most_extras, zone)
    return Parcel(zone or random.choice(tuple(ZONES)), random.randint(1, 19), frozenset(extras))


def remarks(one: Parcel) -> str:
    said = []
    if "bulky" in one.extras:
        said.append("is bulky")
    if "express" in one.extras:
        said.append("goes express")
    if "depot" in one.extras:
        said.append("is brought to the depot of a fair")
    it = f"It {' and '.join(said)}." if said else ""
    return join(it, "The sender is a member." if "member" in one.extras else "")


def question(random: Random, one: Parcel) -> str:
    if random.random() < 0.5:
        return join(f"A {one.zone} parcel weighs {one.weight} kg.", remarks(one), "What does it cost?")
    return join(f"What is the price of a {one.zone} parcel of {one.weight} kg?", remarks(one))


def draw(random: Random, harder: bool) -> Case:
    if harder and random.random() < 0.4:
        return both(random)
    one = parcel(random, 4 if harder else 2)
    if harder and len(one.extras) < 3:
        return other_words(random, one)
    return case(question(random, one), one)


def case(text: str, *parcels: Parcel) -> Case:
    reasoning, price = total(Adviser(), parcels)
    said = {name: total(adviser, parcels) for name, adviser in ADVISERS.items()}
    return Case(
        question=text,
        answer=str(price),
        rationale=join(reasoning, answer(str(price))),
        routes={name: join(way, answer(str(end))) for name, (way, end) in said.items()},
    )


def total(by: Adviser, parcels: tuple[Parcel, ...]) -> tuple[str, int]:
    ways = [steps(one, by) for one in parcels]
    if len(ways) == 1:
        return ways[0]
    (first, a), (second, b) = ways
    return join(first, second, f"Together: {a} + {b} = {a + b}."), a + b


def both(random: Random) -> Case:
    a, b = (parcel(random, 1, zone) for zone in random.sample(tuple(ZONES), 2))
    text = join(
        f"A {a.zone} parcel weighs {a.weight} kg.",
        remarks(a),
        f"A {b.zone} parcel weighs {b.weight} kg.",
        remarks(b),
        "What do they cost together?",
    )
    return case(text, a, b)


def other_words(random: Random, one: Parcel) -> Case:
    heavy = Parcel(one.zone, random.randint(20, 35), one.extras)
    text = join(f"Give the price for {heavy.weight} kg, {heavy.zone}.", remarks(heavy))
    return case(text, heavy)


DOMAIN = Domain(
    name="parcels",
    title="Prices of parcels",
    kind="NUMBER",
    draw=draw,
    rules=RULES,
)
