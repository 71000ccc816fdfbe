package io.touchstone.spark.choose;

import io.touchstone.conversation.format.JoinReader;
import io.touchstone.conversation.format.JoinedPrompt;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.jobs.choose.GroupDecision;
import io.touchstone.jobs.choose.GroupRequest;
import io.touchstone.jobs.choose.PromptGroup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Decisions on rows that are sorted by the digests of their prompts: those whose prompts are equal
 * are joined, and a digest that two prompts had would part them.
 */
final class JoinedGroups implements Iterator<GroupDecision> {

  private final Iterator<byte[]> sorted;
  private final GroupRequest request;
  private final List<JoinReader> readers;
  private final List<PromptGroup> open = new ArrayList<>();
  private final Deque<Iterator<GroupDecision>> decided = new ArrayDeque<>();
  private byte @Nullable [] before;

  /**
   * @param sorted of {@link SortedBytes#joinable}
   * @param formats by the numbers that are in them
   */
  JoinedGroups(Iterator<byte[]> sorted, GroupRequest request, List<RowFormat> formats) {
    this.sorted = sorted;
    this.request = request;
    this.readers = formats.stream().map(request::reader).toList();
  }

  @Override
  public boolean hasNext() {
    while (decided.isEmpty() || !decided.peek().hasNext()) {
      decided.poll();
      if (!decided.isEmpty()) {
        continue;
      }
      if (sorted.hasNext()) {
        take(sorted.next());
      } else if (open.isEmpty()) {
        return false;
      } else {
        close();
      }
    }
    return true;
  }

  @Override
  public GroupDecision next() {
    if (!hasNext()) {
      throw new NoSuchElementException("after the last decision");
    }
    return decided.element().next();
  }

  private void take(byte[] entry) {
    if (before != null && !SortedBytes.sameDigest(entry, before)) {
      close();
    }
    before = entry;
    long position = SortedBytes.digestedPosition(entry);
    JoinedPrompt row = readers.get(SortedBytes.format(entry)).read(SortedBytes.line(entry));
    for (PromptGroup group : open) {
      if (group.isOf(row)) {
        decided.add(group.add(position, row));
        return;
      }
    }
    open.add(new PromptGroup(request, position, row));
  }

  /** No more rows of these prompts will come. */
  private void close() {
    open.forEach(group -> decided.add(group.decisions()));
    open.clear();
  }
}
