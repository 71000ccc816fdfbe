package io.touchstone.scoring.prompt;

import io.touchstone.scoring.MemoryPlan;
import io.touchstone.template.jinja.TemplateException;
import io.touchstone.tokenizer.TokenizerException;
import java.util.function.Supplier;

/**
 * What a model can be given: texts and token ids that are more, or other, are refused before more
 * time goes into them.
 *
 * @param maxTokens the most that one prompt may have
 * @param because what bounds them where that is not the model alone; fit to follow their number
 * @param vocabulary ids that the model knows: from 0 up to this
 */
public record PromptBounds(int maxTokens, String because, int vocabulary, Memory memory) {

  /** More than the longest token of any published vocabulary (runs of spaces) has. */
  private static final long MOST_CHARS_PER_TOKEN = 256;

  /** The memory that prompts take. */
  public interface Memory {

    /** The most tokens of a prompt that fit. */
    int mostTokens();

    /** Bytes that all may take together. */
    long budget();

    /** Bytes that a prompt of so many tokens takes. */
    long bytes(int tokens);

    /** What one conversation takes of a load's. */
    static Memory of(MemoryPlan plan) {
      return new Memory() {
        @Override
        public int mostTokens() {
          return plan.mostTokens();
        }

        @Override
        public long budget() {
          return plan.budget();
        }

        @Override
        public long bytes(int tokens) {
          return plan.bytesFor(tokens);
        }
      };
    }
  }

  /** The text of a prompt, which is not much longer than it may be. */
  public String text(Supplier<String> rendering) throws PromptRefusal {
    String text;
    try {
      text = rendering.get();
    } catch (TemplateException e) {
      throw new PromptRefusal("template-error", String.valueOf(e.getMessage()));
    }
    // Tokenizing megabytes takes many seconds, and this text cannot fit.
    if (text.length() > MOST_CHARS_PER_TOKEN * maxTokens) {
      throw new PromptRefusal(
          "too-many-tokens",
          "expected at most "
              + maxTokens
              + " tokens"
              + because
              + ", found a prompt of "
              + text.length()
              + " characters, more than "
              + MOST_CHARS_PER_TOKEN
              + " for each");
    }
    return text;
  }

  /** The ids of a prompt, which the model takes. */
  public int[] ids(Supplier<int[]> encoding) throws PromptRefusal {
    int[] ids;
    try {
      ids = encoding.get();
    } catch (TokenizerException e) {
      throw new PromptRefusal("tokenizer-error", String.valueOf(e.getMessage()));
    }
    if (ids.length == 0) {
      throw new PromptRefusal("empty-prompt", "expected at least one token, found none");
    }
    if (ids.length > maxTokens) {
      throw new PromptRefusal(
          "too-many-tokens",
          "expected at most " + maxTokens + " tokens" + because + ", found " + ids.length);
    }
    if (ids.length > memory.mostTokens()) {
      throw new PromptRefusal(
          "too-large-for-memory",
          "expected at most "
              + memory.mostTokens()
              + " tokens, which fit "
              + memory.budget()
              + " bytes of memory, found "
              + ids.length
              + ", which take "
              + memory.bytes(ids.length));
    }
    for (int id : ids) {
      // A tokenizer may have been given tokens that the model never was.
      if (id < 0 || id >= vocabulary) {
        throw new PromptRefusal(
            "unknown-token",
            "expected token ids below the model's vocab_size, " + vocabulary + ", found " + id);
      }
    }
    return ids;
  }
}
