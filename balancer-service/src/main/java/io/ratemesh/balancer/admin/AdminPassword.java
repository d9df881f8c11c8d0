package io.ratemesh.balancer.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.Secret;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * The password of the admin user: from the environment, else from its file, else generated at the first start and written to that file,
 * which only its owner can read. There is no default password.
 */
public final class AdminPassword implements Password {

    private static final int RANDOM_BYTES = 18;

    private final byte[] password;

    private AdminPassword(String password) {
        this.password = password.getBytes(UTF_8);
    }

    /**
     * Reads the password, or generates one. Reads and writes files: not for an event loop.
     *
     * @throws StartException if the file can be neither read nor created, or is empty
     */
    public static AdminPassword of(BalancerSettings.Stats settings) {
        if (settings.password().isPresent()) {
            return new AdminPassword(settings.password().map(Secret::value).orElseThrow());
        }
        Path file = settings.passwordFile();
        try {
            if (Files.notExists(file)) {
                create(file);
            }
            String password = Files.readString(file).strip();
            if (password.isEmpty()) {
                throw new StartException("balancer.stats.password-file: " + file
                        + " is empty; write a password into it, or remove it to have one made");
            }
            return new AdminPassword(password);
        } catch (IOException e) {
            throw new StartException("balancer.stats.password-file: " + file
                    + " cannot be used; it must be readable, or its folder writable: " + e);
        }
    }

    @Override
    public boolean matches(String given) {
        return MessageDigest.isEqual(password, given.getBytes(UTF_8));
    }

    private static void create(Path file) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try {
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (var channel = Files.newByteChannel(file, options, owner)) {
                channel.write(UTF_8.encode(password + "\n"));
            }
        } catch (FileAlreadyExistsException e) {
            // Another balancer on this machine has created it: both use its password.
        }
    }
}
