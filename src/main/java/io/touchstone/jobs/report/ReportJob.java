package io.touchstone.jobs.report;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.scan.RowScan;
import io.touchstone.files.scan.ScanProgress;
import io.touchstone.files.scan.ScanTotals;
import io.touchstone.generation.recipe.EffectiveFeedback;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.progress.JobProgress;
import io.touchstone.selection.report.AnswerFigures;
import io.touchstone.selection.report.AnswerTally;
import io.touchstone.selection.report.Improvement;
import io.touchstone.selection.report.ImprovementTally;
import io.touchstone.selection.report.Report;
import io.touchstone.selection.report.ScoreField;
import io.touchstone.selection.report.ScoreReader;
import io.touchstone.selection.report.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Reads the rows of a finished annotate or generate job, one after another in this process, and
 * writes a report on them. Needs no Spark.
 */
public final class ReportJob {
  private static final String RESULT = "DIR";
  private static final String AGAINST = "--against";

  private final ReportConfig config;
  private final Configuration hadoop;
  private final ReportNotes notes = new ReportNotes();

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
    Optional<ReportedResult> opened = open(RESULT, config.result(), problems);
    Optional<ReportedResult> compared =
        config.against().flatMap(folder -> open(AGAINST, folder, problems));
    Optional<NightReports> nights = nights(problems);
    if (opened.isEmpty() || !problems.isEmpty()) {
      throw new Refused(problems.found());
    }
    ReportedResult newer = opened.get();
    compared.ifPresent(older -> refuseUnscored(newer, older));
    notes.model(newer);
    if (newer.isGenerated()) {
      if (nights.isPresent()) {
        throw Refused.because(
            Problem.at(RESULT)
                .file(newer.shown())
                .expected("scored rows beside --history")
                .found("generated ones without scores: jobs/annotate scores them"));
      }
      return files(newer).write(reportOfAnswers(newer, progress), Optional.empty());
    }
    compared.ifPresent(older -> notes.settings(newer, older));
    List<ScoreField> fields =
        config.fields().isEmpty()
            ? newer.fields()
            : config.fields().stream().map(ScoreField::named).toList();
    List<Source> sources = new ArrayList<>();
    sources.add(new Source(RESULT, newer, newer.parts(config.maxLineBytes())));
    if (compared.isPresent()) {
      ReportedResult older = compared.get();
      sources.add(new Source(AGAINST, older, older.parts(config.maxLineBytes())));
    }
    AnswerTally answers = new AnswerTally();
    ImprovementTally edits =
        new ImprovementTally(config.tally(), EffectiveFeedback.PRAISE, EffectiveFeedback::counts);
    Tally tally;
    Optional<Tally> before = Optional.empty();
    try (ScanProgress shown =
        new ScanProgress(
            sources.stream().flatMap(source -> source.files().stream()).toList(), progress)) {
      tally = tally(sources.get(0), fields, answers, edits, shown);
      if (compared.isPresent()) {
        before =
            Optional.of(
                tally(
                    sources.get(1),
                    olderFields(fields, compared.get()),
                    new AnswerTally(),
                    new ImprovementTally(config.tally(), "", text -> Map.of()),
                    shown));
      }
    }
    notes.unreadable(newer, answers.unreadable());
    Report report = Report.of(frame(newer, compared, answers.figures()), tally, before);
    Optional<Improvement> edited = edits.figures();
    if (edited.isPresent()) {
      report = report.with(edited.get().with(EditingRuns.of(newer)));
    }
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
    return files(newer).write(report, nights);
  }

  private Optional<NightReports> nights(Problems problems) throws IOException {
    if (config.history().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(NightReports.in(config.history().get(), hadoop));
    } catch (Refused refused) {
      problems.addAll(refused.problems());
      return Optional.empty();
    }
  }

  private ReportFiles files(ReportedResult newer) throws IOException {
    return ReportFiles.in(config.output().map(Path::new).orElse(newer.layout().root()), hadoop);
  }

  /** Only scores are compared. */
  private static void refuseUnscored(ReportedResult newer, ReportedResult older) {
    for (ReportedResult each : List.of(newer, older)) {
      if (each.isGenerated()) {
        throw Refused.because(
            Problem.at(each == older ? AGAINST : RESULT)
                .file(each.shown())
                .expected("scored rows beside --against")
                .found("generated ones without scores: jobs/annotate scores them"));
      }
    }
  }

  private Report reportOfAnswers(ReportedResult result, Consumer<JobProgress> progress)
      throws IOException {
    Source source = new Source(RESULT, result, result.parts(config.maxLineBytes()));
    AnswerTally answers = new AnswerTally();
    try (ScanProgress shown = new ScanProgress(source.files(), progress)) {
      ScanTotals totals =
          RowScan.of(
              source.files(),
              new RowScan.ScanSettings(hadoop, config.maxLineBytes(), Map.of(), shown),
              (line, file) -> answers.add(line, source.of(file).source()),
              (line, why) -> {});
      notes.read(result, totals);
    }
    notes.unreadable(result, answers.unreadable());
    AnswerFigures figures =
        answers
            .figures()
            .orElseThrow(
                () ->
                    Refused.because(
                        Problem.at(RESULT)
                            .file(result.shown())
                            .expected("at least one answered row")
                            .found("none")));
    return Report.ofAnswers(frame(result, Optional.empty(), Optional.of(figures)), figures);
  }

  private Report.Frame frame(
      ReportedResult result, Optional<ReportedResult> compared, Optional<AnswerFigures> answers)
      throws IOException {
    return new Report.Frame(
        config.program(),
        result.shown(),
        compared.map(ReportedResult::shown).orElse(null),
        notes.all(),
        result.figures(),
        answers,
        ReportedResult.shown(result.layout().rejectedFolder()),
        RejectedReasons.of(result, config.maxLineBytes(), hadoop),
        config.maxDrift());
  }

  private Optional<ReportedResult> open(String name, String folder, Problems problems) {
    try {
      return Optional.of(ReportedResult.open(name, folder, hadoop));
    } catch (Refused e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  /** Those of the newer result that the older one has too; its own if it has none of them. */
  private List<ScoreField> olderFields(List<ScoreField> fields, ReportedResult older) {
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
      String name, ReportedResult result, Map<String, ReportedResult.Part> parts) {
    ReportedResult.Part of(String file) {
      return Objects.requireNonNull(parts.get(file), file);
    }

    List<InputFile> files() {
      return parts.values().stream().map(ReportedResult.Part::file).toList();
    }
  }

  private Tally tally(
      Source source,
      List<ScoreField> fields,
      AnswerTally answers,
      ImprovementTally edits,
      ScanProgress shown) {
    ReportedResult result = source.result;
    Tally tally =
        new Tally(new ScoreReader(fields, result.rules(), result.attribute()), config.tally());
    Map<String, Long> numbers = new HashMap<>();
    ScanTotals totals =
        RowScan.of(
            source.files(),
            new RowScan.ScanSettings(hadoop, config.maxLineBytes(), Map.of(), shown),
            (line, file) -> {
              ReportedResult.Part part = source.of(file);
              long number = numbers.merge(file, 1L, Long::sum);
              tally.add(
                  new Tally.Line(
                      line, part.format(), part.source(), new Path(file).getName(), number));
              answers.add(line, part.source());
              if (part.isOfEdits()) {
                edits.add(line, new Path(file).getName(), number);
              }
            },
            (line, why) -> {
              if (line instanceof RawLine.TooLong) {
                numbers.merge(line.source(), 1L, Long::sum);
              }
            });
    if (tally.names().isEmpty()) {
      throw Refused.because(unread(source.name, result, totals));
    }
    notes.read(result, totals);
    notes.without(result, tally.without());
    return tally;
  }

  private static String unread(String name, ReportedResult result, ScanTotals totals) {
    Problem.Expected row =
        Problem.at(name).file(result.shown()).expected("at least one scored row");
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
}
