package io.touchstone.jobs.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.files.JsonFile;
import io.touchstone.reward.ScoreDistribution;
import io.touchstone.scoring.pipeline.AnnotationTotals;
import io.touchstone.scoring.pipeline.KnownTotals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class AnnotateRecordTest {

  private static AnnotateRecord stats(long rows, long rejects, AnnotationTotals totals) {
    return new AnnotateRecord(3, "file:/in", 7, 8, rows, rejects, 11, 12, 13, "driver", 42, totals);
  }

  private static AnnotationTotals totals(List<ScoreDistribution> scores) {
    return new AnnotationTotals(
        10,
        7,
        2,
        new TreeMap<>(Map.of("not-json", 1L, "b", 2L)),
        new TreeMap<>(Map.of("tools", 3L)),
        4,
        5,
        6,
        7,
        8,
        9,
        scores,
        new KnownTotals(1, 2, 3, 4));
  }

  @Test
  void comesBackFromJsonAsItWas() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      List<Float> values = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        values.add(Float.intBitsToFloat(random.nextInt()));
      }
      values.removeIf(value -> !Float.isFinite(value));
      AnnotateRecord stats =
          stats(7, 3, totals(List.of(ScoreDistribution.of(values), ScoreDistribution.EMPTY)));
      assertThat(JsonFile.read(JsonFile.bytes(stats), AnnotateRecord.class))
          .as("seed " + seed)
          .isEqualTo(stats);
    }
  }

  @Test
  void namesEveryCountThatContradictsAnother() {
    assertThat(stats(7, 3, totals(List.of())).contradictions()).isEmpty();
    assertThat(stats(6, 5, totals(List.of())).contradictions())
        .containsExactly(
            "expected as many lines scored or rejected as lines read, found 11 and 10",
            "expected as many lines written as rows scored, found 6 and 7",
            "expected as many rejected lines written as lines rejected, found 5 and 3");
  }
}
