package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.cli.call.Setting;
import io.touchstone.cli.call.Topic;
import java.util.List;
import java.util.Optional;

/** Which server answers in place of a model, and how it is asked. */
public final class EndpointSettings {
  private EndpointSettings() {}

  public static final Setting<Optional<String>> URL =
      Setting.of(Topic.SERVER, "endpoint.url", "--endpoint", "URL", "none")
          .withHelp(
              "a server that speaks OpenAI's chat completions, as vLLM, SGLang, TensorRT-LLM and NIM"
                  + " do, such as http://HOST:8000/v1; what it cannot promise is in docs/generate.md")
          .as(Readers.optional("none", Readers.notBlank("an address, or none")));

  public static final Setting<Optional<String>> MODEL =
      Setting.of(Topic.SERVER, "endpoint.model", "--endpoint-model", "NAME", "none")
          .withHelp("the model's name there")
          .as(Readers.optional("none", Readers.notBlank("a model's name, or none")));

  public static final Setting<Optional<String>> KEY_VARIABLE =
      Setting.of(Topic.SERVER, "endpoint.key-variable", "--endpoint-key-variable", "NAME", "none")
          .withHelp(
              "the variable of the environment that holds the server's key, where it wants one; the"
                  + " key itself stands in no flag, file or log of ours")
          .as(Readers.optional("none", Readers.notBlank("a variable's name, or none")));

  public static final Setting<Optional<String>> KEY_FILE =
      Setting.of(Topic.SERVER, "endpoint.key-file", "--endpoint-key-file", "FILE", "none")
          .withHelp(
              "a file that holds the key, in place of a variable; each process that asks the server"
                  + " reads it")
          .as(Readers.optional("none", Readers.notBlank("a file, or none")));

  public static final Setting<Integer> CONCURRENCY =
      Setting.of(Topic.SERVER, "endpoint.concurrency", "--endpoint-concurrency", "N", "32")
          .withHelp("the most requests of one process that are under way together")
          .as(Readers.integer(1, 9_999, "a whole number from 1 to 9999"));

  public static final Setting<Integer> TIMEOUT =
      Setting.of(Topic.SERVER, "endpoint.timeout", "--endpoint-timeout", "SECONDS", "1800")
          .withHelp("how long a reply may take, to its last byte")
          .as(Readers.integer(1));

  public static final Setting<Integer> RETRIES =
      Setting.of(Topic.SERVER, "endpoint.retries", "--endpoint-retries", "N", "12")
          .withHelp(
              "how often a request is sent again, after longer and longer waits, where the server is"
                  + " away or overloaded")
          .as(Readers.integer(0, 1_000, "a whole number from 0 to 1000"));

  /** Of no use without a server. */
  public static final List<Setting<?>> OF_SERVER =
      List.of(MODEL, KEY_VARIABLE, KEY_FILE, CONCURRENCY, TIMEOUT, RETRIES);

  static final List<Setting<?>> ALL = Setting.all(List.of(URL), OF_SERVER);
}
