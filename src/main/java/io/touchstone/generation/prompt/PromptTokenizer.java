package io.touchstone.generation.prompt;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Turn;
import io.touchstone.generation.GenerationMemory;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.PromptPreparation;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import io.touchstone.generation.PromptPreparation.Unpreparable;
import io.touchstone.scoring.prompt.PromptBounds;
import io.touchstone.scoring.prompt.PromptRefusal;
import io.touchstone.template.ChatPrompt;
import io.touchstone.template.jinja.GenerationPrompt;
import io.touchstone.tokenizer.SpecialTokens;
import io.touchstone.tokenizer.Tokenizer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Renders and tokenizes prompts, within what a model can answer. Any thread, several at once. */
public final class PromptTokenizer implements AutoCloseable {

  private static final String THOUGHT_BEGINS = "<think>";
  private static final String THOUGHT_ENDS = "</think>";

  private final Prompting prompting;
  private final PromptBounds bounds;

  /**
   * How prompts become token ids.
   *
   * @param tools that conversations without any of their own offer
   * @param control what takes spelled tokens for text; empty where they are the tokens
   */
  public record Prompting(
      ChatPrompt format,
      Thinking thinking,
      List<@Nullable Object> tools,
      Tokenizer tokenizer,
      SpecialTokens specialTokens,
      Optional<ControlTokens> control) {

    private Conversation offered(Conversation conversation) {
      return conversation.tools().isEmpty()
          ? new Conversation(conversation.turns(), tools)
          : conversation;
    }
  }

  /**
   * What a prompt and its answer must fit.
   *
   * @param positions the most tokens of both together
   * @param newTokens the most of an answer
   * @param vocabulary ids that the model knows: from 0 up to this
   */
  public record Room(int positions, int newTokens, int vocabulary, GenerationMemory memory) {

    private PromptBounds bounds() {
      return new PromptBounds(
          positions - newTokens,
          ", as " + newTokens + " of " + positions + " are an answer's",
          vocabulary,
          new AnswerMemory(memory, newTokens));
    }
  }

  /** What a prompt takes with the longest answer to it. */
  private record AnswerMemory(GenerationMemory memory, int newTokens)
      implements PromptBounds.Memory {

    @Override
    public int mostTokens() {
      long block = memory.perToken() * memory.blockTokens();
      long blocks = block == 0 ? Integer.MAX_VALUE : (budget() - memory.perSequence()) / block;
      long tokens = Math.max(0, blocks) * memory.blockTokens() - newTokens;
      return (int) Math.min(Integer.MAX_VALUE, Math.max(0, tokens));
    }

    @Override
    public long budget() {
      return memory.forSequences();
    }

    @Override
    public long bytes(int tokens) {
      return memory.bytes(tokens + newTokens);
    }
  }

  /** Takes over the tokenizers, and closes them. */
  public PromptTokenizer(Prompting prompting, Room room) {
    this.prompting = prompting;
    this.bounds = room.bounds();
  }

  /** The prompt's ids, or why it cannot be answered. */
  public PromptPreparation prepare(Prompt prompt) {
    try {
      String text = bounds.text(() -> text(prompt));
      int[] ids = bounds.ids(() -> ids(text));
      int spelled = 0;
      for (Turn turn : prompt.conversation().turns()) {
        spelled += prompting.specialTokens.countIn(turn.text());
      }
      return new PreparedPrompt(prompt, ids, opensThought(prompt, text), spelled);
    } catch (PromptRefusal refusal) {
      return new Unpreparable(refusal.rejected(""));
    }
  }

  /**
   * The prompt as the model reads it.
   *
   * @throws io.touchstone.template.jinja.TemplateException where the conversation does not fit
   */
  private String text(Prompt prompt) {
    Conversation conversation = marked(prompt.conversation());
    if (!prompt.continues()) {
      return render(conversation, GenerationPrompt.ADDED);
    }
    ContinuedTurn continued = ContinuedTurn.of(conversation, prompting.format.chosen(conversation));
    return continued.cut(render(continued.conversation(), GenerationPrompt.NONE));
  }

  private Conversation marked(Conversation conversation) {
    Conversation offered = prompting.offered(conversation);
    return prompting.control.map(control -> control.mark(offered)).orElse(offered);
  }

  private String render(Conversation conversation, GenerationPrompt generationPrompt) {
    return prompting.format.render(conversation, generationPrompt, prompting.thinking.variables());
  }

  private int[] ids(String text) {
    return prompting
        .control
        .map(control -> control.encode(text))
        .orElseGet(() -> prompting.tokenizer.encode(text));
  }

  /** Whether the template's generation prompt, or the turn that goes on, has begun a thought. */
  private boolean opensThought(Prompt prompt, String text) {
    Conversation conversation = prompt.conversation();
    String last = conversation.turns().get(conversation.turns().size() - 1).text();
    if (prompt.continues()) {
      return last.lastIndexOf(THOUGHT_BEGINS) > last.lastIndexOf(THOUGHT_ENDS);
    }
    if (!endsWithThought(text)) {
      return false;
    }
    // A user's own word may be the last one, where the template writes nothing behind it.
    return !endsWithThought(last)
        || !endsWithThought(render(marked(conversation), GenerationPrompt.NONE));
  }

  private static boolean endsWithThought(String text) {
    return text.stripTrailing().endsWith(THOUGHT_BEGINS);
  }

  @Override
  public void close() {
    prompting.control.ifPresent(ControlTokens::close);
    prompting.tokenizer.close();
  }
}
