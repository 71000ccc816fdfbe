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
import io.touchstone.template.jinja.TemplateException;
import io.touchstone.tokenizer.SpecialTokens;
import io.touchstone.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** From conversations to rewards: prompt text, token ids, packed load, forward pass. */
public final class PromptScorer implements Scorer {
  /** More than the longest token of any published vocabulary (runs of spaces) has. */
  private static final long MOST_CHARS_PER_TOKEN = 256;

  private final Prompting prompting;
  private final ForwardPass forwardPass;
  private final MemoryPlan memory;

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
    this.memory = forwardPass.memory();
  }

  @Override
  public Preparation prepare(List<Conversation> conversations) {
    RowSegments row = new RowSegments(prompting.format, prompting.tokenizer);
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
      Optional<Rejected> problem = problem(ids, where);
      if (problem.isPresent()) {
        return new Preparation.Unpreparable(problem.get());
      }
      row.add(conversation, text, ids, prompting.readOut.length(ids));
      for (Turn turn : conversation.turns()) {
        spelled += prompting.specialTokens.countIn(turn.text());
      }
    }
    List<TokenPath> paths = row.paths();
    for (int i = 0; i < paths.size(); i++) {
      if (paths.get(i).tokens() > memory.mostTokens()) {
        String where = conversations.size() == 1 ? "" : "conversation " + i + " of the row: ";
        return unpreparable("too-large-for-memory", where + tooLarge(paths.get(i).tokens()));
      }
    }
    return PreparedRow.of(paths, spelled);
  }

  private String tooLarge(int tokens) {
    return "expected at most "
        + memory.mostTokens()
        + " tokens, which fit "
        + memory.budget()
        + " bytes of memory, found "
        + tokens
        + ", which take "
        + memory.bytesFor(tokens);
  }

  private Optional<Rejected> problem(int[] ids, String where) {
    if (ids.length == 0) {
      return Optional.of(
          new Rejected("empty-prompt", where + "expected at least one token, found none"));
    }
    if (ids.length > prompting.maxTokens) {
      return Optional.of(
          new Rejected(
              "too-many-tokens",
              where + "expected at most " + prompting.maxTokens + " tokens, found " + ids.length));
    }
    for (int id : ids) {
      // A tokenizer may have been given tokens that the model never was.
      if (id < 0 || id >= prompting.vocabulary) {
        return Optional.of(
            new Rejected(
                "unknown-token",
                where
                    + "expected token ids below the model's vocab_size, "
                    + prompting.vocabulary
                    + ", found "
                    + id));
      }
    }
    return Optional.empty();
  }

  private static Preparation unpreparable(String kind, String reason) {
    return new Preparation.Unpreparable(new Rejected(kind, reason));
  }

  @Override
  public synchronized LoadResult score(List<PreparedRow> rows) {
    // From here on, so that waiting for another thread's load does not count.
    long start = System.nanoTime();
    List<float[]> values = new ArrayList<>();
    long computed = 0;
    LoadPacker packer = new LoadPacker();
    for (PreparedRow row : rows) {
      for (TokenPath path : row.paths()) {
        // One row of many long candidates may be more than a load.
        if (packer.tokens() > 0
            && packer.tokens() + packer.missing(path.segments()) > memory.loadTokens()) {
          computed += run(packer, values);
          packer = new LoadPacker();
        }
        packer.add(path.segments());
      }
    }
    computed += run(packer, values);
    long nanos = System.nanoTime() - start;
    List<Verdict> verdicts = new ArrayList<>();
    int next = 0;
    for (PreparedRow row : rows) {
      List<Reward> rewards = new ArrayList<>();
      for (int i = 0; i < row.paths().size(); i++) {
        rewards.add(new Reward(values.get(next++)));
      }
      verdicts.add(verdict(rewards));
    }
    return new LoadResult(verdicts, computed, nanos);
  }

  private int run(LoadPacker packer, List<float[]> values) {
    PackedLoad load = packer.pack();
    values.addAll(Arrays.asList(forwardPass.score(load)));
    return load.tokens();
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
    return memory.loadTokens();
  }

  @Override
  public synchronized void close() {
    forwardPass.close();
    prompting.tokenizer.close();
  }
}
