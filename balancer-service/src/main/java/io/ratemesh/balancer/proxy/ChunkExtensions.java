package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.guard.Octets;

/** What may follow the size of a chunk (RFC 9112 §7.1.1). Nobody uses them, and they go no further; they are only held to their grammar. */
final class ChunkExtensions {

    private final byte[] line;
    private final int to;
    private int at;

    private ChunkExtensions(byte[] line, int from, int to) {
        this.line = line;
        this.at = from;
        this.to = to;
    }

    /** Whether the rest of a line is made of extensions, or nothing. */
    static boolean valid(byte[] line, int from, int to) {
        return from == to || new ChunkExtensions(line, from, to).valid();
    }

    private boolean valid() {
        while (at < to) {
            if (!takes(';') || !token() || (takes('=') && !value())) {
                return false;
            }
        }
        return true;
    }

    /** Takes a sign with white space around it; leaves all as it is where another is there. */
    private boolean takes(char sign) {
        int before = at;
        blanks();
        if (at < to && line[at] == sign) {
            at++;
            blanks();
            return true;
        }
        at = before;
        return false;
    }

    private void blanks() {
        while (at < to && (line[at] == ' ' || line[at] == '\t')) {
            at++;
        }
    }

    private boolean token() {
        int from = at;
        while (at < to && Octets.is(line[at], Octets.TOKEN)) {
            at++;
        }
        return at > from;
    }

    private boolean value() {
        return (at < to && line[at] == '"') ? quoted() : token();
    }

    /** RFC 9110 §5.6.4. */
    private boolean quoted() {
        at++;
        while (at < to && line[at] != '"') {
            at += line[at] == '\\' ? 1 : 0;
            if (at >= to || !Octets.is(line[at], Octets.VALUE)) {
                return false;
            }
            at++;
        }
        at++;
        return at <= to;
    }
}
