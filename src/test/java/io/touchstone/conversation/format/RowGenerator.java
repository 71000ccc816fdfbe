package io.touchstone.conversation.format;

import io.touchstone.conversation.format.GeneratedRow.Piece;
import io.touchstone.conversation.line.Accompanied;
import io.touchstone.conversation.line.Enrichment.Slot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Rows of every format with odd numbers, escapes, spacing, orders and fields. */
public final class RowGenerator {

  private final Random random;
  private final GeneratedJson json;

  public RowGenerator(Random random) {
    this.random = random;
    this.json = new GeneratedJson(random);
  }

  /** The format, with some of its fields elsewhere. */
  RowFormat mapped(RowFormat format) {
    return format.mapped(GeneratedPlaces.map(json, format));
  }

  /**
   * @param format may have a map
   */
  public GeneratedRow row(RowFormat format, ScoredTurns scored) {
    List<List<Piece>> fields = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      fields.add(field("unknown", literal(json.value(2))));
    }
    GeneratedFields read = read(format, scored);
    boolean labels = format.recipe() instanceof SteerlmLabels;
    if (labels) {
      fields.add(field("conversations", labelledTurns(scored)));
      fields.add(field("mask", literal("\"U\"")));
    }
    Map<String, String> placed = GeneratedPlaces.placed(json, read, format.map());
    placed.forEach((name, value) -> fields.add(field(name, literal(value))));
    addColumns(!read.hasSystem(), fields);
    addUnread(format, placed, fields);
    List<String> written =
        labels
            ? List.of()
            : Accompanied.inOrder(ScoreFields.OWN.names(format.scoring(scored).scores()));
    List<Integer> absent = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      if (random.nextBoolean()) {
        fields.add(field(written.get(i), List.of(Piece.hole(json.value(2), i))));
      } else {
        absent.add(i);
      }
    }
    Collections.shuffle(fields, random);
    return assembled(fields, written, absent, read.lists());
  }

  private GeneratedFields read(RowFormat format, ScoredTurns scored) {
    GeneratedFields read;
    do {
      read = new GeneratedFields(json, format.recipe(), scored);
    } while (!fits(read, format.map()));
    return read;
  }

  /** Whether there are as many answers as places, and nothing in a field that is not read. */
  private static boolean fits(GeneratedFields read, FieldMap map) {
    return map.paths().entrySet().stream()
        .filter(target -> target.getValue().size() != 1)
        .allMatch(
            target ->
                Optional.ofNullable(read.fields().get(target.getKey()))
                        .map(value -> value.elements().size())
                        .orElse(0)
                    == target.getValue().size());
  }

  /** Columns of the system's turn and of tools, which any format may have. */
  private void addColumns(boolean system, List<List<Piece>> fields) {
    if (json.one(4)) {
      String said = system && json.one(2) ? json.string() : json.pick(List.of("null", "\"\""));
      fields.add(field(json.pick(List.of("system", "system_prompt")), literal(said)));
    }
    if (json.one(4)) {
      fields.add(
          field(
              "tools",
              literal(
                  json.pick(
                      List.of(
                          "null",
                          "[]",
                          "\"[]\"",
                          "\"\"",
                          "[{\"name\":" + json.string() + ",\"k\":" + json.value(2) + "}]",
                          "\"[{\\\"name\\\": \\\"a\\\"}]\"")))));
    }
  }

  /** What stands under a name of the format, where the map reads that from elsewhere. */
  private void addUnread(RowFormat format, Map<String, String> placed, List<List<Piece>> fields) {
    format.map().paths().keySet().stream()
        .filter(name -> !placed.containsKey(name) && !UnreadNames.isAnswer(name) && json.one(4))
        .forEach(name -> fields.add(field(name, literal(json.value(2)))));
  }

  private GeneratedRow assembled(
      List<List<Piece>> fields,
      List<String> written,
      List<Integer> absent,
      List<List<Slot>> lists) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(Piece.literal(json.space() + "{" + json.space()));
    String comma = "";
    for (List<Piece> field : fields) {
      if (field != fields.get(0)) {
        String after = json.space();
        comma = after.isEmpty() ? "," : ", ";
        pieces.add(Piece.literal(json.space() + "," + after));
      }
      pieces.addAll(field);
    }
    String colon = fields.get(fields.size() - 1).get(1).text().endsWith(":") ? ":" : ": ";
    if (comma.isEmpty()) {
      comma = colon.equals(":") ? "," : ", ";
    }
    int lastPiece = pieces.size() - 1;
    pieces.add(Piece.literal(json.space() + "}" + json.space()));
    List<Piece> appended = new ArrayList<>();
    for (int hole : absent) {
      appended.add(Piece.hole(comma + '"' + written.get(hole) + '"' + colon, hole));
    }
    return new GeneratedRow(pieces, appended, lastPiece, comma, lists);
  }

  private List<Piece> labelledTurns(ScoredTurns scored) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(Piece.literal("[" + json.space()));
    int hole = 0;
    for (int turns = 1 + random.nextInt(4); turns > 0; turns--) {
      boolean labelled = hole == 0 || random.nextBoolean();
      pieces.addAll(labelled ? labelledTurn(hole) : unlabelledTurn(scored, hole));
      hole += labelled || scored == ScoredTurns.ALL ? 1 : 0;
      pieces.add(Piece.literal(",{\"from\":\"U\",\"value\":" + json.string() + "}"));
      pieces.add(Piece.literal(turns > 1 ? "," + json.space() : json.space() + "]"));
    }
    return pieces;
  }

  private List<Piece> labelledTurn(int hole) {
    String before = "{\"from\":" + json.space() + "\"A\",\"value\":" + json.string();
    String after = random.nextBoolean() ? json.space() : ",\"k\":" + json.value(1) + json.space();
    return List.of(
        Piece.literal(before + "," + json.space() + json.name("label") + ":" + json.space()),
        Piece.hole(random.nextBoolean() ? json.string() : json.number(), hole),
        Piece.literal(after + "}"));
  }

  /** Without a label, or with null in its place. */
  private List<Piece> unlabelledTurn(ScoredTurns scored, int hole) {
    String start = "{\"from\":\"A\"," + json.space();
    if (random.nextBoolean()) {
      Piece label = scored == ScoredTurns.ALL ? Piece.hole("null", hole) : Piece.literal("null");
      return List.of(
          Piece.literal(start + "\"label\":"),
          label,
          Piece.literal(",\"value\":" + json.string() + "}"));
    }
    String comma = json.space();
    String colon = json.space();
    String turn = start + "\"k\":1," + comma + "\"value\":" + colon + json.string();
    String lead = (comma.isEmpty() ? "," : ", ") + "\"label\"" + (colon.isEmpty() ? ":" : ": ");
    return List.of(
        Piece.literal(turn),
        scored == ScoredTurns.ALL ? new Piece("", lead, hole) : Piece.literal(""),
        Piece.literal(json.space() + "}"));
  }

  private List<Piece> field(String name, List<Piece> value) {
    List<Piece> field = new ArrayList<>();
    field.add(Piece.literal(json.name(name)));
    field.add(Piece.literal(json.space() + ":" + json.space()));
    field.addAll(value);
    return field;
  }

  private static List<Piece> literal(String text) {
    return List.of(Piece.literal(text));
  }
}
