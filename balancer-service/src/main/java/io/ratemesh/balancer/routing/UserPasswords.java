package io.ratemesh.balancer.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.node.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Crypt;
import org.apache.commons.codec.digest.Md5Crypt;

/**
 * The users of a file as of Apache's {@code htpasswd}: one {@code name:hash} in a line. Hashes are those of {@code htpasswd -m}
 * ({@code $apr1$}) and of crypt(3) with SHA-512 ({@code $6$}, as of {@code openssl passwd -6}), SHA-256 ({@code $5$}) and MD5
 * ({@code $1$}).
 */
final class UserPasswords {

    private static final Pattern LINE = Pattern.compile("([^:]{1,100}):(\\$(?:apr1|1|5|6)\\$[!-~]{8,200})");
    private static final String APR1 = "$apr1$";
    private static final int MAX_USERS = 10_000;

    private final Map<String, String> hashes;

    /** One of them is compared with where there is no such user, so that the time does not tell which users there are. */
    private final List<String> decoys;

    private UserPasswords(Map<String, String> hashes) {
        this.hashes = hashes;
        this.decoys = List.copyOf(hashes.values());
    }

    /**
     * Reads a file; not for an event loop.
     *
     * @param setting that names the file, for messages
     * @throws SettingsException if it cannot be read, or a line is not as expected; its text is not shown
     */
    static UserPasswords read(Path file, String setting) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new SettingsException(setting + ": \"" + file + "\" cannot be read; use a file as of htpasswd");
        }
        Map<String, String> hashes = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                hashes.put(matcher.group(1), matcher.group(2));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw new SettingsException(setting + ": \"" + file + "\" has no user in line " + (i + 1)
                        + "; use lines as of htpasswd -m or openssl passwd -6: name:$apr1$… or name:$6$…");
            }
        }
        if (hashes.isEmpty() || hashes.size() > MAX_USERS) {
            throw new SettingsException(
                    setting + ": \"" + file + "\" has " + hashes.size() + " users; use 1 to " + MAX_USERS);
        }
        return new UserPasswords(Map.copyOf(hashes));
    }

    /** Whether a password is that of a user. Takes milliseconds on purpose: not for an event loop. */
    boolean matches(String user, String password) {
        String expected = hashes.getOrDefault(user, decoys.get(Math.floorMod(user.hashCode(), decoys.size())));
        byte[] bytes = password.getBytes(UTF_8);
        String actual = expected.startsWith(APR1) ? Md5Crypt.apr1Crypt(bytes, expected) : Crypt.crypt(bytes, expected);
        return MessageDigest.isEqual(actual.getBytes(UTF_8), expected.getBytes(UTF_8)) && hashes.containsKey(user);
    }
}
