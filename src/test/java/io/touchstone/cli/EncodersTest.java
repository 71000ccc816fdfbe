package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.cli.call.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls with encoders. */
final class EncodersTest {
  private static final String ROWS = Path.of("data-samples/helpsteer.jsonl").toString();
  private static final String LONG = "word ".repeat(90);

  @TempDir Path folder;

  private final Program program = Program.installed();

  private static String model(String name) {
    return Path.of("src/test/resources/encoders", name).toString();
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private ExitStatus annotate(String rows, String output, String model, String... more) {
    List<String> call =
        new ArrayList<>(List.of("annotate", rows, "--output", at(output), "--model", model(model)));
    call.addAll(List.of(more));
    return program.run(call);
  }

  private List<JsonNode> rows(String name) throws IOException {
    return JsonLines.of(folder.resolve(name).resolve("part-00000.jsonl"));
  }

  private JsonNode run(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).resolve("_run.json").toFile());
  }

  private String documents() throws IOException {
    return Files.write(
            folder.resolve("documents.jsonl"),
            List.of(
                "{\"id\": 1, \"body\": {\"text\": \"Spiders have eight legs.\"}}",
                "{\"id\": 2, \"body\": {\"text\": \"" + LONG + "\"}}",
                "{\"id\": 3, \"body\": {\"text\": \"Buy now!\"}}"))
        .toString();
  }

  @Test
  void asksWhatOfAConversationIsRead() {
    assertThat(annotate(ROWS, "out", "bert-answer")).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .isEqualTo(
            "touchstone annotate: 1 problem:\n  model "
                + model("bert-answer")
                + ": --encode: expected what an encoder reads of a conversation: answer (the scored"
                + " turn alone); pair (two texts: all turns before, joined by a newline, and the"
                + " scored turn); conversation (one text: all turns, one behind another with"
                + " nothing between), found none, and BertForSequenceClassification does not"
                + " say\n");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void scoresDocumentsCutsTheirTextsAndCountsThem() throws IOException {
    String[] flags = {"--encode", "answer", "--text-field", "body.text", "--over-long", "cut"};
    assertThat(annotate(documents(), "cut", "bert-answer", flags)).isEqualTo(ExitStatus.DONE);
    assertThat(program.err()).isEmpty();
    assertThat(program.out())
        .contains(
            "  read      1 with a text that was longer than the model takes, and was cut\n",
            "  note      each document is one text\n",
            "longer texts are cut to 64 tokens (--over-long cut)\n");
    List<JsonNode> rows = rows("cut");
    assertThat(rows).extracting(row -> row.get("id").asInt()).containsExactly(1, 2, 3);
    assertThat(rows).allMatch(row -> row.get("reward").isNumber());
    JsonNode run = run("cut");
    assertThat(run.at("/notes/cut-text").asInt()).isEqualTo(1);
    assertThat(run.toString())
        .contains("encode answer, cut", "\"input.text-field\":\"body.text\"", "BertForSequence");
    double most = rows.stream().mapToDouble(row -> row.get("reward").asDouble()).max().orElse(0);
    assertThat(
            program.run(
                "filter",
                at("cut"),
                "--kept",
                at("kept"),
                "--dropped",
                at("rest"),
                "--where",
                "reward >= " + most))
        .isEqualTo(ExitStatus.DONE);
    assertThat(rows("kept")).hasSize(1);
    assertThat(rows("rest")).hasSize(2);
  }

  @Test
  void rejectsLongerTextsUnlessTheyAreToBeCut() throws IOException {
    assertThat(
            annotate(
                documents(),
                "whole",
                "bert-answer",
                "--encode",
                "answer",
                "--text-field",
                "body.text",
                "--max-rejected",
                "1"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(rows("whole")).hasSize(2);
    assertThat(
            Files.readString(
                folder.resolve("whole").resolve("_rejected").resolve("part-00000.jsonl")))
        .contains("\"too-many-tokens\"", "expected at most 64 tokens, found ");
    assertThat(program.out()).contains("texts of more than 64 tokens are rejected");
  }

  @Test
  void cutsCharactersBeforeTokens() throws IOException {
    String[] flags = {
      "--encode",
      "answer",
      "--text-field",
      "body.text",
      "--over-long",
      "cut",
      "--max-characters",
      "7"
    };
    assertThat(annotate(documents(), "short", "bert-answer", flags)).isEqualTo(ExitStatus.DONE);
    assertThat(run("short").at("/notes/cut-text").asInt()).isEqualTo(3);
    Path same =
        Files.write(
            folder.resolve("same.jsonl"),
            List.of("{\"text\": \"Spiders\"}", "{\"text\": \"word wo\"}"));
    assertThat(
            annotate(
                same.toString(),
                "same",
                "bert-answer",
                "--encode",
                "answer",
                "--text-field",
                "text"))
        .isEqualTo(ExitStatus.DONE);
    for (int i = 0; i < 2; i++) {
      assertThat(rows("same").get(i).get("reward")).isEqualTo(rows("short").get(i).get("reward"));
    }
  }

  @Test
  void givesProbabilitiesOfLabels() throws IOException {
    assertThat(annotate(ROWS, "raw", "curator-answer", "--encode", "answer"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(
            annotate(ROWS, "shares", "curator-answer", "--encode", "answer", "--as", "probability"))
        .isEqualTo(ExitStatus.DONE);
    assertThat(program.out()).contains("outputs are probabilities: the softmax of all labels");
    for (int i = 0; i < rows("raw").size(); i++) {
      JsonNode raw = rows("raw").get(i).get("reward");
      JsonNode shares = rows("shares").get(i).get("reward");
      assertThat(shares.fieldNames()).toIterable().containsExactly("High", "Medium", "Low");
      double sum =
          Math.exp(raw.get("High").asDouble())
              + Math.exp(raw.get("Medium").asDouble())
              + Math.exp(raw.get("Low").asDouble());
      assertThat(shares.get("High").asDouble())
          .isCloseTo(Math.exp(raw.get("High").asDouble()) / sum, within(1e-5));
    }
  }

  @Test
  void givesEachLabelAProbabilityWhereSeveralMayHold() throws IOException {
    String[] cut = {"--encode", "pair", "--over-long", "cut"};
    String[] shares = {"--encode", "pair", "--over-long", "cut", "--as", "probability"};
    assertThat(annotate(ROWS, "raw", "bert-pair", cut)).isEqualTo(ExitStatus.DONE);
    assertThat(annotate(ROWS, "shares", "bert-pair", shares)).isEqualTo(ExitStatus.DONE);
    assertThat(program.out()).contains("outputs are probabilities: each label's logistic");
    for (String label : List.of("bad", "fair", "good")) {
      double raw = rows("raw").get(3).get("reward").get(label).asDouble();
      assertThat(rows("shares").get(3).get("reward").get(label).asDouble())
          .isCloseTo(1 / (1 + Math.exp(-raw)), within(1e-5));
    }
  }

  @Test
  void refusesWhatDoesNotGoTogetherAllAtOnce() throws IOException {
    assertThat(
            annotate(
                documents(),
                "out",
                "bert-answer",
                "--encode",
                "pair",
                "--text-field",
                "body.text",
                "--as",
                "probability",
                "--max-characters",
                "9",
                "--reward-token",
                "3"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    String model = "  model " + model("bert-answer") + ": ";
    assertThat(program.err())
        .isEqualTo(
            "touchstone annotate: 4 problems:\n"
                + model
                + "--encode: expected answer beside --text-field, whose documents have no turns"
                + " before, found pair\n"
                + model
                + "reward token: expected a causal model for a reward token, found"
                + " BertForSequenceClassification\n"
                + model
                + "--as: expected a model of labels for probabilities, found one output, which is a"
                + " number\n"
                + model
                + "--max-characters: expected --over-long cut beside it, which it is a part of,"
                + " found reject\n");
  }

  @Test
  void aModelWithoutALimitIsCutByTheCallsOnly() {
    assertThat(annotate(ROWS, "out", "deberta-pair", "--encode", "pair", "--over-long", "cut"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .endsWith(
            "--over-long cut: expected --max-tokens beside it, as the model itself has no limit,"
                + " found none\n");
  }

  @Test
  void decodersTakeNoneOfIt() throws IOException {
    List<String> call =
        List.of(
            "annotate",
            documents(),
            "--output",
            at("out"),
            "--model",
            Path.of("src/test/resources/references/llama-classifier").toString(),
            "--encode",
            "answer",
            "--over-long",
            "cut",
            "--max-characters",
            "9",
            "--text-field",
            "body.text");
    assertThat(program.run(call)).isEqualTo(ExitStatus.WRONG_CALL);
    String model = "  model " + Path.of("src/test/resources/references/llama-classifier") + ": ";
    assertThat(program.err())
        .isEqualTo(
            "touchstone annotate: 4 problems:\n"
                + model
                + "--encode: expected an encoder, which reads no chat template, found"
                + " LlamaForSequenceClassification\n"
                + model
                + "--over-long: expected an encoder for cut texts, found"
                + " LlamaForSequenceClassification\n"
                + model
                + "--max-characters: expected an encoder for cut texts, found"
                + " LlamaForSequenceClassification\n"
                + model
                + "--text-field: expected an encoder for texts without turns, found"
                + " LlamaForSequenceClassification\n");
  }

  @Test
  void aTextFieldIsAFormatOfItsOwn() throws IOException {
    assertThat(
            annotate(
                documents(),
                "out",
                "bert-answer",
                "--encode",
                "answer",
                "--text-field",
                "body.text",
                "--format",
                "messages"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "--text-field: expected neither --format nor --map beside it: it says where a document's"
                + " text is, found --format messages");
  }

  @Test
  void tellsOfADryRunWhatWouldBeCut() throws IOException {
    List<String> call =
        List.of(
            "annotate",
            documents(),
            "--dry-run",
            "--model",
            model("bert-answer"),
            "--encode",
            "answer",
            "--text-field",
            "body.text",
            "--over-long",
            "cut");
    assertThat(program.run(call)).isEqualTo(ExitStatus.DONE);
    assertThat(program.out())
        .contains(
            "1 with a text that was longer than the model takes, and was cut",
            "BertForSequenceClassification",
            "of 2 layers");
  }

  @Test
  void writesNoAnswers() {
    assertThat(
            program.run(
                "generate",
                Path.of("data-samples/questions.jsonl").toString(),
                "--output",
                at("answers"),
                "--max-new-tokens",
                "8",
                "--model",
                model("bert-answer")))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "architectures: expected a causal model, which generates; jobs/annotate scores with a"
                + " classifier, found BertForSequenceClassification");
  }
}
