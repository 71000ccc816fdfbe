package io.touchstone.conversation.format;

import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.conversation.line.RowProblem;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A prompt that is a text: what the user said, or turns that the text spells in one of the known
 * manners.
 */
record PromptText(Prompt.Form form, List<Turn> turns) {

  /**
   * What templates of Llama, ChatML, Gemma, Mistral, Phi, DeepSeek, Vicuna and Alpaca begin a
   * conversation with.
   */
  private static final Pattern RENDERED =
      Pattern.compile(
          "\\s*(?:<\\|im_start\\|>|<\\|begin_of_text\\|>|<\\|start_header_id\\|>|<start_of_turn>"
              + "|<bos>|(?:<s>)?\\s*\\[INST\\]|<\\|(?:user|system)\\|>|<\uff5c"
              + "|Human:|USER:|### (?:Human|User|Instruction):|Below is an instruction that)");

  /** Messages as JSON or as Python prints them; objects of other kinds may have a role, too. */
  private static final Pattern SPELLED =
      Pattern.compile(
          "\\s*(?:\\[?\\s*\\{\\s*[\"'](?:role|from)[\"']\\s*:\\s*"
              + "[\"'](?:user|assistant|system|tool|human|gpt|function_call)[\"']"
              + "|\\[\\s*\\{\\s*[\"'](?:content|value)[\"']\\s*:)");

  /**
   * @param field that holds it
   * @param notes are told what may be worth telling
   * @throws RowProblem if the text may be meant in two ways
   */
  static PromptText of(
      String field, String text, TurnMarkers markers, Consumer<RowNote.Kind> notes) {
    if (Transcript.is(text)) {
      notes.accept(RowNote.Kind.TRANSCRIPT);
      return new PromptText(Prompt.Form.TRANSCRIPT, asked(field, text));
    }
    if (Transcript.isOpen(text)) {
      throw RowProblem.ambiguous(
          field,
          "a text, or a transcript that starts with \\n\\nHuman:",
          "text before the speakers of one that ends with \\n\\nAssistant:, which may be a system's"
              + " turn or part of the user's");
    }
    if (Transcript.isInAnotherForm(text)) {
      throw inAnotherForm(field);
    }
    expectNotSpelled(field, text);
    if (RENDERED.matcher(text).lookingAt()) {
      notes.accept(RowNote.Kind.RENDERED_PROMPT);
    }
    Optional<List<Turn>> marked =
        markers == TurnMarkers.TURNS ? MarkedPrompt.turns(field, text) : Optional.empty();
    if (marked.isPresent()) {
      notes.accept(RowNote.Kind.TURN_MARKERS);
      return new PromptText(Prompt.Form.MARKED, marked.get());
    }
    return new PromptText(Prompt.Form.TEXT, List.of(Turn.of(Role.USER, text)));
  }

  /** Turns of a transcript, of which an empty answer at the end is only the place for one. */
  private static List<Turn> asked(String field, String text) {
    List<Turn> turns = Transcript.turns(text);
    if (Transcript.isOpen(text)) {
      return turns.subList(0, turns.size() - 1);
    }
    if (Transcript.isInAnotherForm(turns.get(turns.size() - 1).text())) {
      throw inAnotherForm(field);
    }
    return turns;
  }

  private static RowProblem inAnotherForm(String field) {
    return RowProblem.ambiguous(
        field,
        "a text, or a transcript whose speakers \\n\\nHuman: and \\n\\nAssistant: begin it",
        "one whose lines Human: or Assistant: are parted otherwise: they may part turns, or be the"
            + " user's own words");
  }

  /** Refuses a prompt's or an answer's text that may be turns. */
  static void expectNotSpelled(String field, String text) {
    if (SPELLED.matcher(text).lookingAt()) {
      throw RowProblem.ambiguous(
          field,
          TextOrMessages.EXPECTED,
          "a text that spells messages: it may be turns, or what is said");
    }
  }
}
