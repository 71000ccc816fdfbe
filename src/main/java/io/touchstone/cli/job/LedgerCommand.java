package io.touchstone.cli.job;

import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Operand;
import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.text.LedgerText;
import io.touchstone.cli.text.ProgressDisplay;
import io.touchstone.cli.text.ProgressLine;
import io.touchstone.ledger.DamagedLedgerException;
import io.touchstone.ledger.EntryCount;
import io.touchstone.ledger.Ledger;
import io.touchstone.ledger.LedgerFolder;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.progress.ProgressTicker;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code ledger}: what is in a folder of known scores, and fewer files for it. */
public final class LedgerCommand implements Command {
  private static final Operand OPERAND =
      new Operand("WHAT DIR", "show|verify|compact DIR", "what to do, and the ledger's folder");

  private enum What {
    SHOW,
    VERIFY,
    COMPACT
  }

  private static final List<String> WORDS =
      Arrays.stream(What.values()).map(Readers::word).toList();

  @Override
  public JobSpec spec() {
    return new JobSpec(
        "ledger", OPERAND, List.of(), List.of(), Optional.empty(), Toggle.OF_ANY_JOB);
  }

  @Override
  public void check(List<String> operands, Problems problems) {
    if (operands.size() != 2) {
      problems.add(
          new Problem("")
              .expected(OPERAND.synopsis())
              .found(operands.size() + " arguments; --help says more"));
    }
    if (!operands.isEmpty() && !WORDS.contains(operands.get(0))) {
      problems.add(
          new Problem("").expected(String.join(" or ", WORDS)).found("'" + operands.get(0) + "'"));
    }
  }

  @Override
  public ExitStatus run(JobRun run) {
    List<String> operands = run.call().inputs();
    String told;
    try {
      Ledger ledger = new Ledger(LedgerFolder.of(operands.get(1), run.hadoop()));
      told =
          switch (Readers.oneOf(What.class).apply(operands.get(0))) {
            case SHOW -> LedgerText.shown(ledger.contents());
            case VERIFY -> LedgerText.verified(watched(run, ledger::verify));
            case COMPACT -> LedgerText.compacted(watched(run, ledger::compact));
          };
    } catch (DamagedLedgerException e) {
      throw new JobException(String.valueOf(e.getMessage()), e);
    } catch (IOException | IllegalArgumentException e) {
      throw Refused.because(String.valueOf(e.getMessage()));
    }
    run.tell(told);
    return ExitStatus.DONE;
  }

  /** What takes a while with many entries. */
  @FunctionalInterface
  private interface Walk<T> {
    T run(EntryCount count) throws IOException;
  }

  private static <T> T watched(JobRun run, Walk<T> walk) throws IOException {
    EntryCount count = new EntryCount();
    long begun = System.nanoTime();
    try (ProgressDisplay display = run.display();
        ProgressTicker ticker =
            new ProgressTicker(
                () -> {
                  double seconds = (System.nanoTime() - begun) / 1e9;
                  display.show(ProgressLine.of(count, seconds), seconds);
                })) {
      return walk.run(count);
    }
  }
}
