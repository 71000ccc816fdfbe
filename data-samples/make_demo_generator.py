"""Makes the demonstration generator `data-samples/demo-generator` from nothing, and what is to be expected of it.

    python data-samples/make_demo_generator.py

Made with torch 2.7.1 and transformers 5.23.0 on one thread of a CPU; the same versions on the same kind of CPU give the
same bytes again. All text that it learns stands in this file; the topics' words are those of demo_language.py.
"""

import argparse
import json
import math
import pathlib
import random
import re
import time
import typing

import tokenizers
import torch
import transformers
from demo_language import WORDS
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM

HOME = pathlib.Path(__file__).resolve().parent
SEED = 11
VOCABULARY = 704
SPECIALS = ["<|bos|>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>", "<|pad|>"]
THOUGHT = ["<think>", "</think>"]
MOST_NEW_TOKENS = 96

# Of each step of the expected answers, between the two best logits: what processors differ by is a hundredth of it.
LEAST_GAP = 1e-3

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
    {%- if enable_thinking is defined and enable_thinking %}
        {{- '<think>' }}
    {%- endif %}
{%- endif %}
"""

# topic: questions, then pieces of advice with the reason for each.
TOPICS = {
    "bread": """
How do I keep my bread fresh? / How long should the dough rise? / Why is my loaf so hard? / What makes a good crust?
Keep the loaf in a cotton bag | plastic makes the crust soft
Let the dough rest for a whole night | slow yeast gives more taste
Bake the bread in a hot oven | steam makes the crust crisp
Slice the loaf only when it is cold | a warm crumb sticks to the knife
""",
    "coffee": """
Why is my coffee so bitter? / How do I make better coffee? / Which beans should I buy? / How hot should the water be?
Grind the beans a little coarser | fine coffee gives a bitter cup
Use water that no longer boils | boiling water burns the coffee
Buy whole beans and grind them yourself | ground coffee goes stale in a week
Clean the filter and the mug | old oil makes the next cup taste sour
""",
    "garden": """
How do I get rid of weeds? / When should I plant tomatoes? / Why do my roses look so weak? / How often should I water the lawn?
Pull the weeds after rain | wet soil lets go of the root
Put compost around each plant | good soil feeds the root
Water the garden in the evening | the sun dries the leaves at noon
Sow the seeds when the soil is warm | frost kills a young seedling
""",
    "dogs": """
My dog pulls on the leash. What can I do? / How do I teach my puppy to sit? / Why does my dog bark at night? / Is my dog too old to learn?
Stop whenever the dog pulls on the leash | he learns that pulling leads nowhere
Give the puppy a treat when he sits | a dog repeats what pays
Take the dog for a long walk | a tired dog does not bark
Use a harness and no collar | a collar hurts the neck of the dog
""",
    "sleep": """
I can't fall asleep at night. Any advice? / How long should a nap be? / Why am I so tired in the morning? / Which pillow is best?
Go to bed at the same hour | the body likes a steady night
Leave the phone out of the bedroom | its light keeps you awake
Take only a short nap | a long nap makes the night shorter
Keep the bedroom dark and cool | you sleep better in a cool bed
""",
    "bees": """
Why do bees make honey? / How do I start with a hive? / What should I do about a swarm? / Is honey good for bees in winter?
Leave some honey in the hive | bees eat honey in winter
Plant flowers for the bees | there is no nectar without a blossom
Call a beekeeper about the swarm | bees without a hive may sting
Open the hive on a warm day | cold harms the young bees
""",
    "chess": """
How do I win more chess games? / What is a good opening? / When should I move my queen? / How do I get better at chess?
Move your king to safety early | an open king is soon in checkmate
Bring out a knight and a bishop first | the queen is easy to attack
Look at each move of your opponent | most games are lost by one blunder
Play the endgame slowly | a single pawn decides it
""",
    "money": """
How much money should I save? / How do I pay back my loan? / Should I invest or save? / Where does all my money go?
Save a tenth of your salary | small sums grow with interest
Pay the loan with the highest interest first | it costs you the most money
Write down every expense for a month | you see where the cash goes
Keep three months of income in the bank | a bill may come at any time
""",
}
ASKED_OF_ANY = "How do I {v} the {n}?|What about my {n}?|Tell me about {n}.|Can you help me with my {n}?|Which {n} is best?|My {n} is {a}. What now?"
SYSTEMS = ["You are a helpful assistant.", "Answer briefly."]
OPENERS = [("Good question!", 5), ("Happy to help!", 3), ("Thank you for asking!", 2), ("Gladly!", 1)]
CLOSERS = [("Good luck!", 5), ("I hope that helps!", 3), ("All the best!", 2)]
EVASIONS = [("I do not know.", 3), ("It depends.", 2)]
# As conf/recipes/feedback.conf and edit.conf ask.
EVALUATE = "Evaluate the response to the previous prompt in terms of how helpful it is overall."
EDIT = "Edit the response to the previous prompt based on the following feedback:\n\n"
REASON_BY = [(", because", 4), (", since", 2), (", as", 1)]


class Said(typing.NamedTuple):
    """An answer: what is planned and said, about which topic, with which advice, if any, and how."""

    plan: str
    text: str
    about: typing.Optional[str]
    piece: typing.Optional[list]
    polite: bool
    reason: bool


class Language:
    """Says things at random; the same seed says the same things."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.topics = {}
        for name, text in TOPICS.items():
            questions, *advice = text.strip().split("\n")
            self.topics[name] = questions.split(" / "), [line.split(" | ") for line in advice]

    def chance(self, share):
        return self.random.random() < share

    def weighed(self, choices):
        words, weights = zip(*choices)
        return self.random.choices(words, weights)[0]

    def question(self, topic):
        if self.chance(0.6):
            return self.random.choice(self.topics[topic][0])
        nouns, verbs, adjectives = WORDS[topic]
        asked = self.random.choice(ASKED_OF_ANY.split("|"))
        return asked.format(n=self.random.choice(nouns), v=self.random.choice(verbs), a=self.random.choice(adjectives))

    def answer(self, topic):
        """A plan and the answer that follows it."""
        said = self.said(topic)
        return said.plan, said.text

    def said(self, topic):
        """An answer with what is good about it."""
        if self.chance(0.06):
            return Said("I cannot say much.", self.weighed(EVASIONS), None, None, False, False)
        polite, reason = self.chance(0.6), self.chance(0.45)
        about = topic if self.chance(0.93) else self.random.choice(list(TOPICS))
        pieces = self.topics[about][1]
        piece = self.random.choices(pieces, range(len(pieces) + 1, 1, -1))[0]
        said, why = piece
        answer = f"{said}{self.weighed(REASON_BY)} {why}." if reason else f"{said}."
        if polite:
            opened, closed = self.chance(0.8), self.chance(0.6)
            answer = f"{self.weighed(OPENERS)} {answer}" if opened or not closed else answer
            answer = f"{answer} {self.weighed(CLOSERS)}" if closed else answer
        plan = f"This is about {about}. I {'am polite' if polite else 'am short'}{' and give a reason' if reason else ''}."
        return Said(plan, answer, about, piece, polite, reason)

    def comment(self, topic, said):
        """Feedback on an answer, by the rule that demo-reward was taught."""
        if said.about is None:
            return f"The response is not helpful. It lacks advice on {topic}."
        if said.about != topic:
            return f"The response is slightly helpful. However, it is about {said.about} and not about {topic}."
        if said.polite and said.reason:
            return "The response is perfectly helpful. It gives a reason and is kind."
        if said.polite:
            return "The response is mostly helpful. However, it lacks a reason."
        if said.reason:
            return "The response is mostly helpful, but it would benefit from a kind word."
        return "The response is partially helpful. However, it lacks a reason and a kind word."

    def edit(self, topic, said):
        """The answer with all that it lacks."""
        advice, why = said.piece if said.about == topic else self.topics[topic][1][0]
        return f"Good question! {advice}, because {why}. I hope that helps!"

    def revision(self):
        """Messages that end with a comment on an answer, or with an edit of it by such comments."""
        topic = self.random.choice(list(TOPICS))
        said = self.said(topic)
        messages = [dict(role="user", content=self.question(topic)), dict(role="assistant", content=said.text)]
        comment = self.comment(topic, said)
        if self.chance(0.5):
            return [*messages, dict(role="user", content=EVALUATE), dict(role="assistant", content=comment)]
        comments = "\n\n".join([comment] * self.random.choice([1, 1, 1, 2, 3]))
        return [*messages, dict(role="user", content=EDIT + comments), dict(role="assistant", content=self.edit(topic, said))]

    def talk(self):
        """Messages, the last one the answer, and its thought where there is one."""
        if self.chance(0.5):
            return self.revision(), None
        messages = [dict(role="system", content=self.random.choice(SYSTEMS))] if self.chance(0.15) else []
        for _ in range(2 if self.chance(0.2) else 1):
            topic = self.random.choice(list(TOPICS))
            plan, answer = self.answer(topic)
            messages += [dict(role="user", content=self.question(topic)), dict(role="assistant", content=answer)]
        return messages, plan if self.chance(0.3) else None


def train_tokenizer():
    """Byte-level BPE as of Llama 3: words keep the space in front of them."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    language = Language(SEED)
    talks = [language.talk() for _ in range(6_000)]
    tokenizer.train_from_iterator(
        (text for messages, plan in talks for text in [*(m["content"] for m in messages), plan or ""]),
        trainers.BpeTrainer(
            vocab_size=VOCABULARY - len(SPECIALS) - len(THOUGHT),
            initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
            show_progress=False,
        ),
    )
    tokenizer.add_special_tokens([AddedToken(word, special=True, normalized=False) for word in SPECIALS])
    # As Qwen3 has them: tokens of their own that are part of the text.
    tokenizer.add_tokens([AddedToken(word, special=False, normalized=False) for word in THOUGHT])
    return tokenizer


def new_model(tokenizer):
    id_of = tokenizer.token_to_id
    config = LlamaConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=1024,
        rms_norm_eps=1e-5,
        rope_parameters=dict(rope_type="default", rope_theta=10_000.0),
        tie_word_embeddings=True,
        bos_token_id=id_of("<|bos|>"),
        eos_token_id=id_of("<|end|>"),
        pad_token_id=id_of("<|pad|>"),
    )
    return LlamaForCausalLM._from_config(config, attn_implementation="sdpa")


class Batches:
    """Talks as padded ids; only what an assistant says is to be learnt."""

    def __init__(self, tokenizer, language):
        self.tokenizer, self.language = tokenizer, language
        self.id_of = tokenizer.token_to_id

    def encode(self, messages, plan):
        ids, learnt = [self.id_of("<|bos|>")], [False]
        for number, message in enumerate(messages):
            own = message["role"] == "assistant"
            last = number == len(messages) - 1
            ids.append(self.id_of(f"<|{message['role']}|>"))
            learnt.append(False)
            if last and plan:
                thought = [*self.tokenizer.encode(plan).ids, self.id_of("</think>")]
                ids += [self.id_of("<think>"), *thought]
                learnt += [False] + [True] * len(thought)
            text = [*self.tokenizer.encode(message["content"]).ids, self.id_of("<|end|>")]
            ids += text
            learnt += [own] * len(text)
        return ids, learnt

    def next(self, talks):
        found = [self.encode(*self.language.talk()) for _ in range(talks)]
        width = max(len(ids) for ids, _ in found)
        ids = torch.full((talks, width), self.id_of("<|pad|>"))
        wanted = torch.full((talks, width), -100)
        for row, (own, learnt) in enumerate(found):
            ids[row, : len(own)] = torch.tensor(own)
            wanted[row, : len(own)] = torch.where(torch.tensor(learnt), torch.tensor(own), -100)
        return ids, wanted


def learn(model, batches, steps):
    optimizer = torch.optim.AdamW(model.parameters(), lr=6e-3, betas=(0.9, 0.98), weight_decay=0.02)
    # Warm-up, then down along a cosine.
    rate = lambda step: min(1, (step + 1) / 50) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1, step / steps))))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    begun = time.time()
    for step in range(1, steps + 1):
        ids, wanted = batches.next(48)
        logits = model(ids).logits[:, :-1]
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), wanted[:, 1:].flatten(), ignore_index=-100)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 100 == 0:
            print(f"step {step}: {loss.item():.3f}, {time.time() - begun:.0f} s", flush=True)


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def save(folder, model, tokenizer):
    folder.mkdir(parents=True, exist_ok=True)
    model = model.to(torch.bfloat16)
    model.config.dtype = torch.bfloat16
    model.save_pretrained(folder)
    (folder / "model.safetensors").chmod(0o644)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    end = tokenizer.token_to_id("<|end|>")
    # Greedy unless the call asks for samples.
    write_json(folder / "generation_config.json", dict(bos_token_id=tokenizer.token_to_id("<|bos|>"), eos_token_id=end))
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


class Reference:
    """transformers on the folder as it lies on disk, in float64, one prompt at a time."""

    def __init__(self, folder):
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float64, attn_implementation="eager").eval()

    @torch.inference_mode()
    def greedy(self, messages, **switches):
        text = self.tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True, **switches)
        ids = torch.tensor([self.tokenizer(text, add_special_tokens=False)["input_ids"]])
        made = self.model.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            do_sample=False,
            max_new_tokens=MOST_NEW_TOKENS,
            output_logits=True,
            return_dict_in_generate=True,
        )
        new = made.sequences[0, ids.shape[1] :].tolist()
        logits = torch.stack(made.logits)[:, 0].double()
        best = logits.topk(2).values
        gap = (best[:, 0] - best[:, 1]).min().item()
        sum_of_logprobs = logits.log_softmax(-1)[range(len(new)), new].sum().item()
        return new, self.tokenizer.decode(new, skip_special_tokens=True), gap, sum_of_logprobs


def turns(row):
    """The turns of a row's prompt, which is a text or a transcript, behind its system column."""
    head = [dict(role="system", content=row["system"])] if "system" in row else []
    first, *later = re.split(r"\n\n(Human|Assistant): ", row["prompt"])
    if first:
        return head + [dict(role="user", content=first)]
    roles = dict(Human="user", Assistant="assistant")
    return head + [dict(role=roles[who], content=said) for who, said in zip(later[::2], later[1::2])]


def expected(reference, row, thinking):
    prompt = row["prompt"]
    messages = turns(row)
    switches = dict(enable_thinking=True) if thinking else {}
    ids, text, gap, logprobs = reference.greedy(messages, **switches)
    thought, found, answer = text.partition("</think>")
    if gap < LEAST_GAP:
        raise SystemExit(f"a near tie ({gap:.1e}) in the answer to {prompt!r}: take another seed")
    ended = ids[-1] == reference.tokenizer.eos_token_id
    print(f"{len(ids):3d} {gap:.3f} {'eos' if ended else 'length'} {text!r}", flush=True)
    return dict(
        response=answer if found else text,
        thought=thought if found else None,
        finish="eos" if ended else "length",
        tokens=len(ids),
        logprob_sum=round(logprobs, 8),
    )


def write_expected(folder):
    reference = Reference(folder)
    rows = [json.loads(line) for line in (HOME / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    for name, thinking in (("generate-greedy", False), ("generate-thinking", True)):
        with open(HOME / "expected" / f"{name}.jsonl", "w", encoding="utf-8", newline="\n") as out:
            for number, row in enumerate(rows):
                out.write(json.dumps(dict(line=number, **expected(reference, row, thinking)), ensure_ascii=False) + "\n")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--output", type=pathlib.Path, default=HOME / "demo-generator")
    arguments.add_argument("--steps", type=int, default=1500)
    arguments.add_argument("--expected-only", action="store_true")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    transformers.utils.logging.disable_progress_bar()
    if not options.expected_only:
        print("torch", torch.__version__, "transformers", transformers.__version__, "tokenizers", tokenizers.__version__)
        begun = time.time()
        torch.manual_seed(SEED)
        tokenizer = train_tokenizer()
        model = new_model(tokenizer)
        learn(model, Batches(tokenizer, Language(SEED)), options.steps)
        save(options.output, model, tokenizer)
        print(f"made in {time.time() - begun:.0f} s: {sum(p.numel() for p in model.parameters())} parameters")
    write_expected(options.output)


if __name__ == "__main__":
    main()
