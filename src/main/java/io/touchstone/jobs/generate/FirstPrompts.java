package io.touchstone.jobs.generate;

import io.touchstone.conversation.format.ParsedPrompt;
import io.touchstone.conversation.format.PromptSource;
import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.files.read.FirstRows;
import io.touchstone.files.read.InputFile;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** What the first rows of the inputs show to be wrong with the whole call. */
record FirstPrompts(GenerateConfig config, Configuration hadoop) {

  /**
   * @throws Refused if rows have a field of their own where answers would be written, or none has
   *     the one that is to identify it
   */
  void check(List<InputFile> files) {
    List<String> problems = new ArrayList<>();
    for (InputFile file : files) {
      RowFormat format = file.format();
      if (format != null) {
        try {
          problems.addAll(problems(file, format));
        } catch (IOException e) {
          problems.add("[" + file.path() + "] cannot be read: " + e.getMessage());
        }
      }
    }
    Refused.ifAny(problems);
  }

  private List<String> problems(InputFile file, RowFormat format) throws IOException {
    PromptSource reader = config.prompts().source(format);
    Map<String, Integer> inTheWay = new LinkedHashMap<>();
    int rows = 0;
    int identified = 0;
    @Nullable String id = config.prompts().rules().idField();
    try (FirstRows first = FirstRows.of(file, config.reading().maxLineBytes(), hadoop)) {
      for (byte[] row = first.next(); row != null; row = first.next()) {
        rows++;
        if (id != null && has(row, id)) {
          identified++;
        }
        if (reader.read(row) instanceof ParsedPrompt.Unanswerable bad && isInTheWay(bad.why())) {
          inTheWay.merge(bad.why().reason(), 1, Integer::sum);
        }
      }
    }
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, Integer> each : inTheWay.entrySet()) {
      problems.add(
          Problem.in(file.path()).place()
              + each.getKey()
              + " in "
              + each.getValue()
              + " of the first "
              + rows
              + " rows: rename it or leave it out");
    }
    if (id != null && rows > 0 && identified == 0) {
      problems.add(
          Problem.at("--id-field")
              .file(file.path())
              .expected("a field " + id + " in one of the first " + rows + " rows")
              .found("it in none"));
    }
    return problems;
  }

  private static boolean isInTheWay(MalformedRow why) {
    return why.kind().equals(Malformation.FIELD_IN_THE_WAY.word());
  }

  private static boolean has(byte[] row, String field) {
    try {
      return JsonRow.read(row).names().contains(field);
    } catch (RowProblem noObject) {
      return false;
    }
  }
}
