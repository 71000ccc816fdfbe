"""Writes tiny random encoders in Hugging Face's layout and what transformers scores our rows with them.

    python src/test/python/make_encoders.py

Made with torch 2.7.1 and transformers 5.23.0 on a CPU. Its input are the rows under `references/rows`; the checkpoints,
`encoders/expected` and `encoders/versions.json` are its output. Tokenizers of WordPiece and Unigram are trained anew
each time and come out otherwise each time: the stored files belong together. A reference is computed in float64 on the
stored weights, one text or pair at a time, without padding, and rounded to 8 decimals. What a checkpoint's name ends
with says what it reads: the answer alone, a pair of all turns before (joined by a newline) and the answer, or the whole
conversation (all turns, nothing between). A text with more tokens than the model takes is cut by the tokenizer
(longest_first) and marked `over_long`.
"""

import json
import pathlib
import shutil
import zlib

import tokenizers
import torch
import transformers
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoModel, AutoModelForSequenceClassification, AutoTokenizer
from transformers import BertConfig, DebertaV2Config, ModernBertConfig, RobertaConfig

from make_references import Words, rows, scored, write_json

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "encoders"
FORMATS = ["helpsteer2", "helpsteer3", "messages", "sharegpt", "candidates", "preference"]
SIZE = 300
BERTS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
ROBERTAS = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
NAMES = dict(cls_token="[CLS]", sep_token="[SEP]", pad_token="[PAD]", unk_token="[UNK]", mask_token="[MASK]")


def template(tokenizer, first, last, pair):
    ends = [(word, tokenizer.token_to_id(word)) for word in (first, last)]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first} $A {last}", pair=pair, special_tokens=ends
    )
    return tokenizer


def wordpiece():
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.train_from_iterator(
        Words.texts(), trainers.WordPieceTrainer(vocab_size=SIZE, special_tokens=BERTS, show_progress=False)
    )
    return template(tokenizer, "[CLS]", "[SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1")


def unigram():
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.train_from_iterator(
        Words.texts(),
        trainers.UnigramTrainer(vocab_size=SIZE, special_tokens=BERTS, unk_token="[UNK]", show_progress=False),
    )
    return template(tokenizer, "[CLS]", "[SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1")


def byte_pairs():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(
        Words.texts(),
        trainers.BpeTrainer(
            vocab_size=SIZE,
            special_tokens=ROBERTAS,
            initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
            show_progress=False,
        ),
    )
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=True)
    return tokenizer


def labelled(config, *names, **more):
    config.num_labels = len(names) or 1
    if names:
        config.id2label = dict(enumerate(names))
        config.label2id = {name: number for number, name in enumerate(names)}
    for key, value in more.items():
        setattr(config, key, value)
    return config


SMALL = dict(vocab_size=SIZE, num_hidden_layers=2, num_attention_heads=4, intermediate_size=40)


def deberta(**more):
    return DebertaV2Config(
        **SMALL, relative_attention=True, layer_norm_eps=1e-7, pad_token_id=0, type_vocab_size=0,
        position_biased_input=False, pooler_dropout=0, **more,
    )


def zoo():
    """By name: the configuration, the tokenizer's maker, its inputs, the type that weights are stored in."""
    return {
        "bert-answer": (
            labelled(BertConfig(**SMALL, hidden_size=24, max_position_embeddings=64)),
            wordpiece, ["input_ids", "token_type_ids", "attention_mask"], torch.float32,
        ),
        "bert-pair": (
            labelled(
                BertConfig(**SMALL, hidden_size=24, max_position_embeddings=64, hidden_act="gelu_new"),
                "bad", "fair", "good", problem_type="multi_label_classification",
            ),
            wordpiece, ["input_ids", "token_type_ids", "attention_mask"], torch.float32,
        ),
        "roberta-pair": (
            labelled(
                RobertaConfig(
                    **SMALL, hidden_size=32, max_position_embeddings=66, type_vocab_size=1, pad_token_id=1,
                    bos_token_id=0, eos_token_id=2,
                ),
                "no", "yes",
            ),
            byte_pairs, ["input_ids", "attention_mask"], torch.bfloat16,
        ),
        "deberta-conversation": (
            labelled(
                deberta(
                    hidden_size=40, position_buckets=16, norm_rel_ebd="layer_norm", share_att_key=True,
                    pos_att_type="p2c|c2p", max_position_embeddings=256,
                )
            ),
            unigram, ["input_ids", "token_type_ids", "attention_mask"], torch.float16,
        ),
        "deberta-pair": (
            labelled(
                deberta(
                    hidden_size=24, position_buckets=12, share_att_key=False, pos_att_type=["p2c"],
                    max_position_embeddings=48, conv_kernel_size=3, conv_act="gelu", conv_groups=2,
                )
            ),
            unigram, ["input_ids", "attention_mask"], torch.float32,
        ),
        "modernbert-pair": (
            labelled(
                ModernBertConfig(
                    **{**SMALL, "num_hidden_layers": 4}, hidden_size=24, local_attention=14, classifier_pooling="cls",
                    classifier_bias=True, mlp_bias=True, norm_bias=True, attention_bias=True, pad_token_id=0,
                    cls_token_id=2, sep_token_id=3, bos_token_id=2, eos_token_id=3,
                ),
            ),
            wordpiece, ["input_ids", "attention_mask"], torch.float32,
        ),
        "modernbert-answer": (
            labelled(
                ModernBertConfig(
                    **{**SMALL, "num_hidden_layers": 4}, hidden_size=24, local_attention=10, classifier_pooling="mean",
                    pad_token_id=0, cls_token_id=2, sep_token_id=3, bos_token_id=2, eos_token_id=3,
                ),
                "low", "medium", "high",
            ),
            wordpiece, ["input_ids", "attention_mask"], torch.float32,
        ),
    }


def fill(model, name, dtype):
    """Numbers large enough that a fault in masks, positions or norms moves scores."""
    generator = torch.Generator().manual_seed(zlib.crc32(name.encode()))
    for key, weight in model.named_parameters():
        numbers = torch.randn(weight.shape, generator=generator)
        if weight.dim() < 2:
            scale = 0.2
            shift = 1.0 if key.endswith("weight") else 0.0
            weight.data = (shift + scale * numbers).to(dtype)
        else:
            spread = 1.0 if "embed" in key else 2.2 / weight.shape[1] ** 0.5
            weight.data = (spread * numbers).to(dtype)


def save(folder, config, tokenizer, inputs, limit):
    tokenizer.save(str(folder / "tokenizer.json"))
    names = NAMES
    if "<s>" in tokenizer.get_vocab():
        names = dict(cls_token="<s>", sep_token="</s>", pad_token="<pad>", unk_token="<unk>", mask_token="<mask>")
    write_json(
        folder / "tokenizer_config.json",
        dict(
            tokenizer_class="PreTrainedTokenizerFast", model_max_length=limit, clean_up_tokenization_spaces=False,
            model_input_names=inputs, **names,
        ),
    )


def limit_of(config):
    if config.model_type == "roberta":
        return config.max_position_embeddings - 2
    if config.model_type == "deberta-v2":
        return 1_000_000_000
    return config.max_position_embeddings


def build(name, spec):
    config, words, inputs, dtype = spec
    folder = HOME / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    model = AutoModelForSequenceClassification.from_config(config, dtype=dtype)
    fill(model, name, dtype)
    model.config.dtype = dtype
    model.save_pretrained(folder)
    save(folder, config, words(), inputs, limit_of(config))
    return folder


def build_curator():
    """As NVIDIA's classifiers are stored: a base by name, here a folder beside, and a layer fc on its first state."""
    base, folder = HOME / "curator-base", HOME / "curator-answer"
    for each in (base, folder):
        shutil.rmtree(each, ignore_errors=True)
        each.mkdir(parents=True)
    config = deberta(
        hidden_size=24, position_buckets=12, norm_rel_ebd="layer_norm", share_att_key=True,
        pos_att_type="p2c|c2p", max_position_embeddings=96,
    )
    config.save_pretrained(base)
    model = AutoModel.from_config(config, dtype=torch.float32)
    fill(model, "curator", torch.float32)
    generator = torch.Generator().manual_seed(7)
    weights = {"model." + key: weight.contiguous() for key, weight in model.state_dict().items()}
    weights["fc.weight"] = torch.randn(3, 24, generator=generator)
    weights["fc.bias"] = torch.randn(3, generator=generator)
    save_file(weights, folder / "model.safetensors", metadata=dict(format="pt"))
    labels = ["High", "Medium", "Low"]
    write_json(
        folder / "config.json",
        dict(
            base_model="../curator-base", fc_dropout=0.2, id2label={str(n): word for n, word in enumerate(labels)},
            label2id={word: n for n, word in enumerate(labels)},
        ),
    )
    save(folder, config, unigram(), ["input_ids", "token_type_ids", "attention_mask"], 1_000_000_000)
    return folder


def text(turn):
    content = turn.get("content")
    if isinstance(content, list):
        content = "".join(part.get("text", "") for part in content)
    # A half of a surrogate pair that stands alone is no character.
    return (content or "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def texts(name, messages):
    said = [text(turn) for turn in messages]
    if name.endswith("pair"):
        return ["\n".join(said[:-1]), said[-1]]
    return [said[-1]] if name.endswith("answer") else ["".join(said)]


class Reference:
    def __init__(self, name, folder, limit, dtype):
        self.name, self.limit = name, limit
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.head = None
        if name.startswith("curator"):
            weights = load_file(folder / "model.safetensors")
            config = DebertaV2Config.from_pretrained(HOME / "curator-base")
            model = AutoModel.from_config(config, attn_implementation="eager")
            inner = {key[6:]: weight for key, weight in weights.items() if key.startswith("model.")}
            model.load_state_dict(inner, strict=True)
            self.head = weights["fc.weight"].to(dtype), weights["fc.bias"].to(dtype)
            self.names = ["High", "Medium", "Low"]
        else:
            model = AutoModelForSequenceClassification.from_pretrained(
                folder, dtype=torch.float32, attn_implementation="eager"
            )
            labels = model.config.id2label
            self.names = [labels[n] for n in range(model.config.num_labels)]
        self.model = model.to(dtype).eval()

    @torch.inference_mode()
    def score(self, messages):
        parts = texts(self.name, messages)
        ids = self.tokenizer(*parts)
        tokens = len(ids["input_ids"])
        if tokens > self.limit:
            ids = self.tokenizer(*parts, truncation=True, max_length=self.limit)
        given = {key: torch.tensor([value]) for key, value in ids.items() if key != "attention_mask"}
        if getattr(self.model.config, "type_vocab_size", 0) < 2:
            given.pop("token_type_ids", None)
        out = self.model(**given)
        if self.head:
            values = (self.head[0] @ out.last_hidden_state[0, 0] + self.head[1]).tolist()
        else:
            values = out.logits[0].tolist()
        values = [round(value, 8) for value in values]
        score = values[0] if len(values) == 1 else dict(zip(self.names, values))
        return dict(tokens=tokens, **(dict(over_long=True) if tokens > self.limit else {}), score=score)


def values_of(score):
    return list(score.values()) if isinstance(score, dict) else [score]


def expect(name, folder, limit):
    reference = Reference(name, folder, limit, torch.float64)
    single = Reference(name, folder, limit, torch.float32)
    worst, count = 0.0, 0
    for form in FORMATS:
        with open(HOME / "expected" / f"{name}.{form}.jsonl", "w", encoding="utf-8", newline="\n") as out:
            for number, row in enumerate(rows(form)):
                places = []
                for at, messages in scored(form, row):
                    if row.get("tools"):
                        places.append(dict(at=at, error="tools"))
                        continue
                    found = reference.score(messages)
                    near = single.score(messages)
                    worst = max(worst, *map(lambda a, b: abs(a - b), values_of(found["score"]), values_of(near["score"])))
                    count += 1
                    places.append(dict(at=at, **found))
                out.write(json.dumps(dict(line=number, scores=places), ensure_ascii=False) + "\n")
    summary = dict(scores=count, fp32_max_difference=float(f"{worst:.2g}"))
    print(name, summary, flush=True)
    return summary


def main():
    torch.set_num_threads(1)
    transformers.utils.logging.disable_progress_bar()
    (HOME / "expected").mkdir(parents=True, exist_ok=True)
    summaries = {}
    for name, spec in zoo().items():
        summaries[name] = expect(name, build(name, spec), limit_of(spec[0]))
    summaries["curator-answer"] = expect("curator-answer", build_curator(), 1_000_000_000)
    write_json(
        HOME / "versions.json",
        dict(
            reference="transformers in float64, one text or pair at a time, no padding",
            torch=torch.__version__,
            transformers=transformers.__version__,
            tokenizers=tokenizers.__version__,
            models=summaries,
        ),
    )


if __name__ == "__main__":
    main()
