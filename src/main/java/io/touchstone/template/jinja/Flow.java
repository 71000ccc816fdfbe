package io.touchstone.template.jinja;

/** How a statement ended, for the loop around it. */
enum Flow {
  NORMAL,
  BREAK,
  CONTINUE
}
