package io.ratemesh.balancer.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens that prove that a form was sent by our own page, because only that page can read its user's token. Nothing is stored; a token is
 * valid for this process and for 12 to 24 hours.
 */
final class CsrfTokens {

    private static final String HMAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final long PERIOD_MILLIS = Duration.ofHours(12).toMillis();

    private final SecretKeySpec key;
    private final InstantSource clock;

    CsrfTokens(InstantSource clock) {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, HMAC);
        this.clock = clock;
    }

    /** Returns the user's current token. */
    String of(String user) {
        return token(user, period());
    }

    /** Returns whether a token is the user's, of this period or the one before. */
    boolean isValid(String user, String given) {
        byte[] token = given.getBytes(UTF_8);
        return MessageDigest.isEqual(token(user, period()).getBytes(UTF_8), token)
                || MessageDigest.isEqual(token(user, period() - 1).getBytes(UTF_8), token);
    }

    private long period() {
        return Math.floorDiv(clock.millis(), PERIOD_MILLIS);
    }

    private String token(String user, long period) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            byte[] code = mac.doFinal((period + " " + user).getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
