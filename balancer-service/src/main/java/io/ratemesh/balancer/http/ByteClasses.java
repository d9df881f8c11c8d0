package io.ratemesh.balancer.http;

/** The character classes of HTTP (RFC 9110 §5.6.2, RFC 9112 §5, RFC 3986 §3): one table, one lookup per byte. */
public final class ByteClasses {

    /** Methods and field names. */
    public static final int TOKEN = 1;

    /** Field values. They include bytes beyond ASCII (obs-text), which are in use. */
    public static final int VALUE = 2;

    /** Targets: printable ASCII without {@code #}. */
    public static final int TARGET = 4;

    /** Path bytes that cannot be part of a dot segment, nor end the path. */
    public static final int PLAIN_PATH = 8;

    /** Host names. Narrower than RFC 3986: no name in use has {@code ,}, {@code ;} or {@code %}. */
    static final int HOST = 16;

    private static final byte[] CLASSES = classes();

    private ByteClasses() {}

    /** Whether a byte is of one of these classes. */
    public static boolean is(byte b, int classes) {
        return (CLASSES[b & 0xff] & classes) != 0;
    }

    /** The index of the first byte from {@code from} on that is not of a class; {@code to} if all are. */
    public static int end(byte[] bytes, int from, int to, int type) {
        int i = from;
        while (i < to && is(bytes[i], type)) {
            i++;
        }
        return i;
    }

    /** Whether a byte is white space within a line (RFC 9110 §5.6.3). */
    public static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** The value of a hexadecimal digit, 0 to 15; -1 for any other byte. */
    public static int hex(byte b) {
        return Character.digit(b, 16);
    }

    /** Whether the bytes from {@code from} to {@code to} are this lower-case ASCII text, ignoring case. */
    public static boolean same(byte[] bytes, int from, int to, String lowerCase) {
        if (to - from != lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if (lower(bytes[from + i]) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the bytes from {@code from} to {@code to} are this ASCII text in the same case. */
    public static boolean exactly(byte[] bytes, int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int c = 0; c < 256; c++) {
            boolean visible = c > ' ' && c < 0x7f;
            boolean letterOrDigit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            int of = 0;
            of |= letterOrDigit || (visible && "!#$%&'*+-.^_`|~".indexOf(c) >= 0) ? TOKEN : 0;
            of |= visible || c == ' ' || c == '\t' || c >= 0x80 ? VALUE : 0;
            of |= visible && c != '#' ? TARGET : 0;
            of |= visible && "#?.%\\".indexOf(c) < 0 ? PLAIN_PATH : 0;
            of |= letterOrDigit || (visible && "-._~".indexOf(c) >= 0) ? HOST : 0;
            classes[c] = (byte) of;
        }
        return classes;
    }
}
