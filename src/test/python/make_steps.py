"""Writes tiny random models that judge the steps of answers, and what their published arithmetic makes of our rows.

    python src/test/python/make_steps.py

Made with torch 2.7.1 and transformers 5.23.0 on a CPU. The rows under `steps/rows` are written by hand and are this
script's input; the models and `steps/expected` are its output. A reference is computed in float64 on the stored
weights, one conversation at a time, and rounded to 8 decimals. How answers are cut and read:

- qwen-math-prm: the card of Qwen2.5-Math-PRM-7B; the head as in vLLM's qwen2_rm.py.
- rlhflow-prm: RLHFFlow of search-and-learn's reward_models.py (027a727).
- math-shepherd: MathShepherd of the same file, the prompt as on the card of math-shepherd-mistral-7b-prm.
- trl-prm: tokenize_row of TRL's PRMTrainer; transformers' own class for the head.
- skywork-prm: prepare_input and derive_step_rewards of skywork-o1-prm-inference (bd299c8), its ValueHead.
"""

import json
import shutil
import zlib

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from transformers import AutoModel, AutoModelForCausalLM, AutoModelForTokenClassification, AutoTokenizer
from transformers import LlamaConfig, MistralConfig, Qwen2Config

import make_references as base

HOME = base.HOME.parent / "steps"
FORMATS = ["helpsteer2", "preference", "candidates", "messages", "stepwise"]
BLANK_LINE = "\n\n"
COMMON = dict(
    hidden_size=32,
    intermediate_size=64,
    vocab_size=576,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=2048,
    tie_word_embeddings=False,
)


def rows(form):
    with open(HOME / "rows" / f"{form}.jsonl", encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def texts():
    found = []
    for form in FORMATS:
        for row in rows(form):
            for at, turns, answer in scored(form, row):
                found += [turn["content"] for turn in turns] + (answer if isinstance(answer, list) else [answer])
    return found


def scored(form, row):
    """For each place its name, the turns before the answer, and the answer: a text, or a list of steps."""
    system = [dict(role="system", content=row["system"])] if "system" in row else []
    if form == "messages":
        return [("reward", row["messages"][:-1], row["messages"][-1]["content"])]
    question = system + [dict(role="user", content=row["prompt"])]
    if form == "helpsteer2":
        return [("reward", question, row["response"])]
    if form == "stepwise":
        return [("reward", question, row["completions"])]
    if form == "candidates":
        return [(f"rewards[{i}]", question, answer) for i, answer in enumerate(row["responses"])]
    return [(f"{which}_reward", question, row[which]) for which in ("chosen", "rejected")]


def words(split):
    """A tokenizer as Qwen and Llama have it, with the token that stands behind Qwen's steps."""
    base.Words.texts = staticmethod(texts)
    return base.Words.byte_level(split, base.Words.HEADER_TOKENS + base.Words.CHATML_TOKENS + ["<extra_0>"], 560)


def pieces():
    """A tokenizer as Mistral has it, which has Math-Shepherd's three words for one token each."""
    base.Words.texts = staticmethod(texts)
    made = json.loads(base.Words.pieces(560).to_str())
    vocabulary = made["model"]["vocab"]
    letters = [["к", "и"], ["▁", "ки"], ["▁", "+"], ["▁", "-"]]
    for word in ["к", "и", "ки", "▁ки", "▁+", "▁-"]:
        if word not in vocabulary:
            vocabulary[word] = len(vocabulary)
    merges = [pair if isinstance(pair, list) else pair.split(" ") for pair in made["model"]["merges"]]
    made["model"]["merges"] = letters + [pair for pair in merges if pair not in letters]
    return Tokenizer.from_str(json.dumps(made))


class Judge:
    """A model that judges steps: how it is made, written and asked."""

    template, special = base.CHATML, dict(bos_token=None, eos_token="<|im_end|>", pad_token="<|endoftext|>")
    separator, head, tensors = BLANK_LINE, None, {}

    def __init__(self, name):
        self.name, self.folder = name, HOME / name

    def tokenizer(self):
        return words(base.ONE_DIGIT)

    def build(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        model = self.kind.from_config(self.config, dtype=torch.bfloat16)
        base.fill(model, self.name, torch.bfloat16)
        model.config.dtype = torch.bfloat16
        model.save_pretrained(self.folder)
        (self.folder / "generation_config.json").unlink(missing_ok=True)
        self.add_head()
        self.tokenizer().save(str(self.folder / "tokenizer.json"), pretty=False)
        written = dict(
            **self.special,
            clean_up_tokenization_spaces=False,
            model_max_length=2048,
            tokenizer_class="PreTrainedTokenizerFast",
        )
        base.write_json(self.folder / "tokenizer_config.json", written)
        if self.template:
            (self.folder / "chat_template.jinja").write_text(self.template, encoding="utf-8")

    def add_head(self):
        """A head of a class that transformers does not have."""
        if not self.head:
            return
        architecture, layers = self.head
        generator = torch.Generator().manual_seed(base.SEED + zlib.crc32(self.name.encode()) % 10_000 + 1)
        stored = load_file(self.folder / "model.safetensors")
        if self.kind is AutoModel:
            stored = {"model." + name: value for name, value in stored.items()}
        for name, outputs, inputs in layers:
            stored[name + ".weight"] = (torch.randn(outputs, inputs, generator=generator) * 2.5 / inputs**0.5).bfloat16()
            stored[name + ".bias"] = (torch.randn(outputs, generator=generator) * 0.5).bfloat16()
        save_file(stored, self.folder / "model.safetensors", metadata=dict(format="pt"))
        config = json.loads((self.folder / "config.json").read_text(encoding="utf-8"))
        config["architectures"] = [architecture]
        base.write_json(self.folder / "config.json", config)

    def load(self):
        self.words = AutoTokenizer.from_pretrained(self.folder)
        stored = load_file(self.folder / "model.safetensors")
        self.stored = {name: value.double() for name, value in stored.items()}
        if self.head:
            self.model = AutoModel.from_config(self.config, dtype=torch.float32, attn_implementation="eager")
            inner = {name[6:]: value.float() for name, value in stored.items() if name.startswith("model.")}
            self.model.load_state_dict(inner, strict=True)
            self.model = self.model.double().eval()
        else:
            self.model = self.kind.from_pretrained(
                self.folder, dtype=torch.float64, attn_implementation="eager"
            ).eval()

    def encode(self, text):
        return self.words(text, add_special_tokens=False)["input_ids"]

    def linear(self, name, states):
        return states @ self.stored[name + ".weight"].T + self.stored[name + ".bias"]

    def steps(self, answer):
        return answer if isinstance(answer, list) else answer.split(self.separator)


class QwenMath(Judge):
    kind, config = AutoModel, Qwen2Config(**COMMON, rope_parameters=base.plain_rotary(10_000.0))
    head = ("Qwen2ForProcessRewardModel", [("score.0", 32, 32), ("score.2", 2, 32)])

    def score(self, turns, answer):
        said = "<extra_0>".join(self.steps(answer)) + "<extra_0>"
        text = self.words.apply_chat_template(turns + [dict(role="assistant", content=said)], tokenize=False)
        ids = self.encode(text)
        states = self.model(torch.tensor([ids])).last_hidden_state[0]
        logits = self.linear("score.2", torch.relu(self.linear("score.0", states)))
        mark = self.words.convert_tokens_to_ids("<extra_0>")
        return ids, torch.softmax(logits, -1)[torch.tensor(ids) == mark, 1].tolist()


class RlhFlow(Judge):
    kind = AutoModelForCausalLM
    config = LlamaConfig(**{**COMMON, "tie_word_embeddings": True}, rope_parameters=base.plain_rotary(10_000.0))
    template, special = base.HEADERS, dict(bos_token="<|begin_of_text|>", eos_token="<|eot_id|>", pad_token="<|end_of_text|>")

    def tokenizer(self):
        return words(base.THREE_DIGITS)

    def score(self, turns, answer):
        candidates = [self.encode("+")[-1], self.encode("-")[-1]]
        said, places = turns[:-1], []
        for number, step in enumerate(self.steps(answer)):
            text = turns[-1]["content"] + " " + step if number == 0 else step
            said = said + [dict(role="user", content=text)]
            asked = self.words.apply_chat_template(said, tokenize=False, add_generation_prompt=True)
            places.append(len(self.encode(asked)) - 1)
            said = said + [dict(role="assistant", content="+")]
        ids = self.encode(self.words.apply_chat_template(said, tokenize=False))
        assert all(ids[place + 1] == candidates[0] for place in places)
        logits = self.model(torch.tensor([ids])).logits[0]
        return ids, [torch.softmax(logits[place, candidates].double(), -1)[0].item() for place in places]


class MathShepherd(Judge):
    kind = AutoModelForCausalLM
    config = MistralConfig(**COMMON, sliding_window=None, rope_parameters=base.plain_rotary(10_000.0))
    template, special = None, dict(bos_token="<s>", eos_token="</s>", unk_token="<unk>", pad_token="</s>")

    def tokenizer(self):
        return pieces()

    def score(self, turns, answer):
        tag = self.encode("ки")[-1]
        candidates = self.encode("+ -")
        assert len(candidates) == 2
        if isinstance(answer, list):
            said = (" ки" + self.separator).join(answer) + " ки"
        else:
            said = answer.replace(self.separator, " ки" + self.separator)
            # What is left behind the last tag is read by nobody.
            said = said.removesuffix(self.separator) if said.endswith(self.separator) else said + " ки"
        ids = self.encode("<s>" + " ".join([turn["content"] for turn in turns] + [said]))
        scores = torch.softmax(self.model(torch.tensor([ids])).logits[0][:, candidates].double(), -1)[:, 0]
        return ids, scores[torch.tensor(ids) == tag].tolist()


class Trl(Judge):
    kind = AutoModelForTokenClassification
    config = Qwen2Config(**COMMON, num_labels=2, rope_parameters=base.plain_rotary(10_000.0))
    template = None

    def score(self, turns, answer):
        ids = self.encode("".join(turn["content"] for turn in turns))
        places = []
        for step in self.steps(answer):
            ids = ids + self.encode(step) + self.encode(self.separator)
            places.append(len(ids) - 1)
        logits = self.model(torch.tensor([ids])).logits[0].double()
        return ids, torch.softmax(logits, -1)[places, 1].tolist()


class Skywork(Judge):
    kind = AutoModelForCausalLM
    config = Qwen2Config(**COMMON, rope_parameters=base.plain_rotary(10_000.0))
    head = ("Qwen2ForPrmModel", [("v_head.summary", 1, 32)])
    template, special = None, dict(bos_token="<|endoftext|>", eos_token="<|im_end|>", pad_token="<|endoftext|>")
    separator = "\n"

    def score(self, turns, answer):
        ids = self.encode("<|endoftext|>" + "".join(turn["content"] + "\n" for turn in turns))
        mark = self.encode(self.separator)[-1]
        places = []
        for step in self.steps(answer):
            ids = ids + (self.encode(step) if step else []) + [mark]
            places.append(len(ids) - 1)
        values = self.linear("v_head.summary", self.model(torch.tensor([ids])).last_hidden_state[0])
        return ids, torch.sigmoid(values[places, 0]).tolist()


@torch.inference_mode()
def main():
    torch.set_num_threads(2)
    (HOME / "expected").mkdir(exist_ok=True)
    judges = dict(QwenMath="qwen-math-prm", RlhFlow="rlhflow-prm", MathShepherd="math-shepherd", Trl="trl-prm", Skywork="skywork-prm")
    for kind, name in judges.items():
        judge = globals()[kind](name)
        judge.build()
        judge.load()
        all_scores = []
        for form in FORMATS:
            with open(HOME / "expected" / f"{name}.{form}.jsonl", "w", encoding="utf-8", newline="\n") as out:
                for number, row in enumerate(rows(form)):
                    found = []
                    for at, turns, answer in scored(form, row):
                        ids, score = judge.score(turns, answer)
                        found.append(dict(at=at, tokens=len(ids), score=[round(step, 8) for step in score]))
                        all_scores += score
                    out.write(json.dumps(dict(line=number, scores=found)) + "\n")
        values = torch.tensor(all_scores)
        print(name, len(values), "steps, from %.3f to %.3f, deviation %.3f" % (values.min(), values.max(), values.std()))


if __name__ == "__main__":
    main()
