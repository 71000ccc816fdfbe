package io.touchstone.selection.report.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A table under a caption. It uses the page's width; one that is wider scrolls sideways by itself,
 * for keys too, and says so on a phone.
 */
final class Table {

  /** So many columns fit on a phone. */
  private static final int NARROW = 4;

  private final Html html;
  private final String caption;
  private final List<String> names = new ArrayList<>();
  private final List<String> styles = new ArrayList<>();
  private String style = "";

  /**
   * @param caption what the table holds, for who sees it and who hears it
   */
  Table(Html html, String caption) {
    this.html = html;
    this.caption = caption;
  }

  /** Columns of text, which stand on the left. */
  Table texts(String... columns) {
    return with("text", columns);
  }

  /** Columns of numbers, which stand on the right. */
  Table numbers(String... columns) {
    return with("number", columns);
  }

  /** Marked by a class of the style sheet. */
  Table styled(String word) {
    style = word;
    return this;
  }

  private Table with(String column, String... columns) {
    for (String name : columns) {
      names.add(name);
      styles.add(column);
    }
    return this;
  }

  /** Rows come next, then {@link #close}. */
  Table open() {
    boolean wide = names.size() > NARROW;
    if (wide) {
      html.add(
          "<div class=\"scroll wide\" role=\"region\" aria-label=\"%s\" tabindex=\"0\">", caption);
    } else {
      html.add("<div class=\"scroll\">");
    }
    html.add("<table class=\"%s\">\n<caption><span class=\"held\">%s", style, caption);
    if (wide) {
      html.add(" <span class=\"sideways\">Scrolls sideways →</span>");
    }
    html.add("</span></caption>\n<thead><tr>");
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).isEmpty()) {
        html.add("<td></td>");
      } else {
        html.add("<th scope=\"col\" class=\"%s\"><bdi>%s</bdi></th>", styles.get(i), names.get(i));
      }
    }
    html.add("</tr></thead>\n<tbody>\n");
    return this;
  }

  /**
   * A row of texts that need no markup.
   *
   * @param name its head
   */
  void row(String name, String... cells) {
    html.add("<tr><th scope=\"row\"><bdi>%s</bdi></th>", name);
    for (int i = 0; i < cells.length; i++) {
      html.add("<td class=\"%s\">%s</td>", styles.get(i + 1), cells[i]);
    }
    html.add("</tr>\n");
  }

  void close() {
    html.add("</tbody>\n</table></div>\n");
  }
}
