package io.ratemesh.balancer.admin;

/** A user of the stats port. */
public record Account(String user, Password password, Role role) {

    /** What a user may do. */
    public enum Role {
        /** Read and change. */
        ADMIN,
        /** Read. */
        VIEWER
    }
}
