package io.touchstone.selection.report;

import java.util.List;

/**
 * Lines that annotate set aside for one reason.
 *
 * @param examples the first ones
 */
public record Rejections(String kind, long count, List<Example> examples) {

  /**
   * @param reason never holds a conversation's text
   */
  public record Example(String source, long offset, String reason) {}
}
