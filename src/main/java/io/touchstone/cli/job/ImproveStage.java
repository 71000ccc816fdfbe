package io.touchstone.cli.job;

import io.touchstone.cli.call.Readers;
import java.util.Arrays;
import java.util.List;

/** The stages of {@code improve}, in their order, each a job of its own. */
enum ImproveStage {
  /** Answers the prompts. */
  RESPONSES,
  /** Scores the responses. */
  SELECTED,
  /** Comments on the best response. */
  FEEDBACK,
  /** Writes the best response anew. */
  EDITS,
  /** Scores the edits, and takes the best of all. */
  BEST;

  /** What stands in front of the keys of its settings. */
  String word() {
    return Readers.word(this);
  }

  /** The folder of its result. */
  String folder() {
    return (ordinal() + 1) + "-" + word();
  }

  /** The one whose rows it reads; not of the first. */
  ImproveStage before() {
    return values()[ordinal() - 1];
  }

  boolean generates() {
    return this != SELECTED && this != BEST;
  }

  static List<String> words() {
    return Arrays.stream(values()).map(ImproveStage::word).toList();
  }
}
