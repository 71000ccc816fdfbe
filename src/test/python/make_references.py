"""Writes tiny random checkpoints in Hugging Face's layout and what transformers scores our rows with them.

    python src/test/python/make_references.py [CHECKPOINT ...]

With names only those checkpoints are made again; the files of the others stay as they are.
Made with torch 2.7.1 and transformers 5.23.0 on a CPU. The rows under `references/rows` are written by hand and are
this script's input; the checkpoints, `references/expected` and `references/versions.json` are its output.
Weights are stored in the dtype that config.json names. A reference is computed in float64 on the stored weights, one
conversation at a time, without padding, and rounded to 8 decimals. (Even then transformers computes rotary angles,
norms and the softmax in fp32; arithmetic that is float64 throughout differs from it by up to 1.3e-5.) `versions.json`
says how far transformers' own fp32 is from the reference. The weights are scaled such that a fault in masks, rotary
angles, biases, head grouping or the position that is read moves the scores of most rows by 0.1 and more.
"""

import copy
import json
import pathlib
import re
import shutil
import sys
import zlib

import tokenizers
import torch
import transformers
from safetensors.torch import load_file, save_file
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoConfig, AutoModel, AutoModelForCausalLM, AutoModelForSequenceClassification, AutoTokenizer
from transformers import LlamaConfig, MistralConfig, MixtralConfig, NemotronHConfig, Qwen2Config, Qwen3Config, Qwen3MoeConfig

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "references"
FORMATS = ["steerlm", "helpsteer2", "helpsteer3", "messages", "sharegpt", "candidates", "preference"]
SEED = 20_260

ATTRIBUTES_OF_FIVE = ["helpfulness", "correctness", "coherence", "complexity", "verbosity"]
ATTRIBUTES_OF_NINE = ["quality", "toxicity", "humor", "creativity", *ATTRIBUTES_OF_FIVE]

STEERLM_SYSTEM = (
    "A chat between a curious user and an artificial intelligence assistant. "
    "The assistant gives helpful, detailed, and polite answers to the user's questions."
)

# A turn between header tokens. Contents are trimmed, so that a list of parts is printed as Python prints a list.
HEADERS = """\
{{- bos_token }}
{%- for message in messages %}
    {{- '<|start_header_id|>' ~ message['role'] ~ '<|end_header_id|>\\n\\n' }}
    {%- if message.tool_calls %}
        {%- for call in message.tool_calls %}
            {{- call.function | tojson }}
        {%- endfor %}
    {%- else %}
        {{- message['content'] | trim }}
    {%- endif %}
    {{- '<|eot_id|>' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
{%- endif %}
"""

# Contents may be text or a list of parts; without a system message it writes one of its own.
CHATML = """\
{%- macro text(content) %}
    {%- if content is string %}
        {{- content }}
    {%- else %}
        {%- for part in content if part.type == 'text' %}
            {{- part.text }}
        {%- endfor %}
    {%- endif %}
{%- endmacro %}
{%- if messages[0].role != 'system' %}
    {{- '<|im_start|>system\\nAnswer well.<|im_end|>\\n' }}
{%- endif %}
{%- for message in messages %}
    {{- '<|im_start|>' + message.role + (' ' + message.name if message.name is defined else '') + '\\n' }}
    {{- text(message.content) + '<|im_end|>\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
"""

# Only the last assistant turn gets a think block: what an earlier turn's prompt says is no prefix of the whole.
THINK = """\
{%- set last = namespace(assistant=-1) %}
{%- for message in messages %}
    {%- if message.role == 'assistant' %}
        {%- set last.assistant = loop.index0 %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {{- '<|im_start|>' + message.role + '\\n' }}
    {%- if loop.index0 == last.assistant %}
        {{- '<think>\\n' + (message.reasoning_content | default('', true)) + '\\n</think>\\n\\n' }}
    {%- endif %}
    {{- message.content + '<|im_end|>\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
"""

# Knows users and assistants in turn and nothing else; contents are trimmed.
INSTRUCT = """\
{{- bos_token }}
{%- for message in messages %}
    {%- if message.role == 'system' %}
        {{- raise_exception('This model takes no system message.') }}
    {%- elif (message.role == 'user') != (loop.index0 % 2 == 0) %}
        {{- raise_exception('User and assistant must take turns, user first.') }}
    {%- elif message.role == 'user' %}
        {{- '[INST] ' + message.content.strip() + ' [/INST]' }}
    {%- elif message.role == 'assistant' %}
        {{- ' ' + message.content.strip() + eos_token }}
    {%- else %}
        {{- raise_exception('Unknown role: ' + message.role) }}
    {%- endif %}
{%- endfor %}
"""

# No token ends a turn: the line breaks before the next heading may join the last token of a turn.
PLAIN = """\
{%- for message in messages %}
    {%- if not loop.first %}{{ '\\n\\n' }}{% endif %}
    {{- '### ' ~ message.role | capitalize ~ ':\\n' ~ message.content }}
{%- endfor %}
{%- if add_generation_prompt %}{{ '\\n\\n### Assistant:\\n' }}{% endif %}
"""

THREE_DIGITS = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
ONE_DIGIT = THREE_DIGITS.replace("{1,3}", "")


class Words:
    """The three kinds of tokenizer, each trained on our rows."""

    HEADER_TOKENS = ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]
    CHATML_TOKENS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    STEERLM_TOKENS = ["<extra_id_0>", "<extra_id_1>", "<extra_id_2>"]

    @staticmethod
    def texts():
        found = []

        def collect(value):
            if isinstance(value, str):
                found.append(value.encode("utf-8", "replace").decode("utf-8"))
            elif isinstance(value, dict):
                for inner in value.values():
                    collect(inner)
            elif isinstance(value, list):
                for inner in value:
                    collect(inner)

        for form in FORMATS:
            for row in rows(form):
                collect(row)
        return found

    @staticmethod
    def byte_level(split, specials, size):
        tokenizer = Tokenizer(models.BPE())
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Split(Regex(split), "isolated"),
                pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
            ]
        )
        tokenizer.decoder = decoders.ByteLevel()
        tokenizer.train_from_iterator(
            Words.texts(),
            trainers.BpeTrainer(
                vocab_size=size - len(specials),
                initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
                show_progress=False,
            ),
        )
        tokenizer.add_special_tokens([AddedToken(word, special=True, normalized=False) for word in specials])
        return tokenizer

    @staticmethod
    def headers(size):
        """As Llama 3 has it: a beginning-of-text token that the tokenizer would add a second time if it were let."""
        tokenizer = Words.byte_level(THREE_DIGITS, Words.HEADER_TOKENS + Words.STEERLM_TOKENS, size)
        begin = "<|begin_of_text|>"
        tokenizer.post_processor = processors.TemplateProcessing(
            single=f"{begin} $A", special_tokens=[(begin, tokenizer.token_to_id(begin))]
        )
        return tokenizer

    @staticmethod
    def chatml(size):
        """As Qwen has it: one digit a token, text brought to NFC first."""
        tokenizer = Words.byte_level(ONE_DIGIT, Words.CHATML_TOKENS + Words.STEERLM_TOKENS, size)
        tokenizer.normalizer = normalizers.NFC()
        return tokenizer

    @staticmethod
    def pieces(size):
        """As Mistral has it: spaces are letters, words run into one another, unknown letters fall back to bytes."""
        head = ["<unk>", "<s>", "</s>"]
        base = [f"<0x{byte:02X}>" for byte in range(256)]
        marked = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
        trained = Tokenizer(models.BPE())
        trained.normalizer = marked
        trained.pre_tokenizer = pre_tokenizers.Split(Regex("▁?[^▁\n]+|\n+|▁+"), "isolated")
        letters = ["▁", "\n", *map(chr, range(0x21, 0x7F)), *"àçèéêîñöûü"]
        trained.train_from_iterator(
            Words.texts(),
            trainers.BpeTrainer(
                vocab_size=size - len(head) - len(base),
                initial_alphabet=letters,
                limit_alphabet=len(letters),
                show_progress=False,
            ),
        )
        learned = json.loads(trained.to_str())["model"]
        order = sorted(learned["vocab"], key=learned["vocab"].get)
        vocabulary = {word: id for id, word in enumerate(head + base + order)}
        merges = [tuple(pair) for pair in learned["merges"]]
        tokenizer = Tokenizer(models.BPE(vocabulary, merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
        tokenizer.normalizer = marked
        tokenizer.decoder = decoders.Sequence(
            [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
        )
        tokenizer.add_special_tokens([AddedToken(word, special=True, normalized=False) for word in head])
        tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
        return tokenizer


def llama3_rotary(theta, factor, original):
    return dict(
        rope_type="llama3",
        rope_theta=theta,
        factor=factor,
        low_freq_factor=1.0,
        high_freq_factor=4.0,
        original_max_position_embeddings=original,
    )


def plain_rotary(theta):
    return dict(rope_type="default", rope_theta=theta)


def linear_rotary(theta, factor):
    return dict(rope_type="linear", rope_theta=theta, factor=factor)


def dynamic_rotary(theta, factor):
    return dict(rope_type="dynamic", rope_theta=theta, factor=factor)


def yarn_rotary(theta, factor, original):
    return dict(rope_type="yarn", rope_theta=theta, factor=factor, original_max_position_embeddings=original)


def long_rotary(theta, original, short, long):
    return dict(
        rope_type="longrope",
        rope_theta=theta,
        original_max_position_embeddings=original,
        short_factor=short,
        long_factor=long,
    )


class Spec:
    """One checkpoint: its sizes and rotary settings, and the ways in which its folder is written."""

    def __init__(self, config, words, template, **how):
        self.config, self.words, self.template = config, words, template
        self.dtype = how.get("dtype", torch.bfloat16)
        self.shards = how.get("shards", 1)
        self.era = how.get("era", 2026)
        self.template_file = how.get("template_file", True)
        self.labels = how.get("labels")
        self.pad = how.get("pad")
        self.special = how["special"]
        self.tweak = how.get("tweak", lambda config: None)
        self.head = how.get("head")
        self.scaled = how.get("scaled")


class Scaled:
    """FP8 matrices and their scales, each for a block of rows and columns (0 for all), but for those that are kept; and
    what says so, in config.json or in a file of its own."""

    def __init__(self, suffix, block, kept, said, file=None):
        self.suffix, self.block, self.kept, self.said, self.file = suffix, block, kept, said, file

    def is_scaled(self, name):
        return bool(re.search(r"layers.*_proj\.weight$", name)) and not any(kept in name for kept in self.kept)

    def spread(self, scale, shape):
        rows, columns = (size or whole for size, whole in zip(self.block, shape))
        return scale.repeat_interleave(rows, 0)[: shape[0]].repeat_interleave(columns, 1)[:, : shape[1]]

    def stored(self, weights, generator):
        """Scales are not what numbers need most: they only have to keep them in range, and to differ."""
        made = {}
        for name, value in weights.items():
            made[name] = value
            if self.is_scaled(name):
                parts = [-(-whole // (size or whole)) for size, whole in zip(self.block, value.shape)]
                scale = value.float().abs().max() / 448 * (1 + torch.rand(parts, generator=generator))
                made[name] = (value.float() / self.spread(scale, value.shape)).to(torch.float8_e4m3fn)
                made[name + self.suffix] = scale if self.block != (0, 0) else scale.reshape([])
                if self.file:
                    made[name.replace(".weight", ".input_scale")] = torch.tensor(0.5)
        return made

    def numbers(self, stored, dtype):
        whole = {}
        for name, value in stored.items():
            if name + self.suffix in stored:
                scale = stored[name + self.suffix].to(dtype)
                whole[name] = value.to(dtype) * self.spread(scale.reshape(scale.shape or (1, 1)), value.shape)
            elif not name.endswith((self.suffix, ".input_scale")):
                whole[name] = value.to(dtype)
        return whole


class Adapter:
    """A low-rank adapter on another of the checkpoints, a causal model, as peft saves it, with the score that it trained."""

    def __init__(self, base, special, outputs, **how):
        self.base, self.special, self.outputs = base, special, outputs
        self.rank, self.alpha, self.rslora, self.targets = how["rank"], how["alpha"], how["rslora"], how["targets"]
        self.head, self.scaled, self.labels = None, None, generic_labels(outputs)

    def scale(self):
        return self.alpha / (self.rank**0.5 if self.rslora else self.rank)


class Head:
    """A class of its own on a known backbone: linear layers [name, outputs, bias] with ReLU between them, where they are
    read (`last` token, `before_first_pad`, or `rightmost` that is no pad), and further keys of config.json."""

    def __init__(self, architecture, layers, position, **keys):
        self.architecture, self.layers, self.position, self.keys = architecture, layers, position, keys

    def tensors(self, name, hidden, dtype):
        generator = torch.Generator().manual_seed(SEED + zlib.crc32(name.encode()) % 10_000 + 1)
        made, inputs = {}, hidden
        for layer, outputs, bias in self.layers:
            made[layer + ".weight"] = torch.randn(outputs, inputs, generator=generator) * 2.5 / inputs**0.5
            if bias:
                made[layer + ".bias"] = torch.randn(outputs, generator=generator) * 0.5
            inputs = outputs
        return {tensor: value.to(dtype) for tensor, value in made.items()}

    def place(self, ids, pad):
        """Index of the token that is read."""
        if self.position == "last" or pad is None:
            return len(ids) - 1
        if self.position == "before_first_pad":
            return (torch.eq(torch.tensor(ids), pad).int().argmax(-1).item() - 1) % len(ids)
        return max(i for i, token in enumerate(ids) if token != pad)


class GatedHead(Head):
    """ArmoRM's (modeling_custom.py of RLHFlow/ArmoRM-Llama3-8B-v0.1): objectives, weighed by a network that reads the
    token at which the last answer's header begins."""

    HEADER = "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n"

    def __init__(self, objectives, hidden, inner, temperature):
        super().__init__(
            "LlamaForRewardModelWithGating",
            [("regression_layer", objectives, False)],
            "before_first_pad",
            num_objectives=objectives,
            gating_hidden_dim=hidden,
            gating_n_hidden=inner,
            gating_temperature=temperature,
        )
        sizes = [hidden] * inner + [objectives]
        self.gate = Head("", [(f"gating.layers.{i}", size, True) for i, size in enumerate(sizes)], "last")
        self.objectives, self.temperature = objectives, temperature

    def tensors(self, name, hidden, dtype):
        generator = torch.Generator().manual_seed(SEED + zlib.crc32(name.encode()) % 10_000 + 2)
        turned = torch.eye(self.objectives) + 0.2 * torch.randn(self.objectives, self.objectives, generator=generator)
        made = {"reward_transform_matrix": turned.to(dtype), "gating.logit_scale": torch.tensor([1.25]).to(dtype)}
        return {**super().tensors(name, hidden, dtype), **self.gate.tensors(name + " gate", hidden, dtype), **made}

    def gate_place(self, ids, header):
        for j in range(len(ids) - len(header), -1, -1):
            if ids[j : j + len(header)] == header:
                return j
        raise ValueError("Token pattern not found in the list.")


def generic_labels(count):
    return [f"LABEL_{i}" for i in range(count)]


def zoo():
    headers = dict(bos_token="<|begin_of_text|>", eos_token="<|eot_id|>", pad_token="<|end_of_text|>")
    chatml = dict(bos_token=None, eos_token="<|im_end|>", pad_token="<|endoftext|>")
    pieces = dict(bos_token="<s>", eos_token="</s>", unk_token="<unk>", pad_token="</s>")
    common = dict(hidden_size=48, intermediate_size=112, vocab_size=560, tie_word_embeddings=False)
    return {
        "llama-causal": Spec(
            LlamaConfig(
                **common,
                num_hidden_layers=3,
                num_attention_heads=8,
                num_key_value_heads=1,
                max_position_embeddings=8192,
                rms_norm_eps=1e-5,
                rope_parameters=llama3_rotary(500_000.0, 8.0, 96),
            ),
            Words.headers,
            HEADERS,
            era=2024,
            template_file=False,
            special=headers,
        ),
        "llama-tied": Spec(
            LlamaConfig(
                **{**common, "hidden_size": 40, "tie_word_embeddings": True},
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=4,
                max_position_embeddings=4096,
                rms_norm_eps=1e-6,
                attention_bias=True,
                rope_parameters=linear_rotary(10_000.0, 4.0),
            ),
            Words.chatml,
            CHATML,
            dtype=torch.float32,
            shards=3,
            era=2024,
            template_file=False,
            special=chatml,
            tweak=lambda config: config["rope_scaling"].update(type=config["rope_scaling"].pop("rope_type")),
        ),
        "llama-classifier": Spec(
            LlamaConfig(
                **common,
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=2,
                head_dim=20,
                max_position_embeddings=4096,
                rms_norm_eps=1e-5,
                attention_bias=True,
                mlp_bias=True,
                rope_parameters=llama3_rotary(50_000.0, 4.0, 64),
            ),
            Words.headers,
            HEADERS,
            dtype=torch.float16,
            shards=2,
            labels=generic_labels(5),
            pad="<|eot_id|>",
            special={**headers, "pad_token": "<|eot_id|>"},
        ),
        "mistral-causal": Spec(
            MistralConfig(
                **{**common, "hidden_size": 36, "vocab_size": 600},
                num_hidden_layers=3,
                num_attention_heads=4,
                num_key_value_heads=1,
                head_dim=14,
                max_position_embeddings=32768,
                rms_norm_eps=1e-5,
                sliding_window=None,
                rope_parameters=plain_rotary(1_000_000.0),
            ),
            Words.pieces,
            INSTRUCT,
            dtype=torch.float16,
            special=pieces,
        ),
        "mistral-classifier": Spec(
            MistralConfig(
                **{**common, "vocab_size": 600},
                num_hidden_layers=2,
                num_attention_heads=6,
                num_key_value_heads=3,
                max_position_embeddings=4096,
                rms_norm_eps=1e-5,
                sliding_window=None,
                rope_parameters=plain_rotary(10_000.0),
            ),
            Words.pieces,
            PLAIN,
            era=2024,
            template_file=False,
            labels=generic_labels(9),
            special=pieces,
            tweak=lambda config: config.pop("pad_token_id"),
        ),
        "qwen2-causal": Spec(
            Qwen2Config(
                **{**common, "tie_word_embeddings": True},
                num_hidden_layers=3,
                num_attention_heads=6,
                num_key_value_heads=6,
                max_position_embeddings=4096,
                rms_norm_eps=1e-6,
                rope_parameters=plain_rotary(1_000_000.0),
            ),
            Words.chatml,
            CHATML,
            era=2024,
            shards=2,
            special=chatml,
        ),
        "qwen2-classifier": Spec(
            Qwen2Config(
                **common,
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=2,
                max_position_embeddings=4096,
                rms_norm_eps=1e-6,
                rope_parameters=linear_rotary(10_000.0, 2.0),
            ),
            Words.chatml,
            CHATML,
            dtype=torch.float32,
            labels=generic_labels(1),
            pad="<|endoftext|>",
            special=chatml,
        ),
        "qwen3-causal": Spec(
            Qwen3Config(
                **common,
                num_hidden_layers=3,
                num_attention_heads=8,
                num_key_value_heads=2,
                head_dim=16,
                max_position_embeddings=4096,
                rms_norm_eps=1e-6,
                rope_parameters=plain_rotary(1_000_000.0),
            ),
            Words.chatml,
            THINK,
            era=2024,
            template_file=False,
            special=chatml,
        ),
        "qwen3-classifier": Spec(
            Qwen3Config(
                **{**common, "hidden_size": 32, "tie_word_embeddings": True},
                num_hidden_layers=2,
                num_attention_heads=8,
                num_key_value_heads=1,
                head_dim=8,
                max_position_embeddings=4096,
                rms_norm_eps=1e-6,
                attention_bias=True,
                rope_parameters=plain_rotary(100_000.0),
            ),
            Words.chatml,
            THINK,
            labels=["clarity", "warmth", "helpfulness"],
            pad="<|endoftext|>",
            special=chatml,
        ),
        "mistral-window": Spec(
            MistralConfig(
                **{**common, "vocab_size": 600},
                num_hidden_layers=3,
                num_attention_heads=4,
                num_key_value_heads=2,
                max_position_embeddings=32768,
                rms_norm_eps=1e-5,
                sliding_window=24,
                rope_parameters=plain_rotary(10_000.0),
            ),
            Words.pieces,
            PLAIN,
            era=2024,
            template_file=False,
            labels=generic_labels(1),
            special=pieces,
            tweak=lambda config: config.pop("pad_token_id"),
        ),
        "qwen2-window": Spec(
            Qwen2Config(
                **common,
                num_hidden_layers=3,
                num_attention_heads=4,
                num_key_value_heads=2,
                max_position_embeddings=4096,
                rms_norm_eps=1e-6,
                use_sliding_window=True,
                sliding_window=33,
                max_window_layers=2,
                rope_parameters=plain_rotary(1_000_000.0),
            ),
            Words.chatml,
            CHATML,
            era=2024,
            special=chatml,
        ),
        "qwen3-window": Spec(
            Qwen3Config(
                **common,
                num_hidden_layers=4,
                num_attention_heads=4,
                num_key_value_heads=2,
                head_dim=16,
                max_position_embeddings=4096,
                rms_norm_eps=1e-6,
                use_sliding_window=True,
                sliding_window=17,
                layer_types=["sliding_attention", "full_attention", "sliding_attention", "full_attention"],
                rope_parameters=plain_rotary(1_000_000.0),
            ),
            Words.chatml,
            THINK,
            labels=generic_labels(1),
            pad="<|endoftext|>",
            special=chatml,
        ),
        "llama-inform": Spec(
            LlamaConfig(
                **common,
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=2,
                max_position_embeddings=4096,
                rms_norm_eps=1e-5,
                rope_parameters=llama3_rotary(500_000.0, 8.0, 96),
            ),
            Words.headers,
            HEADERS,
            pad="<|eot_id|>",
            special={**headers, "pad_token": "<|eot_id|>"},
            head=Head(
                "INFORMForSequenceClassification", [("score.0", 48, True), ("score.2", 1, True)], "before_first_pad"
            ),
        ),
        "llama-openrlhf": Spec(
            LlamaConfig(
                **common,
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=2,
                max_position_embeddings=4096,
                rms_norm_eps=1e-5,
                rope_parameters=plain_rotary(500_000.0),
            ),
            Words.headers,
            HEADERS,
            pad="<|eot_id|>",
            special={**headers, "pad_token": "<|eot_id|>"},
            head=Head(
                "RewardModel",
                [("value_head", 1, False)],
                "last",
                value_head_prefix="value_head",
                normalize_reward=True,
                mean=-0.75,
                std=1.5,
            ),
        ),
        "llama-grm": Spec(
            LlamaConfig(
                **common,
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=2,
                max_position_embeddings=4096,
                rms_norm_eps=1e-5,
                rope_parameters=plain_rotary(500_000.0),
            ),
            Words.headers,
            HEADERS,
            pad="<|eot_id|>",
            special={**headers, "pad_token": "<|eot_id|>"},
            head=Head(
                "GRewardModel",
                [("v_head.summary.0", 80, True), ("v_head.summary.2", 1, True)],
                "last",
                vhead_layer_type="mlp",
                vhead_num_neurons=80,
                vhead_num_layers=1,
            ),
        ),
        "llama-gated": Spec(
            LlamaConfig(
                **common,
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=2,
                max_position_embeddings=4096,
                rms_norm_eps=1e-5,
                rope_parameters=plain_rotary(500_000.0),
            ),
            Words.headers,
            HEADERS,
            pad="<|end_of_text|>",
            special=headers,
            head=GatedHead(5, 32, 2, 10),
        ),
        # Blocks that do not divide the matrices, and one matrix that is not quantised.
        "qwen2-fp8": Spec(
            Qwen2Config(
                **common,
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=2,
                max_position_embeddings=4096,
                rms_norm_eps=1e-6,
                rope_parameters=plain_rotary(1_000_000.0),
            ),
            Words.chatml,
            CHATML,
            special=chatml,
            scaled=Scaled(
                "_scale_inv",
                (32, 20),
                ["layers.1.self_attn.k_proj"],
                dict(
                    quant_method="fp8",
                    activation_scheme="dynamic",
                    weight_block_size=[32, 20],
                    modules_to_not_convert=["model.layers.1.self_attn.k_proj", "lm_head"],
                ),
            ),
        ),
        "llama-modelopt": Spec(
            LlamaConfig(
                **common,
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=2,
                max_position_embeddings=4096,
                rms_norm_eps=1e-5,
                rope_parameters=plain_rotary(500_000.0),
            ),
            Words.headers,
            HEADERS,
            labels=generic_labels(1),
            pad="<|end_of_text|>",
            special=headers,
            scaled=Scaled(
                "_scale",
                (0, 0),
                [],
                dict(
                    producer=dict(name="modelopt", version="0.31.0"),
                    quantization=dict(quant_algo="FP8", kv_cache_quant_algo=None, exclude_modules=["score"]),
                ),
                file="hf_quant_config.json",
            ),
        ),
        # One layer of three without experts; probabilities as they are.
        "qwen3-moe": Spec(
            Qwen3MoeConfig(
                **common,
                num_hidden_layers=3,
                num_attention_heads=4,
                num_key_value_heads=2,
                head_dim=16,
                max_position_embeddings=4096,
                rms_norm_eps=1e-6,
                num_experts=10,
                num_experts_per_tok=3,
                moe_intermediate_size=28,
                norm_topk_prob=False,
                mlp_only_layers=[1],
                rope_parameters=plain_rotary(1_000_000.0),
            ),
            Words.chatml,
            CHATML,
            labels=generic_labels(1),
            pad="<|endoftext|>",
            special=chatml,
        ),
        "mixtral": Spec(
            MixtralConfig(
                **{**common, "vocab_size": 600, "intermediate_size": 40},
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=2,
                max_position_embeddings=4096,
                rms_norm_eps=1e-5,
                sliding_window=None,
                num_local_experts=4,
                num_experts_per_tok=2,
                rope_parameters=plain_rotary(1_000_000.0),
            ),
            Words.pieces,
            INSTRUCT,
            era=2024,
            special=pieces,
        ),
        "mistral-regression": Spec(
            MistralConfig(
                **{**common, "vocab_size": 600},
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=2,
                max_position_embeddings=4096,
                rms_norm_eps=1e-5,
                sliding_window=None,
                rope_parameters=plain_rotary(10_000.0),
            ),
            Words.pieces,
            INSTRUCT,
            pad="</s>",
            special=pieces,
            head=Head("EurusRewardModel", [("regression_head", 1, False)], "last"),
        ),
        "qwen3-yarn": Spec(
            Qwen3Config(
                **common,
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=2,
                head_dim=16,
                max_position_embeddings=4096,
                rms_norm_eps=1e-6,
                rope_parameters=yarn_rotary(1_000_000.0, 4.0, 48),
            ),
            Words.chatml,
            THINK,
            era=2024,
            special=chatml,
        ),
        # Rows on both sides of the length from which all positions turn otherwise.
        "llama-dynamic": Spec(
            LlamaConfig(
                **common,
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=2,
                max_position_embeddings=64,
                rms_norm_eps=1e-6,
                rope_parameters=dynamic_rotary(10_000.0, 4.0),
            ),
            Words.headers,
            HEADERS,
            era=2024,
            special=headers,
        ),
        "llama-longrope": Spec(
            LlamaConfig(
                **common,
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=2,
                max_position_embeddings=4096,
                rms_norm_eps=1e-6,
                rope_parameters=long_rotary(
                    10_000.0, 64, [1.0, 1.05, 1.3, 2.1, 4.4, 9.0], [2.3, 2.4, 2.9, 4.5, 9.1, 18.3]
                ),
            ),
            Words.chatml,
            CHATML,
            labels=generic_labels(1),
            pad="<|endoftext|>",
            special=chatml,
        ),
        "qwen2-lora": Adapter(
            "qwen2-causal",
            chatml,
            outputs=1,
            rank=5,
            alpha=12,
            rslora=True,
            targets=["q_proj", "k_proj", "o_proj", "gate_proj", "down_proj"],
        ),
        "qwen2-bias": Spec(
            Qwen2Config(
                **common,
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=2,
                max_position_embeddings=4096,
                rms_norm_eps=1e-6,
                rope_parameters=plain_rotary(1_000_000.0),
            ),
            Words.chatml,
            CHATML,
            pad="<|endoftext|>",
            special=chatml,
            head=Head("Qwen2ForSequenceClassification", [("score", 1, True)], "rightmost", num_labels=1),
        ),
        "nemotron-causal": Spec(
            NemotronHConfig(
                **{**common, "intermediate_size": 96},
                hybrid_override_pattern="M-M*-M-",
                num_attention_heads=4,
                num_key_value_heads=2,
                head_dim=16,
                ssm_state_size=16,
                mamba_num_heads=8,
                mamba_head_dim=8,
                n_groups=2,
                conv_kernel=4,
                chunk_size=16,
                max_position_embeddings=8192,
            ),
            Words.chatml,
            CHATML,
            special=chatml,
            tweak=as_nvidia_publishes,
        ),
        "nemotron-shapes": Spec(
            NemotronHConfig(
                **{**common, "hidden_size": 40, "intermediate_size": 70},
                layers_block_type=["full_attention", "linear_attention", "linear_attention", "mlp", "linear_attention"],
                num_attention_heads=6,
                num_key_value_heads=1,
                head_dim=10,
                ssm_state_size=10,
                mamba_num_heads=12,
                mamba_head_dim=6,
                n_groups=4,
                conv_kernel=3,
                chunk_size=256,
                use_bias=True,
                use_conv_bias=False,
                mlp_bias=True,
                max_position_embeddings=4096,
            ),
            Words.headers,
            HEADERS,
            dtype=torch.float32,
            shards=2,
            special=headers,
        ),
    }


def fill(model, name, dtype):
    generator = torch.Generator().manual_seed(SEED + zlib.crc32(name.encode()) % 10_000)
    for parameter_name, parameter in sorted(model.named_parameters()):
        noise = torch.randn(parameter.shape, generator=generator)
        if "norm" in parameter_name:
            value = 1 + 0.2 * noise
        elif parameter_name.endswith("A_log"):
            value = torch.log(1 + 15 * torch.sigmoid(noise))
        elif parameter_name.endswith("dt_bias"):
            # The inverse of softplus for steps from 0.0003 to 0.3: some of them lie under time_step_min.
            step = 0.01 * torch.exp(1.7 * noise.clamp(-2, 2))
            value = step + torch.log(-torch.expm1(-step))
        elif parameter_name.endswith(".D"):
            value = 1 + 0.3 * noise
        elif parameter_name.endswith("conv1d.weight"):
            value = 0.6 * noise
        elif parameter_name.endswith("bias"):
            value = 0.25 * noise
        elif "embed" in parameter_name:
            value = noise * (0.4 if model.config.tie_word_embeddings else 1.0)
        elif parameter_name.startswith(("lm_head", "score")):
            value = noise * 2.5 / parameter.shape[1] ** 0.5
        else:
            value = noise * 1.25 / parameter.shape[1] ** 0.5
        parameter.data = value.to(dtype)


def in_the_manner_of_2024(config):
    rotary = config.pop("rope_parameters")
    config["rope_theta"] = rotary.pop("rope_theta")
    config["rope_scaling"] = None if rotary["rope_type"] == "default" else rotary
    config["torch_dtype"] = config.pop("dtype")
    config["transformers_version"] = "4.46.3"
    config.pop("layer_types", None)


def as_nvidia_publishes(config):
    """The pattern as a text, an infinity that is no JSON, both names of an epsilon, and code beside the weights."""
    letters = dict(linear_attention="M", full_attention="*", mlp="-")
    kinds = config.pop("layers_block_type")
    config.pop("mtp_layers_block_type", None)
    config.update(
        auto_map=dict(AutoModelForCausalLM="modeling_nemotron_h.NemotronHForCausalLM"),
        hybrid_override_pattern="".join(letters[kind] for kind in kinds),
        num_hidden_layers=len(kinds),
        rms_norm_eps=config["layer_norm_epsilon"],
        time_step_limit=[0.0, float("inf")],
        torch_dtype=config.pop("dtype"),
        transformers_version="4.48.3",
    )


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def add_head(folder, name, spec):
    """Makes of a saved backbone the class that has it for its inner model."""
    file = folder / "model.safetensors"
    inner = {"model." + tensor: value for tensor, value in load_file(file).items()}
    head = spec.head.tensors(name, spec.config.hidden_size, spec.dtype)
    save_file({**inner, **head}, file, metadata=dict(format="pt"))
    written = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    written.update(architectures=[spec.head.architecture], **spec.head.keys)
    if not spec.head.architecture.startswith("Qwen2"):
        written["auto_map"] = dict(AutoModel="modeling." + spec.head.architecture)
    write_json(folder / "config.json", written)


def build(name, spec):
    folder = HOME / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    config = spec.config
    tokenizer = spec.words(config.vocab_size)
    if tokenizer.get_vocab_size() > config.vocab_size:
        raise ValueError(f"{name}: {tokenizer.get_vocab_size()} tokens do not fit {config.vocab_size}")
    identity = {key: token and tokenizer.token_to_id(token) for key, token in spec.special.items()}
    config.bos_token_id, config.eos_token_id = identity["bos_token"], identity["eos_token"]
    config.pad_token_id = spec.pad and tokenizer.token_to_id(spec.pad)
    if spec.head:
        model = AutoModel.from_config(config, dtype=spec.dtype)
    elif spec.labels:
        config.num_labels = len(spec.labels)
        config.id2label = dict(enumerate(spec.labels))
        config.label2id = {label: i for i, label in enumerate(spec.labels)}
        model = AutoModelForSequenceClassification.from_config(config, dtype=spec.dtype)
    else:
        model = AutoModelForCausalLM.from_config(config, dtype=spec.dtype)
    fill(model, name, spec.dtype)
    model.config.dtype = spec.dtype
    size = sum(parameter.numel() * parameter.element_size() for parameter in model.parameters())
    model.save_pretrained(folder, max_shard_size=size // spec.shards + 4096 if spec.shards > 1 else "1GB")
    (folder / "generation_config.json").unlink(missing_ok=True)
    if spec.head:
        add_head(folder, name, spec)
    written = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if spec.scaled:
        generator = torch.Generator().manual_seed(SEED + zlib.crc32(name.encode()) % 10_000 + 3)
        file = folder / "model.safetensors"
        save_file(spec.scaled.stored(load_file(file), generator), file, metadata=dict(format="pt"))
        if spec.scaled.file:
            write_json(folder / spec.scaled.file, spec.scaled.said)
        else:
            written["quantization_config"] = spec.scaled.said
    if spec.era == 2024:
        in_the_manner_of_2024(written)
    spec.tweak(written)
    write_json(folder / "config.json", written)

    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    tokenizer_config = dict(
        **spec.special,
        add_bos_token=spec.special["bos_token"] is not None,
        clean_up_tokenization_spaces=False,
        model_max_length=config.max_position_embeddings,
        tokenizer_class="PreTrainedTokenizerFast",
    )
    if spec.template_file:
        (folder / "chat_template.jinja").write_text(spec.template, encoding="utf-8")
    else:
        tokenizer_config["chat_template"] = spec.template
    write_json(folder / "tokenizer_config.json", tokenizer_config)
    return folder


def build_adapter(name, adapter):
    folder, base = HOME / name, HOME / adapter.base
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    generator = torch.Generator().manual_seed(SEED + zlib.crc32(name.encode()) % 10_000)
    tensors = {}
    for module, layer in sorted(model.named_modules()):
        if module.split(".")[-1] in adapter.targets:
            outputs, inputs = layer.weight.shape
            a = torch.randn(adapter.rank, inputs, generator=generator) * 0.8 / inputs**0.5
            b = torch.randn(outputs, adapter.rank, generator=generator) * 0.8 / adapter.rank**0.5
            tensors[f"base_model.model.{module}.lora_A.weight"] = a
            tensors[f"base_model.model.{module}.lora_B.weight"] = b
    hidden = model.config.hidden_size
    tensors["base_model.model.score.weight"] = torch.randn(adapter.outputs, hidden, generator=generator) * 2.5 / hidden**0.5
    save_file(tensors, folder / "adapter_model.safetensors", metadata=dict(format="pt"))
    config = dict(
        base_model_name_or_path="../" + adapter.base,
        bias="none",
        fan_in_fan_out=False,
        inference_mode=True,
        init_lora_weights=True,
        lora_alpha=adapter.alpha,
        lora_dropout=0.05,
        modules_to_save=["score"],
        peft_type="LORA",
        r=adapter.rank,
        rank_pattern={},
        target_modules=adapter.targets,
        task_type="SEQ_CLS",
        use_dora=False,
        use_rslora=adapter.rslora,
    )
    write_json(folder / "adapter_config.json", config)
    for file in ("tokenizer.json", "tokenizer_config.json", "chat_template.jinja"):
        shutil.copyfile(base / file, folder / file)
    return folder


def attribute_names(labels):
    """What the product calls the outputs: the checkpoint's own names, or the usual ones for LABEL_0, LABEL_1 ..."""
    if labels is None:
        return ["helpfulness"]
    if labels != generic_labels(len(labels)):
        return labels
    usual = {1: ["helpfulness"], 5: ATTRIBUTES_OF_FIVE, 9: ATTRIBUTES_OF_NINE}
    return usual.get(len(labels), [label.lower() for label in labels])


class Reference:
    """transformers itself, on a folder as it lies on disk."""

    def __init__(self, folder, spec, dtype):
        kind = AutoModelForSequenceClassification if spec.labels else AutoModelForCausalLM
        self.classifier = spec.labels is not None
        self.names = attribute_names(spec.labels)
        self.words = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.templates = AutoTokenizer.from_pretrained(folder)
        self.model = (
            self.scaled(kind, folder, spec.scaled, dtype)
            if spec.scaled
            else kind.from_pretrained(folder, dtype=dtype, attn_implementation="eager")
        ).eval()
        for module in self.model.modules():
            # transformers 5.23.0 lets no step of a prompt fall under time_step_min; published code does.
            if hasattr(module, "time_step_limit"):
                module.time_step_limit = (0.0, float("inf"))
        self.rotary = copy.deepcopy(getattr(self.model.base_model, "rotary_emb", None))

    @staticmethod
    def scaled(kind, folder, scaled, dtype):
        """With the numbers that the stored ones stand for: activations are not quantised."""
        config = AutoConfig.from_pretrained(folder)
        if hasattr(config, "quantization_config"):
            del config.quantization_config
        model = kind.from_config(config, dtype=torch.float32, attn_implementation="eager").to(dtype)
        model.load_state_dict(scaled.numbers(load_file(folder / "model.safetensors"), dtype), strict=True)
        return model

    def prompt(self, messages):
        return self.templates.apply_chat_template(messages, tokenize=False, add_generation_prompt=False)

    def score(self, text):
        """Token count, and one value for each output."""
        ids = self.ids(text)
        return len(ids), self.values(ids)

    def ids(self, text):
        whole = re.sub("[\ud800-\udfff]", "\ufffd", text)
        ids = self.words.encode(whole, add_special_tokens=False).ids
        if ids != self.templates(whole, add_special_tokens=False)["input_ids"]:
            raise AssertionError("tokenizers and transformers disagree")
        return ids

    @torch.inference_mode()
    def values(self, ids):
        # transformers' dynamic frequencies remember longer rows: each row has a model that saw none.
        if self.rotary is not None:
            self.model.base_model.rotary_emb = copy.deepcopy(self.rotary)
        logits = self.model(torch.tensor([ids])).logits
        return logits[0].tolist() if self.classifier else [logits[0, -1, 0].item()]


class AdapterReference(Reference):
    """The adapter merged into its base, in the dtype of the reference: what peft computes, but for the order of sums."""

    def __init__(self, folder, adapter, dtype):
        self.classifier, self.names = True, attribute_names(adapter.labels)
        self.words = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.templates = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModelForSequenceClassification.from_pretrained(
            HOME / adapter.base, num_labels=adapter.outputs, dtype=dtype, attn_implementation="eager"
        ).eval()
        self.rotary = copy.deepcopy(self.model.base_model.rotary_emb)
        self.model.config.pad_token_id = self.templates.pad_token_id
        tensors = {name[len("base_model.model.") :]: value for name, value in load_file(folder / "adapter_model.safetensors").items()}
        self.model.score.weight.data = tensors["score.weight"].to(dtype)
        for name, module in self.model.named_modules():
            if name + ".lora_A.weight" in tensors:
                a, b = (tensors[f"{name}.lora_{part}.weight"].to(dtype) for part in "AB")
                module.weight.data = module.weight.data + adapter.scale() * (b @ a)


class HeadReference(Reference):
    """A head of a class of its own, as published, on transformers' backbone."""

    def __init__(self, folder, spec, dtype):
        self.head, self.pad = spec.head, spec.config.pad_token_id
        self.names = attribute_names(None)
        self.words = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.templates = AutoTokenizer.from_pretrained(folder)
        stored = load_file(folder / "model.safetensors")
        # Rotary tables are made in fp32 and stay so, whatever the weights become.
        self.model = AutoModel.from_config(spec.config, dtype=torch.float32, attn_implementation="eager")
        inner = {tensor[6:]: value.float() for tensor, value in stored.items() if tensor.startswith("model.")}
        self.model.load_state_dict(inner, strict=True)
        self.model = self.model.to(dtype).eval()
        self.stored = {tensor: value.to(dtype) for tensor, value in stored.items()}

    @torch.inference_mode()
    def values(self, ids):
        states = self.model(torch.tensor([ids])).last_hidden_state[0]
        return self.through(self.head.layers, states[self.head.place(ids, self.pad)]).tolist()

    def through(self, layers, value):
        for number, (layer, _, _) in enumerate(layers):
            value = torch.relu(value) if number else value
            value = self.stored[layer + ".weight"] @ value + self.stored.get(layer + ".bias", 0)
        return value


class GatedReference(HeadReference):
    @torch.inference_mode()
    def values(self, ids):
        states = self.model(torch.tensor([ids])).last_hidden_state[0]
        objectives = self.through(self.head.layers, states[self.head.place(ids, self.pad)])
        header = self.words.encode(GatedHead.HEADER, add_special_tokens=False).ids
        gate = self.through(self.head.gate.layers, states[self.head.gate_place(ids, header)])
        weights = torch.softmax(gate / self.head.temperature, -1) * self.stored["gating.logit_scale"][0]
        return [(weights * (objectives @ self.stored["reward_transform_matrix"])).sum().item()]


def rows(form):
    with open(HOME / "rows" / f"{form}.jsonl", encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def user(content):
    return [dict(role="user", content=content)] if isinstance(content, str) else content


def assistant(content):
    return [dict(role="assistant", content=content)]


def marked(prompt):
    """HelpSteer2's prompts of several turns, parted by NeMo's markers."""
    first, *rest = re.split(r"\n<extra_id_1>(User|Assistant)\n", prompt)
    later = [dict(role=role.lower(), content=said) for role, said in zip(rest[::2], rest[1::2])]
    return user(first) + later


def transcript(text):
    """A dialogue in the manner of HH: speakers on lines of their own, contents stripped."""
    pieces = re.split(r"\n\n(Human|Assistant): ?", text)[1:]
    speakers = {"Human": "user", "Assistant": "assistant"}
    return [
        dict(role=speakers[speaker], content=content.strip()) for speaker, content in zip(pieces[::2], pieces[1::2])
    ]


def side(row, answer):
    if isinstance(answer, list):
        return (row["prompt"] if isinstance(row.get("prompt"), list) else []) + answer
    return user(row["prompt"]) + assistant(answer) if "prompt" in row else transcript(answer)


def turns(form, row):
    if form == "messages":
        return row["messages"]
    speakers = dict(human="user", user="user", gpt="assistant", assistant="assistant", chatgpt="assistant")
    return [
        dict(role=speakers.get(turn["from"], turn["from"]), content=turn["value"]) for turn in row["conversations"]
    ]


def up_to_each_answer(messages):
    return [messages[: i + 1] for i, message in enumerate(messages) if message["role"] == "assistant"]


def steerlm_turns(row):
    head = [dict(role="system", content=row["system"])] if row.get("system") else []
    spoken = [
        dict(role="user" if turn["from"] == row["mask"] else "assistant", content=turn["value"])
        for turn in row["conversations"]
    ]
    for i, turn in enumerate(row["conversations"]):
        if turn["from"] != row["mask"] and turn.get("label") is not None:
            yield i, head + spoken[: i + 1], steerlm_prompt(spoken[: i + 1])


def steerlm_prompt(messages):
    """NeMo's fixed prompt."""
    parts = [f"<extra_id_0>System\n{STEERLM_SYSTEM}\n"]
    parts += [f"<extra_id_1>{message['role'].capitalize()}\n{message['content']}\n" for message in messages]
    return "".join(parts) + "<extra_id_2>"


def scored(form, row):
    """Where each score of a row is written, and the conversation that it is for."""
    if form == "helpsteer2":
        return [("reward", marked(row["prompt"]) + assistant(row["response"]))]
    if form == "helpsteer3":
        return [(f"reward{i}", row["context"] + assistant(row[f"response{i}"])) for i in (1, 2)]
    if form in ("messages", "sharegpt"):
        return [("reward", up_to_each_answer(turns(form, row))[-1])]
    if form == "candidates":
        return [
            (f"rewards[{i}]", user(row["prompt"]) + assistant(answer)) for i, answer in enumerate(row["responses"])
        ]
    return [(f"{which}_reward", side(row, row[which])) for which in ("chosen", "rejected")]


class Expectations:
    """Expected lines of one checkpoint, and how far fp32 is from them."""

    def __init__(self, folder, spec):
        kind = HeadReference if spec.head else AdapterReference if isinstance(spec, Adapter) else Reference
        kind = GatedReference if isinstance(spec.head, GatedHead) else kind
        self.exact = kind(folder, spec, torch.float64)
        self.single = kind(folder, spec, torch.float32)
        self.values, self.differences, self.refused = [], [], 0

    def score(self, text):
        tokens, values = self.exact.score(text)
        others = self.single.score(text)[1]
        self.differences += [abs(a - b) for a, b in zip(values, others)]
        self.values += values
        rounded = [round(value, 8) for value in values]
        names = self.exact.names
        return tokens, dict(zip(names, rounded)) if len(names) > 1 else rounded[0]

    def chat(self, at, messages):
        try:
            tokens, score = self.score(self.exact.prompt(messages))
        except Exception as failure:
            self.refused += 1
            return dict(at=at, error=str(failure))
        return dict(at=at, tokens=tokens, score=score)

    def line(self, form, row):
        if form == "steerlm":
            found = []
            for at, messages, prompt in steerlm_turns(row):
                place = self.chat(at, messages)
                if not isinstance(self.exact, GatedReference):  # NeMo's prompt has no header for the gate
                    tokens, score = self.score(prompt)
                    place.update(steerlm_tokens=tokens, steerlm_score=score)
                found.append(place)
            return dict(scores=found)
        line = dict(scores=[self.chat(at, messages) for at, messages in scored(form, row)])
        if form in ("messages", "sharegpt"):
            answers = up_to_each_answer(turns(form, row))
            line["all"] = [self.chat(f"rewards[{i}]", messages) for i, messages in enumerate(answers)]
        return line

    def summary(self, folder, spec):
        config = folder / "config.json"
        name = json.loads(config.read_text(encoding="utf-8"))["architectures"][0] if config.exists() else "adapter"
        return dict(
            architecture=name,
            attributes=self.exact.names,
            scores=len(self.values),
            refused_by_template=self.refused,
            fp32_max_difference=max(self.differences),
            min=round(min(self.values), 4),
            max=round(max(self.values), 4),
        )


def main():
    torch.set_num_threads(2)
    transformers.utils.logging.disable_progress_bar()
    expected = HOME / "expected"
    made = zoo()
    summaries = {}
    if sys.argv[1:]:
        made = {name: made[name] for name in sys.argv[1:]}
        summaries = json.loads((HOME / "versions.json").read_text(encoding="utf-8"))["models"]
    else:
        shutil.rmtree(expected, ignore_errors=True)
        expected.mkdir()
    for name, spec in made.items():
        folder = build_adapter(name, spec) if isinstance(spec, Adapter) else build(name, spec)
        expectations = Expectations(folder, spec)
        for form in FORMATS:
            with open(expected / f"{name}.{form}.jsonl", "w", encoding="utf-8", newline="\n") as out:
                for number, row in enumerate(rows(form)):
                    line = dict(line=number, **expectations.line(form, row))
                    out.write(json.dumps(line, ensure_ascii=False) + "\n")
        summaries[name] = expectations.summary(folder, spec)
        print(name, summaries[name], flush=True)
    versions = dict(
        reference="transformers in float64, one conversation at a time, no padding",
        torch=torch.__version__,
        transformers=transformers.__version__,
        tokenizers=tokenizers.__version__,
        seed=SEED,
        models={name: summaries[name] for name in zoo() if name in summaries},
    )
    write_json(HOME / "versions.json", versions)


if __name__ == "__main__":
    main()
