package io.touchstone.spark.choose;

import io.touchstone.files.FileKind;
import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.OutputState;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.Piece;
import io.touchstone.files.scan.FieldProbe;
import io.touchstone.files.scan.NameProbe;
import io.touchstone.jobs.TooManyRejectedException;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.jobs.choose.ChoosePlan;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.jobs.choose.SelectVerdict;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.progress.JobProgress;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.selection.NameSense;
import io.touchstone.selection.SelectRule;
import io.touchstone.spark.annotate.AnnotateJob;
import io.touchstone.spark.attempt.PieceRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** Selects among the candidates of each row. */
public final class SelectJob {

  private static final String SCORED = "_scored";

  private SelectJob() {}

  /** Where the rows lie that a job scores before it selects. */
  public static String scoredFolder(String output) {
    return new Path(output, SCORED).toString();
  }

  /**
   * Looks at the first rows of the input for all scores that the job will ask rows for, and for
   * fields of their own that would be lost.
   *
   * @param promised names of what a model will give the rows before the job asks
   * @throws Refused with every name that means scores of the responses in none of them, and every
   *     one that is to be written and that one of them has
   */
  public static void checkNames(
      ChoosePlan plan, SelectRule rule, Set<String> promised, Configuration hadoop) {
    Problems problems = new Problems();
    checkNames(plan.firstRows(hadoop), rule, promised, problems);
    problems.refuseIfAny();
  }

  /**
   * @param first rows of candidates
   */
  static void checkNames(
      NameProbe.ProbedFiles first, SelectRule rule, Set<String> promised, Problems problems) {
    Map<String, List<String>> asked = new LinkedHashMap<>();
    if (rule.scalar() != null) {
      asked.put("--scalar", missing(rule.scalar().names(), promised));
    }
    if (!rule.isByScalar()) {
      asked.put("--by", missing(rule.by().names(), promised));
    }
    problems.collect(() -> NameProbe.check(first, NameSense.SCORES_OF_RESPONSES, asked));
    problems.collect(
        () -> {
          Set<String> lost = FieldProbe.found(first, rule::inTheWay);
          if (!lost.isEmpty()) {
            problems.add(
                Problem.at("--field")
                    .expected(
                        "a word NAME for the fields that are written, such as NAME_"
                            + lost.iterator().next())
                    .found("rows whose own would be lost: " + String.join(", ", lost)));
          }
        });
  }

  private static List<String> missing(List<String> names, Set<String> promised) {
    return names.stream().filter(name -> !promised.contains(name)).toList();
  }

  /**
   * @param progress called twice a second by a thread of its own, and once at the end
   * @throws Refused if the output folder is not empty and not of the same plan
   * @throws TooManyRejectedException if more lines are rejected than the whole job may reject
   * @throws JobException if a piece failed or the output does not add up
   */
  public static ChooseReport run(
      JavaSparkContext spark, ChoosePlan plan, SelectRule rule, Consumer<JobProgress> progress) {
    return new ChooseJob(spark, plan, progress)
        .run(
            List.of(),
            (missing, task) ->
                PieceRun.eachByItself(
                    spark,
                    missing,
                    task,
                    piece ->
                        new ChooseWork(row -> SelectVerdict.outcome(rule.select(row.bytes())))));
  }

  /** Scores the rows first, in a folder of their own within the output, and selects from these. */
  public record Scoring(AnnotatePlan plan, ScorerFactory scorers) {}

  /**
   * @param plan of {@link ChoosePlan#after}
   */
  public static Both run(
      JavaSparkContext spark,
      ChoosePlan plan,
      SelectRule rule,
      Scoring scoring,
      Consumer<JobProgress> progress) {
    OutputFolder folder = plan.folders(spark.hadoopConfiguration()).first();
    try {
      if (folder.check() instanceof OutputState.Fresh) {
        // Else the scored rows would make the folder look like someone else's.
        folder.begin();
      }
      AnnotateReport scored = AnnotateJob.run(spark, scoring.plan(), scoring.scorers(), progress);
      List<Piece> parts = parts(scoring.plan().folder(spark.hadoopConfiguration()));
      return new Both(scored, run(spark, plan.over(parts), rule, progress));
    } catch (IOException e) {
      throw new JobException("[" + folder.layout().folder() + "] " + e.getMessage(), e);
    }
  }

  /** What scoring gave, and what was selected from it. */
  public record Both(AnnotateReport scored, ChooseReport selected) {}

  private static List<Piece> parts(OutputFolder scored) throws IOException {
    Map<Integer, Long> sizes = scored.partSizes();
    FileKind kind = scored.layout().parts().kind();
    List<Piece> parts = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      long bytes = sizes.getOrDefault(i, 0L);
      Path path = scored.layout().part(i);
      long modifiedMillis = scored.store().files().getFileStatus(path).getModificationTime();
      InputFile file = new InputFile(path.toString(), kind, bytes, modifiedMillis, null);
      parts.add(new Piece(i, file, 0, bytes));
    }
    return parts;
  }
}
