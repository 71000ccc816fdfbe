from pathlib import Path

import pytest
from pyspark.sql import SparkSession

import touchstone_spark

HOME = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def spark():
    session = touchstone_spark.session(
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2"),
        home=HOME,
    )
    yield session
    session.stop()
