package io.touchstone.cli.text;

import io.touchstone.cli.call.JobHelp;

/** What {@code jobs/ledger --help} teaches beside its flags. */
public final class LedgerHelp {
  private LedgerHelp() {}

  private static final String SECTIONS =
      """

      What to do:
        show     says what scores a ledger has, and of which model and precision; reads no score
        verify   reads every score; a damaged file is named, and the exit status is 1
        compact  merges the files that jobs have added into few, at any time: jobs that read or add
                 meanwhile are not disturbed

      A ledger is a folder of files that are never changed. What a score depends on is in its key: token
      ids, the model's fingerprint, its head, the precision and this program's scoring version. Files with
      scores of a model that is not used any more may be deleted; show says how their names begin.

      Examples:
        jobs/annotate data/ --output monday --model DIR --ledger hdfs:/ledger
        jobs/annotate data/ --output tuesday --model DIR --ledger hdfs:/ledger
        jobs/ledger show hdfs:/ledger
        jobs/ledger compact hdfs:/ledger
      """;

  public static final JobHelp TEXT =
      new JobHelp(
          "Looks after a ledger, the folder in which jobs/annotate --ledger DIR remembers scores.",
          SECTIONS);
}
