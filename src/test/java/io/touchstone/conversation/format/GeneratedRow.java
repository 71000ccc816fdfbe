package io.touchstone.conversation.format;

import java.util.ArrayList;
import java.util.List;

/**
 * A row that knows where the values of its format belong.
 *
 * @param pieces literal text, and holes with what stands there now; all together are the line
 * @param absent for each hole that is still to be appended: which one, and its comma and name
 * @param lastPiece after which piece fields are appended
 * @param listComma how the values of a list are parted; empty where each value has its own place
 * @param lists how many lists the values fill: all but the last take one value
 */
public record GeneratedRow(
    List<Piece> pieces, List<Piece> absent, int lastPiece, String listComma, int lists) {

  /**
   * A piece of the line.
   *
   * @param hole which value takes its place; -1 for none
   */
  record Piece(String text, int hole) {
    static Piece literal(String text) {
      return new Piece(text, -1);
    }
  }

  public String line() {
    StringBuilder line = new StringBuilder();
    pieces.forEach(piece -> line.append(piece.text()));
    return line.toString();
  }

  String expected(List<String> values) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < values.size() && (listComma.isEmpty() || i < lists - 1); i++) {
      texts.add(listComma.isEmpty() ? values.get(i) : "[" + values.get(i) + "]");
    }
    if (!listComma.isEmpty()) {
      List<String> last = values.subList(lists - 1, values.size());
      texts.add("[" + String.join(listComma, last) + "]");
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      line.append(piece.hole() < 0 ? piece.text() : texts.get(piece.hole()));
      if (i == lastPiece) {
        absent.forEach(field -> line.append(field.text()).append(texts.get(field.hole())));
      }
    }
    return line.toString();
  }
}
