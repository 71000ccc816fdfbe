"""Made src/test/resources/columns/types-*: python src/test/python/make_types.py pyarrow|duckdb|spark, each with its program:
pyarrow 26.0.1, DuckDB 2.0.1, PySpark 4.3.0. The .jsonl beside each says what its rows are in JSON, as written down here."""

import datetime as dt
import decimal
import json
import os
import shutil
import sys
import uuid

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../resources/columns")
UTC = dt.timezone.utc
D = decimal.Decimal


def lines(name, rows):
    with open(f"{HERE}/types-{name}.jsonl", "w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def pyarrow():
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = dt.datetime(1969, 12, 31, 23, 59, 59, 123456, tzinfo=UTC)
    fields = [
        ("prompt", pa.string(), ["q0", "q1", "q2"], ["q0", "q1", "q2"]),
        ("response", pa.string(), ["a0", "a1", "a2"], ["a0", "a1", "a2"]),
        ("ms", pa.timestamp("ms"), [dt.datetime(2024, 2, 29, 1, 2, 3, 4000), None, dt.datetime(1900, 1, 1)], ["2024-02-29T01:02:03.004", None, "1900-01-01T00:00:00"]),
        ("us", pa.timestamp("us", "Europe/Berlin"), [made, None, made], ["1969-12-31T23:59:59.123456Z", None, "1969-12-31T23:59:59.123456Z"]),
        ("ns", pa.timestamp("ns", "UTC"), [1, None, -1], ["1970-01-01T00:00:00.000000001Z", None, "1969-12-31T23:59:59.999999999Z"]),
        ("day", pa.date32(), [dt.date(2024, 2, 29), None, dt.date(1, 1, 1)], ["2024-02-29", None, "0001-01-01"]),
        ("at", pa.time64("us"), [dt.time(23, 59, 59, 1), None, dt.time(0)], ["23:59:59.000001", None, "00:00:00"]),
        ("price", pa.decimal128(38, 10), [D("12345678901234567890.1234567890"), None, D("-0.0000000001")], None),
        ("small", pa.decimal128(5, 2), [D("1.50"), None, D("-999.99")], None),
        ("half", pa.float16(), [0.5, None, float("nan")], [0.5, None, "NaN"]),
        ("x", pa.float64(), [float("inf"), None, float("nan")], ["Infinity", None, "NaN"]),
        ("raw", pa.binary(), [b"\x00\xff", None, b""], ["AP8=", None, ""]),
        ("tags", pa.map_(pa.string(), pa.int32()), [[("a", 1), ("b", None)], None, []], [{"a": 1, "b": None}, None, {}]),
        ("by_day", pa.map_(pa.date32(), pa.list_(pa.binary())), [[(dt.date(2024, 1, 1), [b"x", None])], None, []], [{"2024-01-01": ["eA==", None]}, None, {}]),
        ("meta", pa.struct([("made", pa.timestamp("us", "UTC")), ("n", pa.uint64())]), [{"made": made, "n": 2**64 - 1}, None, {"made": None, "n": 0}], [{"made": "1969-12-31T23:59:59.123456Z", "n": 2**64 - 1}, None, {"made": None, "n": 0}]),
        ("tiny", pa.int8(), [-128, None, 127], [-128, None, 127]),
    ]
    table = pa.table([pa.array(values, type=kind) for _, kind, values, _ in fields], names=[name for name, *_ in fields])
    pq.write_table(table, f"{HERE}/types-pyarrow.parquet", row_group_size=2)
    # INT96 is an option of the whole file.
    pq.write_table(table.select(["prompt", "response", "ms", "us", "ns"]), f"{HERE}/types-int96.parquet", use_deprecated_int96_timestamps=True)
    rows = [{name: (json_values or [v if v is None else float(v) for v in values])[i] for name, _, values, json_values in fields} for i in range(3)]
    exact = {"price": [str(v) if v is None else format(v, "f") for v in fields[7][2]], "small": [v if v is None else format(v, "f") for v in fields[8][2]]}
    with open(f"{HERE}/types-pyarrow.jsonl", "w", encoding="utf-8") as out:
        for i, row in enumerate(rows):
            text = json.dumps(row, ensure_ascii=False)
            for name, values in exact.items():
                if row[name] is not None:
                    text = text.replace(f'"{name}": {json.dumps(row[name])}', f'"{name}": {values[i]}')
            out.write(text + "\n")
    stamps = [{"prompt": row["prompt"], "response": row["response"], **{name: row[name] and row[name].rstrip("Z") + "Z" for name in ("ms", "us", "ns")}} for row in rows]
    lines("int96", stamps)


def duckdb():
    import duckdb

    duckdb.sql("SET TimeZone = 'UTC'")
    duckdb.sql(
        f"""COPY (
          SELECT 'q0' AS prompt, 'a0' AS response, TIMESTAMP '2024-02-29 01:02:03.004' AS ts, TIMESTAMPTZ '1969-12-31 23:59:59.5+00' AS tz,
            DATE '2024-02-29' AS day, TIME '24:00:00' AS at, 12.50::DECIMAL(9, 2) AS price, '00112233-4455-6677-8899-aabbccddeeff'::UUID AS id,
            INTERVAL '14 months 3 days 5.25 seconds' AS span, '\\x00\\xFF'::BLOB AS raw, MAP {{1: 'one', 2: NULL}} AS names,
            {{'big': 18446744073709551615::UBIGINT, 'nan': 'nan'::FLOAT}} AS more, [DATE '1969-12-31', NULL] AS days
          UNION ALL SELECT 'q1', 'a1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
        ) TO '{HERE}/types-duckdb.parquet' (FORMAT parquet)"""
    )
    first = {
        "prompt": "q0", "response": "a0", "ts": "2024-02-29T01:02:03.004", "tz": "1969-12-31T23:59:59.500Z", "day": "2024-02-29", "at": "24:00:00",
        "price": 12.5, "id": "00112233-4455-6677-8899-aabbccddeeff", "span": "P14M3DT5.250S", "raw": "AP8=", "names": {"1": "one", "2": None},
        "more": {"big": 2**64 - 1, "nan": "NaN"}, "days": ["1969-12-31", None],
    }
    lines("duckdb", [first, {name: {"prompt": "q1", "response": "a1"}.get(name) for name in first}])


def spark():
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.parquet.outputTimestampType", "INT96")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    folder = f"{HERE}/types-spark.tmp"
    session.sql(
        """SELECT 'q0' AS prompt, 'a0' AS response, TIMESTAMP '1582-10-14 23:59:59.123456Z' AS old, TIMESTAMP_NTZ '2024-02-29 01:02:03' AS ntz,
          DATE '2024-02-29' AS day, CAST(1.50 AS DECIMAL(20, 2)) AS price, X'00FF' AS raw, map(struct(1 AS a), 'x') AS deep, map('k', DATE '2024-01-01') AS days,
          CAST('NaN' AS FLOAT) AS x, CAST(-5 AS TINYINT) AS tiny, array(named_struct('at', TIMESTAMP '1970-01-01 00:00:00Z')) AS steps"""
    ).coalesce(1).write.mode("overwrite").parquet(folder)
    part = next(name for name in os.listdir(folder) if name.endswith(".parquet"))
    shutil.move(f"{folder}/{part}", f"{HERE}/types-spark.parquet")
    shutil.rmtree(folder)
    lines(
        "spark",
        [
            {
                "prompt": "q0", "response": "a0", "old": "1582-10-14T23:59:59.123456Z", "ntz": "2024-02-29T01:02:03", "day": "2024-02-29", "price": 1.5,
                "raw": "AP8=", "deep": [{"key": {"a": 1}, "value": "x"}], "days": {"k": "2024-01-01"}, "x": "NaN", "tiny": -5,
                "steps": [{"at": "1970-01-01T00:00:00Z"}],
            }
        ],
    )


{"pyarrow": pyarrow, "duckdb": duckdb, "spark": spark}[sys.argv[1]]()
