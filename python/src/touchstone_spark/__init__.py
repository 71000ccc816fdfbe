"""Scores the rows of PySpark DataFrames with reward models.

Everything is done by Touchstone's jar in Spark's JVM; this package finds the jar and calls it.

    spark = touchstone_spark.session()
    rows = spark.read.parquet("rows.parquet")
    touchstone_spark.score(rows, model="/models/Skywork-Reward-Llama-3.1-8B-v0.2").write.parquet("scored")
"""

from touchstone_spark._refused import Refused
from touchstone_spark._score import score
from touchstone_spark._session import jars, session

__all__ = ["Refused", "jars", "score", "session"]
