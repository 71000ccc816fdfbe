package io.touchstone.checkpoint;

import java.util.List;
import java.util.OptionalInt;

/** How a reward is read from the last hidden states. */
public sealed interface RewardHead {
  /** The name of the tensor whose rows, of {@code hiddenSize} values each, are the head. */
  String tensor();

  /**
   * The logit of one token at the last position.
   *
   * @param tensor {@code lm_head.weight}, or {@code model.embed_tokens.weight} where the head is
   *     tied and not stored; a row per token id. A stored head is used also where the configuration
   *     says it is tied: transformers 5.23.0 ({@code PreTrainedModel.tie_weights}) does not tie a
   *     head that is stored with other values.
   */
  record TokenLogit(String tensor) implements RewardHead {}

  /**
   * A classification head without bias, {@code score.weight}, read at one position.
   *
   * <p>The position is the rightmost one whose token id is not {@code padTokenId}, also when
   * nothing was padded; position 0 when all are; the last one when there is no pad token id
   * (transformers 5.23.0, {@code GenericForSequenceClassification}, one conversation at a time).
   *
   * @param labelNames one per output in the model's order; empty when {@code id2label} only says
   *     {@code LABEL_i}
   * @param padTokenId may be negative, which no token equals
   */
  record Classifier(int outputs, List<String> labelNames, OptionalInt padTokenId)
      implements RewardHead {
    static final String TENSOR = "score.weight";

    public Classifier {
      labelNames = List.copyOf(labelNames);
      if (outputs < 1 || !labelNames.isEmpty() && labelNames.size() != outputs) {
        throw new IllegalArgumentException(
            "expected a name per output or none, found %d outputs and %d names"
                .formatted(outputs, labelNames.size()));
      }
    }

    @Override
    public String tensor() {
      return TENSOR;
    }
  }
}
