package io.touchstone.cli.job;

import io.touchstone.cli.call.Setting;
import io.touchstone.cli.settings.EndpointSettings;
import io.touchstone.cli.settings.GenerateSettings;
import io.touchstone.cli.settings.ToolsFile;
import io.touchstone.generation.GeneratorFactory;
import io.touchstone.generation.endpoint.ApiKey;
import io.touchstone.generation.endpoint.EndpointConfig;
import io.touchstone.generation.endpoint.EndpointGeneratorFactory;
import io.touchstone.generation.endpoint.EndpointUrl;
import io.touchstone.generation.sampling.SamplingAsk;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who answers: a model that is read here, or a server. */
final class GeneratorChoice {
  private static final String MODEL = GenerateSettings.MODEL.flag();
  private static final String ENDPOINT = EndpointSettings.URL.flag();

  private final GeneratorSource models;
  private final JobRun run;

  GeneratorChoice(GeneratorSource models, JobRun run) {
    this.models = models;
    this.run = run;
  }

  /** What the user calls it. */
  String told() {
    return run.get(GenerateSettings.MODEL)
        .map(model -> "model " + run.model(model))
        .orElse(ENDPOINT);
  }

  /**
   * @throws Refused if both are asked for or neither, or one with settings of the other
   */
  void check() {
    Problems problems = new Problems();
    boolean model = run.get(GenerateSettings.MODEL).isPresent();
    boolean server = run.get(EndpointSettings.URL).isPresent();
    if (model && server) {
      problems.add(
          Problem.at(ENDPOINT)
              .expected("no " + MODEL + " beside it, as either answers")
              .found(MODEL + " " + run.get(GenerateSettings.MODEL).get()));
    } else if (!model && !server) {
      problems.add(
          Problem.at(MODEL)
              .expected(
                  "the folder of a model that generates, demo for the bundled demonstration, or "
                      + ENDPOINT
                      + " in its place")
              .found("nothing"));
    } else if (server) {
      refuse(GenerateSettings.OF_FOLDER, MODEL, ENDPOINT, problems);
      if (run.get(GenerateSettings.ROW_TIMEOUT).isPresent()) {
        problems.add(
            Problem.at(GenerateSettings.ROW_TIMEOUT.flag())
                .expected(
                    EndpointSettings.TIMEOUT.flag()
                        + " in its place, as a server's passes cannot be seen")
                .found(ENDPOINT));
      }
      if (run.get(EndpointSettings.MODEL).isEmpty()) {
        problems.add(
            Problem.at(EndpointSettings.MODEL.flag())
                .expected("the model's name on the server beside " + ENDPOINT)
                .found("nothing"));
      }
      if (run.get(EndpointSettings.KEY_VARIABLE).isPresent()
          && run.get(EndpointSettings.KEY_FILE).isPresent()) {
        problems.add(
            Problem.at(EndpointSettings.KEY_FILE.flag())
                .expected("no " + EndpointSettings.KEY_VARIABLE.flag() + " beside it")
                .found("both"));
      }
    } else {
      refuse(EndpointSettings.OF_SERVER, ENDPOINT, MODEL, problems);
    }
    problems.refuseIfAny();
  }

  private void refuse(List<Setting<?>> settings, String owner, String chosen, Problems problems) {
    for (Setting<?> setting : settings) {
      if (run.settings().isChanged(setting)) {
        problems.add(
            Problem.at(setting.flag())
                .expected(owner + " beside it, which it is about")
                .found(chosen));
      }
    }
  }

  /**
   * @throws Refused if folder or server is refused, or what is asked contradicts itself
   */
  GeneratorFactory factory(SamplingAsk sampling) {
    Optional<String> url = run.get(EndpointSettings.URL);
    if (url.isPresent()) {
      return EndpointGeneratorFactory.of(
          endpoint(url.get()),
          sampling,
          new EndpointGeneratorFactory.Prompting(
              run.get(GenerateSettings.THINKING),
              run.get(GenerateSettings.TOOLS_FILE).map(ToolsFile::tools).orElse(List.of()),
              run.get(GenerateSettings.CONTINUE)),
          System.getenv());
    }
    String model = run.get(GenerateSettings.MODEL).orElseThrow();
    return models.of(run.model(model), sampling, run.settings());
  }

  private EndpointConfig endpoint(String url) {
    return new EndpointConfig(
        EndpointUrl.of(ENDPOINT, url),
        run.get(EndpointSettings.MODEL).orElseThrow(),
        key(),
        run.get(EndpointSettings.CONCURRENCY),
        Duration.ofSeconds(run.get(EndpointSettings.TIMEOUT)),
        run.get(EndpointSettings.RETRIES));
  }

  private ApiKey key() {
    Optional<String> variable = run.get(EndpointSettings.KEY_VARIABLE);
    if (variable.isPresent()) {
      return ApiKey.Variable.of(EndpointSettings.KEY_VARIABLE.flag(), variable.get());
    }
    return run.get(EndpointSettings.KEY_FILE)
        .<ApiKey>map(ApiKey.KeyFile::new)
        .orElseGet(ApiKey.None::new);
  }
}
