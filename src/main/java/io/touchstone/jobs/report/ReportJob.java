package io.touchstone.jobs.report;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.JsonFile;
import io.touchstone.files.ResultNames;
import io.touchstone.files.WholeFile;
import io.touchstone.files.commit.OutputLayout;
import io.touchstone.files.commit.PlanFile;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.scan.RowScan;
import io.touchstone.files.scan.ScanProgress;
import io.touchstone.files.scan.ScanTotals;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.progress.JobProgress;
import io.touchstone.selection.report.Report;
import io.touchstone.selection.report.ReportPage;
import io.touchstone.selection.report.ScoreField;
import io.touchstone.selection.report.ScoreReader;
import io.touchstone.selection.report.Tally;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Reads the rows of a finished annotate job, one after another in this process, and writes a report
 * on them. Needs no Spark.
 */
public final class ReportJob {
  private static final String RESULT = "DIR";
  private static final String AGAINST = "--against";

  private final ReportConfig config;
  private final Configuration hadoop;
  private final List<String> notes = new ArrayList<>();

  private ReportJob(ReportConfig config, Configuration hadoop) {
    this.config = config;
    this.hadoop = hadoop;
  }

  /**
   * @param progress called twice a second by a thread of its own
   * @throws Refused with every problem of the results
   */
  public static ReportOutcome run(
      ReportConfig config, Configuration hadoop, Consumer<JobProgress> progress) {
    try {
      return new ReportJob(config, hadoop).run(progress);
    } catch (IOException e) {
      throw new JobException("[" + config.result() + "] " + e.getMessage(), e);
    }
  }

  private ReportOutcome run(Consumer<JobProgress> progress) throws IOException {
    Problems problems = new Problems();
    Optional<AnnotatedResult> opened = open(RESULT, config.result(), problems);
    Optional<AnnotatedResult> compared =
        config.against().flatMap(folder -> open(AGAINST, folder, problems));
    if (opened.isEmpty() || !problems.isEmpty()) {
      throw new Refused(problems.found());
    }
    AnnotatedResult newer = opened.get();
    notes.addAll(newer.modelNotes());
    compared.ifPresent(older -> noteSettings(newer, older));
    List<ScoreField> fields =
        config.fields().isEmpty()
            ? newer.fields()
            : config.fields().stream().map(ScoreField::named).toList();
    List<Source> sources = new ArrayList<>();
    sources.add(new Source(RESULT, newer, newer.parts(config.maxLineBytes())));
    if (compared.isPresent()) {
      AnnotatedResult older = compared.get();
      sources.add(new Source(AGAINST, older, older.parts(config.maxLineBytes())));
    }
    Tally tally;
    Optional<Tally> before = Optional.empty();
    try (ScanProgress shown =
        new ScanProgress(
            sources.stream().flatMap(source -> source.files().stream()).toList(), progress)) {
      tally = tally(sources.get(0), fields, shown);
      if (compared.isPresent()) {
        before = Optional.of(tally(sources.get(1), olderFields(fields, compared.get()), shown));
      }
    }
    Report report =
        Report.of(
            new Report.Frame(
                config.program(),
                shown(newer),
                compared.map(ReportJob::shown).orElse(null),
                notes,
                newer.figures(),
                shown(newer.layout().rejectedFolder()),
                RejectedReasons.of(newer, config.maxLineBytes(), hadoop),
                config.maxDrift()),
            tally,
            before);
    if (config.maxDrift().isPresent() && report.largestDrift() == null) {
      throw Refused.because(
          Problem.at("--max-drift")
              .expected("scores that both results have")
              .found(
                  String.join(", ", tally.names())
                      + " here and "
                      + before.map(older -> String.join(", ", older.names())).orElse("nothing")
                      + " there"));
    }
    return written(report, newer);
  }

  private Optional<AnnotatedResult> open(String name, String folder, Problems problems) {
    try {
      return Optional.of(AnnotatedResult.open(name, folder, hadoop));
    } catch (Refused e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private static String shown(AnnotatedResult result) {
    return shown(result.layout().root());
  }

  /** As users type it. */
  private static String shown(Path folder) {
    return folder.toString().replaceFirst("^file:(?://)?(?=/)", "");
  }

  private void noteSettings(AnnotatedResult newer, AnnotatedResult older) {
    List<String> unlike = newer.settingsUnlike(older);
    if (!unlike.isEmpty()) {
      notes.add(
          "The two results were made with different settings ("
              + String.join(", ", unlike)
              + "): what differs need not be the data.");
    }
  }

  /** Those of the newer result that the older one has too; its own if it has none of them. */
  private List<ScoreField> olderFields(List<ScoreField> fields, AnnotatedResult older) {
    if (!config.fields().isEmpty()) {
      return fields;
    }
    List<ScoreField> own = older.fields();
    List<ScoreField> common = fields.stream().filter(own::contains).toList();
    return common.isEmpty() ? own : common;
  }

  /**
   * A result that is to be read.
   *
   * @param name what the user calls it
   */
  private record Source(
      String name, AnnotatedResult result, Map<String, AnnotatedResult.Part> parts) {
    List<InputFile> files() {
      return parts.values().stream().map(AnnotatedResult.Part::file).toList();
    }
  }

  private Tally tally(Source source, List<ScoreField> fields, ScanProgress shown) {
    AnnotatedResult result = source.result;
    Map<String, AnnotatedResult.Part> parts = source.parts;
    Tally tally =
        new Tally(new ScoreReader(fields, result.rules(), result.attribute()), config.tally());
    Map<String, Long> numbers = new HashMap<>();
    ScanTotals totals =
        RowScan.of(
            source.files(),
            new RowScan.ScanSettings(hadoop, config.maxLineBytes(), Map.of(), shown),
            (line, file) -> {
              AnnotatedResult.Part part = Objects.requireNonNull(parts.get(file), file);
              long number = numbers.merge(file, 1L, Long::sum);
              tally.add(
                  new Tally.Line(
                      line, part.format(), part.source(), new Path(file).getName(), number));
            },
            (line, why) -> {
              if (line instanceof RawLine.TooLong) {
                numbers.merge(line.source(), 1L, Long::sum);
              }
            });
    if (tally.names().isEmpty()) {
      throw Refused.because(unread(source.name, result, totals));
    }
    note(result, totals);
    if (tally.without() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d candidates in %s have no score, and are in no figure.",
              tally.without(),
              shown(result)));
    }
    return tally;
  }

  private void note(AnnotatedResult result, ScanTotals totals) {
    if (totals.rejectedLines() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d of the %,d rows in %s could not be read back as rows with these scores, and are"
                  + " in no figure.",
              totals.rejectedLines(),
              totals.in(),
              shown(result)));
    }
    long written = result.run().rows().out();
    if (totals.in() != written) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s of %s says that %,d rows were written, but %,d were found.",
              result.layout().summary().getName(),
              shown(result),
              written,
              totals.in()));
    }
  }

  private static String unread(String name, AnnotatedResult result, ScanTotals totals) {
    Problem.Expected row = Problem.at(name).file(shown(result)).expected("at least one scored row");
    return totals.firstRejected().entrySet().stream()
        .min(Map.Entry.comparingByKey())
        .map(
            first ->
                row.found(
                    "none that can be read; the first of "
                        + new Path(first.getKey()).getName()
                        + ": "
                        + first.getValue().reason()))
        .orElse(row.found("none"));
  }

  /** Beside rows those that the folder was begun with; where no rows are, none need hide. */
  private ResultNames names(Path folder) throws IOException {
    try {
      Path plan = OutputLayout.of(folder, 0).plan();
      return PlanFile.read(WholeFile.read(plan, hadoop)).names();
    } catch (FileNotFoundException e) {
      return ResultNames.PLAIN;
    }
  }

  private ReportOutcome written(Report report, AnnotatedResult newer) throws IOException {
    Path folder = config.output().map(Path::new).orElse(newer.layout().root());
    Path qualified = folder.getFileSystem(hadoop).makeQualified(folder);
    ResultNames names = names(qualified);
    Path page = new Path(qualified, names.reportPage());
    byte[] html = ReportPage.of(report).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(new Path(qualified, names.reportFigures()), JsonFile.bytes(report), hadoop);
    WholeFile.write(page, html, hadoop);
    return new ReportOutcome(report, page.toString());
  }
}
