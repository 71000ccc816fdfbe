"""Writes what transformers generates greedily with the tiny causal checkpoints of `references`.

    python src/test/python/make_generated.py

Made with torch 2.7.1 and transformers 5.23.0 on a CPU, in float64 on the stored weights, one prompt at a time without
padding. Input are the checkpoints that make_references.py wrote; output is `references/expected/MODEL.generated.jsonl`:
random prompts, as long as chunks of the cache and a little shorter and longer, and for some of them far longer than a
sliding window. Steps at which the two best logits are nearer than 1e-3 end a row, so that fp32 must find the same ids.
"""

import json
import pathlib
import random

import torch
from transformers import AutoModelForCausalLM

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "references"
MODELS = ["llama-causal", "llama-tied", "mistral-causal", "qwen2-causal", "qwen2-window", "qwen3-causal"]
LENGTHS = [1, 20, 127, 128, 129, 300]
NEW_TOKENS = 24
LEAST_GAP = 1e-3


@torch.inference_mode()
def generated(model, prompt, logits_too):
    ids, logprobs, seen = list(prompt), [], []
    for _ in range(NEW_TOKENS):
        logits = model(torch.tensor([ids])).logits[0, -1].double()
        best = torch.topk(logits, 2).values
        if best[0] - best[1] < LEAST_GAP:
            break
        seen.append([round(value, 6) for value in logits.tolist()])
        ids.append(int(logits.argmax()))
        logprobs.append(round(torch.log_softmax(logits, 0)[ids[-1]].item(), 8))
    row = dict(prompt_ids=prompt, ids=ids[len(prompt) :], logprobs=logprobs)
    if logits_too and seen:
        row.update(first_logits=seen[0], last_logits=seen[-1])
    return row


def main():
    for name in MODELS:
        model = AutoModelForCausalLM.from_pretrained(HOME / name, dtype=torch.float64, attn_implementation="eager").eval()
        draw = random.Random(name)
        with open(HOME / "expected" / f"{name}.generated.jsonl", "w", encoding="utf-8") as out:
            for number, length in enumerate(LENGTHS):
                prompt = [draw.randrange(model.config.vocab_size) for _ in range(length)]
                row = generated(model, prompt, number in (1, 5))
                if not row["ids"]:
                    raise AssertionError(f"{name}: a prompt of {length} tokens begins with a near tie")
                out.write(json.dumps(dict(id=f"{name}-{length}", **row)) + "\n")


main()
