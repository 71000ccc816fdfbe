package io.touchstone.scoring.pipeline;

import io.touchstone.conversation.line.RawLine;
import java.util.List;
import java.util.function.Supplier;

/** No watch: for rows that never reach the model. */
record Unwatched() implements RowWatch {

  @Override
  public Caution caution(RawLine line) {
    return new Caution.None();
  }

  @Override
  public void ahead(List<RawLine> lines) {}

  @Override
  public <T> T preparing(RawLine line, Supplier<T> work) {
    return work.get();
  }

  @Override
  public <T> T scoring(List<RawLine> lines, Supplier<T> work) {
    return work.get();
  }

  @Override
  public <T> T alone(RawLine line, Supplier<T> work) {
    return work.get();
  }
}
