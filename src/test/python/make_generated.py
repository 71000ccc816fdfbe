"""Writes what transformers generates greedily with the tiny causal checkpoints of `references`.

    python src/test/python/make_generated.py [CHECKPOINT ...]

With names only those checkpoints' files are made again.
Made with torch 2.7.1 and transformers 5.23.0 on a CPU, in float64 on the stored weights, one prompt at a time without
padding. Input are the checkpoints that make_references.py wrote; output is `references/expected/MODEL.generated.jsonl`:
random prompts, as long as chunks of the cache and a little shorter and longer, and for some of them far longer than a
sliding window. Steps of Mamba layers are as published; `MODEL.transformers5.jsonl` has them as 5.23.0 has them, which bounds
those of a prompt and not those of tokens that its cache goes on with. Steps at which the two best logits are nearer than 1e-3 end a row, so that fp32 must find the same ids.
"""

import json
import pathlib
import random
import sys

import torch
from transformers import AutoModelForCausalLM

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "references"
MODELS = ["gemma2-causal", "gemma3-causal", "llama-causal", "llama-tied", "mistral-causal", "qwen2-causal", "qwen2-window"]
MODELS += ["qwen3-causal", "granite-causal", "olmo2-causal", "phi3-causal"]
HYBRIDS = ["nemotron-causal", "nemotron-shapes"]
LENGTHS = [1, 20, 127, 128, 129, 300]
NEW_TOKENS = 24
LEAST_GAP = 1e-3


class Anew:
    """Logits of the last token, all of them computed again for each."""

    def __init__(self, model):
        self.model = model

    def logits(self, ids):
        return self.model(torch.tensor([ids])).logits


class GoingOn:
    """The same over a cache, token by token behind the prompt."""

    def __init__(self, model):
        self.model, self.cache, self.seen = model, None, 0

    def logits(self, ids):
        found = self.model(torch.tensor([ids[self.seen :]]), past_key_values=self.cache, use_cache=True)
        self.cache, self.seen = found.past_key_values, len(ids)
        return found.logits


@torch.inference_mode()
def generated(steps, prompt, logits_too):
    ids, logprobs, seen = list(prompt), [], []
    for _ in range(NEW_TOKENS):
        logits = steps.logits(ids)[0, -1].double()
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


def write(name, kind, steps, model):
    draw = random.Random(name)
    with open(HOME / "expected" / f"{name}.{kind}.jsonl", "w", encoding="utf-8") as out:
        # Where angles follow the length of a row none is longer than short ones.
        most = getattr(model.config, "original_max_position_embeddings", LENGTHS[-1] + NEW_TOKENS)
        lengths = [length for length in LENGTHS if length + NEW_TOKENS <= most] or LENGTHS
        for number, length in enumerate(lengths + [most - NEW_TOKENS] if lengths != LENGTHS else LENGTHS):
            prompt = [draw.randrange(model.config.vocab_size) for _ in range(length)]
            row = generated(steps(model), prompt, number in (1, 5))
            if not row["ids"]:
                raise AssertionError(f"{name}: a prompt of {length} tokens begins with a near tie")
            out.write(json.dumps(dict(id=f"{name}-{length}", **row)) + "\n")


def main():
    torch.set_num_threads(1)
    for name in sys.argv[1:] or MODELS + HYBRIDS:
        model = AutoModelForCausalLM.from_pretrained(HOME / name, dtype=torch.float64, attn_implementation="eager").eval()
        if name in HYBRIDS:
            write(name, "transformers5", GoingOn, model)
            for module in model.modules():
                if hasattr(module, "time_step_limit"):
                    module.time_step_limit = (0.0, float("inf"))
        write(name, "generated", GoingOn if name in HYBRIDS else Anew, model)


main()
