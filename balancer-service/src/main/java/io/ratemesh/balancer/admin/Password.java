package io.ratemesh.balancer.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.node.lifecycle.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** What opens the operators' port to one user. */
@FunctionalInterface
public interface Password {

    /** Whether that is the password, in a time that does not tell how much of it is right. */
    boolean matches(String given);

    /**
     * The one in a file that is there. Reads it: not for an event loop.
     *
     * @param setting that names the file, for messages
     * @throws StartException where the file cannot be read, or is empty
     */
    static Password in(Path file, String setting) {
        try {
            byte[] password = Files.readString(file).strip().getBytes(UTF_8);
            if (password.length == 0) {
                throw new StartException(setting + ": " + file + " is empty (expected: a password)");
            }
            return given -> MessageDigest.isEqual(password, given.getBytes(UTF_8));
        } catch (IOException e) {
            throw new StartException(setting + ": " + file + " (expected: a file that can be read): " + e);
        }
    }
}
