package io.touchstone.scoring.pipeline;

import io.touchstone.reward.Reward;
import io.touchstone.reward.Scored;
import io.touchstone.scoring.KnownScores;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.PromptKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A row on its way through a load, with what is known of its conversations.
 *
 * @param keys of its conversations; none where nothing is remembered
 * @param known for each conversation its score, if that is known
 * @param missing the conversations whose score is not; empty if there is none
 */
record RecalledRow(
    List<PromptKey> keys,
    List<Optional<Reward>> known,
    Optional<PreparedRow> missing,
    Counts counts) {

  /** Of the whole row, whose tokens need not stay in memory. */
  record Counts(
      List<Integer> promptTokens,
      List<Integer> rewards,
      int distinctTokens,
      int specialTokensInText,
      int cutTexts) {

    Counts {
      promptTokens = List.copyOf(promptTokens);
      rewards = List.copyOf(rewards);
    }

    /** How many rewards the prompts of each of the conversations get. */
    List<Integer> rewards(int conversations) {
      if (conversations == 0) {
        return List.of();
      }
      int prompts = rewards.size() / conversations;
      return IntStream.range(0, conversations)
          .map(
              c ->
                  rewards.subList(c * prompts, (c + 1) * prompts).stream()
                      .mapToInt(Integer::intValue)
                      .sum())
          .boxed()
          .toList();
    }

    long presentedTokens() {
      return promptTokens.stream().mapToLong(Integer::longValue).sum();
    }
  }

  RecalledRow {
    keys = List.copyOf(keys);
    known = List.copyOf(known);
  }

  /** Of a row in which nothing is to be scored. */
  static final RecalledRow NOTHING =
      new RecalledRow(
          List.of(), List.of(), Optional.empty(), new Counts(List.of(), List.of(), 0, 0, 0));

  static RecalledRow of(PreparedRow row, List<PromptKey> keys) {
    return new RecalledRow(
        keys,
        Collections.nCopies(row.places().size(), Optional.empty()),
        Optional.of(row),
        new Counts(
            row.promptTokens(),
            row.rewards(),
            row.distinctTokens(),
            row.specialTokensInText(),
            row.cutTexts()));
  }

  /** The same row, with what a source knows of the missing conversations. */
  RecalledRow recall(Function<PromptKey, Optional<Reward>> source) {
    if (missing.isEmpty() || keys.isEmpty()) {
      return this;
    }
    List<Optional<Reward>> all = new ArrayList<>();
    List<Integer> still = new ArrayList<>();
    int sought = 0;
    for (int i = 0; i < keys.size(); i++) {
      Optional<Reward> reward = known.get(i);
      if (reward.isEmpty()) {
        reward = source.apply(keys.get(i));
        if (reward.isEmpty()) {
          still.add(sought);
        }
        sought++;
      }
      all.add(reward);
    }
    return still.size() == sought
        ? this
        : new RecalledRow(
            keys,
            all,
            still.isEmpty() ? Optional.empty() : Optional.of(missing.get().only(still)),
            counts);
  }

  /** What is left to be run of some rows, in their order. */
  static List<PreparedRow> missing(List<RecalledRow> rows) {
    return rows.stream().flatMap(row -> row.missing.stream()).toList();
  }

  int missingTokens() {
    return missing.map(PreparedRow::distinctTokens).orElse(0);
  }

  int knownPrompts() {
    return (int) known.stream().filter(Optional::isPresent).count();
  }

  /**
   * What the row is spared.
   *
   * @param added scores of the row that were not known before, and now are
   */
  KnownTotals totals(int added) {
    return new KnownTotals(
        missing.isEmpty() && !known.isEmpty() ? 1 : 0,
        knownPrompts(),
        counts.distinctTokens() - missingTokens(),
        added);
  }

  /**
   * All scores of the row.
   *
   * @param computed those of the missing conversations
   */
  Scored complete(List<Reward> computed) {
    Iterator<Reward> next = computed.iterator();
    return new Scored(known.stream().map(reward -> reward.orElseGet(next::next)).toList());
  }

  /**
   * @param computed scores of the missing conversations
   */
  void tell(List<Reward> computed, KnownScores scores) {
    Iterator<Reward> next = computed.iterator();
    for (int i = 0; i < keys.size(); i++) {
      if (known.get(i).isEmpty()) {
        scores.tell(keys.get(i), next.next());
      }
    }
  }

  /**
   * @param computed scores of the missing conversations
   * @return how many were not remembered before
   */
  int remember(List<Reward> computed, KnownScores scores) throws IOException {
    Iterator<Reward> next = computed.iterator();
    int added = 0;
    for (int i = 0; i < keys.size(); i++) {
      if (known.get(i).isEmpty() && scores.remember(keys.get(i), next.next())) {
        added++;
      }
    }
    return added;
  }
}
