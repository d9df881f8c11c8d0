package io.ratemesh.balancer.admin;

/**
 * Who may use the operators' port.
 *
 * @param user as the browser asks for it
 */
public record Account(String user, Password password, Role role) {

    /** What someone may do. */
    public enum Role {
        /** Read and change. */
        ADMIN,
        /** Read. */
        VIEWER
    }
}
