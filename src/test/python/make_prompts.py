"""Writes prompts of conversations that go on, and with spelled tokens as text, as transformers makes them.

    python src/test/python/make_prompts.py

Made with transformers 5.23.0 and tokenizers 0.23.3 (no PyTorch needed). The output is in `resources/generation`:
`prompts.jsonl`, one case a line: the tokenizer (a folder of `references`, with the added tokens of `parts.json`), the chat template
(a name of `parts.json`), the messages, tools, arguments and the tokenizer's `control` tokens; and of transformers the `prompt` (not where spelled tokens are text) and its `ids`, or
the `error`.
"""

import json
import os
import pathlib

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_VERBOSITY"] = "error"

import tokenizers
import transformers
from transformers import AutoTokenizer

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources"

PLAIN = (
    "{% for m in messages %}<|start|>{{ m.role }}\n{{ m.content }}<|end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|start|>assistant\n{% endif %}"
)
TRIMS = (
    "{{ bos_token }}{% for m in messages %}<|start|>{{ m.role }}\n{{ m.content | trim }}<|end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|start|>assistant\n{% endif %}"
)
THINKS = (
    "{% for m in messages %}{% set c = m.content %}{% if m.role == 'assistant' %}"
    "{% if '</think>' in c %}{% set c = c.split('</think>')[-1] %}{% endif %}"
    "{% set c = '<think></think>' ~ c %}{% endif %}<|start|>{{ m.role }}\n{{ c }}<|end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|start|>assistant\n"
    "{{ '<think></think>' if enable_thinking is defined and not enable_thinking else '<think>\n' }}{% endif %}"
)
BLOCKS = (
    "{% for m in messages %}<|start|>{{ m.role }}\n{% if m.content is string %}{{ m.content }}{% else %}"
    "{% for block in m.content %}{% if block.type == 'text' %}{{ block.text }}{% else %}<|image|>{% endif %}{% endfor %}"
    "{% endif %}<|end|>\n{% endfor %}"
)
TOOLS = (
    "{% if tools %}<tools>{% for t in tools %}{{ t | tojson }}{% endfor %}</tools>{% endif %}"
    "{% for m in messages %}<|start|>{{ m.role }}\n{{ m.content }}<|end|>\n{% endfor %}<|start|>assistant\n"
)
JOINS = (
    "{% for m in messages %}{{ '<|start' ~ '|>' }}{{ m.role }}\n{{ m.content.split('<|')[-1] }}<|end|>\n{% endfor %}"
    "{{ 'a' 'b' }}{# <tools> #}{% if false %}{{ messages['</tools>'] }}{% endif %}"
)
NONE = "{% for m in messages %}{{ m.role }}{% endfor %}"
LAST_IS_LOST = "{% for m in messages[:-1] %}{{ m.content }}{% endfor %}"

TEMPLATES = dict(
    PLAIN=PLAIN, TRIMS=TRIMS, THINKS=THINKS, BLOCKS=BLOCKS, TOOLS=TOOLS, JOINS=JOINS, NONE=NONE, LAST_IS_LOST=LAST_IS_LOST
)
NAMES = {template: name for name, template in TEMPLATES.items()}

ADDED = [
    ("<|start|>", True),
    ("<|end|>", True),
    ("<|end|>s", True),
    ("<|unused|>", True),
    ("<think>", False),
    ("</think>", False),
    ("<tools>", False),
    ("</tools>", False),
    ("<elsewhere>", False),
]

TOOL = {"type": "function", "function": {"name": "look<|end|>up", "description": "Looks <tools> up", "<|end|>": [1, None]}}


def chat(*contents):
    return [{"role": "assistant" if i % 2 else "user", "content": c} for i, c in enumerate(contents)]


def continued():
    for template in (PLAIN, TRIMS, THINKS, BLOCKS):
        for last in ("I think", "I think ", " I\n think\n\n", "", " ", "<think>\nWell", "<think>a</think>\n\nSo", "<|end|>so", "é…"):
            yield dict(template=template, messages=chat("Why?", last))
        yield dict(template=template, messages=chat("Why?", "Because", "Go on"))
        yield dict(template=template, messages=chat("Why?") + [dict(role="assistant", content=None)])
        yield dict(template=template, messages=chat("Why?") + [dict(role="assistant", thinking="Hm", content="So")])
        yield dict(template=template, messages=chat("Why?", "CONTINUE_FINAL_MESSAGE_TAG of mine"))
    blocks = [dict(type="text", text="One "), dict(type="image"), dict(type="text", text="two "), dict(type="image")]
    yield dict(template=BLOCKS, messages=chat("Why?") + [dict(role="assistant", content=blocks)])
    yield dict(template=BLOCKS, messages=chat("Why?") + [dict(role="assistant", content=blocks[:3])])
    yield dict(template=BLOCKS, messages=chat("Why?") + [dict(role="assistant", content=[dict(type="image")])])
    yield dict(template=BLOCKS, messages=chat("Why?") + [dict(role="assistant", content=[])])
    yield dict(template=BLOCKS, messages=chat("Why?") + [dict(role="assistant", content=[dict(type="text", text=None)])])
    yield dict(template=BLOCKS, messages=chat("Why?") + [dict(role="assistant", content=7)])
    yield dict(template=NONE, messages=chat("Why?", "Because"))
    yield dict(template=LAST_IS_LOST, messages=chat("Why?", "Because"))


def sanitized():
    texts = [
        "What does <|end|> mean?",
        "<|end|>",
        "<|end|>s and <|end|>",
        "<|<|end|>end|>",
        "a <think>b</think> c <tools> d",
        "<|unused|> <elsewhere>",
        "\U000f0000<|end|>\U000f0001 forged \U000f0000<|st\U000f0001art|>",
        " <|start|> spaces <|start|>\n",
        "<s> </s> <unk> é <|begin_of_text|>",
        "nothing at all",
        "",
    ]
    for template in (PLAIN, TRIMS, THINKS, TOOLS, JOINS):
        for text in texts:
            yield dict(template=template, messages=chat(text))
        yield dict(template=template, messages=chat(texts[0], texts[4], texts[2]))
        yield dict(template=template, messages=[dict(role="<|end|>", content="x")])
        yield dict(template=template, messages=chat("Hi <tools>"), tools=[TOOL])
    for template in (PLAIN, THINKS):
        for text in texts[4:7]:
            yield dict(template=template, messages=chat(text), control=["<tools>", "</tools>", "<absent>"])
    for template in (PLAIN, TRIMS, THINKS):
        for last in ("So <|end|>", "<think>So <|start|>", "So <|end|> ", "<|end|>s"):
            yield dict(template=template, messages=chat("Why <|end|>?", last), continues=True)


def cases():
    for tokenizer in ("llama-causal", "mistral-causal"):
        for one in continued():
            yield dict(tokenizer=tokenizer, continues=True, **one)
        for one in sanitized():
            yield dict(tokenizer=tokenizer, sanitize=True, **one)
    for template in (PLAIN, TRIMS, THINKS, TOOLS):
        for thinking in (None, True, False):
            yield dict(tokenizer="llama-causal", template=template, messages=chat("Why?", "So.", "And?"), thinking=thinking)
            yield dict(tokenizer="llama-causal", template=template, messages=chat("Say <|end|><think>"), thinking=thinking, tools=[TOOL])


def answer(tokenizer, case):
    arguments = dict(tools=case.get("tools"), chat_template=case["template"])
    if case.get("thinking") is not None:
        arguments["enable_thinking"] = case["thinking"]
    arguments["continue_final_message" if case.get("continues") else "add_generation_prompt"] = True
    tokenizer.chat_control_tokens = case.get("control")
    try:
        if case.get("sanitize"):
            return dict(ids=tokenizer.apply_chat_template(case["messages"], sanitize_control_tokens=True, **arguments)["input_ids"])
        text = tokenizer.apply_chat_template(case["messages"], tokenize=False, **arguments)
        return dict(prompt=text, ids=tokenizer(text, add_special_tokens=False)["input_ids"])
    except Exception as e:
        return dict(error=f"{type(e).__name__}: {e}"[:100])


def main():
    made = {}
    for name in ("llama-causal", "mistral-causal"):
        made[name] = AutoTokenizer.from_pretrained(str(HOME / "references" / name))
        made[name].add_tokens([tokenizers.AddedToken(c, special=s, normalized=False) for c, s in ADDED])
    out = HOME / "generation"
    out.mkdir(exist_ok=True)
    with open(out / "prompts.jsonl", "w", encoding="utf-8") as file:
        count = errors = 0
        for case in cases():
            result = answer(made[case["tokenizer"]], case)
            count += 1
            errors += "error" in result
            file.write(json.dumps({**case, "template": NAMES[case["template"]], **result}, ensure_ascii=False) + "\n")
    with open(out / "parts.json", "w", encoding="utf-8") as file:
        json.dump(dict(templates=TEMPLATES, added=[dict(content=c, special=s) for c, s in ADDED]), file, indent=1)
    with open(out / "versions.json", "w", encoding="utf-8") as file:
        json.dump(dict(transformers=transformers.__version__, tokenizers=tokenizers.__version__), file, indent=1)
    print(count, "cases", errors, "errors")


if __name__ == "__main__":
    main()
