/** From a template's source to its tree; imports {@code python}, {@code builtin}, {@code tree}. */
@NullMarked
package io.touchstone.template.jinja.syntax;

import org.jspecify.annotations.NullMarked;
