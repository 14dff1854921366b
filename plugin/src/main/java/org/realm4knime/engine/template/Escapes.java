package org.realm4knime.engine.template;

/** Python's escapes in a text between quotes. */
final class Escapes {

    private Escapes() {}

    /**
     * Appends what an escape stands for; one that Python does not know stays as it is.
     *
     * @param source the template
     * @param at place of the backslash
     * @param text where to append
     * @return the place behind it
     */
    static int append(String source, int at, StringBuilder text) {
        if (at + 1 >= source.length()) {
            return at + 1;
        }
        char c = source.charAt(at + 1);
        int simple = "abfnrtv\\'\"\n".indexOf(c);
        if (simple >= 0) {
            text.append(new String[] {"\u0007", "\b", "\f", "\n", "\r", "\t", "\u000b", "\\", "'", "\"", ""}[simple]);
            return at + 2;
        }
        int digits =
                switch (c) {
                    case 'x' -> 2;
                    case 'u' -> 4;
                    case 'U' -> 8;
                    default -> 0;
                };
        if (digits > 0) {
            return code(source, at + 2, digits, 16, text);
        }
        if (c >= '0' && c <= '7') {
            int length = 1;
            while (length < 3 && at + 1 + length < source.length() && isOctal(source.charAt(at + 1 + length))) {
                length++;
            }
            return code(source, at + 1, length, 8, text);
        }
        text.append('\\').append(c);
        return at + 2;
    }

    private static boolean isOctal(char c) {
        return c >= '0' && c <= '7';
    }

    private static int code(String source, int from, int digits, int radix, StringBuilder text) {
        try {
            text.appendCodePoint(Integer.parseUnsignedInt(source.substring(from, from + digits), radix));
            return from + digits;
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw new TemplateError("a text has an escape that stands for no character");
        }
    }
}
