/**
 * From a template's source to its tree; imports template.jinja.builtin, template.jinja.python and
 * template.jinja.tree.
 */
@NullMarked
package io.touchstone.template.jinja.syntax;

import org.jspecify.annotations.NullMarked;
