package io.ratemesh.rates.history;

import io.ratemesh.model.history.HourCodec;
import io.ratemesh.model.history.HourOfMinutes;
import io.ratemesh.rates.disk.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The minutes on disk, one file per hour, named {@code 2026-07-06T14} in UTC. Blocks. */
final class HourFiles {

    private static final Logger LOG = LoggerFactory.getLogger(HourFiles.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH").withZone(ZoneOffset.UTC);
    private static final Pattern NAMED = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}");
    private static final Pattern ANY = Pattern.compile(NAMED + "(\\..*)?");
    private static final int NAME_LENGTH = "2026-07-06T14".length();
    private static final long SECONDS_AN_HOUR = 3600;

    /** Sixty minutes of 180 currencies are some ten kB. */
    private static final int MAX_BYTES = 1 << 20;

    private final Path folder;
    private final Clock clock;

    /**
     * Creates it.
     *
     * @param folder a folder with no other files; need not exist yet
     */
    HourFiles(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Reads all hours. A truncated or altered file is renamed; one that cannot be read is logged. */
    List<HourOfMinutes> read() throws IOException {
        List<HourOfMinutes> hours = new ArrayList<>();
        for (String name : names(NAMED)) {
            try {
                file(name).read(bytes -> decode(name, bytes)).ifPresent(hours::add);
            } catch (IOException e) {
                LOG.warn("the minutes of {} could not be read", name, e);
            }
        }
        return hours;
    }

    /** Replaces the file of an hour. */
    void write(HourOfMinutes hour) throws IOException {
        Files.createDirectories(folder);
        file(name(hour.epochHour())).write(HourCodec.encode(hour));
    }

    /** Deletes the files of earlier hours, renamed and temporary ones included. */
    void deleteBefore(long epochHour) throws IOException {
        String oldest = name(epochHour);
        for (String name : names(ANY)) {
            if (name.substring(0, NAME_LENGTH).compareTo(oldest) < 0) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
    }

    private DurableFile file(String name) {
        return new DurableFile(folder, name, MAX_BYTES, clock);
    }

    private List<String> names(Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> pattern.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static HourOfMinutes decode(String name, byte[] bytes) {
        HourOfMinutes hour = HourCodec.decode(bytes);
        if (!name.equals(name(hour.epochHour()))) {
            throw new IllegalArgumentException("the file has the minutes of another hour: " + name(hour.epochHour()));
        }
        return hour;
    }

    private static String name(long epochHour) {
        return NAME.format(Instant.ofEpochSecond(epochHour * SECONDS_AN_HOUR));
    }
}
