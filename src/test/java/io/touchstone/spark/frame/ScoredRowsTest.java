package io.touchstone.spark.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

final class ScoredRowsTest {
  private static final StructType ROWS = new StructType().add("n", DataTypes.IntegerType);
  private static final ScoreColumns COLUMNS =
      new ScoreColumns(
          ROWS,
          ROWS.add("reward", DataTypes.DoubleType).add("rejection", ScoreColumns.REASON),
          Map.of("reward", DataTypes.DoubleType),
          null,
          "rejection");
  private static final Function<Row, RawLine> LINES =
      row ->
          new RawLine.Whole(
              "rows", 0, ("{\"n\":" + row.getInt(0) + ",\"reward\":0.5}").getBytes(UTF_8));

  private static Iterator<Row> rows(int count) {
    return IntStream.range(0, count).mapToObj(n -> RowFactory.create(n)).iterator();
  }

  /** Gives each line an outcome, so many lines later. */
  private static ScoredRows.Work after(int lines) {
    return (in, sink) -> {
      List<RawLine> waiting = new ArrayList<>();
      while (in.hasNext()) {
        waiting.add(in.next());
        if (waiting.size() > lines) {
          sink.enriched(waiting.remove(0).bytes());
        }
      }
      for (RawLine line : waiting) {
        sink.rejected(line, new Rejected("late", "expected it earlier, found it at the end"));
      }
      return AnnotationTotals.NONE;
    };
  }

  @Test
  void rowsComeInOrderHoweverLateTheirOutcomesAre() {
    for (int late : new int[] {0, 1, 700}) {
      List<AnnotationTotals> ends = new ArrayList<>();
      ScoredRows scored = ScoredRows.of(rows(1_000), LINES, COLUMNS, ends::add, after(late));
      List<Row> all = new ArrayList<>();
      scored.forEachRemaining(all::add);
      assertThat(all)
          .extracting(row -> row.getInt(0))
          .isEqualTo(IntStream.range(0, 1_000).boxed().toList());
      assertThat(all).filteredOn(row -> row.isNullAt(1)).hasSize(late);
      assertThat(scored.hasNext()).isFalse();
      assertThat(ends).hasSize(1);
    }
  }

  @Test
  void rowsAreTakenByTheThreadThatAsksForThem() {
    Thread asking = Thread.currentThread();
    List<Thread> taking = new ArrayList<>();
    Iterator<Row> rows = rows(500);
    Iterator<Row> watched =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            taking.add(Thread.currentThread());
            return rows.hasNext();
          }

          @Override
          public Row next() {
            taking.add(Thread.currentThread());
            return rows.next();
          }
        };
    ScoredRows.of(watched, LINES, COLUMNS, totals -> {}, after(300)).forEachRemaining(row -> {});
    assertThat(taking).containsOnly(asking);
  }

  @Test
  void noMoreRowsAreTakenThanTheWorkCanUse() {
    Iterator<Row> rows = rows(100_000);
    ScoredRows scored = ScoredRows.of(rows, LINES, COLUMNS, totals -> {}, after(0));
    scored.next();
    scored.close();
    assertThat(rows.next().getInt(0)).isLessThan(1_000);
  }

  @Test
  void whatFailsIsThrownToWhoeverAsks() {
    ScoredRows scored =
        ScoredRows.of(
            rows(3),
            LINES,
            COLUMNS,
            totals -> {},
            (in, sink) -> {
              in.next();
              throw new IllegalStateException("the model is gone");
            });
    assertThatThrownBy(scored::next).hasMessage("the model is gone");
  }

  @Test
  void aRowWithoutAnOutcomeIsNeverPassedOver() {
    ScoredRows scored =
        ScoredRows.of(
            rows(3),
            LINES,
            COLUMNS,
            totals -> {},
            (in, sink) -> {
              in.next();
              in.next();
              sink.enriched(in.next().bytes());
              return AnnotationTotals.NONE;
            });
    scored.next();
    assertThatThrownBy(scored::hasNext)
        .hasMessageStartingWith("expected an outcome of each row, found none of ");
  }

  @Test
  void workThatNobodyAsksForAnyMoreEnds() throws Exception {
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    ScoredRows scored =
        ScoredRows.of(
            rows(1_000_000),
            LINES,
            COLUMNS,
            totals -> {},
            (in, sink) -> {
              sink.enriched(in.next().bytes());
              try {
                while (true) {
                  in.next();
                }
              } catch (RuntimeException e) {
                ended.complete(e);
                throw e;
              }
            });
    scored.next();
    scored.close();
    assertThat(ended.get(60, TimeUnit.SECONDS))
        .isInstanceOf(CancellationException.class)
        .hasMessage("nobody asks for rows any more");
  }
}
