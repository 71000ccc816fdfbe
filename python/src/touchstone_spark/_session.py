import os
from pathlib import Path

from pyspark.sql import SparkSession

from touchstone_spark._refused import Refused

_HOME = "TOUCHSTONE_HOME"
_CLUSTER_JAR = Path("target", "touchstone-cluster.jar")
_CLASSPATH = Path("target", "classpath.txt")
_LIBTORCH = "pytorch-native-"


def _home(home: "str | os.PathLike[str] | None") -> Path:
    """The project's folder: as it is named, as the environment says, or the one that this file lies in."""
    named = home or os.environ.get(_HOME)
    if named:
        return Path(named).absolute()
    for folder in Path(__file__).resolve().parents:
        if (folder / "jobs" / "annotate").is_file():
            return folder
    raise Refused([f"home: expected Touchstone's folder, as an argument or in {_HOME}, found neither"])


def jars(home: "str | os.PathLike[str] | None" = None) -> list[str]:
    """Paths of the jars that a session needs: Touchstone's and libtorch's, in this order.

    Args:
        home: Touchstone's folder, in which it was built; by default what TOUCHSTONE_HOME says, or the folder that this
            package is installed from (`pip install -e`).

    Raises:
        Refused: if there is no such folder, or nothing was built in it.
    """
    folder = _home(home)
    if not (folder / _CLUSTER_JAR).is_file() or not (folder / _CLASSPATH).is_file():
        raise Refused(
            [
                f"[{folder}] expected {_CLUSTER_JAR} and {_CLASSPATH}, found no build:"
                f" (cd {folder} && mvn -DskipTests package) makes them"
            ]
        )
    built = (folder / _CLASSPATH).read_text().strip().split(os.pathsep)
    libtorch = [jar for jar in built if Path(jar).name.startswith(_LIBTORCH)]
    if not libtorch:
        raise Refused([f"[{folder / _CLASSPATH}] expected a jar {_LIBTORCH}..., found none"])
    return [str(folder / _CLUSTER_JAR), *libtorch]


def session(
    builder: "SparkSession.Builder | None" = None, home: "str | os.PathLike[str] | None" = None
) -> SparkSession:
    """A session with Touchstone's jars: a new one, or the running one if it has them.

    Args:
        builder: settings of your own, such as `SparkSession.builder.master("spark://host:7077")`.
        home: as `jars` takes it. Its `conf` says what known models need.

    Raises:
        Refused: if there is no build, or a session runs without the jars: Spark takes them at its start alone.
    """
    folder = _home(home)
    builder = builder or SparkSession.builder
    own = getattr(builder, "_options", {})
    paths = [jar for jar in str(own.get("spark.jars", "")).split(",") if jar]
    defaults = str(own.get("spark.driver.defaultJavaOptions", ""))
    spark = (
        builder.config("spark.jars", ",".join([*paths, *(jar for jar in jars(home) if jar not in paths)]))
        .config("spark.driver.defaultJavaOptions", f'{defaults} "-Dtouchstone.home={folder}"'.strip())
        .getOrCreate()
    )
    scorer(spark)
    return spark


def scorer(spark: SparkSession):
    """The JVM's class that scores.

    Raises:
        Refused: if the session has none, or is one of Spark Connect.
    """
    if type(spark).__module__.startswith("pyspark.sql.connect"):
        raise Refused(
            [
                "session: expected one with a JVM of its own, found Spark Connect, whose client cannot call what is no"
                " part of Spark: start it without remote(...), SPARK_REMOTE or spark.api.mode=connect, or let"
                " jobs/annotate write files"
            ]
        )
    found = spark._jvm.io.touchstone.spark.frame.FrameScorer
    if not callable(getattr(found, "of", None)) or type(found).__name__ != "JavaClass":
        raise Refused(
            [
                "session: expected one that was started with Touchstone's jars, found none of them: spark.stop(), then"
                " touchstone_spark.session(); or spark.jars of a new session, or pyspark --jars, with what"
                " `python -m touchstone_spark` prints"
            ]
        )
    return found
