/** Python's values and what they do, each accounted for as it is made; imports nothing of ours. */
@NullMarked
package io.touchstone.template.jinja.python;

import org.jspecify.annotations.NullMarked;
