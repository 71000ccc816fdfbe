/** Rewards, verdicts, labels and attribute names; imports nothing of ours. */
@NullMarked
package io.touchstone.reward;

import org.jspecify.annotations.NullMarked;
