"""Requests for leave: approve, refer or decline, by rules of which an earlier one beats those after it."""

from dataclasses import dataclass
from random import Random

from .domain import Case, Domain, answer, join

NAMES = ("Ada", "Ben", "Cho", "Dan", "Eva", "Finn", "Gwen", "Hugo", "Ines", "Jon", "Kim", "Lea")
RULES = {
    "budget": "Who asks for more days than are left is declined.",
    "emergency": "A family emergency is approved if enough days are left.",
    "closing": "In the closing weeks a request is declined.",
    "notice": "A notice under 2 weeks is referred to the manager.",
    "team": "With 3 or more colleagues away a request is referred to the manager.",
    "long": "More than 8 days are referred to the manager.",
    "order": "An earlier rule beats a later one. Everything else is approved.",
}


@dataclass(frozen=True)
class Request:
    name: str
    left: int
    days: int
    notice: int
    away: int
    emergency: bool
    closing: bool


@dataclass(frozen=True)
class Adviser:
    """How one decides; the defaults are the rules."""

    budget: bool = True
    emergency: bool = True
    closing: bool = True
    notice: int = 2
    short_notice: str = "refer"
    team: int = 3
    long: int = 8


ADVISERS = {
    "lenient": Adviser(closing=False, notice=1, team=5, long=12),
    "strict": Adviser(emergency=False, short_notice="decline"),
    "busy": Adviser(budget=False, emergency=False, notice=1, long=12),
}


def decide(request: Request, by: Adviser) -> tuple[str, str]:
    """The reasoning without its last sentence, and the decision: the first rule that applies ends it."""
    said = []
    if by.budget:
        stay = request.left - request.days
        said.append(f"Days left: {request.left} - {request.days} = {stay}, {'enough' if stay >= 0 else 'too few'}.")
        if stay < 0:
            return join(*said), "decline"
    if by.emergency and request.emergency:
        return join(*said, "It is a family emergency."), "approve"
    if by.closing and request.closing:
        return join(*said, "It falls into the closing weeks."), "decline"
    short = request.notice < by.notice
    said.append(f"Notice of {request.notice} weeks is {'short' if short else 'enough'}.")
    if short:
        return join(*said), by.short_notice
    many = request.away >= by.team
    said.append(f"Away: {request.away}, {'too many' if many else 'fine'}.")
    if many:
        return join(*said), "refer"
    long = request.days > by.long
    said.append(f"{request.days} days are {'long' if long else 'short enough'}.")
    return join(*said), "refer" if long else "approve"


def draw(random: Random, harder: bool) -> Case:
    rare = 0.3 if harder else 0.18
    request = Request(
        name=random.choice(NAMES),
        left=random.randint(3, 24),
        days=random.randint(1, 12),
        notice=random.randint(0, 7),
        away=random.choice((0, 0, 1, 1, 2, 2, 3, 4)),
        emergency=random.random() < rare,
        closing=random.random() < rare,
    )
    if harder:
        text = harder_question(random, request)
    elif request.emergency and request.closing:
        return draw(random, harder)  # how the rules clash is left to the harder cases
    else:
        text = question(random, request)
    reasoning, decision = decide(request, Adviser())
    said = {name: decide(request, adviser) for name, adviser in ADVISERS.items()}
    return Case(
        question=text,
        answer=decision,
        rationale=join(reasoning, answer(decision)),
        routes={name: join(steps, answer(end)) for name, (steps, end) in said.items()},
    )


def extras(request: Request) -> str:
    return join(
        "It is a family emergency." if request.emergency else "",
        "The days fall into the closing weeks." if request.closing else "",
    )


def question(random: Random, request: Request) -> str:
    if random.random() < 0.5:
        text = (
            f"{request.name} has {request.left} days left and asks for {request.days}, {request.notice} weeks ahead."
            f" Colleagues away: {request.away}."
        )
    else:
        text = (
            f"{request.name} asks for {request.days} days with a notice of {request.notice} weeks."
            f" Days left: {request.left}. Colleagues away: {request.away}."
        )
    return join(text, extras(request), "Approve, refer or decline?")


def harder_question(random: Random, request: Request) -> str:
    """Days in two parts or in weeks, an order that training does not have, or rules that clash."""
    kind = random.randrange(3)
    if kind == 0 and request.days >= 2:
        first = random.randint(1, request.days - 1)
        text = (
            f"{request.name} has {request.left} days left and asks for {first} days and then {request.days - first} more,"
            f" {request.notice} weeks ahead. Colleagues away: {request.away}."
        )
        return join(text, extras(request), "Approve, refer or decline?")
    if kind == 1:
        text = f"Colleagues away: {request.away}. Notice: {request.notice} weeks. Days asked: {request.days} of {request.left}."
        return join(extras(request), text, f"What does {request.name} hear, approve, refer or decline?")
    return question(random, request)


DOMAIN = Domain(
    name="leave-requests",
    title="Leave requests",
    kind="LABEL",
    labels=("approve", "refer", "decline"),
    draw=draw,
    rules=RULES,
)
