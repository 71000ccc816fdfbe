package io.touchstone.conversation.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Names that rows have, as messages tell them. */
final class FieldNames {

  private static final int MOST = 40;
  private static final int LENGTH = 60;

  private FieldNames() {}

  static String told(Collection<String> fields) {
    List<String> names = new ArrayList<>();
    for (String field : fields) {
      if (names.size() == MOST) {
        names.add("and " + (fields.size() - MOST) + " more");
        break;
      }
      names.add(printable(field));
    }
    return names.isEmpty() ? "(none)" : String.join(", ", names);
  }

  private static String printable(String name) {
    String shown = name.length() > LENGTH ? name.substring(0, LENGTH) + "…" : name;
    return shown.replaceAll("\\p{Cntrl}", "?");
  }
}
