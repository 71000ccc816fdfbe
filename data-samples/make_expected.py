"""Writes data-samples/expected: what transformers in float64 scores the samples with, by the demonstration model.

    python data-samples/make_expected.py
"""

import json
import pathlib
import sys

import torch
import transformers
from make_demo_reward import Judge

HOME = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HOME.parent / "src" / "test" / "python"))
from make_references import scored, steerlm_turns, transcript  # noqa: E402

# A file that is not named after its format.
FORMATS = {"helpsteer": "helpsteer2", "with-bad-lines": "helpsteer2"}
MOST_TOKENS = 2048


def conversations(form, row):
    if form == "steerlm":
        return [messages for _, messages, _ in steerlm_turns(row)]
    if form == "candidates" and row["prompt"].startswith("\n\nHuman: "):
        row = dict(row, prompt=transcript(row["prompt"]))
    found = [messages for _, messages in scored(form, row)]
    if any(not isinstance(message["content"], (str, list)) for messages in found for message in messages):
        raise TypeError("a content is neither a text nor a list of parts")
    return found


def expected(judge, form, line):
    """Scores of a line and the 0-4 labels they round to, or why there are none."""
    if not line.strip():
        return dict(blank=True)
    try:
        row = json.loads(line)
        found = [judge.read(messages) for messages in conversations(form, row)]
    except (ValueError, KeyError, TypeError):
        return dict(rejected=True)
    tokens = [count for count, _ in found]
    if max(tokens) > MOST_TOKENS:
        return dict(rejected=True, tokens=tokens)
    scores = [score for _, score in found]
    labels = [round(min(4.0, max(0.0, score))) for score in scores]
    return dict(tokens=tokens, scores=[round(score, 8) for score in scores], labels=labels)


def main():
    torch.set_num_threads(2)
    transformers.utils.logging.disable_progress_bar()
    judge = Judge(HOME / "demo-reward", torch.float64)
    (HOME / "expected").mkdir(exist_ok=True)
    for path in sorted(HOME.glob("*.jsonl")):
        if "scored" in path.stem or path.stem in ("questions", "improve", "pages"):
            continue
        form = FORMATS.get(path.stem, path.stem)
        with open(path, encoding="utf-8", newline="\n") as lines, open(
            HOME / "expected" / path.name, "w", encoding="utf-8", newline="\n"
        ) as out:
            for number, line in enumerate(lines):
                out.write(json.dumps(dict(line=number, **expected(judge, form, line))) + "\n")


if __name__ == "__main__":
    main()
