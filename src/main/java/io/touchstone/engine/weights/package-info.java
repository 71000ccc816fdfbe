/**
 * A model's weights on their way from the mapped files to the program's buffers, layer by layer;
 * imports batch, checkpoint, checkpoint.config, engine.device, engine.program, problem and scoring.
 */
@NullMarked
package io.touchstone.engine.weights;

import org.jspecify.annotations.NullMarked;
