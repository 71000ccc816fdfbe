package io.touchstone.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.Program;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpLayoutTest {

  @Test
  void breaksAtSpacesOnlyWhateverStandsBetweenThem() {
    HelpLayout help = new HelpLayout(70);
    help.entry(
        "--scalar=FORMULA",
        "one number, such as 0.65*helpfulness+0.8*correctness-0.45*verbosity (default:\u00a0none)");
    assertThat(help.toString())
        .isEqualTo(
            """
                  --scalar=FORMULA       one number, such as
                                           0.65*helpfulness+0.8*correctness-0.45*verbosity
                                           (default: none)
            """);
  }

  @Test
  void inFewColumnsAFlagIsExplainedBelowIt() {
    HelpLayout help = new HelpLayout(40);
    help.entry("--quiet", "no progress and no summary, not even here");
    assertThat(help.toString())
        .isEqualTo(
            """
                  --quiet
                      no progress and no summary,
                      not even here
            """);
  }

  @Test
  void fillsSentencesAndKeepsRowsInTheirColumnsAndCommandsWhole() {
    HelpLayout help = new HelpLayout(40);
    help.lines(
        """
        One sentence that is
        filled. Another.

        Words:
          compact  merges files into few, at any
                   time
          a        b
        Examples:
          jobs/annotate data/ --output scored --model DIR --quiet
        """);
    assertThat(help.toString())
        .isEqualTo(
            """
            One sentence that is filled. Another.

            Words:
              compact  merges files into few, at any
                       time
              a        b
            Examples:
              jobs/annotate data/ --output scored \\
                --model DIR --quiet
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"annotate", "select", "filter", "evaluate", "calibrate", "report", "ledger"})
  void everyHelpSaysTheSameWordsInWhateverWidth(String job) {
    List<String> wide = words(help(job, 100));
    for (int columns : List.of(40, 57, 72, 80)) {
      String narrow = help(job, columns);
      assertThat(words(narrow)).isEqualTo(wide);
      assertThat(narrow.lines().filter(line -> line.length() > columns))
          .as("lines that are longer than %s columns", columns)
          .allSatisfy(
              line -> assertThat(line.strip().split(" +(?!\\\\)").length).isLessThanOrEqualTo(3));
    }
  }

  private static String help(String job, int columns) {
    Program program = Program.installed().onATerminalOf(OptionalInt.of(columns));
    program.run(job, "--help");
    return program.out();
  }

  private static List<String> words(String help) {
    return Arrays.stream(help.split("\\s+"))
        .filter(word -> !word.equals("\\"))
        .collect(Collectors.toList());
  }
}
