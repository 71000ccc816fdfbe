package io.touchstone.generation.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.problem.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EndpointUrlTest {

  @ParameterizedTest
  @CsvSource({
    "http://host:8000, http://host:8000/v1",
    "http://host:8000/, http://host:8000/v1",
    "http://host:8000/v1, http://host:8000/v1",
    "http://host:8000/v1/, http://host:8000/v1",
    "http://host:8000/v1/chat/completions, http://host:8000/v1",
    "HTTPS://integrate.example.com/v1, https://integrate.example.com/v1",
    "https://host/gateway/openai, https://host/gateway/openai",
    "' http://[::1]:8000 ', http://[::1]:8000/v1",
  })
  void readsWhatUsersCallAServersAddress(String given, String base) {
    assertThat(EndpointUrl.of("--endpoint", given)).hasToString(base);
  }

  @Test
  void asksBelowIt() {
    EndpointUrl url = EndpointUrl.of("--endpoint", "http://host:8000");
    assertThat(url.completions()).hasToString("http://host:8000/v1/chat/completions");
    assertThat(url.models()).hasToString("http://host:8000/v1/models");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "localhost:8000 | localhost:8000, without http:// or https://",
        "host | host, without http:// or https://",
        "ftp://host/v1 | ftp://host/v1: only http and https are spoken",
        "http:///v1 | http:///v1, which names no host",
        "http://host name/v1 | something else",
        "http://host/v1?key=sk-1 | one with ? or #, which is not repeated",
        "http://host_name:8000/v1 | http://host_name:8000/v1, which names no host",
        "http://me:sk-1@host/v1 | one with a login, which is not repeated: give a key by its"
            + " variable or file instead",
        "me:sk-1@host | one with a login, which is not repeated: give a key by its variable or"
            + " file instead",
      })
  void refusesWhatIsNone(String given, String found) {
    assertThatThrownBy(() -> EndpointUrl.of("--endpoint", given))
        .isInstanceOf(Refused.class)
        .hasMessage(
            "--endpoint: expected a server's address such as http://HOST:8000/v1, found " + found);
  }
}
