package io.touchstone.files.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** The numbered promises of {@link CommitStore}, for each filesystem to be held to. */
public interface CommitPromises {

  /** A folder of this name on the filesystem in question. */
  String path(String name);

  Configuration hadoop();

  /** A store with a folder for attempts, as a job begins one. */
  private Place begun(String name) throws IOException {
    OutputLayout layout = OutputLayout.of(new Path(path("promise-" + name)), 1).of("run");
    CommitStore store = CommitStore.of(layout, hadoop());
    store.files().mkdirs(layout.attemptsFolder());
    return new Place(store, layout);
  }

  /** Where promises are tried. */
  record Place(CommitStore store, OutputLayout layout) {

    Path temporary(String name, String content) throws IOException {
      Path file = layout.temporary(name);
      try (OutputStream out = store.create(file)) {
        out.write(content.getBytes(UTF_8));
      }
      return file;
    }

    Path target() {
      return layout.stats(0);
    }

    String content(Path file) throws IOException {
      return new String(store.read(file), UTF_8);
    }

    List<String> names(Path folder) throws IOException {
      return store.list(folder).stream().map(FileStatus::getPath).map(Path::getName).toList();
    }
  }

  @Test
  default void promise1AFileAppearsWholeOrNotAtAll() throws Exception {
    Place place = begun("1");
    CommitStore store = place.store();
    store.files().mkdirs(place.layout().statsFolder());
    Path replaced = place.layout().summary();
    String old = "old ".repeat(50_000);
    String fresh = "fresh ".repeat(50_000);
    store.replace(replaced, old.getBytes(UTF_8));
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    Future<Set<String>> seen =
        threads.submit(
            () -> {
              Set<String> contents = new HashSet<>();
              while (!ended.get()) {
                contents.add(place.content(replaced));
              }
              return contents;
            });
    try {
      for (int i = 0; i < 10; i++) {
        store.replace(replaced, (i % 2 == 0 ? fresh : old).getBytes(UTF_8));
      }
    } finally {
      ended.set(true);
      threads.shutdown();
    }
    assertThat(seen.get()).isSubsetOf(old, fresh);
    Path open = place.layout().temporary("open");
    try (OutputStream out = store.create(open)) {
      out.write(old.getBytes(UTF_8));
      assertThat(place.names(place.layout().statsFolder())).isEmpty();
    }
    assertThat(store.placeNew(open, place.target())).isTrue();
    assertThat(place.content(place.target())).isEqualTo(old);
  }

  @Test
  default void promise2OfAllWhoAskForANameOneGetsItAndEachLearnsWhetherItDid() throws Exception {
    Place place = begun("2");
    place.store().files().mkdirs(place.layout().statsFolder());
    int askers = 6;
    ExecutorService threads = Executors.newFixedThreadPool(askers);
    CyclicBarrier start = new CyclicBarrier(askers);
    List<Callable<Boolean>> asked = new ArrayList<>();
    for (int i = 0; i < askers; i++) {
      // As another process would have it, with a client of its own to speak of.
      CommitStore store = CommitStore.of(place.layout(), hadoop());
      Path temporary = place.temporary("asker-" + i, "of asker " + i);
      asked.add(
          () -> {
            start.await();
            return store.placeFirst(temporary, place.target());
          });
    }
    List<String> winners = new ArrayList<>();
    List<Future<Boolean>> answers = threads.invokeAll(asked);
    threads.shutdown();
    for (int i = 0; i < askers; i++) {
      if (answers.get(i).get()) {
        winners.add("of asker " + i);
      }
    }
    assertThat(winners).containsExactly(place.content(place.target()));
  }

  @Test
  default void promise3WhatLiesUnderANameIsLeftAlone() throws IOException {
    Place place = begun("3");
    CommitStore store = place.store();
    store.files().mkdirs(place.layout().statsFolder());
    assertThat(store.placeNew(place.temporary("first", "first"), place.target())).isTrue();
    assertThat(store.placeNew(place.temporary("second", "second"), place.target())).isFalse();
    assertThat(store.placeFirst(place.temporary("third", "third"), place.target())).isFalse();
    assertThat(place.content(place.target())).isEqualTo("first");
  }

  @Test
  default void promise4ATemporaryFileIsGoneOnceItWasPlacedAndStaysWhereItWasNot()
      throws IOException {
    Place place = begun("4");
    CommitStore store = place.store();
    store.files().mkdirs(place.layout().statsFolder());
    store.placeFirst(place.temporary("first", "first"), place.target());
    store.placeNew(place.temporary("part", "part"), place.layout().part(0));
    assertThat(place.names(place.layout().attemptsFolder())).isEmpty();
    store.placeFirst(place.temporary("late", "late"), place.target());
    store.placeNew(place.temporary("late-part", "part"), place.layout().part(0));
    assertThat(place.names(place.layout().attemptsFolder()))
        .containsExactlyInAnyOrder("late", "late-part");
    store.replace(place.layout().summary(), new byte[] {1});
    assertThat(place.names(place.layout().attemptsFolder())).hasSize(2);
    assertThat(place.names(place.layout().temporaryFolder())).containsExactly("run");
  }

  @Test
  default void promise5WhereThereIsNothingToPlaceItIsSaidBeTheNameFreeOrNot() throws IOException {
    Place place = begun("5");
    CommitStore store = place.store();
    store.files().mkdirs(place.layout().statsFolder());
    Path missing = place.layout().temporary("missing");
    assertThatThrownBy(() -> store.placeNew(missing, place.target()))
        .isInstanceOf(FileNotFoundException.class);
    store.placeNew(place.temporary("there", "there"), place.target());
    assertThatThrownBy(() -> store.placeNew(missing, place.target()))
        .isInstanceOf(FileNotFoundException.class);
    assertThat(place.content(place.target())).isEqualTo("there");
  }

  @Test
  default void promise6AFileIsMadeNewInAFolderThatMustBeThere() throws IOException {
    Place place = begun("6");
    Path file = place.temporary("once", "once");
    assertThatThrownBy(() -> place.temporary("once", "twice")).isInstanceOf(IOException.class);
    assertThat(place.content(file)).isEqualTo("once");
    place.store().files().delete(place.layout().temporaryFolder(), true);
    assertThatThrownBy(() -> place.temporary("late", "late")).isInstanceOf(IOException.class);
    assertThat(place.store().list(place.layout().temporaryFolder())).isEmpty();
  }

  /** What it takes to outlive the machine's power shows in no file: only what others see does. */
  @Test
  default void promise7AllSeeAtOnceWhatWasClosedOrPlaced() throws IOException {
    Place place = begun("7");
    place.store().files().mkdirs(place.layout().statsFolder());
    Place other = new Place(CommitStore.of(place.layout(), hadoop()), place.layout());
    for (int i = 0; i < 5; i++) {
      Path closed = place.temporary("name-" + i, "content " + i);
      assertThat(other.names(place.layout().attemptsFolder())).containsExactly("name-" + i);
      Path placed = new Path(place.layout().statsFolder(), "name-" + i);
      place.store().placeFirst(closed, placed);
      assertThat(other.names(place.layout().statsFolder())).hasSize(i + 1);
      assertThat(other.content(placed)).isEqualTo("content " + i);
    }
  }
}
