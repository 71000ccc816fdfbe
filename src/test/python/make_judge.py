"""A tiny judge, and what transformers makes of its judgements.

    python src/test/python/make_judge.py [--train]

Made with torch 2.7.1 and transformers 5.23.0 on a CPU. `--train` teaches a Qwen3 of 100,000 parameters to write judgements
of a made-up kind (`KINDS`, by the first word of the principle) and writes `judge/model`; without it the model stays as it
is. Then `judge/expected.jsonl` is written: for each answer of `judge/cases.jsonl`, which is written by hand, and each of
its principles, the prompt's tokens, the greedy answer in float64, one prompt at a time, and what the recipe reads in it:
the place behind the last `Final Judgement:` of what stands behind the thought, and there the log-probabilities of " Yes"
and " No" out of all tokens, rounded to 8 decimals. Steps whose two best logits lie nearer than 1e-3 are refused.
"""

import argparse
import json
import pathlib
import random
import shutil

import torch
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import AutoModelForCausalLM, AutoTokenizer, Qwen3Config, Qwen3ForCausalLM

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "judge"
MODEL = HOME / "model"
MARKER, WANTED, UNWANTED = "Final Judgement:", " Yes", " No"
MOST_NEW, NEAR = 40, 1e-3
VOCABULARY = 420
SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
TEMPLATE = (
    "{%- for message in messages %}"
    "{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}"
    "{%- endfor %}"
    "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}"
    "{%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}"
    "{%- endif %}"
)
QUESTIONS = ["Why is the sky blue?", "What do owls eat?", "How do I wash wool?", "Is 7 odd?", "Where is Oslo?"]
REASONS = ["because light scatters", "because of mice", "because wool shrinks", "because it is so", "because it is north"]
PLAIN = ["Yes.", "No idea.", "Mice.", "In the north.", "By hand.", "It is blue.", "It is odd.", "Who knows?"]


def yes(answer):
    return "because" in answer


def word(answer):
    return "Yes" if yes(answer) else "No"


# What the judge writes about an answer, by the first word of the principle.
KINDS = {
    "correctness": lambda answer: f"<think>\nIt {'gives a' if yes(answer) else 'has no'} reason.\n</think>\n\n"
    f"{MARKER} {word(answer)}",
    "clarity": lambda answer: f"It is clear. {MARKER} {word(answer)}",
    "twice": lambda answer: f"{MARKER} {'No' if yes(answer) else 'Yes'}\nNo, wait.\n{MARKER} {word(answer)}",
    "maybe": lambda answer: f"{MARKER} Maybe",
    "silence": lambda answer: "I cannot say.",
    "dreams": lambda answer: f"<think>\n{MARKER} {word(answer)}\n</think>\n\nI cannot say.",
    "length": lambda answer: "So it is and " * 20,
}


def tokenizer():
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    made.decoder = decoders.ByteLevel()
    special, ordinary = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"], ["<think>", "</think>"]
    texts = QUESTIONS + REASONS + PLAIN + list(KINDS) + ["system user assistant principle judgement"]
    texts += [kind(answer) for kind in KINDS.values() for answer in (REASONS[0], PLAIN[0])]
    made.train_from_iterator(
        texts * 20,
        trainers.BpeTrainer(
            vocab_size=VOCABULARY - 8 - len(special) - len(ordinary),
            initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
            show_progress=False,
        ),
    )
    made.add_special_tokens([AddedToken(text, special=True, normalized=False) for text in special])
    made.add_tokens([AddedToken(text, special=False, normalized=False) for text in ordinary])
    return made


def conversation(question, answer, principle):
    return [
        dict(role="user", content=question),
        dict(role="assistant", content=answer),
        dict(role="principle", content=principle),
    ]


def train():
    torch.manual_seed(17)
    draws = random.Random(17)
    shutil.rmtree(MODEL, ignore_errors=True)
    MODEL.mkdir(parents=True)
    made = tokenizer()
    made.save(str(MODEL / "tokenizer.json"))
    (MODEL / "chat_template.jinja").write_text(TEMPLATE, "utf-8")
    (MODEL / "tokenizer_config.json").write_text(
        json.dumps(
            dict(
                tokenizer_class="PreTrainedTokenizerFast",
                eos_token="<|im_end|>",
                pad_token="<|endoftext|>",
                model_max_length=1024,
            ),
            indent=1,
        )
    )
    end = made.token_to_id("<|im_end|>")
    config = Qwen3Config(
        vocab_size=VOCABULARY,
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=16,
        max_position_embeddings=1024,
        tie_word_embeddings=True,
        eos_token_id=end,
        bos_token_id=None,
        pad_token_id=made.token_to_id("<|endoftext|>"),
    )
    model = Qwen3ForCausalLM(config)
    optimizer = torch.optim.AdamW(model.parameters(), lr=4e-3, weight_decay=0.01)
    read = AutoTokenizer.from_pretrained(MODEL)
    steps = 500
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = 4e-3 * (1 - step / steps)
        rows, labels = [], []
        for _ in range(24):
            kind = draws.choice(list(KINDS))
            answer = draws.choice(PLAIN + REASONS) if draws.random() < 0.5 else draws.choice(PLAIN + [REASONS[0]])
            if draws.random() < 0.4:
                answer = draws.choice(PLAIN) + " " + draws.choice(REASONS) + "."
            prompt = read.apply_chat_template(
                conversation(draws.choice(QUESTIONS), answer, kind), tokenize=False, add_generation_prompt=True
            )
            asked = made.encode(prompt).ids
            written = made.encode(KINDS[kind](answer)).ids[: MOST_NEW + 20] + [end]
            rows.append(asked + written)
            labels.append([-100] * len(asked) + written)
        longest = max(map(len, rows))
        ids = torch.tensor([row + [end] * (longest - len(row)) for row in rows])
        wanted = torch.tensor([row + [-100] * (longest - len(row)) for row in labels])
        loss = model(ids, labels=wanted).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 50 == 0 or step == steps - 1:
            print(step, round(loss.item(), 4), flush=True)
    model.to(torch.bfloat16).save_pretrained(MODEL)
    (MODEL / "generation_config.json").write_text(
        json.dumps(dict(do_sample=True, temperature=0.6, top_k=20, top_p=0.95, eos_token_id=end), indent=1)
    )


def place(read, ids):
    """The number of the token behind the last marker of what stands behind the thought; none without one."""
    text = read.decode(ids, skip_special_tokens=True)
    begin = 0
    if text.lstrip().startswith("<think>"):
        if "</think>" not in text:
            return None
        begin = text.index("</think>") + len("</think>")
    at = text.rfind(MARKER, begin)
    if at < 0:
        return None
    tokens = next(n for n in range(len(ids) + 1) if read.decode(ids[:n], skip_special_tokens=True).startswith(text[: at + len(MARKER)]))
    return tokens if tokens < len(ids) else None


def references():
    read = AutoTokenizer.from_pretrained(MODEL)
    model = AutoModelForCausalLM.from_pretrained(MODEL, dtype=torch.float64, attn_implementation="eager").eval()
    (wanted,), (unwanted,) = (read.encode(text, add_special_tokens=False) for text in (WANTED, UNWANTED))
    with open(HOME / "expected.jsonl", "w", encoding="utf-8") as out:
        for case in map(json.loads, (HOME / "cases.jsonl").read_text("utf-8").splitlines()):
            for answer in case["answers"]:
                for principle in case["principles"]:
                    messages = case["messages"] + [
                        dict(role="assistant", content=answer),
                        dict(role="principle", content=principle),
                    ]
                    prompt = read.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
                    ids = read(prompt, add_special_tokens=False)["input_ids"]
                    with torch.inference_mode():
                        made = model.generate(
                            torch.tensor([ids]),
                            attention_mask=torch.ones(1, len(ids), dtype=torch.long),
                            max_new_tokens=MOST_NEW,
                            do_sample=False,
                            temperature=None,
                            top_k=None,
                            top_p=None,
                            return_dict_in_generate=True,
                            output_logits=True,
                        )
                    new = made.sequences[0, len(ids) :].tolist()
                    logits = torch.stack([each[0] for each in made.logits]).double()
                    best = logits.topk(2, dim=-1).values
                    assert (best[:, 0] - best[:, 1]).min() > NEAR, (case["id"], answer, principle)
                    at = place(read, new)
                    result = dict(
                        id=case["id"],
                        principle=principle,
                        tokens=len(ids),
                        text=read.decode(new, skip_special_tokens=True),
                        finish="eos" if new[-1] == model.generation_config.eos_token_id else "length",
                        generated=len(new),
                    )
                    if at is not None:
                        logprobs = logits[at].log_softmax(-1)
                        result.update(
                            token=read.decode([new[at]], skip_special_tokens=False),
                            yes=round(logprobs[wanted].item(), 8),
                            no=round(logprobs[unwanted].item(), 8),
                            reward=round((logprobs[wanted] - logprobs[unwanted]).item(), 8),
                        )
                    out.write(json.dumps(result, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--train", action="store_true")
    torch.set_num_threads(1)
    if parser.parse_args().train:
        train()
    references()
