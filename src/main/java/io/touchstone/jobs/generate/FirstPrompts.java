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
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** What the first rows of the inputs show to be wrong with the whole call. */
record FirstPrompts(GenerateConfig config, Configuration hadoop) {

  /**
   * @throws Refused if rows have a field of their own where answers would be written, or none has
   *     one that the call names
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
    Map<String, Integer> named = new LinkedHashMap<>();
    config.prompts().namedFields().forEach((flag, field) -> named.put(flag, 0));
    try (FirstRows first = FirstRows.of(file, config.reading().maxLineBytes(), hadoop)) {
      for (byte[] row = first.next(); row != null; row = first.next()) {
        rows++;
        Set<String> names = names(row);
        named.replaceAll(
            (flag, count) ->
                count + (names.contains(config.prompts().namedFields().get(flag)) ? 1 : 0));
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
    for (Map.Entry<String, Integer> each : named.entrySet()) {
      if (rows > 0 && each.getValue() == 0) {
        problems.add(
            Problem.at(each.getKey())
                .file(file.path())
                .expected(
                    "a field "
                        + config.prompts().namedFields().get(each.getKey())
                        + " in one of the first "
                        + rows
                        + " rows")
                .found("it in none"));
      }
    }
    return problems;
  }

  private static boolean isInTheWay(MalformedRow why) {
    return why.kind().equals(Malformation.FIELD_IN_THE_WAY.word());
  }

  private static Set<String> names(byte[] row) {
    try {
      return JsonRow.read(row).names();
    } catch (RowProblem noObject) {
      return Set.of();
    }
  }
}
