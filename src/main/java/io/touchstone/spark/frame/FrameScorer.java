package io.touchstone.spark.frame;

import io.touchstone.cli.call.JobCall;
import io.touchstone.cli.call.Layer;
import io.touchstone.cli.call.Terminal;
import io.touchstone.cli.call.Toggle;
import io.touchstone.cli.job.AnnotateCommand;
import io.touchstone.cli.job.EngineScorers;
import io.touchstone.cli.job.JobRun;
import io.touchstone.cli.job.RowScoring;
import io.touchstone.cli.job.ScorerSource;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.LedgerChoice;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.spark.annotate.TaskSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reward model that scores the rows of Datasets: each comes back with its columns, its rewards as
 * {@code jobs/annotate} would write them, and in {@code rejection} why it has none.
 *
 * <p>Lazy: a frame that is made computes nothing, and one that is used twice, or whose tasks are
 * tried twice, computes again, with the same bits.
 */
public final class FrameScorer {
  private static final Logger LOG = LoggerFactory.getLogger(FrameScorer.class);

  private static final String HOMELESS =
      "touchstone.home: expected the program's folder, whose conf/models says what known models need,"
          + " found none: conf names a file of it";

  private static final String CASE_SENSITIVE = "spark.sql.caseSensitive";

  private final RowScoring scoring;
  private final FrameOptions options;
  private final List<String> warnings;

  private FrameScorer(RowScoring scoring, FrameOptions options, List<String> warnings) {
    this.scoring = scoring;
    this.options = options;
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads what the model's folder says of itself; the model is opened by the tasks.
   *
   * @param options settings of annotate by the names of their flags without dashes, {@code model}
   *     among them: texts, numbers, booleans, or lists and maps of texts where they are several
   * @throws Refused with every option that is wrong, what was expected and what was found
   */
  public static FrameScorer of(SparkSession session, Map<String, ?> options) {
    return of(session, options, new EngineScorers());
  }

  /** Scores rows once; as {@link #of} and {@link #score(Dataset)}. */
  public static Dataset<Row> score(Dataset<Row> rows, Map<String, ?> options) {
    return of(rows.sparkSession(), options).score(rows);
  }

  static FrameScorer of(SparkSession session, Map<String, ?> options, ScorerSource scorers) {
    EngineOffline.set();
    Terminal home = FrameHome.terminal();
    AnnotateCommand annotate = new AnnotateCommand(scorers);
    FrameOptions known = new FrameOptions(annotate.spec().settings());
    RowScoring scoring =
        known.telling(
            () -> {
              Problems problems = new Problems();
              JobCall call =
                  new JobCall(
                      List.of("columns"),
                      Map.of(),
                      known.confFiles(options, problems),
                      known
                          .layer(options, problems)
                          .with(cluster(session.sparkContext().getConf())),
                      // Nothing is written by the call itself.
                      Set.of(Toggle.DRY_RUN));
              return annotate.rows(JobRun.of(annotate, call, home, problems));
            });
    List<String> warnings = new ArrayList<>(scoring.scorers().model().reading().warnings());
    if (home.installation().home().isEmpty()) {
      warnings.add(HOMELESS);
    }
    warnings.forEach(LOG::warn);
    FrameScorer scorer = new FrameScorer(scoring, known, warnings);
    return scorer;
  }

  /** Of a session's settings those that say which devices and file systems there are. */
  private static Map<String, Layer.Entry> cluster(SparkConf conf) {
    Map<String, Layer.Entry> entries = new LinkedHashMap<>();
    Arrays.stream(conf.getAll())
        .filter(
            entry ->
                entry._1().startsWith("spark.hadoop.")
                    || entry._1().matches("spark\\.(executor|task)\\.resource\\..*")
                    || entry._1().equals("spark.master") && !entry._2().startsWith("local"))
        .forEach(
            entry ->
                entries.put(entry._1(), new Layer.Entry(entry._2(), "the session", entry._1())));
    return entries;
  }

  /** What may be unlike what was meant, of the model's folder and the session; logged, too. */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * What rows of such columns are.
   *
   * @throws Refused if they are nothing, or nothing that the options can mean
   */
  RowFormat format(StructType columns) {
    return FrameFormat.of(columns, scoring);
  }

  /**
   * The same rows in the same order and partitions, with further columns; no job is run.
   *
   * @throws Refused if the columns are none that the options can mean
   */
  public Dataset<Row> score(Dataset<Row> rows) {
    AnnotateConfig config = scoring.config();
    StructType schema = rows.schema();
    PartitionScoring task =
        options.telling(
            () -> {
              RowFormat format = format(schema);
              ScoreColumns columns =
                  ScoreColumns.of(
                      schema,
                      format,
                      config,
                      scoring.scorers().model(),
                      Boolean.parseBoolean(rows.sparkSession().conf().get(CASE_SENSITIVE)));
              return new PartitionScoring(
                  scoring.scorers(),
                  format,
                  new TaskSettings(
                      config.rules(),
                      config.labels(),
                      config.writing(),
                      config.groupBytes(),
                      0,
                      new LedgerChoice.None()),
                  columns,
                  config.reading().maxLineBytes());
            });
    return rows.mapPartitions(task, Encoders.row(task.columns().scored()));
  }
}
