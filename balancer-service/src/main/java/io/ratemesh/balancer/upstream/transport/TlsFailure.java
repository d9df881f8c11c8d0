package io.ratemesh.balancer.upstream.transport;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** A TLS handshake that failed. The message says why, in words for an operator. */
public final class TlsFailure extends IOException {

    private static final long serialVersionUID = 1;

    private TlsFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** The handshake failed for this cause. */
    static TlsFailure of(Throwable cause) {
        Throwable root = cause;
        boolean certificate = isOfCertificate(cause);
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
            certificate |= isOfCertificate(root);
        }
        String why = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return new TlsFailure((certificate ? "certificate not trusted: " : "TLS handshake failed: ") + why, cause);
    }

    private static boolean isOfCertificate(@Nullable Throwable cause) {
        return cause instanceof CertificateException
                || cause instanceof CertPathValidatorException
                || cause instanceof CertPathBuilderException;
    }
}
