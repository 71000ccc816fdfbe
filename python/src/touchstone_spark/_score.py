import os
import re
import warnings
from collections.abc import Mapping
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.sql import DataFrame

from touchstone_spark._refused import Refused
from touchstone_spark._session import scorer


def score(df: DataFrame, model: "str | os.PathLike[str]", **options: Any) -> DataFrame:
    """The rows of `df` with rewards, lazily: nothing is computed before the result is used, and all of it again
    whenever it is used again.

    Args:
        df: rows of any format that `jobs/annotate` knows, in any columns: texts such as `prompt` and `response`, lists
            of messages (`array<struct<role: string, content: string>>`), lists of candidates. What they are is found by
            the names and types of the columns, or said by `format` and `map`.
        model: a folder in Hugging Face form, at the same path on each machine; or `"demo"`.
        options: settings of `jobs/annotate` by the names of their flags, with `_` for `-` (and `as_` for `as`):
            `format="candidates"`, `map={"prompt": "question"}`, `turns="all"`, `labels="rounded"`, `field="skywork"`,
            `precision="bf16"`, `memory="8GiB"`, `max_tokens=4096`, `conf="settings.conf"`. Numbers, booleans, paths,
            lists and, for `map`, dicts are taken as such; None is as if it were not there.

    Returns:
        All columns of `df`, in their order and with their values, and

        - what the format writes, in the place of a column of that name or behind all: `reward: double`, or
          `rewards: array<double>` for lists of answers, `chosen_reward` and `rejected_reward` for pairs; of a model of
          several outputs a struct of doubles by attribute; with `labels="rounded"` bigints. The labels of `steerlm` rows
          stand in their turns.
        - `rejection: struct<kind: string, reason: string>`: null where the row was scored, else why it was not.

    Raises:
        Refused: at once, with every option that is wrong, what was expected and what was found.

    Warns:
        UserWarning: of what the model's folder leaves open.
    """
    given = {_name(name): _value(value) for name, value in {"model": model, **options}.items() if value is not None}
    java = scorer(df.sparkSession)
    try:
        scorer_of_model = java.of(df.sparkSession._jsparkSession, given)
        for warning in scorer_of_model.warnings():
            warnings.warn(warning, stacklevel=2)
        scored = scorer_of_model.score(df._jdf)
    except Py4JJavaError as failed:
        raise _told(failed) from None
    return DataFrame(scored, df.sparkSession)


def _name(option: str) -> str:
    return option.rstrip("_").replace("_", "-")


def _value(value: Any) -> Any:
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, Mapping):
        return {str(key): _value(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_value(each) for each in value]
    return value


def _told(failed: Py4JJavaError) -> Exception:
    """What the JVM refuses, without its stack; anything else as it is."""
    cause = failed.java_exception
    if not cause.getClass().getName().startswith("io.touchstone.problem.Refused"):
        return failed
    return Refused([re.sub(r"^[a-z]+(-[a-z]+)*(?=: )", lambda name: name[0].replace("-", "_"), each) for each in cause.problems()])
