package io.ratemesh.systemtests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Frames that {@code img2webp}, of the package {@code webp} in Debian, makes into one picture for the documentation. */
public final class MovingPicture {

    private static final long MAX_BYTES = 500_000;

    private final Path folder;
    private final List<String> frames = new ArrayList<>();

    /**
     * An empty one.
     *
     * @param folder for the frames
     */
    public MovingPicture(Path folder) {
        this.folder = folder;
    }

    /** Adds a frame, as PNG. All have the same size. */
    public void add(byte[] png) throws IOException {
        frames.add(Files.write(folder.resolve("frame-" + frames.size() + ".png"), png)
                .toString());
    }

    /**
     * Writes it as WebP, which is repeated without end.
     *
     * @param frameMillis for which each frame is shown
     */
    public void write(Path file, int frameMillis) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("img2webp", "-loop", "0", "-lossy", "-q", "60", "-d", String.valueOf(frameMillis)));
        command.addAll(frames);
        command.addAll(List.of("-o", file.toString()));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        assertThat(file).satisfies(written -> assertThat(Files.size(written)).isLessThan(MAX_BYTES));
    }
}
