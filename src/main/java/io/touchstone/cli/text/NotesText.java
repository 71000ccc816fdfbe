package io.touchstone.cli.text;

import io.touchstone.cli.call.Text;
import io.touchstone.conversation.line.RowNote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a user is told of how rows were read.
 *
 * @param counts of rows, by {@link RowNote#name}
 */
public record NotesText(SortedMap<String, Long> counts) {

  private static final Map<RowNote.Kind, String> SENTENCES = sentences();

  private static Map<RowNote.Kind, String> sentences() {
    Map<RowNote.Kind, String> sentences = new LinkedHashMap<>();
    sentences.put(RowNote.Kind.SYSTEM_COLUMN, "with a system column, read as the system's turn");
    sentences.put(RowNote.Kind.TOOLS, "with tools, handed to the chat template");
    sentences.put(RowNote.Kind.TRANSCRIPT, "with a transcript, read as turns");
    sentences.put(RowNote.Kind.TURN_MARKERS, "with <extra_id_1> markers, read as turns");
    sentences.put(
        RowNote.Kind.PROMPT_IN_LIST,
        "with answers that begin with their prompt, which counts once");
    sentences.put(
        RowNote.Kind.PROMPT_IN_TEXT,
        "with an answer whose text begins with the whole prompt, left as it is");
    sentences.put(
        RowNote.Kind.ENDS_WITH_USER,
        "that end with the user's turn, or a tool's: the assistant's turn before it was scored");
    sentences.put(
        RowNote.Kind.LEFT_OUT_TURNS,
        "with several turns behind the last user's, all left out with the answer");
    sentences.put(RowNote.Kind.NULL_ANSWER, "with null in place of an answer, and of its score");
    sentences.put(
        RowNote.Kind.OWN_PRINCIPLES, "judged by principles of their own, in place of the call's");
    sentences.put(RowNote.Kind.NO_EDIT, "without an edit, whose response stays");
    sentences.put(
        RowNote.Kind.UNCHANGED_EDIT,
        "with an edit that is the response itself, whose score it has without being scored again");
    sentences.put(
        RowNote.Kind.BROUGHT_ANSWERS, "that bring answers of their own, and are asked for none");
    sentences.put(
        RowNote.Kind.NO_FEEDBACK, "without feedback that asks for anything, given an empty list");
    sentences.put(
        RowNote.Kind.THOUGHT_LEFT_OUT, "with a thought in a text, left out of the prompt");
    sentences.put(
        RowNote.Kind.MISSING_JUDGEMENT,
        "votes without a judgement, left out of the mean or taken for what --missing-judgement says");
    sentences.put(
        RowNote.Kind.OTHER_TOKEN,
        "votes that went on with neither of the recipe's tokens, read as all others");
    return sentences;
  }

  /** A line for each kind of row, without those that have something to be warned of. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    SENTENCES.forEach(
        (kind, sentence) -> {
          Long rows = counts.get(kind.word());
          if (rows != null) {
            lines.add(Text.of("%,d %s", rows, sentence));
          }
        });
    return lines;
  }

  /** Fields of which rows were not read for one reason, with how many; empty if there are none. */
  private String unread(RowNote.Kind kind) {
    String prefix = kind.word() + " ";
    List<String> fields = new ArrayList<>();
    counts.forEach(
        (name, rows) -> {
          if (name.startsWith(prefix)) {
            fields.add(Text.of("%s (%,d)", name.substring(prefix.length()), rows));
          }
        });
    return String.join(", ", fields);
  }

  void tell(Text text) {
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      text.about(i == 0 ? "read" : "", "%s", lines.get(i));
    }
  }

  void warn(Text text) {
    warnings().forEach(warning -> text.line("").line("Warning: %s", warning));
  }

  /** What may be a wrong text, a sentence for each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    unread("fields that look like answers were not read", RowNote.Kind.UNREAD_ANSWER)
        .ifPresent(warnings::add);
    unread("fields that may belong to the prompt were not read", RowNote.Kind.UNREAD_PROMPT)
        .ifPresent(warnings::add);
    Long rendered = counts.get(RowNote.Kind.RENDERED_PROMPT.word());
    if (rendered != null) {
      warnings.add(
          Text.of(
              "%,d prompts begin with the marks of a chat template, and were put into the model's"
                  + " own once more.",
              rendered));
    }
    return warnings;
  }

  private Optional<String> unread(String what, RowNote.Kind kind) {
    return Optional.of(unread(kind))
        .filter(fields -> !fields.isEmpty())
        .map(
            fields ->
                Text.of(
                    "%s: %s rows. --format and --map say which fields are meant.", what, fields));
  }
}
