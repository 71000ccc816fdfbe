package io.touchstone.template.jinja.tree;

/** How a statement ended, for the loop around it. */
public enum Flow {
  NORMAL,
  BREAK,
  CONTINUE
}
