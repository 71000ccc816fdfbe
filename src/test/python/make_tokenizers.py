"""Writes several hundred tokenizer folders in small and the ids that transformers gives to some texts with them.

    python src/test/python/make_tokenizers.py

Made with transformers 5.23.0 and tokenizers 0.23.3 (no PyTorch needed). The output is `resources/tokenizers/folders.json.gz`:

- `models`: vocabularies, shared by the folders; `fillers` texts `filler0`, `filler1` ... follow the vocabulary of `base`
- `texts`: what is tokenized
- `folders`: the files of each (`config`, `tokenizer_config`, maybe `special_tokens_map` and `added_tokens`, `tokenizer`
  without its model, which is `model` with `settings` laid over it, before the other fields if `model_first`), and of
  transformers either `error`, or its class, `special_tokens_map` and `ids`, a list per text that is written as its place
  in `encodings`, or null if the text cannot be tokenized

Each folder is drawn at random around one of the shapes that published ones have, and then bent.
"""

import gzip
import json
import os
import pathlib
import random
import tempfile

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_VERBOSITY"] = "error"

import tokenizers
import transformers
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import AutoTokenizer

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "tokenizers"
SEED = 523
FOLDERS = 640
LARGE = 6

CORPUS = [
    "The quick brown fox jumps over the lazy dog, and the dog sleeps on. I'm sure they've seen it; we'll say so.",
    "Please help me to write a helpful answer, because the user asked for three good reasons in 2024.",
    "user assistant system hello world HELLO World don't can't it's",
    "Über die Straße fährt ein schönes Auto. Das kostet 1.234,50 €.",
    "Ça va très bien, merci beaucoup; où est la bibliothèque ?",
    "Привет, мир! Как дела сегодня?",
    "你好世界，今天天气很好。", "こんにちは世界", "안녕하세요 세계",
    "def f(x):\n    return x + 1\n\nfor i in range(10):\n\tprint(i)\n",
] * 4

ADDED = [
    "<s>", "</s>", "<unk>", "<pad>", "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|eot_id|>", "<think>", "</think>",
    "<extra_0>", "<extra_1>", "\u2581<PRE>", "\u2581<MID>", "<FILL_ME>", "[INST]", "  ", "hello", "<|padding|>", "<image>",
    "the", "Stra\u00dfe", "e\u0301", "<<", "\n\n",
]
NAMED = ["bos_token", "eos_token", "unk_token", "pad_token", "sep_token", "cls_token", "mask_token"]

TEXTS = [
    "",
    " ",
    "Hello world",
    " leading and trailing ",
    "  two  spaces   three    four",
    "hello\n\nworld\n \n\tdone\r\n",
    "I'm sure they've seen it, WE'LL SAY SO; don't",
    "12345 and 1.234,50 \u20ac in 2024",
    "Stra\u00dfe cafe\u0301 caf\u00e9 e\u0301e\u0301 \u00dcber",
    "\u4f60\u597d\u4e16\u754c\uff0c\u4eca\u5929 \u3053\u3093\u306b\u3061\u306f \uc548\ub155 \u041f\u0440\u0438\u0432\u0435\u0442",
    "emoji \U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 and \u2581 itself \u2581\u2581x",
    "<s>hello</s>",
    "<s> hello </s> world",
    "<|im_start|>user\nhello world<|im_end|>\n<|im_start|>assistant\nYes.<|im_end|>\n",
    "<|im_start|> user <|im_end|> x",
    "<|endoftext|><|eot_id|><|padding|><pad><unk>",
    "a<think>b</think>c <think> d </think> e",
    "[INST] hello [/INST]<extra_0><extra_1> <extra_0>",
    "\u2581<PRE>x \u2581<MID> <PRE> <FILL_ME>y <image>z",
    "thehello hello the <<SYS>> <<<s>> Hello",
    "<S> </S> <|IM_END|> HELLO The",
    "\x00\x07 \u00a0\u3000\ufeff\u200b zero",
    "def f(x):\n    return x + 1\n\tfor i in range(10):",
    "x" * 40 + " " * 20 + "\n" * 5 + "_" * 9,
]


def byte_level_model():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=420, show_progress=False, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
    )
    tokenizer.train_from_iterator(CORPUS, trainer)
    return json.loads(tokenizer.to_str())["model"]


def sentencepiece_model():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(split=True)
    byte_tokens = [f"<0x{b:02X}>" for b in range(256)]
    trainer = trainers.BpeTrainer(
        vocab_size=700, show_progress=False, special_tokens=["<unk>", "<s>", "</s>", *byte_tokens]
    )
    tokenizer.train_from_iterator(CORPUS[:6], trainer)
    model = json.loads(tokenizer.to_str())["model"]
    return model | {"fuse_unk": True, "byte_fallback": True, "unk_token": "<unk>"}


def unigram_model():
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=300, show_progress=False, special_tokens=["<unk>", "<s>", "</s>"], unk_token="<unk>"
    )
    tokenizer.train_from_iterator(CORPUS, trainer)
    return json.loads(tokenizer.to_str())["model"]


def with_named(model, contents):
    """The same model with some added tokens as entries of its vocabulary."""
    vocab = dict(model["vocab"])
    for content in contents:
        vocab.setdefault(content, len(vocab))
    return model | {"vocab": vocab}


def with_hole(model):
    """The same with an entry whose id lies beyond the number of entries."""
    return model | {"vocab": model["vocab"] | {"<|im_end|>": len(model["vocab"]) + 2}}


def all_models():
    byte_level, sentencepiece = byte_level_model(), sentencepiece_model()
    return {
        "bytes": byte_level,
        "bytes-named": with_named(byte_level, ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<think>", "hello"]),
        "bytes-hole": with_hole(byte_level),
        "pieces": sentencepiece,
        "pieces-named": with_named(sentencepiece, ["<pad>", "\u2581<PRE>", "[INST]", "<|im_end|>"]),
        "unigram": unigram_model(),
    }


LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
QWEN2 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"


def byte_level(prefix=False, regex=True):
    return {"type": "ByteLevel", "add_prefix_space": prefix, "trim_offsets": True, "use_regex": regex}


def split(pattern):
    return {"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Isolated", "invert": False}


def sequence(*steps):
    return {"type": "Sequence", "pretokenizers": list(steps)}


def metaspace(scheme, cut):
    return {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": scheme, "split": cut}


BYTE_PARTS = [
    (None, byte_level()),
    (None, byte_level(prefix=True)),
    (None, sequence(split(LLAMA3), byte_level(regex=False))),
    ({"type": "NFC"}, sequence(split(QWEN2), byte_level(regex=False))),
    (None, sequence({"type": "Digits", "individual_digits": True}, byte_level())),
    ({"type": "NFC"}, byte_level()),
    ({"type": "Lowercase"}, byte_level()),
]
PREPEND = {"type": "Prepend", "prepend": "\u2581"}
REPLACE = {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}
PIECE_PARTS = [
    ({"type": "Sequence", "normalizers": [PREPEND, REPLACE]}, None),
    (REPLACE, None),
    (None, metaspace("always", False)),
    (None, metaspace("first", False)),
    (None, metaspace("never", False)),
    (None, metaspace("first", True)),
    ({"type": "Sequence", "normalizers": [{"type": "NFKC"}, REPLACE]}, None),
]
BYTE_DECODER = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True}
PIECE_DECODER = {"type": "Sequence", "decoders": [{"type": "ByteFallback"}, {"type": "Fuse"}]}

CLASSES = [
    "LlamaTokenizer", "LlamaTokenizerFast", "CodeLlamaTokenizer", "GPT2Tokenizer", "GPT2TokenizerFast", "GPTNeoXTokenizer",
    "GPTNeoXTokenizerFast", "Qwen2Tokenizer", "Qwen2TokenizerFast", "PreTrainedTokenizerFast", "TokenizersBackend",
    "PreTrainedTokenizer", "SomeoneElsesTokenizer", "CodeLlamaTokenizerFast", None,
]


class Drawn:
    """One folder, drawn."""

    def __init__(self, rng, vocabularies):
        self.rng = rng
        kind = rng.choice(["bytes", "bytes", "pieces"]) if rng.random() < 0.96 else "unigram"
        self.model = rng.choice([name for name in vocabularies if name.startswith(kind)] or list(vocabularies))
        self.config = {"model_type": rng.choice(["llama", "llama", "mistral", "qwen2", "qwen3"])}
        self.tokenizer_config = {}
        self.special_tokens_map = None
        self.added_tokens = None
        self.settings = {}
        normalizer, pre_tokenizer = rng.choice(PIECE_PARTS if self.model.startswith(("p", "u")) else BYTE_PARTS)
        self.tokenizer = {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": self.file_tokens(vocabularies),
            "normalizer": normalizer,
            "pre_tokenizer": pre_tokenizer,
            "post_processor": None,
            "decoder": PIECE_DECODER if self.model.startswith(("p", "u")) else BYTE_DECODER,
        }
        self.draw_class()
        self.draw_named()
        self.draw_more()
        self.model_first = rng.random() < 0.1

    def flags(self, content):
        """Those that published files have, and at times others."""
        rng = self.rng
        special = rng.random() < 0.7
        flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": not special, "special": special}
        for name in ("single_word", "lstrip", "rstrip", "normalized"):
            if rng.random() < 0.1:
                flags[name] = not flags[name]
        return {"content": content, **flags}

    def file_tokens(self, vocabularies):
        rng = self.rng
        vocab = vocabularies[self.model]["vocab"]
        size = len(vocab)
        known = [content for content in ADDED if content in vocab]
        others = [content for content in ADDED if content not in vocab]
        chosen = [c for c in known if rng.random() < 0.7] + rng.sample(others, rng.choice([0, 1, 3, 5]))
        if rng.random() < 0.2:
            rng.shuffle(chosen)
        tokens = []
        for content in chosen:
            if content in known and isinstance(vocab, dict):
                index = vocab[content]
            else:
                index, size = size, size + 1
            tokens.append({"id": index, **self.flags(content)})
        return tokens

    def draw_class(self):
        rng = self.rng
        name = rng.choice(CLASSES)
        if name is not None:
            (self.config if rng.random() < 0.08 else self.tokenizer_config)["tokenizer_class"] = name
        if rng.random() < 0.5:
            self.tokenizer_config["legacy"] = rng.choice([True, False, None])
        if rng.random() < 0.4:
            self.tokenizer_config["add_prefix_space"] = rng.choice([True, False, False, None])
        if rng.random() < 0.2:
            self.tokenizer_config["add_bos_token"] = rng.choice([True, False])
        if rng.random() < 0.03:
            self.config["model_name"] = rng.choice(["molmo", "anything"])

    def token_value(self, content):
        """As tokenizer_config.json writes a special token."""
        kind = self.rng.random()
        if kind < 0.8:
            return content
        return {"__type": "AddedToken", **self.flags(content)}

    def draw_named(self):
        rng = self.rng
        for name in NAMED:
            if rng.random() < {"eos_token": 0.9, "bos_token": 0.8, "pad_token": 0.6, "unk_token": 0.6}.get(name, 0.08):
                # A first token of spaces breaks CodeLlama's template of special tokens.
                known = [content for content in ADDED if name != "bos_token" or content.strip()]
                self.tokenizer_config[name] = None if rng.random() < 0.15 else self.token_value(rng.choice(known))
        if rng.random() < 0.1:
            self.tokenizer_config["image_token"] = rng.choice(["<image>", "<extra_0>", {"__type": "AddedToken", "content": "<image>"}])
        if rng.random() < 0.3:
            key = rng.choice(["extra_special_tokens", "additional_special_tokens", "additional_special_tokens"])
            self.tokenizer_config[key] = rng.choice(
                [
                    [],
                    None,
                    [self.token_value(content) for content in rng.sample(ADDED, 2)],
                    [self.token_value(content) for content in rng.sample(ADDED, 4)],
                ]
            )
            if key == "extra_special_tokens" and rng.random() < 0.4:
                self.tokenizer_config[key] = {"eoi_token": rng.choice(ADDED), "boi": rng.choice(ADDED)}
            elif rng.random() < 0.1:
                self.tokenizer_config["extra_special_tokens"] = []

    def draw_more(self):
        rng = self.rng
        if rng.random() < 0.45:
            self.draw_decoder()
        if rng.random() < 0.35:
            self.draw_map()
        if rng.random() < 0.3:
            size = 450
            self.added_tokens = {content: size + i for i, content in enumerate(rng.sample(ADDED, rng.choice([1, 3])))}
            if rng.random() < 0.3:
                self.added_tokens[rng.choice(ADDED)] = 3
        if rng.random() < 0.1:
            self.tokenizer_config["split_special_tokens"] = rng.random() < 0.7
        if rng.random() < 0.05:
            self.tokenizer_config["fix_mistral_regex"] = True
        if rng.random() < 0.05:
            self.tokenizer["padding"] = {
                "strategy": "BatchLongest", "direction": "Right", "pad_to_multiple_of": None, "pad_id": 0,
                "pad_type_id": 0, "pad_token": rng.choice(["<pad>", "<|endoftext|>", "<extra_1>"]),
            }
        if rng.random() < 0.05:
            self.tokenizer["truncation"] = {"direction": "Right", "max_length": 4, "strategy": "LongestFirst", "stride": 0}
        if rng.random() < 0.1 and self.model != "unigram":
            self.settings["ignore_merges"] = True
        if rng.random() < 0.1 and self.model.startswith("b"):
            self.settings["unk_token"] = "<|endoftext|>"
        if rng.random() < 0.03:
            self.tokenizer["added_tokens"] += [{"id": 5, **self.flags(rng.choice(ADDED))}]

    def draw_decoder(self):
        rng = self.rng
        decoder = {str(token["id"]): {k: v for k, v in token.items() if k != "id"} for token in self.tokenizer["added_tokens"]}
        bent = rng.random()
        if bent < 0.25 and decoder:
            del decoder[rng.choice(list(decoder))]
        elif bent < 0.5:
            for i in range(rng.choice([1, 2])):
                decoder[str(rng.choice([430, 440, 1200, 7]) + i)] = self.flags(rng.choice(ADDED))
        elif bent < 0.6 and decoder:
            key = rng.choice(list(decoder))
            decoder[key] = self.flags(decoder[key]["content"])
        elif bent < 0.65:
            decoder = {}
        elif bent < 0.7 and decoder:
            decoder[rng.choice(list(decoder))].pop("normalized")
        self.tokenizer_config["added_tokens_decoder"] = decoder

    def draw_map(self):
        rng = self.rng
        self.special_tokens_map = {}
        for name in NAMED:
            if rng.random() < 0.4:
                content = rng.choice(ADDED)
                self.special_tokens_map[name] = rng.choice([content, content, self.flags(content)])
        if rng.random() < 0.4:
            key = rng.choice(["additional_special_tokens", "extra_special_tokens"])
            tokens = rng.sample(ADDED, 2)
            if key == "extra_special_tokens" and rng.random() < 0.5:
                tokens[0] = self.flags(tokens[0])
            self.special_tokens_map[key] = tokens
            if rng.random() < 0.08:
                self.special_tokens_map[key] = [self.flags(content) for content in tokens]
        if rng.random() < 0.1:
            self.special_tokens_map["image_token"] = rng.choice(["<image>", self.flags("<image>")])

    def json(self):
        folder = {"config": self.config, "tokenizer_config": self.tokenizer_config, "tokenizer": self.tokenizer}
        folder |= {"model": self.model, "settings": self.settings, "model_first": self.model_first}
        if self.special_tokens_map is not None:
            folder["special_tokens_map"] = self.special_tokens_map
        if self.added_tokens is not None:
            folder["added_tokens"] = self.added_tokens
        return folder


def large_folders(rng, vocabularies):
    """Mistral folders of more than 100,000 tokens, which fix_mistral_regex is for."""
    for i in range(LARGE):
        drawn = Drawn(rng, {"bytes-large": vocabularies["bytes"]})
        normalizer, drawn.tokenizer["pre_tokenizer"] = BYTE_PARTS[i % 3] if i != 4 else (None, None)
        drawn.model = "bytes-large"
        drawn.tokenizer["normalizer"] = normalizer
        drawn.config = {"model_type": "mistral" if i != 5 else "llama"}
        drawn.tokenizer_config["fix_mistral_regex"] = i != 1
        drawn.tokenizer_config.pop("split_special_tokens", None)
        if i == 3:
            drawn.config["transformers_version"] = "5.1.0"
        elif i > 0:
            drawn.config["transformers_version"] = "4.57.1"
        yield drawn.json()


def filled(model):
    vocab = model["vocab"] | {f"filler{i}": len(model["vocab"]) + i for i in range(100_001)}
    return model | {"vocab": vocab}


def write(folder, vocabularies, path):
    def put(name, content):
        (path / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    model = {"model": vocabularies[folder["model"]] | folder["settings"]}
    put("tokenizer.json", model | folder["tokenizer"] if folder["model_first"] else folder["tokenizer"] | model)
    put("config.json", folder["config"])
    put("tokenizer_config.json", folder["tokenizer_config"])
    for name in ("special_tokens_map", "added_tokens"):
        if name in folder:
            put(name + ".json", folder[name])


def ids(tokenizer, text):
    """None if the text cannot be tokenized, as with an unknown token that is not in the vocabulary, or is not text alone:
    CodeLlama's fill token asks for infilling, after which that tokenizer is another one."""
    if (getattr(tokenizer, "fill_token", None) or "\0\0") in text:
        return None
    try:
        return tokenizer(text, add_special_tokens=False)["input_ids"]
    except Exception:
        return None


def reference(folder, vocabularies):
    with tempfile.TemporaryDirectory() as path:
        write(folder, vocabularies, pathlib.Path(path))
        try:
            tokenizer = AutoTokenizer.from_pretrained(path)
            return {
                "class": type(tokenizer).__name__,
                "special_tokens_map": tokenizer.special_tokens_map,
                "ids": [ids(tokenizer, text) for text in TEXTS],
            }
        except BaseException as e:  # the library's panics are no Exceptions
            if isinstance(e, KeyboardInterrupt):
                raise
            return {"error": f"{type(e).__name__}: {e}"[:200].replace(path, "FOLDER")}


def main():
    rng = random.Random(SEED)
    vocabularies = all_models()
    folders = [Drawn(rng, vocabularies).json() for _ in range(FOLDERS)]
    folders += large_folders(rng, vocabularies)
    vocabularies["bytes-large"] = filled(vocabularies["bytes"])
    encodings = {}
    for folder in folders:
        expected = reference(folder, vocabularies)
        if "ids" in expected:
            expected["ids"] = [
                None if ids is None else encodings.setdefault(tuple(ids), len(encodings)) for ids in expected["ids"]
            ]
        folder["expected"] = expected
    vocabularies["bytes-large"] = {"base": "bytes", "fillers": 100_001}
    content = {
        "versions": {"transformers": transformers.__version__, "tokenizers": tokenizers.__version__, "seed": SEED},
        "models": vocabularies,
        "texts": TEXTS,
        "encodings": list(encodings),
        "folders": folders,
    }
    HOME.mkdir(parents=True, exist_ok=True)
    data = json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode()
    (HOME / "folders.json.gz").write_bytes(gzip.compress(data, 9, mtime=0))
    errors = [folder["expected"]["error"] for folder in folders if "error" in folder["expected"]]
    print(f"{len(folders)} folders, {len(errors)} of them refused, {len(encodings)} encodings, {len(data)} bytes")
    for error in sorted(set(errors)):
        print(f"  {errors.count(error)} x {error}")


if __name__ == "__main__":
    main()
