/** A parsed template, which renders itself; imports {@code python} and {@code builtin}. */
@NullMarked
package io.touchstone.template.jinja.tree;

import org.jspecify.annotations.NullMarked;
