"""Writes data-samples/expected/improve.jsonl: what the stages of jobs/improve make of improve.jsonl with improve.conf, by
transformers in float64 with the demonstration models, one prompt at a time.

    python data-samples/make_improved.py
"""

import json
import pathlib

import torch
import transformers
from make_demo_generator import EDIT, EVALUATE, LEAST_GAP, Reference
from make_demo_reward import Judge

HOME = pathlib.Path(__file__).resolve().parent
KEYWORDS = ["However", "improve", "lack", "benefit", "but"]
PRAISE = "The response is perfectly"
MOST_FEEDBACK = 3

# Between the rewards that decide what is best: far more than processors differ by.
LEAST_DIFFERENCE = 1e-2


def effective(feedback):
    """As the code on the card of Llama-3.3-Nemotron-70B-Edit chooses."""
    ranked = sorted(feedback, key=lambda text: sum(text.count(word) for word in KEYWORDS), reverse=True)
    return [text for text in ranked if not text.startswith(PRAISE)][:MOST_FEEDBACK]


def listed(value):
    return [value] if isinstance(value, str) else value


class Stages:
    def __init__(self):
        self.generator = Reference(HOME / "demo-generator")
        self.judge = Judge(HOME / "demo-reward", torch.float64)

    def say(self, messages):
        _, text, gap, _ = self.generator.greedy(messages)
        if gap < LEAST_GAP:
            raise SystemExit(f"a near tie ({gap:.1e}) behind {messages!r}: take another seed, or another row")
        return text

    def reward(self, messages, answer):
        return self.judge.read([*messages, dict(role="assistant", content=answer)])[1]

    def best(self, messages, answers):
        rewards = [self.reward(messages, answer) for answer in answers]
        ranked = sorted(zip(rewards, answers), reverse=True)
        for (one, text), (other, next_text) in zip(ranked, ranked[1:]):
            if text != next_text and one - other < LEAST_DIFFERENCE:
                raise SystemExit(f"rewards too near to each other behind {messages!r}: {one} and {other}")
        return rewards

    def row(self, row):
        prompt = row["prompt"]
        messages = [dict(role="user", content=prompt)] if isinstance(prompt, str) else prompt
        responses = listed(row["responses"]) if "responses" in row else [self.say(messages)]
        rewards = self.best(messages, responses)
        answered = [*messages, dict(role="assistant", content=responses[rewards.index(max(rewards))])]
        feedback = row["feedback"] if "feedback" in row else [self.say([*answered, dict(role="user", content=EVALUATE)])]
        chosen = effective(feedback)
        edits = [self.say([*answered, dict(role="user", content=EDIT + "\n\n".join(chosen))])] if chosen else []
        answers = responses + edits
        rewards = self.best(messages, answers)
        best = rewards.index(max(rewards))
        return dict(
            id=row["id"],
            responses=answers,
            rewards=[round(reward, 8) for reward in rewards],
            feedback=feedback,
            edits=edits,
            response=answers[best],
            stage="edit" if best >= len(responses) else "response",
        )


def main():
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    stages = Stages()
    rows = [json.loads(line) for line in (HOME / "improve.jsonl").read_text(encoding="utf-8").splitlines()]
    with open(HOME / "expected" / "improve.jsonl", "w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            made = stages.row(row) if "prompt" in row else dict(id=row["id"], rejected=True)
            print(json.dumps(made, ensure_ascii=False), flush=True)
            out.write(json.dumps(made, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
