"""Small templates and what Jinja2 makes of them in the sandbox that transformers uses; only jinja2 is needed.

    python bench/golden/template_snippets.py

Writes golden/template/golden.json of the plugin's test resources. A template that Jinja2 refuses has no text. Left out is what the
engine does differently on purpose: strftime_now, and escapes for web pages.
"""

import json
from pathlib import Path

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension, loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

TARGET = Path(__file__).parents[2] / "plugin" / "src" / "test" / "resources" / "golden" / "template" / "golden.json"
SNIPPETS = Path(__file__).with_name("template_snippets.txt")
CONTEXT = {
    "messages": [{"role": "user", "content": "hello you"}, {"role": "assistant", "content": "hi"}],
    "eos_token": "</s>",
}


class Generation(Extension):
    """The tag that marks an assistant's words."""

    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return nodes.CallBlock(self.call_method("_words"), [], [], body).set_lineno(line)

    def _words(self, caller):
        return caller()


def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def render(template):
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols]
    )
    environment.filters["tojson"] = tojson
    environment.globals["raise_exception"] = raise_exception
    try:
        return environment.from_string(template).render(**CONTEXT)
    except Exception:
        return None


def main():
    templates = [line.replace("$", "\n") for line in SNIPPETS.read_text("utf-8").splitlines()]
    cases = [{"template": template, "text": render(template)} for template in templates]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps({"context": CONTEXT, "cases": cases}, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
