package io.ratemesh.balancer.http;

/** Which octet may stand where (RFC 9110 §5.6.2, RFC 9112 §5, RFC 3986 §3): one look into one table. */
public final class ByteClasses {

    /** Of a method or a field's name. */
    public static final int TOKEN = 1;

    /** Of a field's value: obsolete text beyond ASCII too, for it is in use. */
    public static final int VALUE = 2;

    /** Of a target: printable ASCII without the fragment's sign. */
    public static final int TARGET = 4;

    /** Of a path, and not worth a second look. */
    public static final int PLAIN_PATH = 8;

    /** Of a host's name. Narrower than RFC 3986: no name in use has {@code ,}, {@code ;} or {@code %}. */
    static final int HOST = 16;

    private static final byte[] CLASSES = classes();

    private ByteClasses() {}

    /** Whether an octet is of one of these classes. */
    public static boolean is(byte octet, int classes) {
        return (CLASSES[octet & 0xff] & classes) != 0;
    }

    /** The digit's worth, -1 for what is no hexadecimal digit. */
    public static int hex(byte octet) {
        return Character.digit(octet, 16);
    }

    /** Whether the octets from {@code from} to {@code to} are this lower-case ASCII text, in any case. */
    public static boolean same(byte[] octets, int from, int to, String lowerCase) {
        if (to - from != lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if (lower(octets[from + i]) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the octets from {@code from} to {@code to} are this ASCII text, in the same case. */
    public static boolean exactly(byte[] octets, int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (octets[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
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
