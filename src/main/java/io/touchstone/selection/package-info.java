/**
 * From scores to decisions: choosing, ranking and comparing, as pure functions; imports
 * conversation.
 */
@NullMarked
package io.touchstone.selection;

import org.jspecify.annotations.NullMarked;
