package io.touchstone.scoring.pipeline;

import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.WithScalar;
import io.touchstone.reward.Reward;
import io.touchstone.reward.RewardText;
import io.touchstone.reward.Scored;
import java.util.ArrayList;
import java.util.List;

/** Writes rewards into rows. */
public final class RowText {

  private RowText() {}

  /** The row's line with its rewards, whose scalars are known to be finite. */
  public static byte[] of(Row row, Scored scored, RewardText text) {
    List<WithScalar<String>> texts = new ArrayList<>();
    for (Reward reward : scored.rewards()) {
      texts.add(
          new WithScalar<>(
              row.writesLabels() ? text.label(reward) : text.json(reward),
              text.scalarText(reward).orElse(null)));
    }
    return row.enrich(texts);
  }
}
