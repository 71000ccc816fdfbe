package io.touchstone.conversation.format;

import java.io.Serializable;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How prompts are read from rows.
 *
 * @param reading what is read beside the fields of the format; whose turns are scored is nothing to
 *     a prompt
 * @param lastAnswer what becomes of an answer with which a row's turns end
 * @param idField the field that identifies a row for draws; null where its prompt does
 * @param answersFrom the field with answers of rows that need none; null where each is asked
 */
public record PromptRules(
    ReadRules reading,
    LastAnswer lastAnswer,
    @Nullable String idField,
    @Nullable String answersFrom)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Everything that a row says, without its answers. */
  public static final PromptRules DEFAULT =
      new PromptRules(ReadRules.ALL, LastAnswer.LEFT_OUT, null);

  /** Of rows that are all asked. */
  public PromptRules(ReadRules reading, LastAnswer lastAnswer, @Nullable String idField) {
    this(reading, lastAnswer, idField, null);
  }

  /** What an output folder's plan keeps: nothing of what is as by default. */
  public SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>(reading.settings());
    settings.remove(ReadRules.TURNS);
    if (lastAnswer != LastAnswer.LEFT_OUT) {
      settings.put("last-answer", lastAnswer.name().toLowerCase(Locale.ROOT));
    }
    if (idField != null) {
      settings.put("id-field", idField);
    }
    if (answersFrom != null) {
      settings.put("answers-from", answersFrom);
    }
    return settings;
  }
}
