package io.ratemesh.balancer.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.node.lifecycle.SecretFile;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.Secret;
import java.security.MessageDigest;

/**
 * The password of the admin user: from the environment, else from its file, else generated at the first start and written to that file,
 * which only its owner can read. There is no default password.
 */
public final class AdminPassword implements Password {

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
        return new AdminPassword(
                SecretFile.readOrCreate(settings.passwordFile(), "balancer.stats.password-file", "password"));
    }

    @Override
    public boolean matches(String given) {
        return MessageDigest.isEqual(password, given.getBytes(UTF_8));
    }
}
