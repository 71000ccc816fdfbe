package io.touchstone.files.read;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.format.PromptReader;
import io.touchstone.conversation.format.PromptRow;
import io.touchstone.conversation.format.PromptRules;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.Row;
import io.touchstone.files.columns.FormMask;
import io.touchstone.problem.Problem;
import io.touchstone.problem.UnfitInputException;
import java.io.IOException;
import java.util.List;

/**
 * Refuses columns that a format reads words of and that hold something else, such as bytes, whose
 * base64 would be taken for what someone said.
 */
final class WordColumns {

  private final RowFormat format;
  private final RowReader rows;
  private final PromptReader prompts;

  WordColumns(RowFormat format) {
    this.format = format;
    this.rows = new RowReader(format);
    this.prompts = new PromptReader(format, PromptRules.DEFAULT);
  }

  /**
   * @param row one of the file
   * @throws UnfitInputException if something of it is read that the mask takes away
   */
  void refuse(FormMask mask, byte[] row) throws IOException {
    byte[] masked = mask.over(row);
    if (loses(scored(row), scored(masked)) || loses(answered(row), answered(masked))) {
      throw new UnfitInputException(
          Problem.at("column " + mask.name())
              .expected("text, as " + format.word() + " rows are read")
              .found(
                  String.join(", ", mask.stored())
                      + ": cast it to text, in Spark CAST(... AS STRING), or leave it out with"
                      + " --drop-columns"));
    }
  }

  private static boolean loses(List<Conversation> all, List<Conversation> masked) {
    return !all.isEmpty() && !all.equals(masked);
  }

  private List<Conversation> scored(byte[] line) {
    return rows.read(line) instanceof Row row ? row.conversations() : List.of();
  }

  private List<Conversation> answered(byte[] line) {
    return prompts.read(line) instanceof PromptRow row ? List.of(row.conversation()) : List.of();
  }
}
