package io.ratemesh.balancer.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.node.lifecycle.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Checks the password of one user. */
@FunctionalInterface
public interface Password {

    /** Returns whether this is the password, in a time that does not depend on how much of it is right. */
    boolean matches(String given);

    /**
     * Reads the password from an existing file: not for an event loop.
     *
     * @param setting that names the file, for messages
     * @throws StartException if the file cannot be read, or is empty
     */
    static Password in(Path file, String setting) {
        try {
            byte[] password = Files.readString(file).strip().getBytes(UTF_8);
            if (password.length == 0) {
                throw new StartException(setting + ": " + file + " is empty; write a password into it");
            }
            return given -> MessageDigest.isEqual(password, given.getBytes(UTF_8));
        } catch (IOException e) {
            throw new StartException(setting + ": " + file + " cannot be read; use a readable file: " + e);
        }
    }
}
