#!/usr/bin/env python3
"""Writes a random checkpoint of Llama's shape, bf16, as Hugging Face folders are laid out.

    make_model.py --preset bench --tokenizer FOLDER --out FOLDER
    make_model.py --preset six-gigabytes --layers 24 --tokenizer FOLDER --out FOLDER

The tokenizer's files are copied from a folder that has them; its ids must stay below the vocabulary.
A tensor is drawn, written and forgotten, and depends only on the seed and its name: 6 GB need the
memory of one tensor, and the same call gives the same bytes. Needs numpy.
"""
import argparse
import hashlib
import json
import os
import shutil
import struct

import numpy as np

PRESETS = {
    "bench": dict(hidden=1024, layers=8, heads=16, kv_heads=8, inner=2816, vocabulary=32000),
    "six-gigabytes": dict(hidden=2048, layers=54, heads=16, kv_heads=4, inner=7168, vocabulary=32000),
    "tiny": dict(hidden=64, layers=2, heads=4, kv_heads=2, inner=128, vocabulary=32000),
}
SHARD_BYTES = 1 << 30
ROWS_AT_ONCE = 1024


def tensors(shape):
    hidden, inner = shape["hidden"], shape["inner"]
    dim = hidden // shape["heads"]
    keys = shape["kv_heads"] * dim
    yield "model.embed_tokens.weight", (shape["vocabulary"], hidden)
    for layer in range(shape["layers"]):
        name = f"model.layers.{layer}."
        yield name + "input_layernorm.weight", (hidden,)
        yield name + "self_attn.q_proj.weight", (hidden, hidden)
        yield name + "self_attn.k_proj.weight", (keys, hidden)
        yield name + "self_attn.v_proj.weight", (keys, hidden)
        yield name + "self_attn.o_proj.weight", (hidden, hidden)
        yield name + "post_attention_layernorm.weight", (hidden,)
        yield name + "mlp.gate_proj.weight", (inner, hidden)
        yield name + "mlp.up_proj.weight", (inner, hidden)
        yield name + "mlp.down_proj.weight", (hidden, inner)
    yield "model.norm.weight", (hidden,)
    yield "lm_head.weight", (shape["vocabulary"], hidden)


def size(shape):
    return 2 * int(np.prod(shape))


def bf16(values):
    """The upper half of each float, rounded to even."""
    bits = values.view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)


def write(out, name, shape, seed):
    digest = hashlib.sha256(f"{seed} {name}".encode()).digest()
    draw = np.random.Generator(np.random.PCG64(int.from_bytes(digest[:8], "little")))
    if len(shape) == 1:
        out.write(bf16(1 + 0.1 * draw.standard_normal(shape, np.float32)).tobytes())
        return
    scale = np.float32(0.02 if "embed" in name else shape[1] ** -0.5)
    for first in range(0, shape[0], ROWS_AT_ONCE):
        rows = min(ROWS_AT_ONCE, shape[0] - first)
        out.write(bf16(scale * draw.standard_normal((rows, shape[1]), np.float32)).tobytes())


def shards(all_tensors):
    shard, held = [], 0
    for name, shape in all_tensors:
        if shard and held + size(shape) > SHARD_BYTES:
            yield shard
            shard, held = [], 0
        shard.append((name, shape))
        held += size(shape)
    yield shard


def write_shard(path, shard, seed):
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, shape in shard:
        end = offset + size(shape)
        header[name] = {"dtype": "BF16", "shape": list(shape), "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for name, shape in shard:
            write(out, name, shape, seed)


def config(shape, positions, tokenizer):
    known = {}
    source = os.path.join(tokenizer, "config.json")
    if os.path.exists(source):
        with open(source, encoding="utf-8") as file:
            known = json.load(file)
    return {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama",
        "hidden_size": shape["hidden"], "num_hidden_layers": shape["layers"],
        "num_attention_heads": shape["heads"], "num_key_value_heads": shape["kv_heads"],
        "head_dim": shape["hidden"] // shape["heads"], "intermediate_size": shape["inner"],
        "vocab_size": shape["vocabulary"], "max_position_embeddings": positions,
        "attention_bias": False, "mlp_bias": False, "hidden_act": "silu", "rms_norm_eps": 1e-5,
        "rope_theta": 500000.0, "tie_word_embeddings": False, "torch_dtype": "bfloat16",
        **{key: known[key] for key in ("bos_token_id", "eos_token_id", "pad_token_id") if key in known},
    }


def largest_id(tokenizer):
    with open(os.path.join(tokenizer, "tokenizer.json"), encoding="utf-8") as file:
        known = json.load(file)
    return max([*known["model"]["vocab"].values(), *(token["id"] for token in known["added_tokens"])])


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--preset", choices=PRESETS, default="bench")
    args.add_argument("--tokenizer", required=True, help="a model folder with tokenizer.json")
    args.add_argument("--out", required=True)
    args.add_argument("--seed", type=int, default=0)
    args.add_argument("--positions", type=int, default=65536, help="max_position_embeddings")
    for field in PRESETS["bench"]:
        args.add_argument("--" + field.replace("_", "-"), type=int, help="instead of the preset's")
    args = args.parse_args()
    shape = {field: getattr(args, field) or value for field, value in PRESETS[args.preset].items()}
    largest = largest_id(args.tokenizer)
    if largest >= shape["vocabulary"]:
        raise SystemExit(f"--vocabulary: expected more than the tokenizer's largest id, {largest}, found {shape['vocabulary']}")
    os.makedirs(args.out, exist_ok=True)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "chat_template.jinja"):
        if os.path.exists(os.path.join(args.tokenizer, name)):
            shutil.copyfile(os.path.join(args.tokenizer, name), os.path.join(args.out, name))
    with open(os.path.join(args.out, "config.json"), "w", encoding="utf-8") as file:
        json.dump(config(shape, args.positions, args.tokenizer), file, indent=1)
    parts = list(shards(tensors(shape)))
    places, total = {}, 0
    for number, shard in enumerate(parts, 1):
        name = f"model-{number:05d}-of-{len(parts):05d}.safetensors"
        write_shard(os.path.join(args.out, name), shard, args.seed)
        places.update({tensor: name for tensor, _ in shard})
        total += sum(size(shape) for _, shape in shard)
    with open(os.path.join(args.out, "model.safetensors.index.json"), "w", encoding="utf-8") as file:
        json.dump({"metadata": {"total_size": total}, "weight_map": places}, file, indent=1)
    print(f"{total / 1e9:.2f} GB in {len(parts)} shards")


if __name__ == "__main__":
    main()
