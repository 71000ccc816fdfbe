"""Made src/test/resources/columns with pyarrow 26.0.1: python src/test/python/make_columns.py"""

import json
import os

import pyarrow as pa
import pyarrow.parquet as pq

rows = [
    {
        "messages": [
            {"role": "user", "content": f"What is {i} + {i}?", "name": None},
            {"role": "assistant", "content": "é" * i + str(2 * i), "name": "bot"},
        ],
        "id": 2**53 + i,
        "small": i - 3,
        "score": i / 3 if i != 4 else None,
        "half": float(i) / 2,
        "good": i % 2 == 0,
        "tags": [["a", None], [], None][i % 3],
        "meta": {"source": "made", "turns": {"count": i, "lists": [[i], []]}},
        "never": None,
    }
    for i in range(12)
]
schema = pa.schema(
    [
        ("messages", pa.list_(pa.struct([("role", pa.string()), ("content", pa.large_string()), ("name", pa.string())]))),
        ("id", pa.int64()),
        ("small", pa.int8()),
        ("score", pa.float64()),
        ("half", pa.float32()),
        ("good", pa.bool_()),
        ("tags", pa.large_list(pa.dictionary(pa.int32(), pa.string()))),
        ("meta", pa.struct([("source", pa.string()), ("turns", pa.struct([("count", pa.int32()), ("lists", pa.list_(pa.list_(pa.uint32())))]))])),
        ("never", pa.null()),
    ]
)
here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../resources/columns")
table = pa.Table.from_pylist(rows, schema=schema)
pq.write_table(table, f"{here}/pyarrow-snappy.parquet", row_group_size=5)
pq.write_table(table, f"{here}/pyarrow-zstd-v2.parquet", compression="zstd", data_page_version="2.0", version="2.6")
with open(f"{here}/pyarrow.jsonl", "w", encoding="utf-8") as lines:
    for row in rows:
        lines.write(json.dumps(row, ensure_ascii=False) + "\n")
