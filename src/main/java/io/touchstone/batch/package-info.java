/**
 * Packed loads: flat token ids, segments, read-outs and the plans that cut them; int arrays only;
 * imports nothing of ours.
 */
@NullMarked
package io.touchstone.batch;

import org.jspecify.annotations.NullMarked;
