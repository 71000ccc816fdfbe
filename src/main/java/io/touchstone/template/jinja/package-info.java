/**
 * Jinja as Hugging Face's chat templates use it: what jinja2 3.1.6 renders, bounded, without its
 * powers; the entrance to the rooms below, imports nothing else of ours.
 */
@NullMarked
package io.touchstone.template.jinja;

import org.jspecify.annotations.NullMarked;
