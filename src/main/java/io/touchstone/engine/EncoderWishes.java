package io.touchstone.engine;

import io.touchstone.engine.encoder.OutputScale;
import io.touchstone.scoring.prompt.EncodeChoice;
import io.touchstone.scoring.prompt.OverLong;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is asked of an encoder, and of no other model.
 *
 * @param encode what it reads of a conversation; empty where nobody says
 * @param maxCharacters what is left of each text before it is tokenized; empty for all
 * @param rows what rows hold
 */
public record EncoderWishes(
    Optional<EncodeChoice> encode,
    OverLong overLong,
    OptionalInt maxCharacters,
    OutputScale scale,
    RowKind rows) {

  /** What a row holds. */
  public enum RowKind {
    CONVERSATIONS,
    /** A text, and no turns before it. */
    DOCUMENTS
  }

  /** Nothing. */
  public static final EncoderWishes NONE =
      new EncoderWishes(
          Optional.empty(),
          OverLong.REJECT,
          OptionalInt.empty(),
          OutputScale.RAW,
          RowKind.CONVERSATIONS);
}
