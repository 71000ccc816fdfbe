package io.touchstone.scoring.pipeline;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.reward.Rejected;
import java.io.IOException;

/** Where annotated lines go: each line of the input arrives once, in order. */
public interface AnnotationSink {

  /** A scored row: the UTF-8 bytes of the line with its scores, without a line end. */
  void enriched(byte[] line) throws IOException;

  /** A row that was set aside. */
  void rejected(RawLine line, Rejected why) throws IOException;

  /** Called after each load with what has been done so far. */
  void progress(AnnotationTotals soFar) throws IOException;
}
