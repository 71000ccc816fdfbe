package io.touchstone.checkpoint.encoder;

import io.touchstone.checkpoint.config.Fields;

/** A family of encoders: how its configuration is read, and all by which it differs. */
sealed interface EncoderFamily permits BertFamily, DebertaFamily, ModernBertFamily {

  /** As {@code model_type} has it. */
  String modelType();

  /**
   * Stand-ins take the place of values that were reported.
   *
   * @param architecture as it is told
   */
  EncoderConfig read(Fields config, String architecture);
}
