"""What a domain is made of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random


@dataclass(frozen=True)
class Case:
    """A problem with its solution and what the advisers say to it."""

    question: str
    answer: str
    rationale: str
    """Reasoning that states the answer at its end; empty if nobody wrote one down."""
    routes: dict[str, str]
    """The advisers' reasoning by their names; each states an answer at its end."""


@dataclass(frozen=True)
class Domain:
    name: str
    title: str
    kind: str
    """Kind of answer, as the nodes call it."""
    draw: Callable[[Random, bool], Case]
    """Draws a case; the second argument asks for one of a kind that training does not have."""
    labels: tuple[str, ...] = ()
    rules: dict[str, str] = field(default_factory=dict)
    max_new_tokens: int = 320
    examples: Callable[[Random], dict[str, str]] | None = None
    """Draws a further training text of the base model: prompt and completion."""
    base_steps: int = 400
    compact: bool = False
    """Whether prompts have few words around a question, as realm_prompt.json beside the tokenizer then says."""


def answer(text: str) -> str:
    """The sentence that ends a solution."""
    return f"The answer is {text}."


def join(*parts: str) -> str:
    """Sentences with a space between, empty ones left out."""
    return " ".join(part for part in parts if part)
