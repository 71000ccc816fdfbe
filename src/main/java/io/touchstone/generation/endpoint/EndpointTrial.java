package io.touchstone.generation.endpoint;

import io.touchstone.generation.Answer;
import io.touchstone.generation.endpoint.EndpointReply.Again;
import io.touchstone.generation.endpoint.EndpointReply.Blame;
import io.touchstone.generation.endpoint.EndpointReply.Failure;
import io.touchstone.generation.endpoint.EndpointReply.Hopeless;
import io.touchstone.generation.endpoint.EndpointReply.Sample;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;

/**
 * What a server shows before any work: whether it is there, takes the key, has the model, and
 * answers requests of the job's form. Servers differ in two fields, which are tried out here.
 *
 * @param form that it takes
 * @param notes for users
 */
record EndpointTrial(RequestForm form, List<String> notes) {

  /**
   * @param continues whether turns are to be continued
   * @throws Refused naming all that is wrong
   */
  static EndpointTrial of(Endpoint endpoint, RequestForm asked, boolean continues) {
    ServedModels models = models(endpoint);
    List<String> problems = new ArrayList<>();
    models.problem(endpoint.config().url(), asked.model()).ifPresent(problems::add);
    OptionalInt most = models.length(asked.model());
    if (most.isPresent() && asked.maxNewTokens() >= most.getAsInt()) {
      problems.add(
          Problem.in(endpoint.config().url())
              .field("--max-new-tokens")
              .expected(
                  "fewer tokens than the "
                      + most.getAsInt()
                      + " that the server has for a prompt and its answer")
              .found(asked.maxNewTokens()));
    }
    Refused.ifAny(problems);
    EndpointTrial trial = tried(endpoint, asked, most);
    return continues ? trial.continuing(endpoint) : trial;
  }

  private static ServedModels models(Endpoint endpoint) {
    try {
      HttpReply reply = endpoint.models().join();
      if (endpoint.reader().read(reply, List::of, "") instanceof Hopeless hopeless
          && (reply.status() == 401 || reply.status() == 403)) {
        throw refused(endpoint, hopeless.told());
      }
      return ServedModels.of(reply);
    } catch (CompletionException failure) {
      throw refused(
          endpoint,
          endpoint.reader().read(failure).told() + "; is it running, and is this its address?");
    }
  }

  private static EndpointTrial tried(Endpoint endpoint, RequestForm asked, OptionalInt most) {
    List<RequestForm> forms =
        List.of(
            asked,
            asked.with(RequestForm.MAX_COMPLETION_TOKENS, true),
            asked.with(RequestForm.MAX_TOKENS, false),
            asked.with(RequestForm.MAX_COMPLETION_TOKENS, false));
    List<String> found = new ArrayList<>();
    for (RequestForm form : forms) {
      EndpointReply reply = endpoint.trial(form).join();
      if (reply instanceof Sample sample) {
        int tokens = sample.answer().tokens();
        int allowed = endpoint.trialTokens(form);
        if (tokens <= allowed) {
          return new EndpointTrial(form, notes(form, sample.answer(), most));
        }
        found.add("an answer of " + tokens + " tokens, where " + allowed + " were allowed");
      } else if (reply instanceof Failure failure) {
        if (isOfNoForm(failure)) {
          throw refused(endpoint, failure.told());
        }
        found.add(failure.told());
      }
    }
    throw refused(endpoint, found.get(0) + "; to a short question, in the form of this job");
  }

  /**
   * Looks how the server continues a turn: some repeat what was there of it. One that begins anew
   * cannot be told by a program, so its words are shown.
   */
  private EndpointTrial continuing(Endpoint endpoint) {
    EndpointReply reply = endpoint.continuedTrial(form).join();
    if (reply instanceof Failure failure) {
      throw refused(endpoint, failure.told() + "; to a turn of its own that it is to continue");
    }
    String said =
        reply instanceof Sample sample && sample.answer().response() != null
            ? sample.answer().response()
            : "";
    boolean echoes = said.startsWith(Endpoint.BEGINNING);
    String behind = echoes ? said.substring(Endpoint.BEGINNING.length()) : said;
    List<String> told = new ArrayList<>(notes);
    told.add(
        "asked to continue \""
            + Endpoint.BEGINNING
            + "\" the server went on with \""
            + Problem.shown(behind)
            + "\": with anything else than a count it does not know continue_final_message");
    return new EndpointTrial(echoes ? form.echoing() : form, told);
  }

  /** Whether another form would fail as well. */
  private static boolean isOfNoForm(Failure failure) {
    return failure instanceof Hopeless
        || failure instanceof Again again && again.blamed() == Blame.SERVER;
  }

  private static List<String> notes(RequestForm form, Answer answer, OptionalInt most) {
    List<String> notes = new ArrayList<>();
    most.ifPresent(
        tokens ->
            notes.add(
                "the server takes " + tokens + " tokens of a prompt and its answer together"));
    if (Double.isNaN(answer.logprobSum())) {
      notes.add("the server gives no log-probability for each token: logprob_sums are null");
    } else {
      notes.add(
          "logprob_sums are the server's: whether of the logits before temperature and penalties, it"
              + " does not say");
    }
    if (form.lengthField().equals(RequestForm.MAX_COMPLETION_TOKENS)) {
      notes.add("the server takes the length of answers as max_completion_tokens");
    }
    return notes;
  }

  private static Refused refused(Endpoint endpoint, String found) {
    return Refused.because(
        Problem.in(endpoint.config().url()).expected("a server that answers").found(found));
  }
}
