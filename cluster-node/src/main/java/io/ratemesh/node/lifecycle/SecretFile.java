package io.ratemesh.node.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** A secret in a file that only its owner can read; it is generated where there is none. */
public final class SecretFile {

    private static final int RANDOM_BYTES = 18;

    private SecretFile() {}

    /**
     * Reads the secret, or generates one. Reads and writes files: not for an event loop.
     *
     * @param setting that names the file, for messages
     * @param what the secret is, for messages
     * @throws StartException if the file can be neither read nor created, or is empty
     */
    public static String readOrCreate(Path file, String setting, String what) {
        try {
            if (Files.notExists(file)) {
                create(file);
            }
            String secret = Files.readString(file).strip();
            if (secret.isEmpty()) {
                throw new StartException(setting + ": " + file + " is empty; write a " + what
                        + " into it, or remove it to have one made");
            }
            return secret;
        } catch (IOException e) {
            throw new StartException(
                    setting + ": " + file + " cannot be used; it must be readable, or its folder writable: " + e);
        }
    }

    private static void create(Path file) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try {
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (var channel = Files.newByteChannel(file, options, owner)) {
                channel.write(UTF_8.encode(secret + "\n"));
            }
        } catch (FileAlreadyExistsException e) {
            // Another node on this machine has created it: both use it.
        }
    }
}
