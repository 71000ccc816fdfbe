/**
 * Lines through the model, a load at a time, in their order; imports scoring and what it stands on.
 */
@NullMarked
package io.touchstone.scoring.pipeline;

import org.jspecify.annotations.NullMarked;
