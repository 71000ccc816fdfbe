package io.touchstone.template.jinja.syntax;

import java.util.HashSet;
import java.util.Set;

/** Which names a piece of template reads before it writes them itself. */
final class NameUse {
  private final Set<String> read = new HashSet<>();
  private final Set<String> written = new HashSet<>();

  void load(String name) {
    if (!written.contains(name)) {
      read.add(name);
    }
  }

  void store(String name) {
    written.add(name);
  }

  Set<String> read() {
    return read;
  }
}
