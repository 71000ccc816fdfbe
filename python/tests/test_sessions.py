"""Sessions that cannot score, each in a process of its own."""

import importlib.util
import os
import subprocess
import sys

import pytest

from conftest import HOME

PLAIN = """
from pyspark.sql import SparkSession
import touchstone_spark
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
try:
    touchstone_spark.score(spark.createDataFrame([("a", "b")], "prompt string, response string"), model="demo")
except touchstone_spark.Refused as refused:
    print("REFUSED", refused)
try:
    touchstone_spark.session()
except touchstone_spark.Refused as refused:
    print("REFUSED", refused)
"""

CONNECT = """
from pyspark.sql import SparkSession
import touchstone_spark
spark = SparkSession.builder.remote("local[1]").getOrCreate()
try:
    touchstone_spark.score(spark.createDataFrame([("a", "b")], "prompt string, response string"), model="demo")
except touchstone_spark.Refused as refused:
    print("REFUSED", refused)
spark.stop()
"""


def refusals(program: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(HOME / "python" / "src"), "SPARK_LOCAL_IP": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=600,
    )
    found = [line.removeprefix("REFUSED ") for line in done.stdout.splitlines() if line.startswith("REFUSED ")]
    assert found, done.stdout + done.stderr
    return found


def test_a_session_without_the_jars_says_how_to_get_them():
    for refusal in refusals(PLAIN):
        assert refusal == (
            "session: expected one that was started with Touchstone's jars, found none of them: spark.stop(), then"
            " touchstone_spark.session(); or spark.jars of a new session, or pyspark --jars, with what"
            " `python -m touchstone_spark` prints"
        )


@pytest.mark.skipif(importlib.util.find_spec("grpc") is None, reason="no pyspark[connect] here")
def test_spark_connect_is_refused_by_name():
    (refusal,) = refusals(CONNECT)
    assert refusal.startswith("session: expected one with a JVM of its own, found Spark Connect")
