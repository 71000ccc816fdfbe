package io.touchstone.jobs.evaluate;

import io.touchstone.files.JsonFile;
import io.touchstone.files.commit.CommitStore;
import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.OutputLayout;
import io.touchstone.files.part.RejectedFile;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.Piece;
import io.touchstone.files.scan.RowScan;
import io.touchstone.files.scan.ScanProgress;
import io.touchstone.files.scan.ScanTotals;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import io.touchstone.progress.JobProgress;
import io.touchstone.selection.benchmark.Benchmark;
import io.touchstone.selection.benchmark.BenchmarkRow;
import io.touchstone.selection.benchmark.Comparison;
import io.touchstone.selection.benchmark.Evaluation;
import io.touchstone.selection.benchmark.EvaluationTable;
import io.touchstone.selection.benchmark.Trial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Makes a benchmark's table of scored rows and leaves it in the output folder. */
public final class EvaluateJob {

  private static final String MARKDOWN = "evaluation.md";

  private final EvaluatePlan plan;
  private final Configuration hadoop;
  private final OutputFolder folder;
  private final List<Trial> others;
  private final List<Trial> trials = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private long withheld;
  private long undecided;

  /**
   * Touches nothing; what was evaluated before is read now.
   *
   * @throws Refused if the evaluation to compare with is none, or of another benchmark
   */
  public EvaluateJob(EvaluatePlan plan, Configuration hadoop) {
    this.plan = plan;
    this.hadoop = hadoop;
    this.folder = OutputFolder.of(plan.record(), plan.config().output(), hadoop);
    EvaluateConfig config = plan.config();
    this.others =
        config
            .compare()
            .map(with -> EvaluationFolder.trials(with, config.benchmark(), hadoop))
            .orElse(List.of());
  }

  /**
   * Looks at the output folder without touching anything.
   *
   * @throws Refused if it is not empty and not of the same plan
   */
  public void check() {
    folder.check();
  }

  /** Makes the output folder this plan's own, before a model begins to score. */
  public void claim() {
    try {
      folder.begin();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Needs no Spark; what the plan scores must have been scored.
   *
   * @param progress called twice a second by a thread of its own
   * @throws Refused if no row can be used
   */
  public EvaluateReport run(Consumer<JobProgress> progress) {
    claim();
    try {
      return evaluated(progress);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private JobException failed(IOException e) {
    return new JobException("[" + folder.layout().folder() + "] " + e.getMessage(), e);
  }

  private EvaluateReport evaluated(Consumer<JobProgress> progress) throws IOException {
    long begun = System.nanoTime();
    EvaluateConfig config = plan.config();
    ScanTotals rows = read(progress);
    Refused.ifAny(rows.unusableFiles());
    if (trials.isEmpty()) {
      throw Refused.because(
          Problem.at("input")
              .expected("at least one row that prefers one of its answers")
              .found("none in " + undecided));
    }
    Evaluation evaluation = Evaluation.of(config.benchmark(), trials, config.seed());
    EvaluateReport report =
        new EvaluateReport(
            evaluation,
            config.compare().map(this::compared),
            rows,
            plan.skipped(),
            withheld,
            undecided,
            folder.layout().folder(),
            folder.layout().rejectedFolder().toString(),
            (System.nanoTime() - begun) / 1e9);
    write(report);
    return report;
  }

  private Comparison compared(String with) {
    try {
      return Comparison.of(plan.config().benchmark(), trials, others, plan.config().seed());
    } catch (IllegalArgumentException e) {
      throw Refused.because("--compare: [" + with + "] " + e.getMessage());
    }
  }

  private ScanTotals read(Consumer<JobProgress> progress) throws IOException {
    Path rejected = new Path(folder.layout().rejectedFolder(), "part-00000.jsonl");
    Map<String, String> names = new HashMap<>();
    List<InputFile> scored =
        plan.scoring().isPresent() ? parts(plan.scoring().get(), names) : plan.files();
    long bytes = scored.stream().mapToLong(InputFile::bytes).sum();
    try (RejectedFile rejects = new RejectedFile(rejected, bytes, hadoop);
        ScanProgress shown = new ScanProgress(scored, progress)) {
      ScanTotals rows =
          RowScan.of(
              scored,
              new RowScan.ScanSettings(hadoop, plan.config().maxLineBytes(), names, shown),
              this::take,
              rejects::add);
      withheld = rejects.withheld();
      return rows;
    }
  }

  /** What annotate left, part by part, with the file that each was made from. */
  private List<InputFile> parts(AnnotatePlan scoring, Map<String, String> names)
      throws IOException {
    OutputLayout layout = scoring.folder(hadoop).layout();
    List<InputFile> parts = new ArrayList<>();
    for (Piece piece : scoring.pieces()) {
      Path path = layout.part(piece.index());
      FileStatus part = path.getFileSystem(hadoop).getFileStatus(path);
      parts.add(
          new InputFile(
              path.toString(),
              layout.parts().kind(),
              part.getLen(),
              part.getModificationTime(),
              null));
      names.put(path.toString(), piece.file().path());
    }
    return parts;
  }

  private void take(byte[] line, String file) {
    Benchmark benchmark = plan.config().benchmark();
    BenchmarkRow row = plan.row(line, file);
    String stratum = benchmark.stratum(row);
    String id = row.key();
    // The same key again, or none, is told apart by how often it came.
    int before = ids.getOrDefault(stratum + "\n" + id, 0);
    if (before > 0 && benchmark.isJoinedById(stratum)) {
      throw Refused.because(
          Problem.in(file)
              .field("id")
              .expected(
                  "each once in the subset "
                      + stratum
                      + ", whose rows belong together by their ids")
              .found(id + " again"));
    }
    Trial trial =
        benchmark.trial(row, id + (before == 0 && !id.isEmpty() ? "" : "#" + (before + 1)));
    if (!benchmark.isDecided(row)) {
      undecided++;
      return;
    }
    ids.put(stratum + "\n" + id, before + 1);
    trials.add(trial);
  }

  private void write(EvaluateReport report) throws IOException {
    CommitStore store = folder.store();
    Path root = folder.layout().root();
    store.replace(
        new Path(root, EvaluationFolder.TRIALS),
        EvaluationFolder.bytes(plan.config().benchmark(), trials));
    EvaluationSummary summary = EvaluationSummary.of(plan, report);
    store.replace(new Path(root, EvaluationFolder.TABLE), JsonFile.bytes(summary));
    store.replace(
        new Path(root, MARKDOWN),
        new EvaluationTable(report.evaluation(), report.comparison())
            .markdown()
            .getBytes(StandardCharsets.UTF_8));
    folder.succeed(EvaluationRun.of(plan, report));
  }
}
