/**
 * What every template finds: filters, tests, functions and methods; imports template.jinja.python.
 */
@NullMarked
package io.touchstone.template.jinja.builtin;

import org.jspecify.annotations.NullMarked;
