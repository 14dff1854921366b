package org.realm4knime.engine.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.realm4knime.engine.template.Token.Kind;

/**
 * Cuts a template into tokens, with Jinja's rules of white space under the options that Hugging Face sets: trim_blocks
 * (the line feed after a tag goes) and lstrip_blocks (spaces between the beginning of a line and a tag go).
 */
final class Lexer {

    private static final Pattern BEGIN = Pattern.compile("\\{[{%#]");
    private static final Pattern RAW_BEGIN = Pattern.compile("\\{%[-+]?\\s*raw\\s*(?:-%\\}\\s*+|%\\})");
    private static final Pattern RAW_END = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*(?:\\+%\\}|-%\\}\\s*+|%\\}\\n?)");
    private static final Pattern TAG_END = Pattern.compile("\\+%\\}|-%\\}\\s*+|%\\}\\n?");
    private static final Pattern VALUE_END = Pattern.compile("-\\}\\}\\s*+|\\}\\}");
    private static final Pattern COMMENT_END = Pattern.compile("\\+#\\}|-#\\}\\s*+|#\\}\\n?");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern FLOAT =
            Pattern.compile("\\d+(?:_\\d+)*(?:\\.\\d+(?:_\\d+)*(?:[eE][+-]?\\d+)?|[eE][+-]?\\d+)");
    private static final Pattern INTEGER = Pattern.compile("0[xX][0-9a-fA-F]+|\\d+(?:_\\d+)*");
    private static final Pattern OPERATOR = Pattern.compile("\\*\\*|//|==|!=|>=|<=|[-+*/%~<>=.:|,;()\\[\\]{}]");
    private static final Pattern SPACE = Pattern.compile("\\s++");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineCountedTo;
    private boolean lineStarts = true;

    private Lexer(String source) {
        this.source = source;
    }

    /**
     * The tokens of a template, the last of which is its end. One line feed at the end of the source goes, as in Jinja.
     */
    static List<Token> tokens(String source) {
        String text = source.replace("\r\n", "\n").replace('\r', '\n');
        Lexer lexer = new Lexer(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        Matcher begin = BEGIN.matcher(source);
        while (begin.find(at)) {
            String data = source.substring(at, begin.start());
            int start = begin.start();
            char kind = source.charAt(start + 1);
            char sign = start + 2 < source.length() ? source.charAt(start + 2) : ' ';
            addData(before(data, kind, sign));
            at = start;
            Matcher raw = RAW_BEGIN.matcher(source).region(start, source.length());
            if (kind == '%' && raw.lookingAt()) {
                raw(raw);
            } else if (kind == '#') {
                comment();
            } else {
                inside(kind == '%', sign == '-' || (sign == '+' && kind == '%') ? 3 : 2);
            }
        }
        addData(source.substring(at));
        at = source.length();
        add(Kind.END, "", at);
    }

    /** What is left of the text before a tag. */
    private String before(String data, char kind, char sign) {
        if (sign == '-') {
            return data.stripTrailing();
        }
        int lineStart = data.lastIndexOf('\n') + 1;
        boolean strips = sign != '+' && kind != '{' && (lineStart > 0 || lineStarts);
        return strips && data.substring(lineStart).isBlank() ? data.substring(0, lineStart) : data;
    }

    private void addData(String data) {
        if (!data.isEmpty()) {
            add(Kind.DATA, data, at);
        }
    }

    private void comment() {
        Matcher end = COMMENT_END.matcher(source);
        if (!end.find(at + 2)) {
            throw new TemplateError("the comment that begins here has no end", lineAt(at));
        }
        passed(end);
    }

    private void raw(Matcher begin) {
        int from = begin.end();
        Matcher end = RAW_END.matcher(source);
        if (!end.find(from)) {
            throw new TemplateError("\"raw\" has no \"endraw\"", lineAt(at));
        }
        lineStarts = source.charAt(from - 1) == '\n';
        at = from;
        String sign = end.group(1);
        addData(before(source.substring(from, end.start()), '%', sign.isEmpty() ? ' ' : sign.charAt(0)));
        passed(end);
    }

    private void passed(Matcher end) {
        at = end.end();
        lineStarts = source.charAt(at - 1) == '\n';
    }

    /** Tokens of a tag or of a value, up to its end outside of strings and brackets. */
    private void inside(boolean tag, int signs) {
        int start = at;
        add(tag ? Kind.TAG_BEGIN : Kind.VALUE_BEGIN, source.substring(at, at + 2), at);
        at += signs;
        Deque<Character> open = new ArrayDeque<>();
        Pattern end = tag ? TAG_END : VALUE_END;
        while (true) {
            skip(SPACE);
            if (at >= source.length()) {
                throw new TemplateError("the tag that begins here has no end", lineAt(start));
            }
            Matcher ends = matcher(end);
            if (open.isEmpty() && ends.lookingAt()) {
                add(tag ? Kind.TAG_END : Kind.VALUE_END, ends.group(), at);
                passed(ends);
                return;
            }
            token(open);
        }
    }

    private void token(Deque<Character> open) {
        char c = source.charAt(at);
        if (c == '\'' || c == '"') {
            string(c);
        } else if (!take(NAME, Kind.NAME) && !take(FLOAT, Kind.FLOAT) && !take(INTEGER, Kind.INTEGER)) {
            if (!matcher(OPERATOR).lookingAt()) {
                throw new TemplateError(
                        "\"" + Character.toString(source.codePointAt(at)) + "\" is not understood", lineAt(at));
            }
            balance(c, open);
            take(OPERATOR, Kind.OPERATOR);
        }
    }

    private void balance(char c, Deque<Character> open) {
        switch (c) {
            case '(' -> open.push(')');
            case '[' -> open.push(']');
            case '{' -> open.push('}');
            case ')', ']', '}' -> {
                if (open.isEmpty() || open.pop() != c) {
                    throw new TemplateError("\"" + c + "\" closes nothing", lineAt(at));
                }
            }
            default -> {
                // no bracket
            }
        }
    }

    private void string(char quote) {
        StringBuilder text = new StringBuilder();
        int i = at + 1;
        while (i < source.length() && source.charAt(i) != quote) {
            i = source.charAt(i) == '\\' ? Escapes.append(source, i, text) : append(text, i);
        }
        if (i >= source.length()) {
            throw new TemplateError("the text that begins here has no closing quote", lineAt(at));
        }
        add(Kind.STRING, text.toString(), at);
        at = i + 1;
    }

    private int append(StringBuilder text, int i) {
        text.append(source.charAt(i));
        return i + 1;
    }

    private boolean take(Pattern pattern, Kind kind) {
        Matcher matcher = matcher(pattern);
        if (!matcher.lookingAt()) {
            return false;
        }
        add(kind, matcher.group(), at);
        at = matcher.end();
        return true;
    }

    private void skip(Pattern pattern) {
        Matcher matcher = matcher(pattern);
        if (matcher.lookingAt()) {
            at = matcher.end();
        }
    }

    private Matcher matcher(Pattern pattern) {
        return pattern.matcher(source).region(at, source.length());
    }

    private void add(Kind kind, String text, int position) {
        tokens.add(new Token(kind, text, lineAt(position)));
    }

    /** Line of a position that is not before the last one asked for. */
    private int lineAt(int position) {
        for (; lineCountedTo < position; lineCountedTo++) {
            line += source.charAt(lineCountedTo) == '\n' ? 1 : 0;
        }
        return line;
    }
}
