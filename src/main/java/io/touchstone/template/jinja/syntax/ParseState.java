package io.touchstone.template.jinja.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the parsers of expressions and statements share. */
final class ParseState {
  private final TokenStream stream;
  private final int maxNesting;
  private final List<FrameNames> frames = new ArrayList<>();
  private final List<NameUse> uses = new ArrayList<>();
  private final List<TemplateSyntaxError> unknown = new ArrayList<>();
  private FrameNames names = new FrameNames(null);
  private int nesting;
  private boolean reachedOnlyIf;

  ParseState(TokenStream stream, int maxNesting) {
    this.stream = stream;
    this.maxNesting = maxNesting;
  }

  TokenStream stream() {
    return stream;
  }

  FrameNames names() {
    return names;
  }

  void load(String name) {
    names.load(name);
    uses.forEach(use -> use.load(name));
  }

  void store(String name) {
    names.store(name);
    uses.forEach(use -> use.store(name));
  }

  void parameter(String name) {
    names.parameter(name);
    uses.forEach(use -> use.store(name));
  }

  /** Parses what lies one level deeper. */
  <T> T nested(Supplier<T> parser) {
    nesting++;
    if (nesting > maxNesting) {
      throw stream.fail("nested more than %d deep (maxNesting)".formatted(maxNesting));
    }
    T parsed = parser.get();
    nesting--;
    return parsed;
  }

  /** Parses what has a scope of its own. */
  <T> T inFrame(Supplier<T> parser) {
    FrameNames outer = names;
    names = new FrameNames(outer);
    frames.add(names);
    T parsed = reached(false, parser);
    names = outer;
    return parsed;
  }

  /** Parses while the names that are read are noted. */
  <T> T noting(NameUse use, Supplier<T> parser) {
    uses.add(use);
    T parsed = parser.get();
    uses.remove(use);
    return parsed;
  }

  /**
   * Parses what is reached always, or {@code onlyIf} a condition holds: there jinja2 minds an
   * unknown filter once it comes to it.
   */
  <T> T reached(boolean onlyIf, Supplier<T> parser) {
    boolean outer = reachedOnlyIf;
    reachedOnlyIf = onlyIf;
    T parsed = parser.get();
    reachedOnlyIf = outer;
    return parsed;
  }

  int unknownCount() {
    return unknown.size();
  }

  void forgiveUnknownSince(int count) {
    unknown.subList(count, unknown.size()).clear();
  }

  void unknown(String what, String name) {
    if (!reachedOnlyIf) {
      unknown.add(stream.fail("no %s named '%s'".formatted(what, name)));
    }
  }

  void settle() {
    if (!unknown.isEmpty()) {
      throw unknown.get(0);
    }
    frames.forEach(FrameNames::settle);
  }
}
