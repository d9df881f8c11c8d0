package io.ratemesh.rates.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.model.RateBook;
import io.ratemesh.rates.book.BookFile;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookSaverTest {

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final AtomicLong version = new AtomicLong(1);
    private final AtomicBoolean mayWrite = new AtomicBoolean(true);
    private final Path folder;
    private final BookFile file;

    BookSaverTest(@TempDir Path folder) {
        this.folder = folder;
        this.file = new BookFile(folder, Clock.systemUTC());
    }

    @BeforeEach
    void prepare() {
        file.prepare();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void the_first_book_is_written_without_a_pause() {
        BookSaver saver = saver(Duration.ofHours(1));

        save(saver);

        await().until(() -> savedVersion().equals(Optional.of(1L)));
    }

    @Test
    void the_newest_of_several_books_is_written_after_the_pause() {
        BookSaver saver = saver(Duration.ofMillis(10));
        save(saver);
        version.set(2);
        save(saver);
        version.set(3);
        save(saver);

        await().until(() -> savedVersion().equals(Optional.of(3L)));
    }

    @Test
    void a_flush_writes_the_book_that_is_due_after_the_pause() throws IOException {
        BookSaver saver = saver(Duration.ofHours(1));
        save(saver);
        version.set(2);
        save(saver);

        run(saver::flush);

        assertThat(savedVersion()).contains(2L);
    }

    @Test
    void a_flush_after_the_newest_book_writes_nothing() throws IOException {
        BookSaver saver = saver(Duration.ofHours(1));
        save(saver);
        await().until(() -> savedVersion().equals(Optional.of(1L)));
        Files.delete(folder.resolve("book"));

        run(saver::flush);

        assertThat(savedVersion()).isEmpty();
    }

    @Test
    void nothing_is_written_while_another_process_writes_to_the_folder() throws IOException {
        BookSaver saver = saver(Duration.ofMillis(10));
        mayWrite.set(false);
        save(saver);
        run(saver::flush);
        assertThat(savedVersion()).isEmpty();

        mayWrite.set(true);
        save(saver);

        await().until(() -> savedVersion().equals(Optional.of(1L)));
    }

    private BookSaver saver(Duration pause) {
        return new BookSaver(vertx, file, mayWrite::get, pause, () -> new RateBook(version.get(), Map.of()));
    }

    private Optional<Long> savedVersion() throws IOException {
        return file.read().map(RateBook::version);
    }

    private void save(BookSaver saver) {
        run(() -> {
            saver.save();
            return Future.succeededFuture();
        });
    }

    /** Runs a step on one event loop, and waits for its result. */
    private void run(Supplier<Future<Void>> step) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(ignored -> step.get().onComplete(done));
        done.future().toCompletionStage().toCompletableFuture().join();
    }
}
