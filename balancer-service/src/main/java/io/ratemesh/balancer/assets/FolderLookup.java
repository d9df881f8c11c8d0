package io.ratemesh.balancer.assets;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Finds the file for a path in a folder. Symbolic links are followed if they stay within it; the folder itself may be a link that is
 * switched. Links may lead through hidden names, as in Kubernetes volumes.
 *
 * @param folder absolute; may be a symbolic link, which is resolved for each request
 */
record FolderLookup(Path folder) {

    private static final String INDEX = "index.html";

    /** The result of a lookup. */
    sealed interface Found {

        /** There is nothing to serve. */
        record Nothing() implements Found {}

        /** A folder with an index page, but the path has no slash at its end. */
        record Folder() implements Found {}

        /** A file without read permission. */
        record Forbidden() implements Found {}

        /** A file that cannot be read at present. */
        record Unreadable() implements Found {}

        /** An open file, which the receiver closes unless its content is {@link FolderFile#whole}. */
        record File(FolderFile file, String name) implements Found {}
    }

    /**
     * Looks up a path and opens the file: not for an event loop.
     *
     * @throws IOException if there is a file that cannot be read at present
     */
    Found find(FolderPath path) throws IOException {
        Path root;
        Path real;
        FileVersion version;
        try {
            root = folder.toRealPath();
            real = inside(root, path.under(root));
            version = FileVersion.of(real);
            boolean index = version.directory();
            if (index) {
                real = inside(root, real.resolve(INDEX));
                version = FileVersion.of(real);
            }
            if (!version.regular() || (path.folder() && !index)) {
                return new Found.Nothing();
            }
            if (index && !path.folder()) {
                return new Found.Folder();
            }
        } catch (FileSystemException | InvalidPathException nothing) {
            // Also if a name is too long, or a file is in the place of a folder: a route may match the path.
            return new Found.Nothing();
        }
        try {
            return new Found.File(FolderFile.open(real), String.valueOf(real.getFileName()));
        } catch (NoSuchFileException gone) {
            return new Found.Nothing();
        } catch (AccessDeniedException denied) {
            return new Found.Forbidden();
        }
    }

    private static Path inside(Path root, Path path) throws IOException {
        Path real = path.toRealPath();
        if (!real.startsWith(root)) {
            throw new NoSuchFileException(path.toString());
        }
        return real;
    }
}
