package io.touchstone.jobs.evaluate;

import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.files.commit.PlanRecord;
import io.touchstone.files.read.FormatChoice;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.InputListing;
import io.touchstone.files.read.InputRequest;
import io.touchstone.files.read.SkippedFiles;
import io.touchstone.files.scan.NameProbe;
import io.touchstone.files.scan.RowScan;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import io.touchstone.selection.benchmark.BenchmarkRow;
import io.touchstone.selection.benchmark.Origin;
import io.touchstone.selection.benchmark.ScoreChoice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * An evaluate job's work, weighed before anything is scored.
 *
 * @param scoring how the rows get their scores; empty where they have them
 * @param skipped files of folders and globs that are not read
 * @param domains what the user says is in a file, by its path
 */
public record EvaluatePlan(
    EvaluateConfig config,
    List<InputFile> files,
    Optional<AnnotatePlan> scoring,
    SkippedFiles skipped,
    Map<String, String> domains) {

  private static final String SCORED = "_scored";

  public EvaluatePlan {
    files = List.copyOf(files);
    domains = Map.copyOf(domains);
  }

  /** Where a job that has to score its rows first leaves them. */
  public static String scoredFolder(String output) {
    return new Path(output, SCORED).toString();
  }

  /**
   * The plan for rows that have their scores; needs no Spark.
   *
   * @throws Refused with every problem of the inputs, such as a file without scores
   */
  public static EvaluatePlan of(EvaluateConfig config, Configuration hadoop) {
    InputListing listing =
        InputListing.of(
            new InputRequest(
                config.inputs(),
                List.of(config.output()),
                config.maxLineBytes(),
                new FormatChoice.Unneeded()),
            hadoop);
    List<InputFile> files = listing.files();
    config
        .scores()
        .field()
        .ifPresent(
            word ->
                NameProbe.check(
                    new NameProbe.ProbedFiles(files, config.maxLineBytes(), hadoop),
                    ScoreChoice.words(config.benchmark().format()),
                    Map.of("--field", List.of(word))));
    EvaluatePlan plan =
        new EvaluatePlan(
            config, files, Optional.empty(), listing.skipped(), domains(config, files));
    Refused.ifAny(
        plan
            .unusableFiles(
                hadoop, (line, file) -> config.benchmark().trial(plan.row(line, file), ""))
            .stream()
            .map(
                problem ->
                    problem
                        + " (rows without scores need --model, those under a name of their own --field)")
            .toList());
    return plan;
  }

  /**
   * The plan for rows that are yet to be scored. Reads each file up to the first usable row: one in
   * which no row is of the benchmark's layout is refused before a model spends hours on it.
   *
   * @throws Refused with every problem of the inputs
   */
  public static EvaluatePlan of(EvaluateConfig config, AnnotatePlan scoring, Configuration hadoop) {
    EvaluatePlan plan =
        new EvaluatePlan(
            config,
            scoring.files(),
            Optional.of(scoring),
            scoring.skipped(),
            domains(config, scoring.files()));
    RowReader reader = new RowReader(config.benchmark().format());
    Refused.ifAny(
        plan.unusableFiles(
            hadoop,
            (line, file) -> {
              config.benchmark().stratum(plan.row(line, file));
              if (reader.read(line) instanceof MalformedRow bad) {
                throw new RowProblem(bad);
              }
            }));
    return plan;
  }

  private static Map<String, String> domains(EvaluateConfig config, List<InputFile> files) {
    List<String> named = config.domains();
    if (named.size() > 1 && named.size() != files.size()) {
      throw Refused.because(
          Problem.at("--domain")
              .expected("one name, or one for each of " + files.size() + " files")
              .found(named.size()));
    }
    Map<String, String> domains = new HashMap<>();
    for (int i = 0; i < files.size() && !named.isEmpty(); i++) {
      domains.put(files.get(i).path(), named.get(named.size() == 1 ? 0 : i));
    }
    return domains;
  }

  private List<String> unusableFiles(Configuration hadoop, RowScan.Taker look) {
    return RowScan.firstOfEach(
            files, new RowScan.ScanSettings(hadoop, config.maxLineBytes(), Map.of(), null), look)
        .unusableFiles();
  }

  BenchmarkRow row(byte[] line, String file) {
    return new BenchmarkRow(
        JsonRow.read(line),
        new Origin(file, Optional.ofNullable(domains.get(file))),
        config.scores());
  }

  /** What the output folder is made from. */
  PlanRecord record() {
    SortedMap<String, String> settings = new TreeMap<>();
    scoring.ifPresent(plan -> settings.putAll(plan.record().settings()));
    settings.put("job", "evaluate");
    settings.put("benchmark", config.benchmark().word());
    settings.put("domains", String.join(",", config.domains()));
    settings.put("attribute", config.scores().attribute().orElse("none"));
    config.scores().field().ifPresent(word -> settings.put("scores", word));
    settings.put("max-line-bytes", Long.toString(config.maxLineBytes()));
    return new PlanRecord(settings, files, 0);
  }
}
