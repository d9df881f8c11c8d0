package io.ratemesh.systemtests.load;

/**
 * The outcome of one request.
 *
 * @param failure what went wrong; empty if nothing did
 * @param servedBy the node that responded
 */
record Verdict(String failure, String servedBy) {

    static Verdict succeeded(String servedBy) {
        return new Verdict("", servedBy);
    }

    static Verdict failed(String failure) {
        return new Verdict(failure, "");
    }
}
