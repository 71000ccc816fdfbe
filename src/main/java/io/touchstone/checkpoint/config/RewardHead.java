package io.touchstone.checkpoint.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How a reward is read from the last hidden states. */
public sealed interface RewardHead {

  /**
   * The logit of one token at the last position.
   *
   * @param tensor {@code lm_head.weight}, or {@code model.embed_tokens.weight} where the head is
   *     tied and not stored; a row per token id. A stored head is used also where the configuration
   *     says it is tied: transformers 5.23.0 ({@code PreTrainedModel.tie_weights}) does not tie a
   *     head that is stored with other values.
   */
  record TokenLogit(String tensor) implements RewardHead {}

  /** Which token of one conversation, without padding, a head reads. */
  enum Position {
    /**
     * The rightmost one whose id is not the pad token's, also when nothing was padded; the first
     * when all are; the last when there is no pad token (transformers 5.23.0, {@code
     * GenericForSequenceClassification}).
     */
    RIGHTMOST_NOT_PAD,
    /**
     * The one before the first pad token; the last one if there is none, or if it is the first
     * (classes of their own, which transformers 4 taught it).
     */
    BEFORE_FIRST_PAD,
    /** The last one, whatever it is. */
    LAST,
    /** The ends of its answer's steps, which whoever asks says where they are. */
    STEP_ENDS
  }

  /**
   * Linear layers over the normed state of one token, ReLU between them: one, or two.
   *
   * @param labelNames one per output in the model's order; empty when {@code id2label} only says
   *     {@code LABEL_i}
   * @param padTokenId may be negative, which no token equals
   * @param layers of which the last one has so many outputs
   * @param normalization of the reward, where the folder has one
   * @param gate by which outputs become one score, where there is one
   * @param appendedToken that is put behind prompts which do not end with it, to be read there
   */
  record Classifier(
      int outputs,
      List<String> labelNames,
      OptionalInt padTokenId,
      Position position,
      List<HeadLayer> layers,
      Optional<Normalization> normalization,
      Optional<Gate> gate,
      OptionalInt appendedToken)
      implements RewardHead {

    public Classifier {
      labelNames = List.copyOf(labelNames);
      layers = List.copyOf(layers);
      if (outputs < 1 || !labelNames.isEmpty() && labelNames.size() != outputs) {
        throw new IllegalArgumentException(
            "expected a name per output or none, found %d outputs and %d names"
                .formatted(outputs, labelNames.size()));
      }
    }

    /** A head whose outputs are given as they are. */
    public Classifier(
        int outputs,
        List<String> labelNames,
        OptionalInt padTokenId,
        Position position,
        List<HeadLayer> layers,
        Optional<Normalization> normalization) {
      this(
          outputs,
          labelNames,
          padTokenId,
          position,
          layers,
          normalization,
          Optional.empty(),
          OptionalInt.empty());
    }

    /** The head of transformers' own classes: {@code score.weight}. */
    public Classifier(int outputs, List<String> labelNames, OptionalInt padTokenId) {
      this(
          outputs,
          labelNames,
          padTokenId,
          Position.RIGHTMOST_NOT_PAD,
          List.of(HeadLayer.of("score", outputs, HeadLayer.Bias.IF_STORED)),
          Optional.empty());
    }

    /** Whether it judges steps, and not whole answers. */
    public boolean isOfSteps() {
      return position == Position.STEP_ENDS;
    }

    /** The same head, with a folder's normalization. */
    Classifier with(Optional<Normalization> folders) {
      return new Classifier(
          outputs, labelNames, padTokenId, position, layers, folders, gate, appendedToken);
    }

    /** The same head, at a token of its own. */
    Classifier appending(int token) {
      return new Classifier(
          outputs,
          labelNames,
          padTokenId,
          position,
          layers,
          normalization,
          gate,
          OptionalInt.of(token));
    }

    /** The same head, with a gate by which its outputs become one score. */
    Classifier weighed(Gate by) {
      return new Classifier(
          outputs,
          labelNames,
          padTokenId,
          position,
          layers,
          normalization,
          Optional.of(by),
          appendedToken);
    }
  }
}
