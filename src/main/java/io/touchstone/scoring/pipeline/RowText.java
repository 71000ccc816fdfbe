package io.touchstone.scoring.pipeline;

import io.touchstone.conversation.line.Accompanied;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowPrinciples;
import io.touchstone.reward.Attributes;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Reward;
import io.touchstone.reward.RewardText;
import io.touchstone.reward.Scored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes rewards into rows. */
public final class RowText {

  private RowText() {}

  /** Why a row cannot be written with its rewards. */
  public static Optional<Rejected> unwritable(Row row, Scored scored, RewardText text) {
    if (row.principles().isEmpty()) {
      return text.unweighable(scored);
    }
    RowPrinciples own = row.principles().get();
    if (text.needsNames()) {
      return Optional.of(
          new Rejected(
              "own-principles",
              "expected the principles of the call, whose names --scalar has, found "
                  + own.texts().size()
                  + " of the row's own"));
    }
    if (row.writesLabels() && !own.texts().stream().allMatch(Attributes::fitsLabels)) {
      return Optional.of(
          new Rejected(
              "own-principles",
              "expected principles without ':' and ',', as labels are written name:value, found"
                  + " another"));
    }
    return Optional.empty();
  }

  /** How a row's rewards are written: those for principles of its own under their texts. */
  static RewardText textOf(Row row, RewardText text) {
    return row.principles()
        .map(
            own ->
                text.of(
                    new Attributes(own.texts()),
                    own.shape() == RowPrinciples.Shape.LIST
                        ? RewardText.Keys.ALWAYS
                        : RewardText.Keys.OF_SEVERAL))
        .orElse(text);
  }

  /** The row's line with its rewards, which are known to be writable. */
  public static byte[] of(Row row, Scored scored, RewardText ofCall) {
    RewardText text = textOf(row, ofCall);
    List<Accompanied<String>> texts = new ArrayList<>();
    for (Reward reward : scored.rewards()) {
      texts.add(
          new Accompanied<>(
              row.writesLabels() ? text.label(reward) : text.json(reward), text.beside(reward)));
    }
    return row.enrich(texts);
  }
}
