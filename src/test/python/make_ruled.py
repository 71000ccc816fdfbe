"""Writes what transformers generates under rules with tiny causal checkpoints of `references`.

    python src/test/python/make_ruled.py

Made with torch 2.7.1 and transformers 5.23.0 on a CPU, by generate() in float64 on the stored weights, one prompt at a
time. Input are the checkpoints that make_references.py wrote; output is `references/expected/MODEL.ruled.jsonl`: the
parameters as a generation_config.json would have them, the prompt, the ids and how they ended. A step at which the two
best logits, after all rules, are nearer than 1e-3 ends a row (`finish` is then null), so that fp32 must find the same
ids.
"""

import json
import pathlib
import random

import torch
import transformers
from transformers import AutoModelForCausalLM, GenerationConfig

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "references"
MODELS = ["llama-causal", "qwen3-causal"]
LENGTHS = [1, 7, 40]
LEAST_GAP = 1e-3
transformers.logging.set_verbosity_error()


def cases(draw, size, plain):
    """Of many ids, and of sequences that come without rules, so that rules meet what a random model likes.

    plain: what it generates without any."""
    some = lambda count: sorted(draw.sample(range(size), count))
    often = some(size // 8)
    parts = lambda count: [ids[i : i + count] for ids in plain for i in range(0, len(ids) - count, 3)]
    return {
        "ends": dict(eos_token_id=often),
        "one-end": dict(eos_token_id=plain[0][7]),
        "least-new-tokens": dict(eos_token_id=often, min_new_tokens=9),
        "least-length": dict(eos_token_id=often, min_length=14),
        "penalty": dict(repetition_penalty=1.4),
        "penalty-below-one": dict(repetition_penalty=0.8),
        "ngrams": dict(repetition_penalty=0.7, no_repeat_ngram_size=2),
        "longer-ngrams": dict(repetition_penalty=0.7, no_repeat_ngram_size=3),
        "bad-words": dict(bad_words_ids=[[i] for i in some(9)] + parts(2) + parts(3)),
        "bias": dict(sequence_bias=[[[i], 1.5] for i in some(9)] + [[ids, -4.0] for ids in parts(2) + parts(3)]),
        "suppressed": dict(suppress_tokens=some(size // 5)),
        "suppressed-at-begin": dict(begin_suppress_tokens=some(size // 3) + [ids[0] for ids in plain]),
        "forced-end": dict(forced_eos_token_id=often[1], max_new_tokens=9, eos_token_id=often[1]),
        "forced-second-token": dict(forced_bos_token_id=often[2], begin_suppress_tokens=some(size // 3)),
        "decay": dict(eos_token_id=often[:2], exponential_decay_length_penalty=[4, 1.6]),
        "all": dict(eos_token_id=often, min_new_tokens=5, repetition_penalty=1.2, no_repeat_ngram_size=2,
                    suppress_tokens=some(size // 9), bad_words_ids=parts(2), exponential_decay_length_penalty=[6, 1.1]),
    }


@torch.inference_mode()
def ruled(model, prompt, parameters):
    model.generation_config = GenerationConfig(pad_token_id=0, **parameters)
    out = model.generate(torch.tensor([prompt]), do_sample=False, return_dict_in_generate=True, output_scores=True)
    ids = out.sequences[0].tolist()[len(prompt) :]
    for step, scores in enumerate(out.scores):
        best = torch.topk(scores[0], 2).values
        if best[0] - best[1] < LEAST_GAP:
            return ids[:step], None
    ends = parameters.get("eos_token_id", [])
    return ids, "eos" if ids[-1] in (ends if isinstance(ends, list) else [ends]) else "length"


def main():
    for name in MODELS:
        model = AutoModelForCausalLM.from_pretrained(HOME / name, dtype=torch.float64, attn_implementation="eager").eval()
        draw = random.Random(name)
        size = model.config.vocab_size
        # Of few ids, so that they occur again.
        prompts = [draw.choices(draw.sample(range(size), 6), k=length) for length in LENGTHS]
        plain = [ruled(model, prompt, {"max_new_tokens": 20})[0] for prompt in prompts]
        steps = others = 0
        with open(HOME / "expected" / f"{name}.ruled.jsonl", "w", encoding="utf-8") as out:
            for case, parameters in cases(draw, size, plain).items():
                parameters = {"max_new_tokens": 20, **parameters}
                for prompt, free in zip(prompts, plain):
                    ids, finish = ruled(model, prompt, parameters)
                    steps += len(ids)
                    others += ids != free
                    row = dict(id=f"{case}-{len(prompt)}", parameters=parameters, prompt_ids=prompt, ids=ids, finish=finish)
                    out.write(json.dumps(row, separators=(",", ":")) + "\n")
        print(name, steps, "steps,", others, "rows that rules change")


main()
