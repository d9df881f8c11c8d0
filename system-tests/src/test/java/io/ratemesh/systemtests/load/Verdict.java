package io.ratemesh.systemtests.load;

/**
 * What became of one request.
 *
 * @param failure what went wrong; empty if nothing did
 * @param servedBy the node that answered
 */
record Verdict(String failure, String servedBy) {

    static Verdict answered(String servedBy) {
        return new Verdict("", servedBy);
    }

    static Verdict failed(String failure) {
        return new Verdict(failure, "");
    }
}
