"""Writes what transformers makes of fixed logits before it takes a token.

    python src/test/python/make_sampling.py

Made with torch 2.7.1 and transformers 5.23.0 on a CPU; writes `src/test/resources/sampling`. Every case goes through
generate()'s own _prepare_generation_config, _prepare_special_tokens, _prepare_generated_length and
_get_logits_processor, so that order and defaults are transformers'. `kept` are the ids that are left, with their
probabilities; of greedy cases `changed` are the logits that are others than before, null for minus infinity.
No limit lies near a token, and no two tokens at a limit are alike: there single precision and an unstable sort decide.
"""

import json
import pathlib

import torch
import transformers
from transformers import GenerationConfig, LlamaConfig, LlamaForCausalLM

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "sampling"
VOCABULARY = 24
EOS = [5, 17]
PROMPT_TOKENS = 6
CASES = {
    "greedy": dict(do_sample=False, top_k=3, temperature=0.5),
    "nothing-said": dict(do_sample=True),
    "temperature": dict(do_sample=True, temperature=0.6, top_k=0),
    "hot": dict(do_sample=True, temperature=2.5),
    "top-k": dict(do_sample=True, top_k=5),
    "top-k-is-null": dict(do_sample=True, top_k=None),
    "top-k-of-one": dict(do_sample=True, top_k=1),
    "top-k-beyond-the-vocabulary": dict(do_sample=True, top_k=1000),
    "top-p": dict(do_sample=True, top_p=0.8, top_k=0),
    "top-p-of-nothing": dict(do_sample=True, top_p=0.0, top_k=0),
    "min-p": dict(do_sample=True, min_p=0.1, top_k=0),
    "min-p-after-top-p": dict(do_sample=True, top_p=0.6, min_p=0.3, top_k=0),
    "top-k-before-top-p": dict(do_sample=True, top_p=0.7, top_k=4),
    "temperature-before-top-p": dict(do_sample=True, temperature=0.3, top_p=0.7, top_k=0),
    "typical-p": dict(do_sample=True, typical_p=0.5, top_k=0),
    "top-h": dict(do_sample=True, top_h=0.4, top_k=0),
    "top-h-before-top-k": dict(do_sample=True, top_h=0.6, top_k=4),
    "epsilon": dict(do_sample=True, epsilon_cutoff=0.05, top_k=0),
    "eta": dict(do_sample=True, eta_cutoff=0.2, top_k=0),
    "typical-before-epsilon": dict(do_sample=True, typical_p=0.8, epsilon_cutoff=0.06, top_k=0),
    "all-draws": dict(do_sample=True, temperature=1.4, top_k=12, top_p=0.9, min_p=0.05, typical_p=0.9, top_h=0.9, epsilon_cutoff=0.01, eta_cutoff=0.01),
    "penalty": dict(do_sample=False, repetition_penalty=1.3),
    "penalty-below-one": dict(do_sample=False, repetition_penalty=0.7),
    "no-ngram-of-1": dict(do_sample=False, no_repeat_ngram_size=1),
    "no-ngram-of-2": dict(do_sample=False, no_repeat_ngram_size=2),
    "no-ngram-of-3": dict(do_sample=False, no_repeat_ngram_size=3),
    "bad-words": dict(do_sample=False, bad_words_ids=[[7], [3, 10], [4, 10], [5], [11, 4, 9]]),
    "bias": dict(do_sample=False, sequence_bias=[[[7], 2.5], [[4, 10], -4.0], [[11, 4, 10], 1.5], [[3, 10], 8.0]]),
    "suppress": dict(do_sample=False, suppress_tokens=[7, 13]),
    "suppress-at-begin": dict(do_sample=False, begin_suppress_tokens=[7, 13]),
    "least-length": dict(do_sample=False, min_length=9),
    "least-length-that-is-reached": dict(do_sample=False, min_length=7),
    "least-new-tokens": dict(do_sample=False, min_new_tokens=3),
    "least-new-tokens-that-are-reached": dict(do_sample=False, min_new_tokens=1),
    "least-new-tokens-before-least-length": dict(do_sample=False, min_new_tokens=1, min_length=30),
    "forced-end": dict(do_sample=False, forced_eos_token_id=[3, 4], max_new_tokens=3),
    "forced-end-that-is-not-due": dict(do_sample=False, forced_eos_token_id=3, max_new_tokens=4),
    "decay": dict(do_sample=False, exponential_decay_length_penalty=[1, 1.5]),
    "decay-that-is-not-due": dict(do_sample=False, exponential_decay_length_penalty=[2, 1.5]),
    "finite": dict(do_sample=True, remove_invalid_values=True, bad_words_ids=[[7]], top_k=0),
    "all-rules": dict(do_sample=True, temperature=0.7, top_k=8, top_p=0.9, repetition_penalty=1.5, no_repeat_ngram_size=2,
                      bad_words_ids=[[3]], suppress_tokens=[13], min_new_tokens=9, sequence_bias=[[[2], 1.5], [[4], -1.0]]),
}


def vectors():
    generator = torch.Generator().manual_seed(11)
    draw = lambda: torch.randn(VOCABULARY, generator=generator)
    shared = draw()
    shared[[2, 9, 20]] = shared.max() + 1
    # The prompt is the first six; two tokens of the answer follow.
    return {
        "usual": (draw() * 2, [1, 4, 10, 11, 2, 11, 4, 10][:6] + [11, 4]),
        "peaked": (draw() * 5, [8, 9, 8, 9, 8, 9, 8, 9]),
        "flat": (draw() * 0.1, [4, 3, 4, 3, 4, 3, 4, 3]),
        "negative": (draw() - 30, [0, 1, 2, 3, 4, 5, 6, 7]),
        "three-share-the-top": (shared, [20, 20, 9, 2, 1, 1, 20, 9]),
        "no-answer-yet": (draw() * 2, [17, 5, 23, 23, 0, 4]),
        "one-is-possible": (torch.where(torch.arange(VOCABULARY) == 9, 1.0, -torch.inf), [9, 9, 1, 2, 3, 9, 9, 1]),
    }


# Where a token that is kept and one that is not are alike, which one it is is the sort's affair; where none is left,
# transformers takes token 0.
LEFT_OUT = {
    ("top-p-of-nothing", "three-share-the-top"),
    ("top-h", "three-share-the-top"),
    ("no-ngram-of-1", "one-is-possible"),
}


def number(value):
    return float("%.9g" % value) if value > -torch.inf else None


def main():
    HOME.mkdir(parents=True, exist_ok=True)
    model = LlamaForCausalLM(LlamaConfig(vocab_size=VOCABULARY, hidden_size=8, intermediate_size=8, num_hidden_layers=1,
                                         num_attention_heads=1, num_key_value_heads=1))
    with open(HOME / "logits.jsonl", "w") as out:
        for name, (logits, ids) in vectors().items():
            out.write(json.dumps(dict(id=name, input_ids=ids, logits=[number(x) for x in logits.tolist()])) + "\n")
    order = {}
    with open(HOME / "expected.jsonl", "w") as out:
        for case, parameters in CASES.items():
            for name, (logits, ids) in vectors().items():
                if (case, name) in LEFT_OUT:
                    continue
                parameters = {"max_new_tokens": 20, **parameters}
                result, order[case] = run(model, parameters, logits, ids)
                out.write(json.dumps(dict(case=case, logits=name, parameters=parameters, **result)) + "\n")
    versions = dict(transformers=transformers.__version__, torch=torch.__version__, eos=EOS, order=order)
    (HOME / "versions.json").write_text(json.dumps(versions, indent=1) + "\n")


def run(model, parameters, logits, ids):
    # As the model's file has them: null is then what nobody said.
    model.generation_config = GenerationConfig(eos_token_id=EOS, **parameters)
    config, _ = model._prepare_generation_config(None)
    model._prepare_special_tokens(config, True, device="cpu")
    model._prepare_generated_length(config, True, parameters.get("min_length") is None, "input_ids", PROMPT_TOKENS, None)
    tokens = torch.tensor([ids])
    rules = model._get_logits_processor(config, input_ids_seq_length=PROMPT_TOKENS, device="cpu",
                                        model_kwargs=dict(attention_mask=torch.ones(1, PROMPT_TOKENS)))
    scores = rules(tokens, logits[None].clone())[0]
    if config.do_sample:
        probabilities = scores.softmax(-1)
        kept = torch.isfinite(scores).nonzero()[:, 0].tolist()
        result = dict(kept=kept, probabilities=[float("%.7g" % probabilities[i]) for i in kept])
    else:
        others = (scores != logits).nonzero()[:, 0].tolist()
        result = dict(argmax=int(scores.argmax()), changed={i: number(scores[i]) for i in others})
    return result, [type(rule).__name__ for rule in rules]


main()
