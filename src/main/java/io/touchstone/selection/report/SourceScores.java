package io.touchstone.selection.report;

import io.touchstone.selection.statistics.Moments;
import java.util.ArrayList;
import java.util.List;

/** The scores of the responses that one input file, or all of a result, has. */
final class SourceScores {
  private final ScoreSample sample;
  private final List<Moments> moments = new ArrayList<>();

  SourceScores(int width, int mostInSample) {
    this.sample = new ScoreSample(width, mostInSample);
    for (int i = 0; i < width; i++) {
      moments.add(new Moments());
    }
  }

  void add(double[] scores, int length) {
    sample.add(scores, length);
    for (int i = 0; i < scores.length; i++) {
      moments.get(i).add(scores[i]);
    }
  }

  long count() {
    return moments.get(0).count();
  }

  ScoreSample sample() {
    return sample;
  }

  Distribution distribution(int column) {
    return Distribution.of(moments.get(column), sample.scores(column));
  }
}
