package io.touchstone.spark;

import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.choose.ChooseConfig;
import io.touchstone.jobs.choose.ChoosePlan;
import io.touchstone.jobs.choose.FilterRequest;
import io.touchstone.selection.Choice;
import io.touchstone.selection.ScoreBy;
import io.touchstone.selection.SelectRule;
import io.touchstone.selection.SelectedNames;
import io.touchstone.spark.choose.FilterJob;
import io.touchstone.spark.choose.SelectJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/** The jobs that commit pieces, each over a small input of two pieces with bad lines in both. */
enum SmallJob {
  ANNOTATE,
  SELECT,
  /** Scores rows with a model before it selects among them. */
  SCORE_AND_SELECT,
  FILTER,
  /** A filter that looks at all rows before it writes one. */
  FILTER_TOP;

  static final int ROWS = 40;

  private static final SelectRule BEST =
      new SelectRule(new ScoreBy.Named("rewards"), null, new Choice.Top(1), SelectedNames.OWN);

  /** The same in every process. */
  private static final FakeScorerFactory SCORERS = FakeScorerFactory.named("process");

  /** Writes the input of each job. */
  static void writeInputs(Path folder) throws IOException {
    for (SmallJob job : values()) {
      List<String> rows = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        rows.add(i % 10 == 7 ? "bad " + "x".repeat(60) : job.row(i));
      }
      Files.write(job.input(folder), rows);
    }
  }

  private Path input(Path inputs) {
    return inputs.resolve(name() + ".jsonl");
  }

  private String row(int i) {
    String candidates = "{\"prompt\": \"question %02d\", \"responses\": [\"a\", \"bb\"]";
    return switch (this) {
      case ANNOTATE -> Jobs.row(i, "answer ".repeat(i % 7) + i);
      case SELECT -> (candidates + ", \"rewards\": [1, %d]}").formatted(i, i % 3);
      case SCORE_AND_SELECT -> (candidates + "}").formatted(i);
      case FILTER, FILTER_TOP -> "{\"id\": %02d, \"reward\": %d}".formatted(i + 10, i % 9);
    };
  }

  /** Runs the whole job, whatever others do on the same folders. */
  void run(JavaSparkContext spark, Path inputs, Path out) {
    try {
      run(spark, input(inputs), Files.size(input(inputs)) / 2 + 1, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(JavaSparkContext spark, Path input, long pieceBytes, Path out) {
    switch (this) {
      case ANNOTATE -> Jobs.run(spark, Jobs.config(out, pieceBytes, input.toString()), SCORERS);
      case SELECT -> SelectJob.run(spark, plan(input, pieceBytes, out), BEST, progress -> {});
      case SCORE_AND_SELECT -> {
        String scored = SelectJob.scoredFolder(out.toString());
        AnnotatePlan first = Jobs.plan(Jobs.config(scored, pieceBytes, input.toString()), SCORERS);
        ChooseConfig config = ChooseJobs.config("select", List.of(out), pieceBytes, input);
        SelectJob.Scoring scoring = new SelectJob.Scoring(first, SCORERS);
        SelectJob.run(spark, ChoosePlan.after(first, config), BEST, scoring, progress -> {});
      }
      case FILTER ->
          filter(spark, plan(input, pieceBytes, out), ChooseJobs.ask("reward > 4", null));
      case FILTER_TOP ->
          filter(
              spark,
              plan(input, pieceBytes, out),
              ChooseJobs.top(ROWS / 4, FilterRequest.Part.RANK));
    }
  }

  private static void filter(JavaSparkContext spark, ChoosePlan plan, FilterRequest ask) {
    FilterJob.run(spark, plan, ask, progress -> {});
  }

  private ChoosePlan plan(Path input, long pieceBytes, Path out) {
    List<Path> outputs =
        this == SELECT ? List.of(out) : List.of(out.resolve("kept"), out.resolve("dropped"));
    return ChooseJobs.plan(
        ChooseJobs.config(this == SELECT ? "select" : "filter", outputs, pieceBytes, input));
  }

  /** Everything that users read, by name; records and summaries hold times. */
  static Map<String, String> content(Path out) throws IOException {
    Map<String, String> content = new TreeMap<>();
    for (String name : Jobs.tree(out)) {
      boolean timed = name.matches("(.*/)?(_plan|_run|_stats/part-\\d+)\\.json");
      content.put(name, timed ? "" : Files.readString(out.resolve(name)));
    }
    return content;
  }
}
