package io.touchstone.generation.sampling;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The tokens that a draw may take: the first ranks of all. Rules as transformers 5.23.0 has them
 * ({@code generation/logits_process.py}), each on what the one before has left; in double precision
 * where it sums in single, so that only exact limits may fall otherwise.
 */
final class Candidates {
  private static final int TOP_H_TOKENS = 100;

  private Ranking ranking;
  private int kept;

  private Candidates(Ranking ranking) {
    this.ranking = ranking;
    this.kept = ranking.size();
  }

  /**
   * @param logits by id, with no temperature; changed
   */
  static Candidates of(float[] logits, Decoding.Sampling how) {
    if (how.temperature() != 1) {
      float temperature = (float) how.temperature();
      for (int id = 0; id < logits.length; id++) {
        logits[id] /= temperature;
      }
    }
    Candidates left = new Candidates(new Ranking(logits));
    left.topH(how.topH());
    left.topK(how.topK());
    left.topP(how.topP());
    left.minP(how.minP());
    left.typicalP(how.typicalP());
    left.cutoff(how.epsilonCutoff());
    if (how.etaCutoff() > 0) {
      double eta = how.etaCutoff();
      left.cutoff(Math.min(eta, Math.sqrt(eta) * Exponential.of(-left.entropy(left.kept))));
    }
    return left;
  }

  /** How many they are. */
  int size() {
    return kept;
  }

  int id(int rank) {
    return ranking.id(rank);
  }

  double probability(int rank) {
    return ranking.weight(rank) / mass(kept);
  }

  /**
   * The one at which the sum of the probabilities, the largest first, passes a number.
   *
   * @param uniform from 0 to below 1
   */
  int draw(double uniform) {
    double target = uniform * mass(kept);
    double sum = 0;
    int last = kept - 1;
    for (int rank = 0; rank < last; rank++) {
      sum += ranking.weight(rank);
      if (sum > target) {
        return ranking.id(rank);
      }
    }
    return ranking.id(last);
  }

  private double mass(int ranks) {
    if (ranks == ranking.size()) {
      return ranking.mass();
    }
    double mass = 0;
    for (int rank = 0; rank < ranks; rank++) {
      mass += ranking.weight(rank);
    }
    return mass;
  }

  /** In nats, of the first ranks alone. */
  private double entropy(int ranks) {
    double mass = mass(ranks);
    double sum = 0;
    for (int rank = 0; rank < ranks; rank++) {
      sum += information(rank, mass) * ranking.weight(rank) / mass;
    }
    return sum;
  }

  /** The negative logarithm of a probability. */
  private double information(int rank, double mass) {
    return StrictMath.log(mass) + ((double) ranking.logit(0) - ranking.logit(rank));
  }

  private void topH(double share) {
    if (share == 0) {
      return;
    }
    int first = Math.min(TOP_H_TOKENS, kept);
    double mass = mass(first);
    double most = entropy(first) * share;
    double sum = 0;
    int left = 0;
    while (left < first) {
      sum += information(left, mass) * ranking.weight(left) / mass;
      if (left > 0 && sum > most) {
        break;
      }
      left++;
    }
    kept = left;
  }

  private void topK(int k) {
    if (k == 0 || k >= kept) {
      return;
    }
    float least = ranking.logit(k - 1);
    int left = k;
    while (left < kept && ranking.logit(left) == least) {
      left++;
    }
    kept = left;
  }

  private void topP(double p) {
    if (p >= 1) {
      return;
    }
    double most = p * mass(kept);
    double before = ranking.weight(0);
    int left = 1;
    while (left < kept && before < most) {
      before += ranking.weight(left++);
    }
    kept = left;
  }

  private void minP(double p) {
    if (p > 0) {
      keepFrom(p);
    }
  }

  private void cutoff(double probability) {
    if (probability > 0) {
      keepFrom(Math.min(1, probability * mass(kept)));
    }
  }

  /**
   * @param weight the least that stays, at most 1
   */
  private void keepFrom(double weight) {
    int left = 1;
    while (left < kept && ranking.weight(left) >= weight) {
      left++;
    }
    kept = left;
  }

  private void typicalP(double p) {
    if (p >= 1) {
      return;
    }
    double mass = mass(kept);
    double entropy = entropy(kept);
    double[] distance = new double[kept];
    for (int rank = 0; rank < kept; rank++) {
      distance[rank] = Math.abs(information(rank, mass) - entropy);
    }
    int[] nearest =
        IntStream.range(0, kept)
            .boxed()
            .sorted(Comparator.comparingDouble(rank -> distance[rank]))
            .mapToInt(Integer::intValue)
            .toArray();
    double sum = 0;
    double farthest = Double.POSITIVE_INFINITY;
    for (int rank : nearest) {
      sum += ranking.weight(rank) / mass;
      if (sum >= p) {
        farthest = distance[rank];
        break;
      }
    }
    boolean[] stays = new boolean[kept];
    for (int rank = 0; rank < kept; rank++) {
      stays[rank] = distance[rank] <= farthest;
    }
    stays[nearest[0]] = true;
    ranking = ranking.only(stays);
    kept = ranking.size();
  }
}
