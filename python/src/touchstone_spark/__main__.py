"""Prints what `pyspark --jars` and `spark-submit --jars` want: `pyspark --jars "$(python -m touchstone_spark)"`."""

import sys

from touchstone_spark import Refused, jars


def main() -> int:
    try:
        print(",".join(jars(*sys.argv[1:2])))
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
