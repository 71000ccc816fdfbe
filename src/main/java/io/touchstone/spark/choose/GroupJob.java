package io.touchstone.spark.choose;

import io.touchstone.conversation.format.JoinReader;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.RowValue;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.NumberedLine;
import io.touchstone.files.read.Piece;
import io.touchstone.files.scan.NameProbe;
import io.touchstone.jobs.TooManyRejectedException;
import io.touchstone.jobs.choose.ChoosePlan;
import io.touchstone.jobs.choose.ChooseReport;
import io.touchstone.jobs.choose.ChooseRule;
import io.touchstone.jobs.choose.GroupDecision;
import io.touchstone.jobs.choose.GroupRequest;
import io.touchstone.jobs.choose.GroupRows;
import io.touchstone.jobs.choose.RowPosition;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import io.touchstone.progress.JobProgress;
import io.touchstone.selection.ConversationDigest;
import io.touchstone.selection.NameSense;
import io.touchstone.spark.attempt.Pass;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.collections4.IteratorUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Joins rows of equal prompt.
 *
 * <p>A first look sends each row to where the digest of its prompt belongs; there rows are joined
 * whose prompts are equal byte by byte, and the joined row goes to the piece of the first of them.
 * A second look writes the pieces. Nothing of a row reaches the driver.
 */
public final class GroupJob {

  private static final long BYTES_PER_PARTITION = 64L << 20;
  private static final int MOST_PARTITIONS = 10_000;

  /** Lists that the joined rows may have. */
  private static final NameSense OF_ANSWERS =
      new NameSense(
          "the name of a value of each answer",
          "fields",
          (row, name) -> row.find(name).filter(RowValue::isList).isPresent(),
          JsonRow::names);

  private GroupJob() {}

  /**
   * Looks at the first rows of the input for what the job will ask them for, and at their formats.
   *
   * @throws Refused with every problem
   */
  public static void check(ChoosePlan plan, GroupRequest request, Configuration hadoop) {
    Problems problems = new Problems();
    for (RowFormat format : formats(plan)) {
      if (!JoinReader.joins(format)) {
        problems.add(
            Problem.at("--group-by")
                .expected("rows whose answers can stand in a list")
                .found(format.word() + " rows"));
      } else if (JoinReader.mapsColumns(format)) {
        problems.add(
            Problem.at("--map")
                .expected(
                    "no path for system, system_prompt or tools with --group-by, as joined rows have"
                        + " these under their own names")
                .found(format.described()));
      }
    }
    problems.refuseIfAny();
    NameProbe.ProbedFiles alone =
        plan.firstRows(hadoop).as((line, file) -> alone(line, file, request));
    problems.collect(
        () -> NameProbe.check(alone, OF_ANSWERS, Map.of("--collect", request.words())));
    if (request.rule() != null) {
      SelectJob.checkNames(alone, request.rule(), Set.of(), problems);
    }
    problems.refuseIfAny();
  }

  /** A file without a format has no rows. */
  private static byte[] alone(byte[] line, InputFile file, GroupRequest request) {
    return file.format() == null ? line : request.alone(line, file.format());
  }

  private static List<RowFormat> formats(ChoosePlan plan) {
    return plan.record().inputs().stream()
        .map(InputFile::format)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /**
   * @param plan whose files all have a format, but for those without rows
   * @param progress called twice a second by a thread of its own, and once at the end
   * @throws Refused if the output folder is not empty and not of the same plan
   * @throws TooManyRejectedException if more lines are rejected than the whole job may reject
   * @throws JobException if a piece failed or the output does not add up
   */
  public static ChooseReport run(
      JavaSparkContext spark,
      ChoosePlan plan,
      GroupRequest request,
      Consumer<JobProgress> progress) {
    ChooseJob job = new ChooseJob(spark, plan, progress);
    Pass look = job.look(spark);
    List<RowFormat> formats = formats(plan);
    return job.run(
        List.of(look),
        (missing, task) -> {
          JavaRDD<byte[]> rows =
              spark
                  .parallelize(plan.pieces(), plan.pieces().size())
                  .flatMap(new PieceScan(task, look.counters(), entries(request, formats)));
          JavaRDD<byte[]> decisions =
              GlobalOrder.keys(rows)
                  .repartitionAndSortWithinPartitions(
                      new DigestPartitioner(partitions(spark, plan)), new SortedBytes.Order())
                  .keys()
                  .mapPartitions(
                      sorted ->
                          IteratorUtils.transformedIterator(
                              new JoinedGroups(sorted, request, formats), GroupDecision::bytes));
          DecidedPieces.attempt(
              decisions, missing, task, (piece, decided) -> rule(request, piece, decided));
        });
  }

  private static RowEntries entries(GroupRequest request, List<RowFormat> formats) {
    return piece -> {
      RowFormat format = piece.file().format();
      if (format == null) {
        return row -> {
          throw unexpected(row);
        };
      }
      int index = formats.indexOf(format);
      var reader = request.reader(format);
      return row -> {
        byte[] line = row.bytes();
        ConversationDigest digest = ConversationDigest.ofPrompt(reader.read(line).conversation());
        return SortedBytes.joinable(
            digest, RowPosition.of(piece.index(), row.number()), index, line);
      };
    };
  }

  private static ChooseRule rule(GroupRequest request, Piece piece, Iterator<byte[]> decided) {
    RowFormat format = piece.file().format();
    if (format == null) {
      return row -> {
        throw unexpected(row);
      };
    }
    return new GroupRows(
        request.reader(format), IteratorUtils.transformedIterator(decided, GroupDecision::of));
  }

  /** What is too long to be a row is rejected as everywhere. */
  private static IllegalStateException unexpected(NumberedLine row) {
    return new IllegalStateException(
        "expected no rows, as when the job was planned, found a line of "
            + row.bytes().length
            + " bytes");
  }

  private static int partitions(JavaSparkContext spark, ChoosePlan plan) {
    long bySize = Math.min(MOST_PARTITIONS, plan.bytes() / BYTES_PER_PARTITION);
    return Math.max(spark.defaultParallelism(), (int) bySize);
  }
}
