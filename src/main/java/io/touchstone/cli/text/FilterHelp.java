package io.touchstone.cli.text;

import io.touchstone.cli.call.JobHelp;

/** What {@code jobs/filter --help} teaches beside its flags. */
public final class FilterHelp {
  private FilterHelp() {}

  private static final String SECTIONS =
      """

      Rows are JSON objects of any fields; --dedup needs a format of jobs/annotate. A row goes through
      --min, --max and --where, then --dedup, then --top and --top-fraction. A name that is no\
       number in the first
      100 rows of any file is refused; rows that lack a number later are rejected.

      Each of both folders receives:
        part-00000.jsonl ...  its rows in the order of the input; every row lies in one of the folders
        run.json              settings, counts, time
        _SUCCESS              when all is done
      The folder of the kept rows also receives:
        rejected/             every row that has not what was asked for, and why

      Examples:
        jobs/filter scored/ --kept good --dropped rest --min 3
        jobs/filter scored/ --kept good --dropped rest --where 'helpfulness >= 3 and verbosity <= 2'
        jobs/filter best/ --kept good --dropped rest --top-fraction 0.2 --dedup --rank
        jobs/filter scored/ --kept good --dropped rest --scalar nemotron-4-340b --top 100000
      """;

  public static final JobHelp TEXT =
      new JobHelp("Parts rows into those to keep and those to drop, by their scores.", SECTIONS);
}
