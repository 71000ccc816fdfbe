/**
 * A parsed template, which renders itself; imports template.jinja.builtin and
 * template.jinja.python.
 */
@NullMarked
package io.touchstone.template.jinja.tree;

import org.jspecify.annotations.NullMarked;
