package io.touchstone.spark.choose;

import io.touchstone.files.read.Piece;
import io.touchstone.files.scan.NameProbe;
import io.touchstone.jobs.TooManyRejectedException;
import io.touchstone.jobs.choose.ChoosePlan;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.jobs.choose.Decision;
import io.touchstone.jobs.choose.FilterRequest;
import io.touchstone.jobs.choose.FilterRows;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.progress.JobProgress;
import io.touchstone.selection.FilterRule;
import io.touchstone.selection.NameSense;
import io.touchstone.selection.SelectRule;
import io.touchstone.spark.attempt.Pass;
import io.touchstone.spark.attempt.PieceRun;
import io.touchstone.spark.attempt.PieceTask;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.collections4.IteratorUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Parts rows into kept and dropped ones.
 *
 * <p>What depends on all rows takes a second look at them: the first reads each row's score, Spark
 * sorts the scores by ranges and sends each piece its rows' places, and the second writes the
 * piece.
 */
public final class FilterJob {

  private static final long BYTES_PER_RANGE = 8L << 20;
  private static final int MOST_RANGES = 200;

  private FilterJob() {}

  /**
   * Looks at the first rows of the input for all numbers and texts that the job may ask rows for.
   *
   * @throws Refused with every name that means none in any of them
   */
  public static void checkNames(ChoosePlan plan, FilterRequest request, Configuration hadoop) {
    FilterRule rule = request.rule();
    Map<String, List<String>> asked = new LinkedHashMap<>();
    Predicate<String> ofRows = name -> rule.scalar() == null || !name.equals(SelectRule.SCALAR);
    if (rule.scalar() != null) {
      asked.put("--scalar", rule.scalar().names());
    }
    if (rule.where() != null) {
      asked.put("--where", rule.where().names().stream().filter(ofRows).toList());
    }
    if (rule.by() != null) {
      asked.put("--by", Stream.of(rule.by()).filter(ofRows).toList());
    }
    NameProbe.ProbedFiles first = plan.firstRows(hadoop);
    Problems problems = new Problems();
    problems.collect(() -> NameProbe.check(first, NameSense.NUMBERS, asked));
    if (rule.where() != null) {
      Map<String, List<String>> texts = Map.of("--where", rule.where().textNames());
      problems.collect(() -> NameProbe.check(first, NameSense.TEXTS, texts));
      List<String> others = rule.where().valueNames().stream().filter(ofRows).toList();
      problems.collect(() -> NameProbe.check(first, NameSense.VALUES, Map.of("--where", others)));
    }
    problems.refuseIfAny();
  }

  /**
   * @param plan whose first output receives the kept rows, and its second the dropped ones
   * @param progress called twice a second by a thread of its own, and once at the end
   * @throws Refused if an output folder is not empty and not of the same plan
   * @throws TooManyRejectedException if more lines are rejected than the whole job may reject
   * @throws JobException if a piece failed or the output does not add up
   */
  public static ChooseReport run(
      JavaSparkContext spark,
      ChoosePlan plan,
      FilterRequest request,
      Consumer<JobProgress> progress) {
    ChooseJob job = new ChooseJob(spark, plan, progress);
    if (!request.looksAtAll()) {
      return job.run(
          List.of(),
          (missing, task) ->
              PieceRun.eachByItself(spark, missing, task, piece -> byItself(request, piece)));
    }
    Pass look = job.look(spark);
    return job.run(
        List.of(look),
        (missing, task) -> {
          JavaRDD<byte[]> scanned =
              spark
                  .parallelize(plan.pieces(), plan.pieces().size())
                  .flatMap(new PieceScan(task, look.counters(), FilterEntries.of(request)));
          try (GlobalOrder order = new GlobalOrder(request, scanned, ranges(spark, plan))) {
            afterAll(order, request, missing, task);
          }
        });
  }

  private static ChooseWork byItself(FilterRequest request, Piece piece) {
    return new ChooseWork(
        new FilterRows(
            request, piece.file().format(), Collections.emptyIterator(), FilterRows.Ranked.NONE));
  }

  private static void afterAll(
      GlobalOrder order, FilterRequest request, List<Piece> missing, PieceTask task) {
    FilterRows.Ranked ranked = order.ranking();
    DecidedPieces.attempt(
        order.decisions(),
        missing,
        task,
        (piece, decisions) ->
            new FilterRows(
                request,
                piece.file().format(),
                IteratorUtils.transformedIterator(decisions, Decision::of),
                ranked));
  }

  private static int ranges(JavaSparkContext spark, ChoosePlan plan) {
    long bySize = Math.min(MOST_RANGES, plan.bytes() / BYTES_PER_RANGE);
    return Math.max(spark.defaultParallelism(), (int) bySize);
  }
}
