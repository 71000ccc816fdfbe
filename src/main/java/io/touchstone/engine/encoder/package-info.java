/**
 * An encoder's forward pass: rows that know nothing of each other, flat and without padding;
 * imports batch, checkpoint, engine.device, engine.program, engine.weights and scoring.
 */
@NullMarked
package io.touchstone.engine.encoder;

import org.jspecify.annotations.NullMarked;
