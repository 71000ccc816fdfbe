package io.touchstone.conversation.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormatDetectorTest {

  private static final String WAY_ON =
      "\n  --format NAME names the one that is meant, --map TARGET=PATH where its fields are";

  private static Detection detect(String... lines) {
    return FormatDetector.detect(Arrays.stream(lines).map(line -> line.getBytes(UTF_8)).toList());
  }

  private static void assertUndetected(String line, String message) {
    assertThat(detect(line)).isEqualTo(new Detection.Undetected(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "STEERLM | {\"system\":\"\",\"mask\":\"U\",\"conversations\":[{\"value\":\"a\",\"from\":\"U\"}]}",
        "SHAREGPT | {\"system\":\"\",\"conversations\":[{\"value\":\"a\",\"from\":\"human\"}]}",
        "HELPSTEER2 | {\"prompt\":\"\",\"response\":\"\",\"helpfulness\":1,\"verbosity\":2}",
        "HELPSTEER3 | {\"context\":[],\"response1\":\"\",\"response2\":\"\",\"overall_preference\":1}",
        "MESSAGES | {\"prompt\":\"x\",\"messages\":[{\"content\":\"\",\"role\":\"user\"}]}",
        "CANDIDATES | {\"prompt\":[],\"responses\":[]}",
        "PREFERENCE | {\"prompt\":\"\",\"chosen\":\"\",\"rejected\":\"\"}",
        "PREFERENCE | {\"chosen\":[],\"rejected\":[],\"chosen_reward\":1}",
        "BEST_OF_N | {\"input\":\"\",\"output\":\"\",\"reward\":1}",
        "PREFERENCE_LISTS | {\"prompt\":\"\",\"chosen\":[\"\"],\"rejected\":[\"\"]}",
        "PROMPT_COMPLETION | {\"prompt\":\"\",\"completion\":\"\"}",
        "JUDGEBENCH | {\"question\":\"\",\"response_A\":\"\",\"response_B\":\"\"}"
      })
  void tellsAFormatByItsFields(RowFormat format, String line) {
    assertThat(detect(line)).isEqualTo(new Detection.Detected(format));
  }

  @Test
  void namesTheClosestFormatsWhenNoneFits() {
    assertUndetected(
        "{\"question\":1,\"answer\":[{\"te\\nxt\":2}]}",
        "expected lines that fit one format, found none to fit. The lines have the fields question,"
            + " answer, answer[].te?xt. Closest are:"
            + "\n  judgebench: found question; lacks response_A, response_B"
            + "\n  question-preference: found question; lacks chosen, rejected"
            + WAY_ON
            + "; --help lists all, conf/data holds such maps of published data sets.");
    assertUndetected(
        "{\"conversations\":[{\"from\":\"A\",\"value\":\"b\",\"label\":\"\"}]}",
        "expected lines that fit one format, found none to fit. The lines have the fields"
            + " conversations, conversations[].from, conversations[].value, conversations[].label."
            + " Closest are:"
            + "\n  sharegpt: found conversations[].from, conversations[].value; wants no"
            + " conversations[].label"
            + "\n  steerlm: found conversations[].from, conversations[].value; lacks mask"
            + "\n  sharegpt-preference: found conversations[].from, conversations[].value; lacks"
            + " chosen, rejected"
            + WAY_ON
            + "; --help lists all, conf/data holds such maps of published data sets.");
  }

  @Test
  void leavesTheChoiceToTheUserWhenTwoFormatsFit() {
    assertUndetected(
        "{\"prompt\":\"a\",\"response\":\"b\",\"chosen\":\"c\",\"rejected\":\"d\"}",
        "expected lines that fit one format, found helpsteer2 and preference to fit. The lines have"
            + " the fields prompt, response, chosen, rejected. Found were:"
            + "\n  helpsteer2: prompt, response"
            + "\n  preference: chosen, rejected; without chosen[]"
            + WAY_ON
            + ".");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PREFERENCE | {\"prompt\":\"a\",\"response\":\"b\",\"chosen\":\"b\",\"rejected\":\"d\"}",
        "PREFERENCE | {\"chosen\":[{\"role\":\"user\",\"content\":\"a\"},"
            + "{\"role\":\"assistant\",\"content\":\"b\"}],\"rejected\":[{\"role\":\"user\","
            + "\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"c\"}],\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}",
        "HELPSTEER2 | {\"prompt\":\"a\",\"response\":\"b\",\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}",
        "MS_SWIFT | {\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
            + "{\"role\":\"assistant\",\"content\":\"b\"}],\"rejected_response\":\"c\"}",
        "SHAREGPT_PREFERENCE | {\"conversations\":[{\"from\":\"human\",\"value\":\"a\"}],"
            + "\"chosen\":{\"from\":\"gpt\",\"value\":\"b\"},"
            + "\"rejected\":{\"from\":\"gpt\",\"value\":\"c\"}}",
        "HELPSTEER2 | {\"prompt\":\"a\",\"response\":\"b\",\"chosen\":null,\"messages\":null}"
      })
  void oneGivesWayToAnotherThatScoresAllThatItWould(String format, String line) {
    assertThat(detect(line))
        .isEqualTo(
            new Detection.Detected(
                FormatTable.ALL.stream()
                    .filter(each -> each.planned().equals(format))
                    .findFirst()
                    .orElseThrow()));
  }

  @Test
  void noneGivesWayIfOneLineSaysOtherwise() {
    String same = "{\"prompt\":\"a\",\"response\":\"b\",\"chosen\":\"b\",\"rejected\":\"d\"}";
    assertThat(detect(same, same, same.replace("\"response\":\"b\"", "\"response\":\"z\"")))
        .isInstanceOf(Detection.Undetected.class);
  }

  @Test
  void isNotPutOffByAnOddLine() {
    String row = "{\"prompt\":\"\",\"response\":\"\"}";

    assertThat(detect(row, "{\"prompt\":\"\",\"responses\":[]}", row, "{}", "[", "7"))
        .isEqualTo(new Detection.Detected(FormatTable.HELPSTEER2));
  }

  @Test
  void saysThatThereAreNoObjects() {
    assertThat(FormatDetector.detect(List.of(new byte[] {(byte) 0xff}, "{} {}".getBytes(UTF_8))))
        .isEqualTo(
            new Detection.Undetected(
                "expected lines of JSON objects, found none among the first 2"));
  }

  @Test
  void namesOnlySoManyFields() {
    String fields =
        String.join(
            ",", Stream.iterate(0, i -> i + 1).limit(50).map(i -> "\"f" + i + "\":1").toList());

    Detection detection = detect("{\"" + "x".repeat(70) + "\":1," + fields + "}");

    assertThat(((Detection.Undetected) detection).message())
        .contains("the fields " + String.join("", Collections.nCopies(60, "x")) + "…, f0, f1,")
        .contains(", f38, and 11 more. --format NAME names")
        .doesNotContain("f39");
  }
}
