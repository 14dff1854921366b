package org.realm4knime.engine.answer;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.realm4knime.engine.answer.AnswerRegion.Mark;

/** Finds the marks of {@link AnswerRegion.Mark} in a text; the last of each kind that is not blank. */
final class AnswerMarks {

    private static final Pattern TAG =
            Pattern.compile("<(/?)\\s?(?:final[_ -]?)?answer\\s?>", Pattern.CASE_INSENSITIVE);
    private static final Pattern BOX =
            Pattern.compile("(?:\\\\(?:boxed|fbox|framebox)|\u0008oxed)\\s{0,3}([{\\p{Alnum}$])");
    private static final Pattern HASHES = Pattern.compile("(?<!#)####(?!#)");
    private static final Pattern HEADING = Pattern.compile(
            "(?i)\\s*(?:\\d{1,2}[.)]\\s+\\p{L}|(?:step|part|case|solution|explanation|conclusion|summary"
                    + "|analysis|reasoning"
                    + "|approach|method|verification|check|given|calculation|note)\\b).*"
                    + "|\\s*(?:the\\s)?(?:final\\s)?answer\\s*(?::.*)?");
    private static final Pattern LINE = Pattern.compile("(?i)(?<![\\p{L}\\p{N}])(?:answer|ans)\\s?"
            + "(?:\\([^()\\n]{1,40}\\)\\s?)?[:=]|(?m:^)[ \\t]*#{0,6}[ \\t]*(?:the )?final answer[ \\t]*(?=\\n)");
    private static final Pattern LAST_LINE = Pattern.compile("\\s*A:(?=.*\\S)");
    private static final Pattern STATEMENT =
            Pattern.compile("(?i)\\b(?:answer|(?:correct|right|best)\\s+(?:option|choice))"
                    + "(?:\\s?\\([^()\\n]{1,40}\\))?(?:\\s(?:to|for|of|in)\\s[^\\n.!?:=]{1,80}?)?"
                    + "\\s{1,3}(?:is|equals|(?:should|would|must|will"
                    + "|has to)\\s(?:then\\s)?be)(?:\\s(?:therefore|thus|then|simply"
                    + "|indeed|hence|now|that|given by)(?=[,:]?\\s*[^\\s.,:!?]))?(?![\\p{L}'\u2019])(?:\\s?:)?");

    /** In front of "answer" these say that another's answer is meant, or none at all. */
    private static final String OF_ANOTHER = "\\b(?:wrong|incorrect|false|bad|possible|previous"
            + "|another|alternative|other|initial|first|tentative|student'?s?|if|whether|suppose|assume"
            + "|assuming)"
            + "(?:\\s(?:that|the|an?|your|my|his|her|their|correct|right|final)){0,3}\\s";

    private static final Pattern NOT_THE_ANSWER = Pattern.compile("(?i)" + OF_ANOTHER + "$");
    private static final Pattern ANSWER_OF_ANOTHER = Pattern.compile("(?i)" + OF_ANOTHER + "answer\\b");

    private static final String TEXT = "(?:\\\\(?:text\\w*|mathrm|mbox)\\{)?[\\s~]*";

    /** Within a line of formulas. */
    private static final String GAP = "(?:[ \\t$.()~]|\\\\[()]|\\\\q?quad|\\\\[,;: ])*";
    /** The name of the next value: {@code x_1 =}. */
    private static final String NAMED = "(?:\\p{L}(?:_\\{?\\w\\}?)?\\s?=\\s?)?";

    private static final Pattern OR_ANOTHER = Pattern.compile(GAP + "(?:[\\s,;]*" + TEXT
            + "(?:or(?: possibly| maybe| perhaps)?|and/or|oder|ou|/|\\||\\\\lor|\\\\vee)[\\s~]*}?|(?<=\\\\q?quad ?)"
            + "|\\\\\\\\\\s*)" + GAP + "[\\s(]*" + NAMED);
    /** Between two boxes that hold a value each of one answer: {@code $x=\\boxed{1}$ and $x=\\boxed{2}$}. */
    private static final Pattern AND_ANOTHER = Pattern.compile(GAP + "[\\s,;&]*(?:,|;|&|" + TEXT
            + "(?<!\\p{L})(?:and|as well as|und|et|y)|\\\\land" + "|\\\\wedge)[\\s~]*}?[\\s,]*" + GAP + NAMED);

    private static final Pattern BULLET = Pattern.compile("\\s*[-*\u2022]\\s+(?=\\p{L})");

    /** A line that only opens a formula. */
    private static final Pattern OPENING = Pattern.compile("\\s*(?:\\\\\\[|\\$\\$|\\\\\\()?\\s*");

    /** Words with which a solution begins that has not come to its answer. */
    private static final Pattern BEGINS_SOLUTION = Pattern.compile(
            "(?i)\\s*(?:first|let|to|start|begin|step|since|given|now|consider|here|from|in order|suppose|assume|note"
                    + "|(?:we|i)(?: \\p{L}+)? (?:first|need|have to|must|can|start|begin|know|are given|add|compute"
                    + "|calculate|multiply|subtract|divide|find|use))\\b.*|.*:\\s*",
            Pattern.DOTALL);

    private static final Pattern BLANK_LINE = Pattern.compile("[ \\t]*\\R[ \\t]*\\R");

    private static final int CONTEXT = 80;
    private static final int LAST_PART = 20_000;
    private static final int LONG_SENTENCE = 6;

    private AnswerMarks() {}

    /**
     * The strongest mark of a text.
     *
     * @param text a text without thoughts and decoration
     * @param from the strongest mark to look for
     * @return what it marks; a blank text if the mark is broken off; empty if there is none
     */
    static Optional<AnswerRegion> strongest(String text, Mark from) {
        return Stream.of(Mark.values())
                .filter(mark -> mark != Mark.NONE && mark.compareTo(from) >= 0)
                .flatMap(mark -> find(text, mark).stream())
                .findFirst();
    }

    /**
     * A text without the sentences that speak of an answer that is not the one given: "I do not know whether the answer
     * is 5", "a wrong answer is 5".
     *
     * @param text a text without a mark
     */
    static String withoutThatOfAnother(String text) {
        return ANSWER_OF_ANOTHER.matcher(text).find()
                ? Sentences.of(text).stream()
                        .filter(sentence -> !ANSWER_OF_ANOTHER.matcher(sentence).find())
                        .collect(Collectors.joining("\n"))
                : text;
    }

    private static Optional<AnswerRegion> find(String text, Mark mark) {
        return switch (mark) {
            case TAG -> tag(text);
            case BOX -> box(text);
            case FIELD -> JsonAnswer.in(text);
            case HASHES -> prose(text, HASHES.matcher(text), mark);
            case LINE -> prose(text, LINE.matcher(text), mark);
            case LAST_LINE -> lastLine(text);
            default -> prose(text, STATEMENT.matcher(text), mark);
        };
    }

    private static Optional<AnswerRegion> tag(String text) {
        Matcher tag = TAG.matcher(text);
        int begin = 0;
        boolean open = false;
        AnswerRegion last = null;
        while (tag.find()) {
            boolean closes = !tag.group(1).isEmpty();
            String content = text.substring(begin, tag.start());
            if (closes && filled(content)) {
                last = new AnswerRegion(content, Mark.TAG, true);
            }
            open = !closes;
            begin = tag.end();
        }
        if (open && filled(text.substring(begin))) {
            last = new AnswerRegion(text.substring(begin), Mark.TAG, false);
        }
        return Optional.ofNullable(last).map(AnswerMarks::inside);
    }

    /** A solution within the tag ends in a mark of its own; what stands in that is the answer. */
    private static AnswerRegion inside(AnswerRegion region) {
        String text = region.text().strip();
        return strongest(text, Mark.BOX)
                .filter(inner -> closes(text, inner.text()))
                .map(inner -> new AnswerRegion(inner.text(), inner.mark(), region.ended()))
                .orElse(new AnswerRegion(text, Mark.TAG, region.ended()));
    }

    /** Whether nothing but punctuation follows a part of a text. */
    private static boolean closes(String text, String part) {
        int at = part.isEmpty() ? -1 : text.lastIndexOf(part);
        int end = at + part.length();
        return at >= 0
                && text.length() - end < CONTEXT
                && text.substring(end).codePoints().noneMatch(Character::isLetterOrDigit);
    }

    private static Optional<AnswerRegion> box(String text) {
        List<MatchResult> boxes = BOX.matcher(text).results().toList();
        String later = null;
        int begin = 0;
        int end = 0;
        for (int i = boxes.size() - 1; i >= 0; i--) {
            MatchResult box = boxes.get(i);
            boolean braces = box.group(1).equals("{");
            int from = braces ? box.end() : box.start(1);
            int to = braces ? closingBrace(text, from) : endOfWord(text, from);
            if (to < 0) {
                // cut off, or the box around one that was found
                return Optional.of(new AnswerRegion(later == null ? "" : later, Mark.BOX, later != null));
            }
            String content = text.substring(from, to).strip();
            if (later != null) {
                String between = begin - to < CONTEXT && begin > to ? text.substring(to + 1, begin) : "";
                boolean another = AND_ANOTHER.matcher(between).matches() && !content.equals(later);
                boolean hedged = OR_ANOTHER.matcher(between).matches();
                if (!another) {
                    later = hedged ? content + " or " + later : later;
                    break;
                }
                later = content + ", " + later;
                begin = box.start();
                continue;
            }
            if (filled(content)) {
                later = content;
                begin = box.start();
                end = braces ? to + 1 : to;
            }
        }
        int rest = end;
        return Optional.ofNullable(later)
                .map(content -> new AnswerRegion(Doubt.withRetraction(content, text, rest), Mark.BOX, true));
    }

    private static int closingBrace(String text, int begin) {
        int depth = 1;
        for (int i = begin; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '{' -> depth++;
                case '}' -> depth--;
                default -> {}
            }
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static int endOfWord(String text, int begin) {
        int end = begin;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && text.charAt(end) != '$') {
            end++;
        }
        return end;
    }

    private static Optional<AnswerRegion> lastLine(String text) {
        String stripped = text.stripTrailing();
        int line = stripped.lastIndexOf('\n') + 1;
        Matcher mark = LAST_LINE.matcher(stripped).region(line, stripped.length());
        return mark.lookingAt() && counts(text, mark, Mark.LAST_LINE)
                ? Optional.of(region(text, mark.start(), mark.end(), Mark.LAST_LINE))
                : Optional.empty();
    }

    /** The last of the marks that the matcher finds, with the first sentence behind it. */
    private static Optional<AnswerRegion> prose(String text, Matcher matcher, Mark mark) {
        AnswerRegion last = null;
        int lastEnd = 0;
        while (matcher.find()) {
            lastEnd = matcher.end();
        }
        matcher.reset();
        // only the marks near the last one are looked at closely: no answer is stated a thousand times
        for (MatchResult found : matcher.results().toList()) {
            if (lastEnd - found.end() < LAST_PART && counts(text, found, mark)) {
                last = region(text, found.start(), found.end(), mark);
            }
        }
        return Optional.ofNullable(last);
    }

    private static boolean counts(String text, MatchResult found, Mark mark) {
        String ahead = text.substring(found.end(), Math.min(text.length(), found.end() + CONTEXT));
        if (!filled(ahead)) {
            return false;
        }
        return switch (mark) {
            case HASHES ->
                !HEADING.matcher(ahead.lines().findFirst().orElse("")).matches();
            case LINE -> !NOT_THE_ANSWER.matcher(before(text, found.start())).find() && !opensSolution(text, found);
            case LAST_LINE -> !opensSolution(text, found);
            default -> !NOT_THE_ANSWER.matcher(before(text, found.start())).find();
        };
    }

    /** "Answer: First we add up what she earns. ..." opens the whole solution and states nothing yet. */
    private static boolean opensSolution(String text, MatchResult found) {
        int from = found.end();
        String solution = text.substring(from, Math.min(text.length(), from + CONTEXT * 10));
        int first = Sentences.endOfFirst(solution);
        String sentence = solution.substring(0, first);
        int words = sentence.strip().split("\\s+").length;
        boolean more = solution.substring(first).codePoints().anyMatch(Character::isLetterOrDigit);
        boolean paragraph =
                BLANK_LINE.matcher(solution).region(first, solution.length()).lookingAt();
        if (paragraph && !BEGINS_SOLUTION.matcher(sentence).matches()) {
            return false;
        }
        boolean stated = words > 2
                && found.start() < CONTEXT
                && text.substring(0, found.start()).isBlank()
                && STATEMENT.matcher(text).region(from, text.length()).find();
        return more && (words > LONG_SENTENCE || stated);
    }

    private static AnswerRegion region(String text, int start, int from, Mark mark) {
        int begin = from;
        int next = text.indexOf('\n', begin);
        // the answer may stand on a later line
        while (next >= 0 && OPENING.matcher(text.substring(begin, next)).matches()) {
            begin = next + 1;
            next = text.indexOf('\n', begin);
        }
        Matcher bullet = BULLET.matcher(text).region(begin, text.length());
        int item = begin;
        if (begin > from && bullet.lookingAt()) {
            begin = bullet.end();
        }
        String line = text.substring(begin, next < 0 ? text.length() : next);
        String first = line.substring(0, Sentences.endOfFirst(line));
        Optional<AnswerRegion> inner = mark == Mark.STATEMENT
                ? Optional.empty()
                : find(first, Mark.STATEMENT).filter(found -> closes(first, found.text()));
        if (inner.isPresent()) {
            boolean ended = next >= 0 || !line.substring(first.length()).isBlank();
            String answer = Doubt.withRetraction(inner.get().text(), text, begin + first.length());
            return new AnswerRegion(answer, mark, ended);
        }
        int list = Blocks.endOfList(text, item);
        int block = list >= 0 ? list : Blocks.end(text, item, item > from);
        if (block >= 0) {
            String lines = text.substring(item, block);
            return new AnswerRegion(Doubt.withRetraction(lines, text, block), mark, block < text.length());
        }
        int end = begin + Sentences.endOfFirst(line);
        String sentence = Sentences.bare(text.substring(begin, end).strip());
        String doubted = Doubt.withContext(sentence, before(text, start));
        boolean more = end < text.length() && !text.substring(end).isBlank();
        return new AnswerRegion(Doubt.withRetraction(doubted, text, end), mark, next >= 0 || more);
    }

    private static String before(String text, int index) {
        String context = text.substring(Math.max(0, index - CONTEXT), index);
        return context.substring(context.lastIndexOf('\n') + 1);
    }

    private static boolean filled(String content) {
        String bare = content.strip();
        return !bare.isEmpty() && !bare.equals("...") && !bare.equals("\u2026");
    }
}
