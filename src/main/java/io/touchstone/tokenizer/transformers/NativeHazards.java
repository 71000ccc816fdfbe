package io.touchstone.tokenizer.transformers;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.touchstone.problem.Problems;
import java.io.IOException;

/**
 * Parts of a {@code tokenizer.json} over which the native tokenizers library (0.21.4) ends its
 * process, though they are JSON: found by damaging files of every kind 60,000 times.
 */
final class NativeHazards {

  /** Of the library's 128. */
  private static final int MOST_DEPTH = 64;

  private NativeHazards() {}

  /** Reads the decoder, which the library takes apart twice, the second time without a check. */
  static void readDecoder(JsonParser parser, Problems problems) throws IOException {
    boolean sound = true;
    int depth = 0;
    do {
      JsonToken token = parser.currentToken();
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token.isNumeric()) {
        sound &= Double.isFinite(parser.getDoubleValue());
      } else {
        sound &= isWellFormed(parser.getText());
      }
      sound &= depth <= MOST_DEPTH;
    } while (depth > 0 && parser.nextToken() != null);
    if (!sound) {
      problems.add(
          TokenizerFileReader.HERE
              .field("decoder")
              .expected("whole characters, finite numbers and at most " + MOST_DEPTH + " levels")
              .found("something else"));
    }
  }

  /** Looks at the model: its merges are cut by the length of a prefix that they need not have. */
  static void check(BpeModel model, Problems problems) {
    if (model.type().equals("BPE") && !model.prefix().isEmpty()) {
      problems.add(
          TokenizerFileReader.HERE
              .field("model.continuing_subword_prefix")
              .expected("none in a model of type BPE")
              .found("one of " + model.prefix().length() + " characters"));
    }
  }

  private static boolean isWellFormed(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
