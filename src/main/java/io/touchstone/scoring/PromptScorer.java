package io.touchstone.scoring;

import io.touchstone.batch.LoadPacker;
import io.touchstone.batch.PackedLoad;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Reward;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Verdict;
import io.touchstone.template.PromptFormat;
import io.touchstone.template.TemplateException;
import io.touchstone.tokenizer.SpecialTokens;
import io.touchstone.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** From conversations to rewards: prompt text, token ids, packed load, forward pass. */
public final class PromptScorer implements Scorer {
  /** More than the longest token of any published vocabulary (runs of spaces) has. */
  private static final long MOST_CHARS_PER_TOKEN = 256;

  private final Prompting prompting;
  private final ForwardPass forwardPass;

  /**
   * How conversations become token ids, and where they are read.
   *
   * @param maxTokens the most tokens that one prompt may have
   * @param vocabulary ids that the model knows: from 0 up to this
   */
  public record Prompting(
      PromptFormat format,
      Tokenizer tokenizer,
      SpecialTokens specialTokens,
      ReadOut readOut,
      int maxTokens,
      int vocabulary) {}

  /** Takes over the tokenizer and the forward pass, and closes them. */
  public PromptScorer(Prompting prompting, ForwardPass forwardPass) {
    this.prompting = prompting;
    this.forwardPass = forwardPass;
  }

  @Override
  public Preparation prepare(List<Conversation> conversations) {
    List<int[]> prompts = new ArrayList<>();
    int spelled = 0;
    for (int i = 0; i < conversations.size(); i++) {
      Conversation conversation = conversations.get(i);
      String where = conversations.size() == 1 ? "" : "conversation " + i + " of the row: ";
      String text;
      try {
        text = prompting.format.render(conversation);
      } catch (TemplateException e) {
        return unpreparable("template-error", where + e.getMessage());
      }
      // Tokenizing megabytes takes many seconds, and this text cannot fit.
      if (text.length() > MOST_CHARS_PER_TOKEN * (long) prompting.maxTokens) {
        return unpreparable(
            "too-many-tokens",
            where
                + "expected at most "
                + prompting.maxTokens
                + " tokens, found a prompt of "
                + text.length()
                + " characters, more than "
                + MOST_CHARS_PER_TOKEN
                + " for each");
      }
      int[] ids = prompting.tokenizer.encode(text);
      if (ids.length == 0) {
        return unpreparable("empty-prompt", where + "expected at least one token, found none");
      }
      if (ids.length > prompting.maxTokens) {
        return unpreparable(
            "too-many-tokens",
            where + "expected at most " + prompting.maxTokens + " tokens, found " + ids.length);
      }
      for (int id : ids) {
        // A tokenizer may have been given tokens that the model never was.
        if (id < 0 || id >= prompting.vocabulary) {
          return unpreparable(
              "unknown-token",
              where
                  + "expected token ids below the model's vocab_size, "
                  + prompting.vocabulary
                  + ", found "
                  + id);
        }
      }
      prompts.add(ids);
      for (Turn turn : conversation.turns()) {
        spelled += prompting.specialTokens.countIn(turn.text());
      }
    }
    return new PreparedRow(prompts, spelled);
  }

  private static Preparation unpreparable(String kind, String reason) {
    return new Preparation.Unpreparable(new Rejected(kind, reason));
  }

  @Override
  public LoadResult score(List<PreparedRow> rows) {
    long start = System.nanoTime();
    LoadPacker packer = new LoadPacker();
    for (PreparedRow row : rows) {
      for (int[] ids : row.prompts()) {
        // What follows the read-out cannot change it: attention is causal.
        packer.add(List.of(Arrays.copyOf(ids, prompting.readOut.length(ids))));
      }
    }
    PackedLoad load = packer.pack();
    float[][] values = forwardPass.score(load);
    List<Verdict> verdicts = new ArrayList<>();
    int next = 0;
    for (PreparedRow row : rows) {
      List<Reward> rewards = new ArrayList<>();
      for (int i = 0; i < row.prompts().size(); i++) {
        rewards.add(new Reward(values[next++]));
      }
      verdicts.add(verdict(rewards));
    }
    return new LoadResult(verdicts, load.tokens(), System.nanoTime() - start);
  }

  private static Verdict verdict(List<Reward> rewards) {
    for (Reward reward : rewards) {
      for (float value : reward.values()) {
        if (!Float.isFinite(value)) {
          return new Rejected(
              "not-finite", "expected a finite reward from the model, found " + value);
        }
      }
    }
    return new Scored(rewards);
  }

  @Override
  public int loadTokens() {
    return forwardPass.loadTokens();
  }

  @Override
  public void close() {
    forwardPass.close();
    prompting.tokenizer.close();
  }
}
