package io.touchstone.conversation.format;

import io.touchstone.conversation.line.LineText;
import io.touchstone.conversation.line.ParsedLine;
import io.touchstone.conversation.line.RowProblem;
import java.util.List;

/** Reads lines of one format. Immutable; any thread, several at once. */
public final class RowReader {

  /**
   * Which texts this program reads of a row: one more whenever the same row may be read otherwise.
   * Folders begun by another version are refused.
   */
  public static final int VERSION = 2;

  private final RowRecipe recipe;
  private final RowFields.Wanted wanted;

  /** Everything is read, and scores are written under the format's own names. */
  public RowReader(RowFormat format) {
    this(format, ReadRules.ALL, ScoreFields.OWN);
  }

  /**
   * @throws IllegalArgumentException if there are {@linkplain RowFormat#clashes clashes}
   */
  public RowReader(RowFormat format, ReadRules rules, ScoreFields fields) {
    RowFormat asked = format.scoring(rules.scored());
    List<String> clashes = asked.clashes(fields);
    if (!clashes.isEmpty()) {
      throw new IllegalArgumentException(
          "fields: expected names that " + format.word() + " rows leave free, found " + clashes);
    }
    this.recipe = asked.recipe();
    this.wanted = RowFields.Wanted.of(asked, rules, fields);
  }

  /**
   * What the line is: every line is a row or says why not, nothing is thrown.
   *
   * @param utf8Line without line end and byte order mark; kept by the row, so not to be written to
   */
  public ParsedLine read(byte[] utf8Line) {
    try {
      return recipe.row(new RowFields(LineText.of(utf8Line), wanted));
    } catch (RowProblem problem) {
      return problem.row();
    }
  }
}
