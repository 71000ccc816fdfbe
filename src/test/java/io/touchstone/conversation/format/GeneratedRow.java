package io.touchstone.conversation.format;

import io.touchstone.conversation.line.Enrichment.Slot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A row that knows where the values of its format belong.
 *
 * @param pieces literal text, and holes with what stands there now; all together are the line
 * @param absent for each hole that is still to be appended: which one, and its comma and name
 * @param lastPiece after which piece fields are appended
 * @param listComma how the values of a list are parted
 * @param lists what the lists have at their places; empty where each value has its own place
 */
public record GeneratedRow(
    List<Piece> pieces,
    List<Piece> absent,
    int lastPiece,
    String listComma,
    List<List<Slot>> lists) {

  /**
   * A piece of the line.
   *
   * @param lead what a value in its place is written behind
   * @param hole which value takes its place; -1 for none
   */
  record Piece(String text, String lead, int hole) {
    static Piece literal(String text) {
      return new Piece(text, "", -1);
    }

    static Piece hole(String text, int hole) {
      return new Piece(text, "", hole);
    }
  }

  public String line() {
    return pieces.stream().map(Piece::text).collect(Collectors.joining());
  }

  String expected(List<String> values) {
    List<String> texts = lists.isEmpty() ? values : listed(values.iterator());
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      line.append(piece.hole() < 0 ? piece.text() : piece.lead() + texts.get(piece.hole()));
      if (i == lastPiece) {
        absent.forEach(field -> line.append(field.text()).append(texts.get(field.hole())));
      }
    }
    return line.toString();
  }

  private List<String> listed(Iterator<String> values) {
    List<String> texts = new ArrayList<>();
    for (List<Slot> slots : lists) {
      List<String> elements = new ArrayList<>();
      slots.forEach(slot -> elements.add(slot == Slot.VALUE ? values.next() : "null"));
      texts.add("[" + String.join(listComma, elements) + "]");
    }
    return texts;
  }
}
