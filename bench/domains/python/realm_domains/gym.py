"""Three families of tasks from reasoning-gym: questions and answers are its own, reasoning and advisers are added here."""

import ast
import re
from collections.abc import Callable
from random import Random

import reasoning_gym
from reasoning_gym.arithmetic.leg_counting import ANIMALS

from .domain import Case, Domain, answer, join

ASKED = 'Reason step by step and end with "The answer is" and the answer.'
BASE_STEPS = 1200
OPERATORS: dict[type, tuple[str, Callable[[int, int], int]]] = {
    ast.Add: ("+", lambda a, b: a + b),
    ast.Sub: ("-", lambda a, b: a - b),
    ast.Mult: ("*", lambda a, b: a * b),
}


def task(family: str, random: Random, **settings) -> dict:
    """One task; settings are those of the family in reasoning-gym."""
    return reasoning_gym.create_dataset(family, size=1, seed=random.randrange(2**31), **settings)[0]


def case(question: str, expected: str, own: tuple[str, str], said: dict[str, tuple[str, str]]) -> Case:
    """Puts a case together; reasoning that does not come to reasoning-gym's answer is a fault of this script."""
    if own[1] != expected:
        raise ValueError(f"{question}: {own[1]} instead of {expected}")
    return Case(
        question=question,
        answer=expected,
        rationale=join(own[0], answer(own[1])),
        routes={name: join(steps, answer(end)) for name, (steps, end) in said.items()},
    )


# leg_counting


def legs(random: Random, harder: bool) -> Case:
    return animals_of((4, 5) if harder else (2, 3), random)


def animals_of(kinds: tuple[int, int], random: Random) -> Case:
    made = task(
        "leg_counting", random, min_animals=kinds[0], max_animals=kinds[1], min_instances=1, max_instances=9
    )
    animals = made["metadata"]["animals"]
    question = "How many legs do they have: " + ", ".join(f"{number} {kind}" for kind, number in animals.items()) + "?"
    return case(
        question,
        made["answer"],
        count(animals, ANIMALS),
        {
            "hasty": count(dict(list(animals.items())[:-1]), ANIMALS),
            "six-at-most": count(animals, {kind: min(number, 6) for kind, number in ANIMALS.items()}),
            "four-at-least": count(animals, {kind: max(number, 4) for kind, number in ANIMALS.items()}),
        },
    )


def count(animals: dict[str, int], legs_of: dict[str, int]) -> tuple[str, str]:
    said, total = [], None
    for kind, number in animals.items():
        here = number * legs_of[kind]
        said.append(f"{kind}: {number} * {legs_of[kind]} = {here}.")
        if total is not None:
            said.append(f"Sum: {total} + {here} = {total + here}.")
        total = here + (total or 0)
    return join(*said), str(total)


# basic_arithmetic


def arithmetic(random: Random, harder: bool) -> Case:
    return expression_of((5, 6) if harder else (3, 4), random)


def expression_of(terms: tuple[int, int], random: Random) -> Case:
    made = task(
        "basic_arithmetic",
        random,
        min_terms=terms[0],
        max_terms=terms[1],
        min_digits=1,
        max_digits=1,
        operators=["+", "-", "*", "*"],
        allow_parentheses=True,
        allow_negation=False,
    )
    expression = made["metadata"]["expression"]
    if re.search(r"-\d", expression):  # a negative number, not a calculation
        return expression_of(terms, random)
    parts = re.findall(r"\d+|\S", ast.unparse(ast.parse(expression.strip())))  # without brackets around nothing
    expression = " ".join(parts).replace("( ", "(").replace(" )", ")")
    flat = " ".join(part for part in parts if part not in "()")
    return case(
        f"Calculate {expression}.",
        made["answer"],
        reduce(expression),
        {
            "from-the-left": chain(flat.split()),
            "from-the-right": chain(flat.split(), backwards=True),
            "no-minus": reduce(expression.replace("-", "+")),
        },
    )


def reduce(expression: str) -> tuple[str, str]:
    """Calculates step by step, by precedence."""
    steps: list[str] = []
    value = visit(ast.parse(expression, mode="eval").body, steps)
    return join(*steps), str(value)


def chain(parts: list[str], backwards: bool = False) -> tuple[str, str]:
    """Calculates in the order in which it is read."""
    steps: list[str] = []
    signs, numbers = parts[1::2], [int(number) for number in parts[::2]]
    if backwards:
        value = numbers[-1]
        for number, sign in zip(numbers[-2::-1], signs[::-1]):
            value = step(number, sign, value, steps)
    else:
        value = numbers[0]
        for sign, number in zip(signs, numbers[1:]):
            value = step(value, sign, number, steps)
    return join(*steps), str(value)


def visit(node: ast.AST, steps: list[str]) -> int:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.BinOp):
        left, right = visit(node.left, steps), visit(node.right, steps)
        return step(left, OPERATORS[type(node.op)][0], right, steps)
    raise ValueError(f"{ast.unparse(node)} is neither a number nor a calculation")


def step(left: int, sign: str, right: int, steps: list[str]) -> int:
    value = {name: function for name, function in OPERATORS.values()}[sign](left, right)
    steps.append(f"{left} {sign} {right} = {value}.")
    return value


# number_sorting


def sorting(random: Random, harder: bool) -> Case:
    return list_of((5, 6) if harder else (3, 4), random)


def list_of(numbers: tuple[int, int], random: Random) -> Case:
    made = task(
        "number_sorting",
        random,
        min_numbers=numbers[0],
        max_numbers=numbers[1],
        min_decimals=0,
        max_decimals=0,
        min_value=1,
        max_value=99,
    )
    given = [whole(number) for number in made["metadata"]["original_numbers"]]
    down = made["metadata"]["direction"] == "descending"
    if len(set(given)) < len(given):
        return list_of(numbers, random)
    return case(
        f"Sort these numbers in {made['metadata']['direction']} order: {', '.join(map(str, given))}.",
        ", ".join(str(whole(number)) for number in ast.literal_eval(made["answer"])),
        choose(given, down, int),
        {
            "always-up": choose(given, False, int),
            "as-words": choose(given, down, str),
            "overlooks-last": choose(given[:-1], down, int),
        },
    )


def whole(number: str) -> int:
    """Of a number that is written with decimals all the same."""
    if float(number) != int(float(number)):
        raise ValueError(f"{number} is no whole number")
    return int(float(number))


def choose(numbers: list[int], down: bool, key: Callable) -> tuple[str, str]:
    """Sorts by taking the next one out of those that are left."""
    left, taken, said = list(numbers), [], []
    while len(left) > 1:
        best = (max if down else min)(left, key=key)
        said.append(f"Of {', '.join(map(str, left))} the {'largest' if down else 'smallest'} is {best}.")
        left.remove(best)
        taken.append(best)
    return join(*said), ", ".join(map(str, taken + left))


# what a pretrained model can do


def basics(shortest: tuple[int, int], draw: Callable[[tuple[int, int], Random], Case]) -> Callable:
    """Texts of two kinds: repeating a question, as numbers can only be used by who can copy them; and short cases."""

    def text(random: Random) -> dict[str, str]:
        if random.random() < 0.5:
            question = draw((2, 4), random).question
            return {"prompt": f"Repeat: {question}", "completion": question}
        made = draw(shortest, random)
        return {"prompt": f"{made.question}\n\n{ASKED}", "completion": made.rationale}

    return text


LEGS = Domain("gym-legs", "Counting legs", "NUMBER", legs, examples=basics((1, 1), animals_of), base_steps=BASE_STEPS)
ARITHMETIC = Domain(
    "gym-arithmetic", "Arithmetic", "NUMBER", arithmetic, examples=basics((2, 2), expression_of), base_steps=BASE_STEPS
)
SORTING = Domain("gym-sorting", "Sorting numbers", "LIST", sorting, examples=basics((2, 2), list_of), base_steps=BASE_STEPS)
