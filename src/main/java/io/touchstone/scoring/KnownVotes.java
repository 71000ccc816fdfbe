package io.touchstone.scoring;

import io.touchstone.reward.Reward;
import io.touchstone.reward.Votes;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is known of a judge's scores: numbers alone are remembered, a value with what its votes tell
 * but for their texts.
 *
 * @param numbers remembers rewards of {@link #NUMBERS} values without votes; closed with this
 */
public record KnownVotes(KnownScores numbers) implements KnownScores {

  /** Value, spread, missing votes and those that went astray, in this order. */
  static final int NUMBERS = 4;

  private static Reward packed(Reward reward) {
    Votes votes = reward.votes().get(0);
    return new Reward(
        new float[] {reward.values()[0], votes.spread(), votes.missing(), votes.astray()});
  }

  private static Reward unpacked(Reward packed) {
    float[] values = packed.values();
    return new Reward(
        new float[] {values[0]},
        List.of(new Votes(values[1], (int) values[2], (int) values[3], List.of())));
  }

  @Override
  public int rowsAtOnce() {
    return numbers.rowsAtOnce();
  }

  @Override
  public List<PromptKey> keys(PreparedRow row) {
    return numbers.keys(row);
  }

  @Override
  public Map<PromptKey, Reward> find(Collection<PromptKey> keys) throws IOException {
    return numbers.find(keys).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, found -> unpacked(found.getValue())));
  }

  @Override
  public Optional<Reward> recent(PromptKey key) {
    return numbers.recent(key).map(KnownVotes::unpacked);
  }

  @Override
  public void tell(PromptKey key, Reward reward) {
    numbers.tell(key, packed(reward));
  }

  @Override
  public boolean remember(PromptKey key, Reward reward) throws IOException {
    return numbers.remember(key, packed(reward));
  }

  @Override
  public void publish() throws IOException {
    numbers.publish();
  }

  @Override
  public void close() throws IOException {
    numbers.close();
  }
}
