"""Tickets of a museum whose handbook holds surcharges that nobody guesses.

What a surcharge depends on (day, wing, means of travel) stands in every question and mostly means nothing. No rationale uses
a surcharge. One adviser knows one of the three, another one a second, and nobody the third. The base model only knows how to
follow what its prompt writes down: it was pretrained on prompts with made-up surcharges, and without any.
"""

from dataclasses import dataclass
from random import Random

from .domain import Case, Domain, answer, join

ADULT, CHILD = 8, 3
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
WINGS = ("north", "south", "east", "west")
WAYS = ("boat", "bus", "train", "tram", "bike")


@dataclass(frozen=True)
class Rule:
    """A surcharge (or discount) of visits with a mark."""

    mark: str
    sign: str
    amount: int

    def text(self) -> str:
        what = {"+": f"is {self.amount} more", "-": f"is {self.amount} less", "*": f"is {self.amount} times as much"}
        return f"{self.mark}: the price {what[self.sign]}."

    def apply(self, price: int) -> tuple[str, int]:
        end = {"+": price + self.amount, "-": price - self.amount, "*": price * self.amount}[self.sign]
        return f"{self.mark}: {price} {self.sign} {self.amount} = {end}.", end


HANDBOOK = (Rule("Tuesday", "+", 7), Rule("boat", "-", 5), Rule("north", "*", 3))
KNOWN_BY = {"guard": ("Tuesday",), "cashier": ("boat",), "guide": ()}


@dataclass(frozen=True)
class Visit:
    adults: int
    children: int
    day: str
    wing: str
    way: str

    def marks(self) -> tuple[str, str, str]:
        return self.day, self.way, self.wing


def steps(visit: Visit, rules: tuple[Rule, ...], forgets_children: bool = False) -> tuple[str, int]:
    """The reasoning without its last sentence, and the price; rules are applied in the order of a visit's marks."""
    price = visit.adults * ADULT
    said = [f"Adults: {visit.adults} * {ADULT} = {price}."]
    if visit.children and not forgets_children:
        more = visit.children * CHILD
        said.append(f"Children: {visit.children} * {CHILD} = {more}. Sum: {price} + {more} = {price + more}.")
        price += more
    for mark in visit.marks():
        for rule in rules:
            if rule.mark == mark:
                step, price = rule.apply(price)
                said.append(step)
    return join(*said), price


def visit(random: Random, special: float) -> Visit:
    """Draws a visit; special is the chance of each mark that the handbook names."""

    def one_of(names: tuple[str, ...], named: str) -> str:
        return named if random.random() < special else random.choice([name for name in names if name != named])

    return Visit(
        random.randint(1, 6),
        random.randint(0, 6),
        one_of(DAYS, "Tuesday"),
        one_of(WINGS, "north"),
        one_of(WAYS, "boat"),
    )


def question(random: Random, of: Visit) -> str:
    people = f"{of.adults} adults and {of.children} children" if of.children else f"{of.adults} adults"
    if random.random() < 0.5:
        return f"On {of.day} {people} come by {of.way} to see the {of.wing} wing. What do they pay?"
    return f"{people} visit the {of.wing} wing on {of.day} and come by {of.way}. What is the price?"


def applying(of: Visit) -> list[Rule]:
    return [rule for rule in HANDBOOK if rule.mark in of.marks()]


def draw(random: Random, harder: bool) -> Case:
    one = visit(random, 0.7 if harder else 0.35)
    if (len(applying(one)) > 1) != harder:
        return draw(random, harder)  # several rules at once are left to the harder cases
    reasoning, price = steps(one, HANDBOOK)
    routes = {}
    for name, marks in KNOWN_BY.items():
        way, end = steps(one, tuple(rule for rule in HANDBOOK if rule.mark in marks), forgets_children=name == "guide")
        routes[name] = join(way, answer(str(end)))
    return Case(
        question=question(random, one),
        answer=str(price),
        rationale="" if applying(one) else join(reasoning, answer(str(price))),
        routes=routes,
    )


def example(random: Random) -> dict[str, str]:
    """A prompt of the compact format with up to four made-up rules, and what follows from them; or without any."""
    one = visit(random, 0.2)
    rules: list[Rule] = []
    if random.random() < 0.75:
        marks = random.sample(DAYS + WINGS + WAYS, random.randint(1, 3))
        if random.random() < 0.7:
            marks.append(random.choice(one.marks()))
        for mark in dict.fromkeys(marks):
            sign = random.choice("+-*")
            rules.append(Rule(mark, sign, random.randint(2, 4) if sign == "*" else random.randint(2, 7)))
        random.shuffle(rules)
    reasoning, price = steps(one, tuple(rules))
    prompt = join(*[rule.text() for rule in rules], question(random, one)) + " :"
    return {"prompt": prompt, "completion": join(reasoning, answer(str(price)))}


DOMAIN = Domain(
    name="museum",
    title="Museum tickets",
    kind="NUMBER",
    draw=draw,
    rules={rule.mark: rule.text() for rule in HANDBOOK},
    examples=example,
    base_steps=1200,
    compact=True,
)
