package io.touchstone.jobs.calibrate;

import io.touchstone.conversation.line.RowValue;
import io.touchstone.files.part.RejectedFile;
import io.touchstone.files.read.FormatChoice;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.InputListing;
import io.touchstone.files.read.InputRequest;
import io.touchstone.files.scan.NameProbe;
import io.touchstone.files.scan.RowScan;
import io.touchstone.files.scan.ScanProgress;
import io.touchstone.files.scan.ScanTotals;
import io.touchstone.jobs.annotate.ScoringRun;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.progress.JobProgress;
import io.touchstone.selection.NameSense;
import io.touchstone.selection.calibration.Fit;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Fits maps from scores to labels, and writes them into a file. Needs no Spark. */
public final class CalibrateJob {

  /** What a score is called whose model does not say it and whose label has no name. */
  private static final String USUAL_ATTRIBUTE = "helpfulness";

  private static final NameSense SCORES =
      NameSense.ofFields(
          "the name of a score", "scores", value -> value.isNumber() || value.isObject());
  private static final NameSense LABELS =
      NameSense.ofFields("the name of a number", "numbers", RowValue::isNumber);

  private final CalibrateConfig config;
  private final Configuration hadoop;

  private CalibrateJob(CalibrateConfig config, Configuration hadoop) {
    this.config = config;
    this.hadoop = hadoop;
  }

  /**
   * @param progress called twice a second by a thread of its own
   * @throws Refused with every problem of the inputs, of the file to write, or of the fit
   */
  public static CalibrateReport run(
      CalibrateConfig config, Configuration hadoop, Consumer<JobProgress> progress) {
    try {
      return new CalibrateJob(config, hadoop).run(progress);
    } catch (IOException e) {
      throw new JobException("[" + config.output() + "] " + e.getMessage(), e);
    }
  }

  /** Who made the scores. */
  private record Source(String fingerprint, List<String> attributes) {}

  private CalibrateReport run(Consumer<JobProgress> progress) throws IOException {
    CalibrationFile.checkWritable(config.output(), hadoop);
    InputListing listing =
        InputListing.of(
            new InputRequest(
                config.inputs(),
                List.of(config.output()),
                config.maxLineBytes(),
                new FormatChoice.Unneeded()),
            hadoop);
    List<InputFile> files = listing.files();
    Source source = source(files);
    NameProbe.ProbedFiles first = new NameProbe.ProbedFiles(files, config.maxLineBytes(), hadoop);
    NameProbe.check(first, SCORES, Map.of("--score", List.of(config.score())));
    if (config.fit().kind().needsLabels() && config.label().isPresent()) {
      NameProbe.check(first, LABELS, Map.of("--label", List.of(config.label().get())));
    }
    RowPrompts prompts = RowPrompts.of(files, config.maxLineBytes(), hadoop);
    LabelledRows labelled = new LabelledRows(config, source.attributes, prompts);
    Path rejected = new Path(config.output() + ".rejected.jsonl");
    ScanTotals rows;
    long withheld;
    long bytes = files.stream().mapToLong(InputFile::bytes).sum();
    try (RejectedFile rejects = new RejectedFile(rejected, bytes, hadoop);
        ScanProgress shown = new ScanProgress(files, progress)) {
      rows =
          RowScan.of(
              files,
              new RowScan.ScanSettings(hadoop, config.maxLineBytes(), Map.of(), shown),
              labelled::add,
              rejects::add);
      withheld = rejects.withheld();
    }
    Problems problems = new Problems();
    problems.addAll(rows.unusableFiles());
    labelled.offTheScale().ifPresent(problems::add);
    problems.refuseIfAny();
    Map<String, Fit> fits = fits(labelled, source.attributes);
    CalibrationFile.write(config.output(), record(source, rows, fits), hadoop);
    return new CalibrateReport(
        fits,
        config,
        new CalibrateReport.Prompts(prompts.count(), prompts.unknown()),
        source.fingerprint,
        rows,
        listing.skipped(),
        withheld,
        config.output(),
        rejected.toString());
  }

  private Source source(List<InputFile> files) throws IOException {
    Problems problems = new Problems();
    Set<String> fingerprints = new LinkedHashSet<>();
    List<String> attributes = config.attributes();
    for (InputFile file : files) {
      Optional<ScoringRun> run =
          ScoringRun.beside(file, hadoop).filter(found -> found.wrote(config.score()));
      run.ifPresent(found -> fingerprints.add(found.model().fingerprint()));
      if (run.isPresent() && run.get().labels().equals("rounded")) {
        problems.add(
            Problem.in(file.path())
                .expected("scores as they are")
                .found("rounded ones: annotate with --labels float"));
      }
      if (run.isPresent() && run.get().judged() == ScoringRun.Judged.STEPS) {
        problems.add(
            Problem.in(file.path())
                .expected("scores of whole answers")
                .found("those of steps, which a calibration does not tell apart"));
      }
      if (attributes.isEmpty()) {
        attributes = run.map(found -> found.model().attributes()).orElse(List.of());
      }
      if (run.isEmpty() && config.fingerprint().isEmpty()) {
        problems.add(
            Problem.in(file.path())
                .expected(
                    "_run.json of the annotate run that wrote "
                        + config.score()
                        + " beside it, or --model to name the model that made the scores")
                .found("neither"));
      }
    }
    config.fingerprint().ifPresent(fingerprints::add);
    if (fingerprints.size() > 1) {
      problems.add(
          Problem.at("input").expected("scores of one model").found("those of " + fingerprints));
    }
    problems.refuseIfAny();
    if (attributes.isEmpty()) {
      attributes = List.of(config.label().orElse(USUAL_ATTRIBUTE));
    }
    if (attributes.size() > 1 && config.label().isPresent()) {
      throw Refused.because(
          Problem.at("--label")
              .expected("it for scores of one attribute")
              .found(String.join(", ", attributes)));
    }
    return new Source(fingerprints.iterator().next(), attributes);
  }

  private Map<String, Fit> fits(LabelledRows rows, List<String> attributes) {
    Map<String, Fit> fits = new LinkedHashMap<>();
    Problems problems = new Problems();
    for (int i = 0; i < attributes.size(); i++) {
      try {
        fits.put(attributes.get(i), Fit.of(config.fit(), rows.of(i)));
      } catch (IllegalArgumentException e) {
        problems.add(attributes.get(i) + ": " + e.getMessage());
      }
    }
    problems.refuseIfAny();
    return fits;
  }

  private CalibrationRecord record(Source source, ScanTotals rows, Map<String, Fit> fits) {
    SortedMap<String, CalibrationRecord.Attribute> attributes = new TreeMap<>();
    fits.forEach((name, fit) -> attributes.put(name, CalibrationRecord.Attribute.of(fit)));
    boolean labels = config.fit().kind().needsLabels();
    return new CalibrationRecord(
        config.fit().kind().name().toLowerCase(Locale.ROOT),
        new CalibrationRecord.Model(source.fingerprint),
        new CalibrationRecord.Data(
            config.inputs(),
            config.score(),
            labels ? config.label().orElseGet(() -> String.join(",", source.attributes)) : "",
            List.of(config.labels().low(), config.labels().high()),
            rows.takenRows(),
            rows.rejectedLines(),
            labels ? config.fit().folds() : 0,
            config.fit().seed()),
        attributes,
        config.program());
  }
}
