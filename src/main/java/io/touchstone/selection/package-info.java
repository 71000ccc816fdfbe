/**
 * From scores to decisions: choosing, ranking and comparing, as pure functions; imports
 * conversation, conversation.format, conversation.line, digest and selection.formula.
 */
@NullMarked
package io.touchstone.selection;

import org.jspecify.annotations.NullMarked;
