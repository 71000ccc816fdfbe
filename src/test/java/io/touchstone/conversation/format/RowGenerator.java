package io.touchstone.conversation.format;

import io.touchstone.conversation.format.GeneratedRow.Piece;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Rows of every format with odd numbers, escapes, spacing, orders and fields. */
public final class RowGenerator {

  private static final List<String> NUMBERS =
      List.of("2.50", "1e400", "12345678901234567890", "-0.0", "1E+2", "0", "-7", "1.0e-5");
  private static final List<String> TEXTS =
      List.of(
          "a",
          "é",
          "\\u00e9",
          "\\/",
          "\\ud83c\\udf72",
          "🍲",
          "\\n",
          "\\\"",
          "\\\\",
          "}",
          "],",
          "植物",
          "\\ud83d",
          ": ",
          "\u0085",
          "\\u0000",
          "\u007f");
  private static final List<String> SPACES = List.of("", "", " ", " ", "\t", "  ", " \t ");

  private final Random random;
  private final boolean compact;

  public RowGenerator(Random random) {
    this.random = random;
    this.compact = random.nextInt(4) == 0;
  }

  public GeneratedRow row(RowFormat format, ScoredTurns scored) {
    List<List<Piece>> fields = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      fields.add(field("unknown", value(2)));
    }
    for (List<Piece> needed : needed(format)) {
      fields.add(needed);
    }
    List<String> written = written(format, scored);
    List<Integer> absent = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      if (random.nextBoolean()) {
        fields.add(field(written.get(i), List.of(new Piece(text(value(2)), i))));
      } else {
        absent.add(i);
      }
    }
    Collections.shuffle(fields, random);
    return assembled(fields, written, absent);
  }

  private GeneratedRow assembled(
      List<List<Piece>> fields, List<String> written, List<Integer> absent) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(Piece.literal(space() + "{" + space()));
    String comma = "";
    for (List<Piece> field : fields) {
      if (field != fields.get(0)) {
        String after = space();
        comma = after.isEmpty() ? "," : ", ";
        pieces.add(Piece.literal(space() + "," + after));
      }
      pieces.addAll(field);
    }
    String colon = fields.get(fields.size() - 1).get(1).text().endsWith(":") ? ":" : ": ";
    if (comma.isEmpty()) {
      comma = colon.equals(":") ? "," : ", ";
    }
    int lastPiece = pieces.size() - 1;
    pieces.add(Piece.literal(space() + "}" + space()));
    List<Piece> appended = new ArrayList<>();
    for (int hole : absent) {
      appended.add(new Piece(comma + '"' + written.get(hole) + '"' + colon, hole));
    }
    boolean lists = written.contains("rewards") || written.contains("score_chosen");
    return new GeneratedRow(pieces, appended, lastPiece, lists ? comma : "", written.size());
  }

  private static List<String> written(RowFormat format, ScoredTurns scored) {
    return switch (format.word()) {
      case "steerlm" -> List.of();
      case "helpsteer2", "best-of-n" -> List.of("reward");
      case "helpsteer3" -> List.of("reward1", "reward2");
      case "messages", "sharegpt" -> List.of(scored == ScoredTurns.ALL ? "rewards" : "reward");
      case "candidates" -> List.of("rewards");
      case "preference" -> List.of("chosen_reward", "rejected_reward");
      case "preference-lists" -> List.of("score_chosen", "score_rejected");
      case "judgebench" -> List.of("score_A", "score_B");
      default -> throw new IllegalArgumentException(format.word());
    };
  }

  private List<List<Piece>> needed(RowFormat format) {
    return switch (format.word()) {
      case "steerlm" ->
          List.of(field("conversations", labelledTurns()), field("mask", literal("\"U\"")));
      case "helpsteer2" -> List.of(field("prompt", prompt()), field("response", string()));
      case "best-of-n" -> List.of(field("input", prompt()), field("output", string()));
      case "helpsteer3" ->
          List.of(
              field("context", messages()),
              field("response1", string()),
              field("response2", string()));
      case "messages" -> List.of(field("messages", messages()));
      case "sharegpt" ->
          List.of(field("conversations", list(this::saying, "{\"from\":\"gpt\",\"value\":\"\"}")));
      case "candidates" ->
          List.of(
              field("prompt", prompt()), field("responses", list(() -> text(string()), "\"\"")));
      case "preference" ->
          List.of(
              field("prompt", prompt()), field("chosen", string()), field("rejected", messages()));
      case "preference-lists" ->
          List.of(
              field("prompt", prompt()),
              field("chosen", literal("[" + space() + text(string()) + space() + "]")),
              field("rejected", list(() -> text(string()), "\"\"")));
      case "judgebench" ->
          List.of(
              field("question", prompt()),
              field("response_A", string()),
              field("response_B", string()));
      default -> throw new IllegalArgumentException(format.word());
    };
  }

  private List<Piece> labelledTurns() {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(Piece.literal("[" + space()));
    int turns = 1 + random.nextInt(4);
    for (int hole = 0; hole < turns; hole++) {
      String before = "{\"from\":" + space() + "\"A\",\"value\":" + text(string());
      pieces.add(Piece.literal(before + "," + space() + name("label") + ":" + space()));
      pieces.add(new Piece(text(random.nextBoolean() ? string() : number()), hole));
      String after = random.nextBoolean() ? space() : ",\"k\":" + text(value(1)) + space();
      pieces.add(Piece.literal(after + "},{\"from\":\"U\",\"value\":" + text(string()) + "}"));
      pieces.add(Piece.literal(hole < turns - 1 ? "," + space() : space() + "]"));
    }
    return pieces;
  }

  private List<Piece> prompt() {
    return random.nextBoolean() ? string() : messages();
  }

  private List<Piece> messages() {
    return list(this::message, "{\"role\":\"assistant\",\"content\":\"\"}");
  }

  private String message() {
    return "{\"role\":\"%s\",%s:%s%s,\"k\":%s}"
        .formatted(
            random.nextBoolean() ? "user" : "assistant",
            name("content"),
            space(),
            random.nextBoolean()
                ? text(string())
                : "[{\"type\":\"text\",\"text\":" + text(string()) + "}]",
            text(value(2)));
  }

  private String saying() {
    return "{\"from\":\"%s\",%s:%s%s}"
        .formatted(random.nextBoolean() ? "human" : "gpt", name("value"), space(), text(string()));
  }

  private List<Piece> list(Supplier<String> element, String last) {
    StringBuilder list = new StringBuilder("[");
    for (int i = random.nextInt(3); i > 0; i--) {
      list.append(space()).append(element.get()).append(space()).append(',');
    }
    return literal(list + space() + last + space() + "]");
  }

  private List<Piece> field(String name, List<Piece> value) {
    List<Piece> field = new ArrayList<>();
    field.add(Piece.literal(name(name)));
    field.add(Piece.literal(space() + ":" + space()));
    field.addAll(value);
    return field;
  }

  private String name(String name) {
    int at = random.nextInt(name.length());
    return random.nextInt(4) > 0
        ? '"' + name + '"'
        : "\"%s\\u%04x%s\""
            .formatted(name.substring(0, at), (int) name.charAt(at), name.substring(at + 1));
  }

  private List<Piece> value(int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 3)) {
      case 0 -> number();
      case 1 -> string();
      case 2 -> literal(pick(List.of("true", "false", "null", "[]", "{}")));
      case 3 ->
          literal("[" + text(value(depth - 1)) + space() + "," + text(value(depth - 1)) + "]");
      default -> literal("{" + text(string()) + space() + ":" + text(value(depth - 1)) + "}");
    };
  }

  private List<Piece> number() {
    return literal(pick(NUMBERS));
  }

  private List<Piece> string() {
    StringBuilder string = new StringBuilder("\"");
    for (int i = random.nextInt(6); i > 0; i--) {
      string.append(pick(TEXTS));
    }
    return literal(string.append('"').toString());
  }

  private String space() {
    return compact ? "" : pick(SPACES);
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static List<Piece> literal(String text) {
    return List.of(Piece.literal(text));
  }

  private static String text(List<Piece> pieces) {
    StringBuilder text = new StringBuilder();
    pieces.forEach(piece -> text.append(piece.text()));
    return text.toString();
  }
}
