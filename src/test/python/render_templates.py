"""Renders the templates of src/test/resources/templates with jinja2, in the environment that
transformers compiles chat templates in, and writes down what came of each.

    pip install jinja2==3.1.6 transformers==5.23.0
    python src/test/python/render_templates.py

families/*.jinja and conversations.json are written by hand; families.jsonl, snippets.jsonl and
versions.json are written by this script.
"""

import argparse
import datetime
import json
import pathlib
import platform
import re
import sys

import jinja2
import transformers
from transformers.utils import chat_template_utils

import random_templates

FOLDER = pathlib.Path(__file__).parent.parent / "resources" / "templates"
CLOCK = datetime.datetime(2026, 1, 5, 13, 7, 9)
# What Python prints of an object without a text of its own changes with every run.
ADDRESS = re.compile(r"0x[0-9a-f]{6,}")
MOST_CHARACTERS = 600


# Where the renderer was once found to differ, or that chance does not come by.
BY_HAND = [
    "{% filter count %}abc{% endfilter %}",
    "{% filter first %}{% endfilter %}",
    "{% set n | count %}abc{% endset %}{{ n + 1 }}",
    "{{ strftime_now('%U %W %G %u %w') }}",
    "{{ [[1]] is test }}",
    "{{ {'a': 1} is filter }}",
    "{{ 'upper' is filter }}{{ 'odd' is test }}{{ 1 is test }}",
    "{{ 'ŉİ'|capitalize }} {{ 'ŉa ﬁn ǆ'.title() }}",
    "{{ 2 ** 100 }} {{ -2 ** 2 }} {{ 2 ** -1 }} {{ 2 ** 3 ** 2 }}",
    "{{ 7 // -2 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 7 % -3 }} {{ -7.5 // 2 }} {{ 7.5 % -2 }}",
    "{{ 1 / 3 }} {{ 6 / 2 }} {{ 1e16 }} {{ 1e15 }} {{ 0.1 + 0.2 }} {{ 1e-5 }} {{ 100000000000000000.0 }}",
    "{{ [none, true, 1.0, 'a', (1,), {'k': undef}] }}",
    "{% for x in [1, 2, 3] %}{% if x == 2 %}{% continue %}{% endif %}{{ x }}{% else %}none{% endfor %}",
    "{% macro f(n) %}{{ n }}{% if n > 0 %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(5) }}",
    "{{ messages|map(attribute='content')|join('|') }}{{ add_generation_prompt }}",
    "{{ ''.join(['a', 1]) }}",
    "{{ 'a' + 1 }}",
    "{{ undef + 'a' }}",
    "{{ undef.x.y }}",
    "{{ 'a' < 1 }}",
]


class PinnedClock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return CLOCK


chat_template_utils.datetime = PinnedClock


def render(source, **variables):
    try:
        # The parsed copy keeps what one template does to its data from the next.
        text = chat_template_utils._compile_jinja_template(source).render(**json.loads(json.dumps(variables)))
        text.encode("utf-8")
        return {"rendered": text}
    except Exception as e:
        return {"error": type(e).__name__}


def family_cases(data):
    for path in sorted((FOLDER / "families").glob("*.jinja")):
        source = path.read_text(encoding="utf-8")
        for name, conversation in data["conversations"].items():
            for generation_prompt in (False, True):
                outcome = render(
                    source,
                    messages=conversation["messages"],
                    add_generation_prompt=generation_prompt,
                    **conversation.get("variables", {}),
                )
                yield {"template": path.stem, "conversation": name, "add_generation_prompt": generation_prompt, **outcome}


def snippet_cases(data, seed, count):
    generator = random_templates.Generator(seed)
    seen = set()
    while len(seen) < count:
        source = BY_HAND[len(seen)] if len(seen) < len(BY_HAND) else generator.template()
        if source in seen:
            continue
        outcome = render(source, messages=data["snippets"]["messages"], add_generation_prompt=False, **data["snippets"]["variables"])
        text = outcome.get("rendered", "")
        if ADDRESS.search(text) or len(text) > MOST_CHARACTERS:
            continue
        seen.add(source)
        yield {"source": source, **outcome}


def write(path, cases):
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for case in cases:
            out.write(json.dumps(case, ensure_ascii=False) + "\n")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seed", type=int, default=20260105)
    arguments.add_argument("--snippets", type=int, default=1500)
    arguments.add_argument("--output", type=pathlib.Path, default=FOLDER)
    options = arguments.parse_args()
    sys.set_int_max_str_digits(4300)
    data = json.loads((FOLDER / "conversations.json").read_text(encoding="utf-8"))
    write(options.output / "families.jsonl", family_cases(data))
    write(options.output / "snippets.jsonl", snippet_cases(data, options.seed, options.snippets))
    versions = {
        "python": platform.python_version(),
        "jinja2": jinja2.__version__,
        "transformers": transformers.__version__,
        "clock": CLOCK.isoformat(),
        "seed": options.seed,
    }
    (options.output / "versions.json").write_text(json.dumps(versions, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
