package io.touchstone.scoring;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.scoring.pipeline.RowWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Notes what is scored together, by the lines' offsets, and knows of some what to think. */
public final class NotedWatch implements RowWatch {

  public final List<String> seen = new ArrayList<>();
  public final List<List<Long>> ahead = new ArrayList<>();
  public final List<Integer> preparedBefore = new ArrayList<>();
  public final AtomicInteger prepared = new AtomicInteger();
  private final Map<Long, Caution> cautions;

  public NotedWatch(Map<Long, Caution> cautions) {
    this.cautions = cautions;
  }

  @Override
  public Caution caution(RawLine line) {
    return cautions.getOrDefault(line.offset(), new Caution.None());
  }

  @Override
  public void ahead(List<RawLine> lines) {
    preparedBefore.add(prepared.get());
    ahead.add(lines.stream().map(RawLine::offset).toList());
  }

  @Override
  public <T> T preparing(RawLine line, Supplier<T> work) {
    prepared.incrementAndGet();
    return work.get();
  }

  @Override
  public <T> T scoring(List<List<RawLine>> runs, Supplier<T> work) {
    seen.add("load " + runs.stream().flatMap(List::stream).map(RawLine::offset).toList());
    return work.get();
  }

  @Override
  public <T> T alone(RawLine line, Supplier<T> work) {
    seen.add("alone " + line.offset());
    return work.get();
  }
}
