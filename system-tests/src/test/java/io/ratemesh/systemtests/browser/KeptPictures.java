package io.ratemesh.systemtests.browser;

import io.ratemesh.systemtests.process.Workspace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Pictures of pages that are kept in the project. With {@code -Dratemesh.pictures=keep} the tests replace them, after a change that is
 * wanted; otherwise they compare.
 */
public final class KeptPictures {

    /** The property with the value {@code keep}. */
    public static final String PROPERTY = "ratemesh.pictures";

    public static final String KEEP = "keep";

    /** Releases of Chromium and FreeType smooth the edges of letters differently: up to this much per channel, of 255, is equal. */
    private static final int SAME_COLOR = 48;

    /** The pixels that may differ nevertheless, as a fraction: a word that changed has more. */
    private static final double MAX_SHARE = 0.001;

    private KeptPictures() {}

    /**
     * Compares a picture with the kept one.
     *
     * @param file of the kept picture
     * @param png the picture of now
     * @throws AssertionError if they differ; the picture of now is then in {@code target/screenshots}
     */
    public static void compare(Path file, byte[] png) {
        try {
            if (KEEP.equals(System.getProperty(PROPERTY))) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.write(file, png);
                return;
            }
            String difference = difference(read(Files.readAllBytes(file)), read(png));
            if (!difference.isEmpty()) {
                Path now = Workspace.target().resolve("screenshots").resolve("now-" + file.getFileName());
                Files.createDirectories(now.getParent());
                Files.write(now, png);
                throw new AssertionError(file + ": " + difference + "; see " + now
                        + ". If the change is wanted, run this test with -D" + PROPERTY + "=" + KEEP);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static String difference(BufferedImage kept, BufferedImage now) {
        if (kept.getWidth() != now.getWidth() || kept.getHeight() != now.getHeight()) {
            return now.getWidth() + " by " + now.getHeight() + " pixels instead of " + kept.getWidth() + " by "
                    + kept.getHeight();
        }
        int different = 0;
        int left = kept.getWidth();
        int top = kept.getHeight();
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < kept.getHeight(); y++) {
            for (int x = 0; x < kept.getWidth(); x++) {
                if (!isSame(kept.getRGB(x, y), now.getRGB(x, y))) {
                    different++;
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x);
                    bottom = Math.max(bottom, y);
                }
            }
        }
        return different <= MAX_SHARE * kept.getWidth() * kept.getHeight()
                ? ""
                : different + " pixels differ, from (" + left + ", " + top + ") to (" + right + ", " + bottom + ")";
    }

    private static boolean isSame(int one, int other) {
        for (int shift = 0; shift <= 16; shift += 8) {
            if (Math.abs(((one >> shift) & 0xff) - ((other >> shift) & 0xff)) > SAME_COLOR) {
                return false;
            }
        }
        return true;
    }
}
