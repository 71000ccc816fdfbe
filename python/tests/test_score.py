"""Scores of frames, on a real local Spark with the bundled demonstration model."""

import json
import struct
import subprocess
from pathlib import Path

import pytest
from pyspark.sql import Row

import touchstone_spark
from conftest import HOME
from touchstone_spark import Refused, score

SAMPLES = HOME / "data-samples"


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


def bits(value: float) -> bytes:
    return struct.pack("<d", value)


@pytest.fixture(scope="module")
def annotated(tmp_path_factory):
    """What jobs/annotate writes for samples, by the name of the sample."""
    folder = tmp_path_factory.mktemp("annotated")

    def rows(sample: str) -> list[dict]:
        output = folder / sample
        if not output.exists():
            subprocess.run(
                [HOME / "jobs" / "annotate", SAMPLES / f"{sample}.jsonl", "--output", output, "--quiet"],
                check=True,
                cwd=HOME,
            )
        return [row for part in sorted(output.glob("part-*.jsonl")) for row in lines(part)]

    return rows


def test_rewards_have_the_bits_that_annotate_writes(spark, annotated):
    rows = spark.read.json(str(SAMPLES / "helpsteer.jsonl"))
    scored = score(rows, model="demo").collect()
    expected = annotated("helpsteer")
    assert len(scored) == len(expected) == 32
    for row, line in zip(scored, expected):
        assert row.response == line["response"]
        assert bits(row.reward) == bits(line["reward"])
        assert row.rejection is None


def test_messages_are_lists_of_structs(spark, annotated):
    lines_of_text = [line for line in lines(SAMPLES / "messages.jsonl")]
    texts = [row for row in lines_of_text if all(isinstance(turn["content"], str) for turn in row["messages"])]
    rows = spark.createDataFrame(
        [Row(messages=[Row(role=turn["role"], content=turn["content"]) for turn in row["messages"]]) for row in texts]
    )
    found = [row.reward for row in score(rows, model="demo").collect()]
    by_messages = {json.dumps(row["messages"]): row["reward"] for row in annotated("messages")}
    assert [by_messages.get(json.dumps(row["messages"])) for row in texts] == found
    assert any(reward is not None for reward in found)


def test_a_parquet_file_is_scored_and_written_as_one(spark, annotated, tmp_path):
    spark.read.json(str(SAMPLES / "helpsteer.jsonl")).write.parquet(str(tmp_path / "rows"))
    score(spark.read.parquet(str(tmp_path / "rows")), model="demo").write.parquet(str(tmp_path / "scored"))
    found = {(row.prompt, row.response): row.reward for row in spark.read.parquet(str(tmp_path / "scored")).collect()}
    assert found == {(line["prompt"], line["response"]): line["reward"] for line in annotated("helpsteer")}


def test_rows_are_the_same_however_they_are_parted(spark):
    rows = spark.read.json(str(SAMPLES / "helpsteer.jsonl"))
    whole = {(row.prompt, row.response): row.reward for row in score(rows.coalesce(1), model="demo").collect()}
    parted = {(row.prompt, row.response): row.reward for row in score(rows.repartition(7), model="demo").collect()}
    assert parted == whole


def test_columns_options_and_sql(spark):
    rows = spark.createDataFrame([("How do owls hunt?", "At night."), (None, "x")], "question string, answer string")
    scored = score(
        rows,
        model="demo",
        format="helpsteer2",
        map={"prompt": "question", "response": "answer"},
        field="demo",
        labels="rounded",
        max_tokens=512,
        base=None,
    )
    assert scored.schema.simpleString() == (
        "struct<question:string,answer:string,demo:bigint,demo_rejection:struct<kind:string,reason:string>>"
    )
    scored.createOrReplaceTempView("scored")
    found = spark.sql("select count(demo), max(demo_rejection.kind) from scored").first()
    assert tuple(found) == (1, "missing-field")


def test_what_is_wrong_is_told_at_once_and_without_a_stack(spark):
    rows = spark.createDataFrame([("a", "b")], "prompt string, response string")
    with pytest.raises(Refused) as refused:
        score(rows, model="demo", max_tokens="many", turns="some", piece_bytes="1MiB")
    assert sorted(refused.value.problems) == [
        "max_tokens: expected a whole number from 1, or model, found 'many'",
        "piece_bytes: expected an option of frames, found one of jobs/annotate alone, which writes files",
        "turns: expected last or all, found 'some'",
    ]
    assert refused.value.__cause__ is None
    with pytest.raises(Refused, match=r"^model /nowhere: \[nowhere\] expected a folder with config.json"):
        score(rows, model=Path("/nowhere"))
    with pytest.raises(Refused, match="^columns: expected lines that fit one format, found none to fit"):
        score(rows.select("prompt"), model="demo")


def test_jars_are_found_or_the_way_to_them_is_told(tmp_path):
    touchstone, libtorch = touchstone_spark.jars(HOME)
    assert Path(touchstone).name == "touchstone-cluster.jar"
    assert Path(libtorch).is_file() and "pytorch-native-cpu" in libtorch
    with pytest.raises(Refused, match=r"expected target/touchstone-cluster.jar and target/classpath.txt, found no build"):
        touchstone_spark.jars(tmp_path)
