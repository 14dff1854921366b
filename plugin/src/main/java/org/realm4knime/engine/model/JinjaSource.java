package org.realm4knime.engine.model;

import java.util.regex.Pattern;

/**
 * Brings the source of a chat template into the form that Jinjava understands as Jinja means it.
 *
 * <p>White space: Jinjava ignores the hyphen of <code>{{-</code>, and its lstrip also takes the space between text and a
 * tag, so Jinja's rules, with the options that Hugging Face sets (trim_blocks, lstrip_blocks), are applied beforehand.
 * Expressions: two forms that templates of models use and Jinjava does not parse are rewritten.
 */
final class JinjaSource {

    /** lstrip_blocks: spaces between the beginning of a line and a tag go. */
    private static final Pattern INDENT = Pattern.compile("(?m)^[ \\t]+(?=\\{[%#](?!\\+))");
    /** trim_blocks: the line feed after a tag goes. */
    private static final Pattern LINE_FEED = Pattern.compile("([%#]\\})\\n");
    /** A hyphen in a tag: all white space on that side goes. */
    private static final Pattern HYPHEN_BEFORE = Pattern.compile("\\s*(\\{[{%#])-");

    private static final Pattern HYPHEN_AFTER = Pattern.compile("-([}%#]\\})\\s*");
    /** Python's way to reverse a list. */
    private static final Pattern REVERSED = Pattern.compile("\\[::-1]");
    /** Values in a call of namespace: Jinjava reads {@code n=a - 1} as {@code (n=a) - 1}. */
    private static final Pattern NAMESPACE = Pattern.compile("(?<=namespace\\()[^()]*(?=\\))");

    private static final Pattern NAMED_VALUE = Pattern.compile("(\\w+)\\s*=\\s*([^,]+)");

    private JinjaSource() {}

    /** The source for Jinjava. One line feed at the end goes, as in Jinja. */
    static String prepare(String source) {
        String text = source.endsWith("\n") ? source.substring(0, source.length() - 1) : source;
        text = INDENT.matcher(text).replaceAll("");
        text = LINE_FEED.matcher(text).replaceAll("$1");
        text = HYPHEN_BEFORE.matcher(text).replaceAll("$1");
        text = HYPHEN_AFTER.matcher(text).replaceAll("$1");
        text = REVERSED.matcher(text).replaceAll("|reverse");
        return NAMESPACE
                .matcher(text)
                .replaceAll(call -> NAMED_VALUE.matcher(call.group()).replaceAll("$1=($2)"));
    }
}
