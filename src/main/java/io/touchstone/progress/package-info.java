/**
 * Where a running job stands: its rate, the time left, and the thread that tells them; imports
 * nothing of ours.
 */
@NullMarked
package io.touchstone.progress;

import org.jspecify.annotations.NullMarked;
