"""A night of Touchstone as an Airflow DAG: annotate, report, filter, by jobs/nightly and its file.

Copy it into Airflow's DAG folder. Two Airflow variables, or environment variables of the workers, say where
things are: touchstone_home (TOUCHSTONE_HOME) is the folder that jobs/ lies in, touchstone_nightly_conf
(TOUCHSTONE_NIGHTLY_CONF) a file such as conf/nightly.conf. Tested with Airflow 3.
"""

import os
import subprocess
from datetime import datetime, timedelta

from airflow.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from airflow.sdk import Variable, dag, task


def setting(name):
    return os.environ.get(name.upper()) or Variable.get(name)


@dag(
    dag_id="touchstone_nightly",
    schedule="15 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    # A second start would end with status 75: both write into one folder.
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=10)},
)
def touchstone_nightly():
    @task
    def nightly(ds=None):
        job = subprocess.run(
            [
                os.path.join(setting("touchstone_home"), "jobs", "nightly"),
                "--conf",
                setting("touchstone_nightly_conf"),
                # A run that is triggered by hand may have no date: it is today's.
                *(["--date", ds] if ds else []),
            ],
            check=False,
        )
        status = job.returncode
        if status == 75:
            raise AirflowSkipException("another start is at work on this folder")
        if status in (2, 3):
            # The same call would end so again: it is wrong, or lines or scores are.
            raise AirflowFailException(f"jobs/nightly ended with status {status}; its log says why")
        if status != 0:
            # What is finished stays, and a retry goes on with the rest.
            raise AirflowException(f"jobs/nightly ended with status {status}")

    nightly()


touchstone_nightly()
