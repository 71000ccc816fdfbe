package io.touchstone.jobs.calibrate;

import io.touchstone.conversation.format.Detection;
import io.touchstone.conversation.format.FormatDetector;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.digest.Sha256;
import io.touchstone.files.read.FirstRows;
import io.touchstone.files.read.InputFile;
import io.touchstone.selection.ConversationDigest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Numbers the prompts of rows. A row's prompt is what its response answers, where the first lines
 * of its file fit a line format, or else its field {@code prompt}; a row that has neither has a
 * prompt of its own.
 */
final class RowPrompts {

  private static final String PROMPT = "prompt";
  private static final int DIGEST_BYTES = 16;

  private final Map<String, RowReader> readers = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private int next;
  private long unknown;

  static RowPrompts of(List<InputFile> files, long maxLineBytes, Configuration hadoop)
      throws IOException {
    RowPrompts prompts = new RowPrompts();
    for (InputFile file : files) {
      List<byte[]> lines = new ArrayList<>();
      try (FirstRows first = FirstRows.of(file, maxLineBytes, hadoop)) {
        for (byte[] line = first.next(); line != null; line = first.next()) {
          lines.add(line);
        }
      }
      if (!lines.isEmpty() && FormatDetector.detect(lines) instanceof Detection.Detected found) {
        prompts.readers.put(file.path(), new RowReader(found.format()));
      }
    }
    return prompts;
  }

  /** The number of a row's prompt, from 0, without gaps. */
  int number(byte[] line, String file) {
    Optional<String> key = key(line, file);
    if (key.isEmpty()) {
      unknown++;
      return next++;
    }
    return numbers.computeIfAbsent(key.get(), prompt -> next++);
  }

  /** How many numbers were given. */
  int count() {
    return next;
  }

  /** Rows of which nothing says which prompt they have. */
  long unknown() {
    return unknown;
  }

  private Optional<String> key(byte[] line, String file) {
    RowReader reader = readers.get(file);
    if (reader != null && reader.read(line) instanceof Row row) {
      return Optional.of(ConversationDigest.ofPrompt(row.conversations().get(0)).toString());
    }
    try {
      return JsonRow.read(line).find(PROMPT).map(prompt -> Sha256.hex(prompt.json(), DIGEST_BYTES));
    } catch (RowProblem twice) {
      return Optional.empty();
    }
  }
}
