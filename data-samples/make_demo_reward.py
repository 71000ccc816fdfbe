"""Makes the demonstration model `data-samples/demo-reward` from nothing, and measures it.

    python data-samples/make_demo_reward.py

Made with torch 2.7.1 and transformers 5.23.0 on two threads of a CPU; the same versions on the same kind of CPU give the
same bytes again. The rule that it is taught stands in demo-reward/README.md, the language in demo_language.py.
While it learns, extra heads must also name the topics, the politeness, the reason and the insult; they are dropped.
"""

import argparse
import json
import math
import pathlib
import time

import tokenizers
import torch
import transformers
from demo_language import NAMES, Language
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoTokenizer, LlamaConfig, LlamaForSequenceClassification

HOME = pathlib.Path(__file__).resolve().parent
SEED = 7
SPECIALS = ["<|bos|>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>", "<|pad|>"]
VOCABULARY = 2560
NO_TOPIC_AND_ALL = len(NAMES) + 1
UNTOLD = -100
TEMPLATE = """\
{{- bos_token }}
{%- for message in messages %}
    {%- if message.role not in ['system', 'user', 'assistant'] %}
        {{- raise_exception('Expected the role system, user or assistant, found ' + message.role) }}
    {%- endif %}
    {{- '<|' + message.role + '|>' }}
    {%- if message.content is string %}
        {{- message.content }}
    {%- else %}
        {{- message.content | map(attribute='text') | join(' ') }}
    {%- endif %}
    {{- '<|end|>' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|assistant|>' }}
{%- endif %}
"""


def train_tokenizer():
    """Byte-level BPE over single words: case, and how words are spaced, do not matter to it."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Punctuation(),
            pre_tokenizers.Digits(individual_digits=False),
            pre_tokenizers.ByteLevel(add_prefix_space=True, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    language = Language(SEED, held_out=False)
    tokenizer.train_from_iterator(
        (message["content"] for _ in range(15_000) for message in language.talk().messages()),
        trainers.BpeTrainer(
            vocab_size=VOCABULARY - len(SPECIALS),
            initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
            show_progress=False,
        ),
    )
    tokenizer.add_special_tokens([AddedToken(word, special=True, normalized=False) for word in SPECIALS])
    bos = tokenizer.token_to_id("<|bos|>")
    tokenizer.post_processor = processors.TemplateProcessing(single="<|bos|> $A", special_tokens=[("<|bos|>", bos)])
    return tokenizer


def new_model(tokenizer):
    id_of = tokenizer.token_to_id
    config = LlamaConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=64,
        intermediate_size=176,
        num_hidden_layers=4,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=2048,
        rms_norm_eps=1e-5,
        rope_parameters=dict(rope_type="default", rope_theta=10_000.0),
        bos_token_id=id_of("<|bos|>"),
        eos_token_id=id_of("<|end|>"),
        pad_token_id=id_of("<|pad|>"),
        id2label={0: "helpfulness"},
        label2id={"helpfulness": 0},
    )
    return LlamaForSequenceClassification._from_config(config, attn_implementation="sdpa")


class Batches:
    """Talks as padded ids, with what is true at the end of each answer."""

    def __init__(self, tokenizer, language):
        self.tokenizer, self.language = tokenizer, language
        self.roles = {role: tokenizer.token_to_id(f"<|{role}|>") for role in ("system", "user", "assistant")}
        self.bos, self.end, self.pad = (tokenizer.token_to_id(f"<|{word}|>") for word in ("bos", "end", "pad"))

    def encode(self, talk):
        """Ids, the topic that each token's turn speaks of, and where answers end."""
        messages = talk.messages()
        texts = self.tokenizer.encode_batch([message["content"] for message in messages], add_special_tokens=False)
        topics = [topic for _, asked, answer in talk.turns for topic in (asked, answer.topic % NO_TOPIC_AND_ALL)]
        ids, spoken, ends = [self.bos], [UNTOLD], []
        for number, (message, text) in enumerate(zip(messages, texts), len(topics) - len(messages)):
            ids += [self.roles[message["role"]], *text.ids, self.end]
            spoken += [topics[number] if number >= 0 else UNTOLD] * (len(text.ids) + 2)
            if message["role"] == "assistant":
                ends.append(len(ids) - 1)
        return ids, spoken, ends

    def pool(self, talks, tokens):
        """Batches of about so many tokens, each of talks of like length, in random order."""
        made = sorted(((*self.encode(talk), talk) for talk in (self.language.talk() for _ in range(talks))), key=lambda m: len(m[0]))
        batches = [[]]
        for one in made:
            if (len(batches[-1]) + 1) * len(one[0]) > tokens:
                batches.append([])
            batches[-1].append(one)
        self.language.random.shuffle(batches)
        return [self.tensors(batch) for batch in batches]

    def tensors(self, batch):
        """Ids, topics of tokens, and of each answer: row, position, its facts, its rating."""
        width = max(len(ids) for ids, *_ in batch)
        padded = lambda values, filler: values + [filler] * (width - len(values))
        facts = [
            (row, at, answer.polite, answer.reason, answer.insult, answer.on_topic, answer.rating)
            for row, (_, _, ends, talk) in enumerate(batch)
            for at, (_, _, answer) in zip(ends, talk.turns)
        ]
        return (
            torch.tensor([padded(ids, self.pad) for ids, *_ in batch]),
            torch.tensor([padded(spoken, UNTOLD) for _, spoken, *_ in batch]),
            torch.tensor(facts, dtype=torch.float32),
        )


def learn(model, batches, steps):
    width = model.config.hidden_size
    topic_of_turn, told_of_answer = torch.nn.Linear(width, NO_TOPIC_AND_ALL), torch.nn.Linear(width, 4)
    parameters = [*model.parameters(), *topic_of_turn.parameters(), *told_of_answer.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=4e-3, betas=(0.9, 0.98), weight_decay=0.02)
    # Warm-up, then down along a cosine.
    rate = lambda step: min(1, (step + 1) / 50) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1, step / steps))))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    functional = torch.nn.functional
    begun, step = time.time(), 0
    while step < steps:
        for ids, spoken, facts in batches.pool(talks=1500, tokens=4_000):
            row, at = facts[:, :2].long().T
            # Causal attention never looks at the padding, which stands behind.
            output = model.model(ids, output_hidden_states=True)
            answers = output.last_hidden_state[row, at]
            rating = model.score(answers)[:, 0]
            error = functional.smooth_l1_loss(rating, facts[:, 6], beta=0.5)
            early = topic_of_turn(output.hidden_states[2])
            topic = functional.cross_entropy(early.flatten(0, 1), spoken.flatten(), ignore_index=UNTOLD)
            told = functional.binary_cross_entropy_with_logits(told_of_answer(answers), facts[:, 2:6])
            loss = error + (0.5 * topic + told) * (1 - 0.8 * min(1, step / steps))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if step % 100 == 0:
                wrong = (rating - facts[:, 6]).abs().mean().item()
                print(f"step {step}: off by {wrong:.3f}, topic {topic.item():.3f}, {time.time() - begun:.0f} s", flush=True)
            if step == steps:
                break


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def save(folder, model, tokenizer):
    folder.mkdir(parents=True, exist_ok=True)
    model = model.to(torch.bfloat16)
    model.config.dtype = torch.bfloat16
    model.save_pretrained(folder)
    (folder / "model.safetensors").chmod(0o644)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    write_json(
        folder / "tokenizer_config.json",
        dict(
            bos_token="<|bos|>",
            eos_token="<|end|>",
            pad_token="<|pad|>",
            clean_up_tokenization_spaces=False,
            model_max_length=model.config.max_position_embeddings,
            tokenizer_class="PreTrainedTokenizerFast",
        ),
    )
    (folder / "chat_template.jinja").write_text(TEMPLATE, encoding="utf-8")


class Judge:
    """transformers on the folder as it lies on disk."""

    def __init__(self, folder, dtype):
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = LlamaForSequenceClassification.from_pretrained(folder, dtype=dtype, attn_implementation="eager").eval()

    @torch.inference_mode()
    def score(self, messages):
        text = self.tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=False)
        ids = self.tokenizer(text, add_special_tokens=False)["input_ids"]
        return self.model(torch.tensor([ids])).logits[0, 0].item()


def measures(name, found):
    """Of (question, wanted, scored): how far off, and how often the better of two answers to one question is above."""
    off = [abs(wanted - scored) for _, wanted, scored in found]
    right = pairs = 0
    by_question = {}
    for question, wanted, scored in found:
        by_question.setdefault(question, []).append((wanted, scored))
    for answers in by_question.values():
        for i, (wanted, scored) in enumerate(answers):
            for other_wanted, other_scored in answers[:i]:
                if wanted != other_wanted:
                    pairs += 1
                    right += (wanted > other_wanted) == (scored > other_scored)
    figures = dict(
        rows=len(off),
        mean_absolute_error=round(sum(off) / len(off), 3),
        within_half=round(sum(o <= 0.5 for o in off) / len(off), 3),
        pairs=pairs,
        better_above_worse=round(right / pairs, 3),
    )
    print(name, json.dumps(figures))


def held_out_rows(seed, held_out, questions=150, answers=4):
    language = Language(seed, held_out)
    for _ in range(questions):
        talk = language.talk(most_turns=3)
        question, topic, _ = talk.turns.pop()
        earlier = [t for _, t, _ in talk.turns]
        for _ in range(answers):
            answer = language.answer(topic, earlier)
            messages = talk.messages() + [dict(role="user", content=question), dict(role="assistant", content=answer.text)]
            yield question, answer.rating, messages


def measure(folder):
    judge = Judge(folder, torch.float32)
    for name, held_out in (("sentences of training, said anew", False), ("sentences held out", True)):
        found = [(q, wanted, judge.score(messages)) for q, wanted, messages in held_out_rows(SEED + 1, held_out)]
        measures(name, found)
    path = HOME / "helpsteer.jsonl"
    if path.exists():
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        found = []
        for row in rows:
            messages = [dict(role="user", content=row["prompt"]), dict(role="assistant", content=row["response"])]
            found.append((row["prompt"], row["helpfulness"], judge.score(messages)))
            print(f"{found[-1][1]} {found[-1][2]:6.2f} {row['prompt'][:60]!r} {row['response'][:90]!r}")
        measures("helpsteer.jsonl, written by hand", found)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--output", type=pathlib.Path, default=HOME / "demo-reward")
    arguments.add_argument("--steps", type=int, default=2000)
    arguments.add_argument("--measure-only", action="store_true")
    options = arguments.parse_args()
    torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True)
    transformers.utils.logging.disable_progress_bar()
    if not options.measure_only:
        print("torch", torch.__version__, "transformers", transformers.__version__, "tokenizers", tokenizers.__version__)
        begun = time.time()
        torch.manual_seed(SEED)
        tokenizer = train_tokenizer()
        model = new_model(tokenizer)
        learn(model, Batches(tokenizer, Language(SEED, held_out=False)), options.steps)
        save(options.output, model, tokenizer)
        print(f"made in {time.time() - begun:.0f} s: {sum(p.numel() for p in model.parameters())} parameters")
    measure(options.output)


if __name__ == "__main__":
    main()
