package io.touchstone.cli.job;

import io.touchstone.cli.call.Command;
import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.JobCall;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.cli.call.Operand;
import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Settings;
import io.touchstone.cli.call.Terminal;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.settings.JobSettings;
import io.touchstone.cli.text.LedgerHelp;
import io.touchstone.cli.text.ProgressDisplay;
import io.touchstone.cli.text.ProgressLine;
import io.touchstone.ledger.Compaction;
import io.touchstone.ledger.DamagedLedgerException;
import io.touchstone.ledger.EntryCount;
import io.touchstone.ledger.Ledger;
import io.touchstone.ledger.LedgerContent;
import io.touchstone.ledger.LedgerFolder;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.progress.ProgressTicker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code ledger}: what is in a folder of known scores, and fewer files for it. */
public final class LedgerCommand implements Command {
  private static final Operand OPERAND =
      new Operand("WHAT DIR", "show|verify|compact DIR", "what to do, and the ledger's folder");
  private static final JobSpec SPEC =
      new JobSpec(
          "ledger",
          OPERAND,
          List.of(),
          List.of(),
          Optional.empty(),
          Toggle.OF_ANY_JOB,
          LedgerHelp.help());

  private enum What {
    SHOW,
    VERIFY,
    COMPACT
  }

  private final Terminal around;

  public LedgerCommand(Terminal around) {
    this.around = around;
  }

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public ExitStatus run(JobCall call, Problems problems) {
    List<String> asked = call.inputs();
    if (asked.size() != 2) {
      problems.add(
          "expected "
              + OPERAND.synopsis()
              + ", found "
              + asked.size()
              + " arguments; --help says more");
    }
    What what = What.SHOW;
    if (!asked.isEmpty()) {
      try {
        what = Readers.oneOf(What.class).apply(asked.get(0));
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    Settings settings = JobSettings.of(SPEC, call, around.installation(), problems);
    String folder = asked.get(1);
    List<String> lines;
    try {
      LedgerFolder place = LedgerFolder.of(folder, JobSettings.hadoop(settings));
      lines =
          switch (what) {
            case SHOW -> shown(new Ledger(place));
            case VERIFY -> watched(call, count -> verified(new Ledger(place).verify(count)));
            case COMPACT -> watched(call, count -> compacted(new Ledger(place).compact(count)));
          };
    } catch (DamagedLedgerException e) {
      throw new JobException(String.valueOf(e.getMessage()), e);
    } catch (IOException | IllegalArgumentException e) {
      throw Refused.because(String.valueOf(e.getMessage()));
    }
    if (!call.isQuiet()) {
      around.say(String.join("\n", lines) + "\n");
    }
    return ExitStatus.DONE;
  }

  /** What takes a while with many entries. */
  @FunctionalInterface
  private interface Walk {
    List<String> run(EntryCount count) throws IOException;
  }

  private List<String> watched(JobCall call, Walk walk) throws IOException {
    EntryCount count = new EntryCount();
    long begun = System.nanoTime();
    try (ProgressDisplay display = ProgressDisplay.of(around, call.toggles());
        ProgressTicker ticker =
            new ProgressTicker(
                () -> {
                  double seconds = (System.nanoTime() - begun) / 1e9;
                  display.show(ProgressLine.of(count, seconds), seconds);
                })) {
      return walk.run(count);
    }
  }

  private static List<String> shown(Ledger ledger) throws IOException {
    List<LedgerContent> contents = ledger.contents();
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%,d scores in %,d files",
            contents.stream().mapToLong(LedgerContent::entries).sum(),
            contents.stream().mapToInt(LedgerContent::volumes).sum()));
    for (LedgerContent content : contents) {
      lines.add("");
      lines.add(
          format(
              "  %s*  %,d scores in %,d files, %,d bytes",
              content.filePrefix(), content.entries(), content.volumes(), content.bytes()));
      content.identity().text().lines().forEach(line -> lines.add("    " + line));
    }
    return lines;
  }

  private static List<String> verified(long entries) {
    return List.of(format("%,d scores read, all files whole", entries));
  }

  private static List<String> compacted(Compaction done) {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%,d scores in %,d files, which were %,d; %,d were there more than once",
            done.entries(), done.volumesAfter(), done.volumesBefore(), done.repeated()));
    if (done.disagreeing() > 0) {
      lines.add(
          format(
              "%,d of these differed in some bit, as on machines of several kinds; one was kept",
              done.disagreeing()));
    }
    return lines;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
