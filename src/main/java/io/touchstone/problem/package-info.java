/** What is told when a call is refused or a job fails; imports nothing of ours. */
@NullMarked
package io.touchstone.problem;

import org.jspecify.annotations.NullMarked;
