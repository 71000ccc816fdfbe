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

  private static final String NEEDS =
      """
      . The formats need:
        steerlm: mask, conversations[].from, conversations[].value
        helpsteer2: prompt, response
        helpsteer3: context, response1, response2
        messages: messages[].role
        sharegpt: conversations[].from, conversations[].value; without mask, conversations[].label
        candidates: prompt, responses
        preference: chosen, rejected; without chosen[]
        best-of-n: input, output; without instruction
        preference-lists: prompt, chosen[], rejected[]
        judgebench: question, response_A, response_B""";

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
        "JUDGEBENCH | {\"question\":\"\",\"response_A\":\"\",\"response_B\":\"\"}"
      })
  void tellsAFormatByItsFields(RowFormat format, String line) {
    assertThat(detect(line)).isEqualTo(new Detection.Detected(format));
  }

  @Test
  void saysWhatIsMissingWhenNoFormatFits() {
    assertUndetected(
        "{\"question\":1,\"answer\":[{\"te\\nxt\":2}]}",
        "expected lines that fit one format, found none to fit. The lines have the fields question,"
            + " answer, answer[].te?xt"
            + NEEDS);
    assertUndetected(
        "{\"conversations\":[{\"from\":\"A\",\"value\":\"b\",\"label\":\"\"}]}",
        "expected lines that fit one format, found none to fit. The lines have the fields"
            + " conversations, conversations[].from, conversations[].value, conversations[].label"
            + NEEDS);
    assertUndetected(
        "{}",
        "expected lines that fit one format, found none to fit. The lines have the fields (none)"
            + NEEDS);
  }

  @Test
  void leavesTheChoiceToTheUserWhenTwoFormatsFit() {
    assertUndetected(
        "{\"prompt\":\"\",\"chosen\":[],\"rejected\":[],\"messages\":[{\"role\":\"user\"}]}",
        "expected lines that fit one format, found messages and preference to fit. The lines have"
            + " the fields prompt, chosen, rejected, messages, messages[].role"
            + NEEDS);
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
        .contains(", f38, and 11 more. The formats need:")
        .doesNotContain("f39");
  }
}
