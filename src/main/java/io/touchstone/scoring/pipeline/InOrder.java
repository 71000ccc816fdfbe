package io.touchstone.scoring.pipeline;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.reward.Rejected;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Hands a window's lines to a sink in the order of the input, each as soon as those before it. */
final class InOrder {
  private final @Nullable Outcome[] outcomes;
  private final AnnotationSink sink;
  private int written;

  /** What became of a line. */
  private interface Outcome {
    void write(AnnotationSink sink) throws IOException;
  }

  /**
   * @param lines of the window; each place below that is told of once
   */
  InOrder(int lines, AnnotationSink sink) {
    this.outcomes = new @Nullable Outcome[lines];
    this.sink = sink;
  }

  void enriched(int place, byte[] line) throws IOException {
    tell(place, out -> out.enriched(line));
  }

  void rejected(int place, RawLine line, Rejected why) throws IOException {
    tell(place, out -> out.rejected(line, why));
  }

  private void tell(int place, Outcome outcome) throws IOException {
    outcomes[place] = outcome;
    while (written < outcomes.length) {
      Outcome next = outcomes[written];
      if (next == null) {
        return;
      }
      next.write(sink);
      outcomes[written] = null;
      written++;
    }
  }
}
