/**
 * From scores to decisions: choosing, ranking and comparing, as pure functions; imports
 * conversation and reward.
 */
@NullMarked
package io.touchstone.selection;

import org.jspecify.annotations.NullMarked;
