package io.touchstone.generation.endpoint;

import io.touchstone.generation.GenerationSession;
import io.touchstone.generation.Generator;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.PromptPreparation;
import io.touchstone.generation.endpoint.EndpointReply.Failure;

/** A server in place of a replica; the sessions of a process share its lanes. */
final class EndpointGenerator implements Generator {

  private static final int[] NO_IDS = {};

  private final Endpoint endpoint;
  private final Lanes lanes;
  private final RequestForm form;
  private final int samples;

  /** Written and read under this generator's lock. */
  private boolean isReady;

  EndpointGenerator(Endpoint endpoint, RequestForm form, int samples) {
    this.endpoint = endpoint;
    this.form = form;
    this.samples = samples;
    this.lanes = new Lanes(endpoint.config().concurrency());
  }

  /** The server renders and tokenizes. */
  @Override
  public PromptPreparation prepare(Prompt prompt) {
    return new PromptPreparation.PreparedPrompt(prompt, NO_IDS, false, 0);
  }

  @Override
  public GenerationSession session() {
    return new EndpointSession(endpoint, lanes, samples);
  }

  @Override
  public synchronized void ready() {
    if (!isReady && endpoint.trial(form).join() instanceof Failure failure) {
      throw endpoint.failure(failure.told());
    }
    isReady = true;
  }

  /** What else a server has under way is its own business. */
  @Override
  public boolean keepsBits() {
    return false;
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
