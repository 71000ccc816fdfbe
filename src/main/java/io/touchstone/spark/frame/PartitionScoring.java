package io.touchstone.spark.frame;

import io.touchstone.cli.text.NotesText;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.digest.Sha256;
import io.touchstone.reward.RewardText;
import io.touchstone.scoring.KnownScores;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import io.touchstone.scoring.pipeline.Annotator;
import io.touchstone.spark.annotate.TaskSettings;
import io.touchstone.spark.replica.Replica;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores the rows of one partition, in loads that are packed across them, with the replica of the
 * process.
 *
 * @param format that the rows have
 * @param mostBytes of a row as JSON
 */
record PartitionScoring(
    ScorerFactory scorers,
    RowFormat format,
    TaskSettings settings,
    ScoreColumns columns,
    long mostBytes)
    implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(PartitionScoring.class);

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    EngineOffline.set();
    TaskContext task = TaskContext.get();
    Replica<Scorer> replica = Replica.of(scorers);
    Scorer scorer = replica.model(scorers);
    // It stays in this process for the next task: nothing is scored with what is not the model.
    scorer.confirm();
    RewardText text = settings.labels().text(scorers.model().attributes(), settings.writing());
    RowReader reader = new RowReader(format, settings.rules(), settings.writing().fields());
    Annotator annotator =
        new Annotator(scorer, reader::read, text, KnownScores.NONE)
            .groupedBy(settings.groupBytes());
    ScoredRows scored =
        ScoredRows.of(
            rows,
            lines("partition " + task.partitionId()),
            columns,
            totals -> {
              // Whatever was given came of the model alone, or the task has failed.
              scorer.confirm();
              tell(task.partitionId(), totals, replica);
            },
            annotator::annotate);
    task.addTaskCompletionListener(
        (TaskCompletionListener)
            ended -> {
              scored.close();
            });
    return scored;
  }

  private Function<Row, RawLine> lines(String source) {
    RowJson json = new RowJson(columns.rows());
    return new Function<>() {
      private long number;

      @Override
      public RawLine apply(Row row) {
        byte[] bytes = json.of(row);
        long offset = number++;
        return bytes.length <= mostBytes
            ? new RawLine.Whole(source, offset, bytes)
            : new RawLine.TooLong(
                source,
                offset,
                bytes.length,
                mostBytes,
                Arrays.copyOf(bytes, Math.min(bytes.length, RawLine.TooLong.HEAD_BYTES)),
                Sha256.hex(bytes));
      }
    };
  }

  /** Says what was done; nothing of a conversation is in it. */
  private static void tell(int partition, AnnotationTotals totals, Replica<Scorer> replica) {
    LOG.info(
        "partition {}: {} rows scored, {} rejected {}, {} tokens presented, {} computed",
        partition,
        totals.out(),
        totals.rejectedLines(),
        totals.rejected(),
        totals.presentedTokens(),
        totals.computedTokens());
    new NotesText(totals.notes())
        .warnings()
        .forEach(warning -> LOG.warn("partition {}: {}", partition, warning));
    if (!replica.keepsBits()) {
      LOG.warn(
          "partition {}: on this processor the last bits of a score follow what is scored with it",
          partition);
    }
  }
}
