"""Writes the texts that transformers makes of some ids with the folders of make_tokenizers.py.

    python src/test/python/make_texts.py

Made with transformers 5.23.0 and tokenizers 0.23.3 (no PyTorch needed). Reads `resources/tokenizers/folders.json.gz`; the
output is `resources/tokenizers/texts.json.gz`:

- `ids`: lists of ids, some of which no tokenizer has
- `texts`: what they come to, special tokens left out
- `folders`: for each folder its texts of the lists as places in `texts`; null for one that transformers does not open
"""

import gzip
import json
import pathlib
import random
import tempfile

import make_tokenizers
import tokenizers
import transformers
from transformers import AutoTokenizer

HOME = make_tokenizers.HOME
SEED = 9


def lists():
    rng = random.Random(SEED)
    return [[rng.randrange(low, high) for _ in range(count)]
            for low, high, count in [(0, 300, 40), (0, 440, 40), (200, 430, 40), (400, 720, 40), (410, 480, 20), (3, 259, 12)]
            for _ in range(2)] + [[]]


def texts(folder, vocabularies, ids):
    with tempfile.TemporaryDirectory() as path:
        make_tokenizers.write(folder, vocabularies, pathlib.Path(path))
        tokenizer = AutoTokenizer.from_pretrained(path)
        return [tokenizer.decode(each, skip_special_tokens=True) for each in ids]


def main():
    content = json.loads(gzip.decompress((HOME / "folders.json.gz").read_bytes()))
    vocabularies = content["models"]
    vocabularies["bytes-large"] = make_tokenizers.filled(vocabularies["bytes"])
    ids, places, folders = lists(), {}, []
    for folder in content["folders"]:
        opened = "error" not in folder["expected"]
        folders.append([places.setdefault(text, len(places)) for text in texts(folder, vocabularies, ids)] if opened else None)
    versions = {"transformers": transformers.__version__, "tokenizers": tokenizers.__version__, "seed": SEED}
    data = json.dumps({"versions": versions, "ids": ids, "texts": list(places), "folders": folders}, separators=(",", ":"))
    (HOME / "texts.json.gz").write_bytes(gzip.compress(data.encode(), 9, mtime=0))
    print(f"{sum(each is not None for each in folders)} folders, {len(places)} texts, {len(data)} bytes")


if __name__ == "__main__":
    main()
