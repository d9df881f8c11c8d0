package io.ratemesh.balancer.assets;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Finds what a path means in a folder. Symbolic links are followed as long as they stay within it, those by which it is replaced as a
 * whole included; names that they lead through may be hidden ones, as in the volumes of Kubernetes.
 *
 * @param folder absolute; may be a symbolic link, which is read each time
 */
record FolderLookup(Path folder) {

    private static final String INDEX = "index.html";

    /** What there is. */
    sealed interface Found {

        /** Nothing that is served. */
        record Nothing() implements Found {}

        /** A folder with a page of its own, whose path has a slash too few. */
        record Folder() implements Found {}

        /** A file that this process may not read. */
        record Forbidden() implements Found {}

        /** A file that cannot be read now. */
        record Unreadable() implements Found {}

        /** To be closed by who has it, unless it is {@link FolderFile#whole}. */
        record File(FolderFile file, String name) implements Found {}
    }

    /**
     * Looks at the disk, and opens what is there: not for an event loop.
     *
     * @throws IOException if something is there, but cannot be read now
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
            // Also where a name is too long for this system or a file stands where a folder would be: a route may know
            // the path.
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
