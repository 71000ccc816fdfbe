package io.touchstone.template.jinja.syntax;

import java.util.ArrayList;
import java.util.List;

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

  void deeper() {
    nesting++;
    if (nesting > maxNesting) {
      throw stream.fail("nested more than %d deep (maxNesting)".formatted(maxNesting));
    }
  }

  void back() {
    nesting--;
  }

  /** Begins a scope; give what it returns to {@link #leaveFrame}. */
  Frame enterFrame() {
    Frame frame = new Frame(names, reachedOnlyIf);
    names = new FrameNames(names);
    frames.add(names);
    reachedOnlyIf = false;
    return frame;
  }

  void leaveFrame(Frame frame) {
    names = frame.outer;
    reachedOnlyIf = frame.reachedOnlyIf;
  }

  /** The scope around one that was entered. */
  record Frame(FrameNames outer, boolean reachedOnlyIf) {}

  NameUse beginUse() {
    NameUse use = new NameUse();
    uses.add(use);
    return use;
  }

  void endUse(NameUse use) {
    uses.remove(uses.size() - 1);
  }

  /** Inside of an {@code if}, jinja2 minds an unknown filter only once it is reached. */
  boolean enterIf() {
    boolean before = reachedOnlyIf;
    reachedOnlyIf = true;
    return before;
  }

  void leaveIf(boolean before) {
    reachedOnlyIf = before;
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
