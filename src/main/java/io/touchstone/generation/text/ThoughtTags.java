package io.touchstone.generation.text;

import java.util.Collection;

/** The tags between which a model thinks before it answers. */
public final class ThoughtTags {
  static final String OPEN = "<think>";
  static final String CLOSE = "</think>";

  private ThoughtTags() {}

  /**
   * Whether a model thinks: its chat template speaks of the tag that ends a thought, or its
   * vocabulary has a token for it. The tags of any other model's answers are text.
   *
   * @param addedTexts texts that become one token wherever they are spelled
   */
  public static boolean areKnown(String chatTemplate, Collection<String> addedTexts) {
    return chatTemplate.contains(CLOSE) || addedTexts.contains(CLOSE);
  }
}
