package org.realm4knime.engine.answer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Answers that are one of a list of labels, such as approve, refer and decline. A label counts as a whole word, upper
 * and lower case alike. Two different labels are no answer, and neither is a label that is denied or left open: "not
 * approve", "approve or so".
 */
final class LabelChecker implements AnswerChecker {

    private static final String NO_LETTER_BEFORE = "(?<![\\p{L}\\p{N}_-])";
    private static final String NO_LETTER_AFTER = "(?![\\p{L}\\p{N}_]|-[\\p{L}\\p{N}])";

    /** These are also common words: they count only where a statement begins or ends with them. */
    private static final Set<String> COMMON =
            Set.of("no", "none", "other", "a", "i", "may", "can", "will", "so", "as", "in");

    /** A label that is joined to another: "yes and no". */
    private static final Pattern BESIDE = Pattern.compile("(?i)\\w\\s+(?:and|or|nor)$");

    /** In front of a label these words make something else of it: the day before Tuesday. */
    private static final Pattern RELATED = Pattern.compile("(?i)\\b(?:before|after|until|till|since|than|except|besides"
            + "|(?:eve|opposite|kind|sort|instead) of)\\s+(?:the\\s+|an?\\s+)?$"
            + "|\\b(?:very|too|extremely|quite|rather|fairly|more|less|better|worse)\\s+(?:than\\s+)?$");

    /** "Too risky to approve" approves nothing, unlike "we decide to approve". */
    private static final Pattern TO = Pattern.compile("(?i)\\bto\\s+(?:be\\s+)?$");

    private static final Pattern DECIDED =
            Pattern.compile("(?i)(?:^|[.,;:]\\s*|\\b(?:deci(?:de[sd]?|sion(?: is)?)|recommend\\w*"
                    + "|recommendation is|cho+se|have|has|is|are|need|ought|answer(?: is)?|conclude"
                    + "|going|want|best|better"
                    + "|right|appropriate|correct|able|ready|proceed|suggest\\w*|inclined|plan|agree[sd]?|propose\\w*"
                    + "|verdict is|due|safe|ok(?:ay)?|fine|leads?|comes?|points?|amounts?|equal"
                    + "|according|rule is)\\s+)to\\s+(?:be\\s+)?$");

    private static final Pattern IN_BRACKETS = Pattern.compile("\\([^()]*+\\)");

    /** Between a label and the words that say why. */
    private static final Pattern WHY = Pattern.compile(
            "(?i)\\s*+(?:[,;(]|\u2014|\u2013\\s|-\\s|\\b(?:because|since|as|for|given|due to)\\b)\\s*+");
    /** Words that make another choice of it, or leave it open. */
    private static final Pattern NOT_WHY =
            Pattern.compile("(?i)\\b(?:or|but|and then|then|also|possibl[ey]|alternatively"
                    + "|equally|else|instead|rather|later|afterwards)\\b");

    private static final Pattern NEITHER = Pattern.compile("(?i)\\s*[,:;(\u2014]\\s*neither\\s.{1,80}\\bnor\\b.*$");
    /** What may follow a label: words that say why, and neither deny it at once nor set something against it. */
    private static final Pattern EXPLANATION = Pattern.compile(
            "(?is)\\s*[,;:\u2014\u2013-]\\s*(?!(?:not|never|no|nothing|none|wrong)\\b)[\\p{L}\\p{N}]+(?:\\s+\\S+){2,}"
                    + "(?<!\\b(?:but|except|instead|refuse|wrong)\\b.{0,400})");

    private final List<String> labels;
    /** The labels by their spelling in lower case with single spaces. */
    private final Map<String, String> bySpelling = new LinkedHashMap<>();

    private final Pattern any;

    /**
     * A checker.
     *
     * @param labels the labels; without any, an answer is compared with the reference as a text
     */
    LabelChecker(List<String> labels) {
        this.labels = List.copyOf(labels);
        labels.forEach(label -> bySpelling.put(spelling(label), label));
        aliases();
        // the longest first, so that "not eligible" is not read as "eligible"
        String alternatives = bySpelling.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(label -> Pattern.quote(label).replace(" ", "\\E[\\s_-]+\\Q"))
                .collect(Collectors.joining("|"));
        any = Pattern.compile(
                NO_LETTER_BEFORE + "(?:" + alternatives + ")" + NO_LETTER_AFTER,
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Yes is true and no is false, unless both are labels. */
    private void aliases() {
        Map.of("yes", "true", "no", "false", "true", "yes", "false", "no").forEach((word, same) -> {
            if (bySpelling.containsKey(same)) {
                bySpelling.putIfAbsent(word, bySpelling.get(same));
            }
        });
    }

    /**
     * The different labels among reference answers.
     *
     * @param references the answers; blank ones are passed over
     * @return each label once, as it is spelled first, in alphabetical order; to true its counterpart false belongs,
     *     and to yes no
     */
    static List<String> of(List<String> references) {
        Map<String, String> labels = new LinkedHashMap<>();
        references.stream()
                .map(String::strip)
                .filter(reference -> !reference.isEmpty())
                .forEach(reference -> labels.putIfAbsent(spelling(reference), reference));
        if (labels.size() == 1) {
            String only = labels.keySet().iterator().next();
            String other = Map.of("yes", "no", "no", "yes", "true", "false", "false", "true")
                    .getOrDefault(only, only);
            labels.putIfAbsent(other, other);
        }
        List<String> sorted = new ArrayList<>(labels.values());
        sorted.sort(String.CASE_INSENSITIVE_ORDER);
        return List.copyOf(sorted);
    }

    /**
     * Whether a text names a label.
     *
     * @param text any text
     * @param label the label
     * @return whether it occurs as a whole word
     */
    static boolean names(String text, String label) {
        return Pattern.compile(
                        NO_LETTER_BEFORE + Pattern.quote(label) + NO_LETTER_AFTER,
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(text)
                .find();
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public boolean guessable() {
        return true;
    }

    @Override
    public boolean matches(String candidate, String reference) {
        if (candidate == null) {
            return false;
        }
        if (labels.isEmpty()) {
            return TextChecker.same(candidate, reference);
        }
        Optional<String> right = label(reference);
        return right.isPresent() && label(candidate).equals(right);
    }

    @Override
    public Optional<String> read(AnswerRegion region) {
        if (region.marked() || labels.isEmpty()) {
            return TextChecker.statement(region)
                    .map(statement -> label(statement).orElse(statement));
        }
        Optional<String> verdict = Verdicts.last(region.text());
        if (verdict.isPresent()) {
            return concluded(verdict.get());
        }
        List<String> sentences = Sentences.of(region.text());
        return first(sentences).or(() -> last(sentences));
    }

    /** The label that stands alone in front of its explanation: "Yes. It does not float." */
    private Optional<String> first(List<String> sentences) {
        boolean alone = sentences.size() > 1
                && bySpelling.containsKey(spelling(sentences.get(0)))
                && sentences.stream()
                        .skip(1)
                        .allMatch(sentence -> found(clean(sentence)).isEmpty()
                                && Doubt.withRetraction("", sentence, 0).isEmpty());
        return alone ? label(sentences.get(0)) : Optional.empty();
    }

    private Optional<String> last(List<String> sentences) {
        for (int i = sentences.size() - 1; i >= 0; i--) {
            String sentence = sentences.get(i);
            Optional<String> conclusion = Verdicts.conclusion(sentence);
            if (!found(clean(sentence)).isEmpty()) {
                if (sentence.endsWith("?")) {
                    return Optional.empty();
                }
                return conclusion.isPresent() ? concluded(conclusion.get()) : label(sentence);
            }
            if (conclusion.isPresent()
                    || Doubt.denies(sentence)
                    || !Doubt.withRetraction("", sentence, 0).isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The label of a conclusion, which is none in its reason alone: "acceptable (the side is good)". */
    private Optional<String> concluded(String conclusion) {
        String core = IN_BRACKETS.matcher(Doubt.withoutReason(conclusion)).replaceAll("");
        return found(clean(core)).isEmpty() ? Optional.empty() : label(conclusion);
    }

    /** The only label of a statement, unless words around it deny it or leave it open. */
    private Optional<String> label(String statement) {
        String whole = bySpelling.get(spelling(statement));
        if (whole != null) {
            return Optional.of(whole);
        }
        String text = claim(Sentences.bare(clean(statement).strip()));
        Optional<String> stated = justified(text);
        Set<String> all = stated.map(Set::of).orElseGet(() -> found(text));
        if (all.size() != 1 || statement.strip().endsWith("?")) {
            return Optional.empty();
        }
        String claim = found(Doubt.withoutReason(text)).isEmpty() ? text : Doubt.withoutReason(text);
        String others = any.matcher(claim).replaceAll(" ");
        boolean open = Doubt.leavesOpen(others) || isRelated(claim);
        return open || Doubt.setsAside(others) && !explained(claim)
                ? Optional.empty()
                : Optional.of(all.iterator().next());
    }

    /**
     * The label with which a statement begins, if what follows is set apart from it and says why: "acc, as comfort is
     * good", where good is a label too.
     */
    private Optional<String> justified(String text) {
        Matcher label = any.matcher(text);
        if (bySpelling.isEmpty() || !label.lookingAt() || COMMON.contains(spelling(label.group()))) {
            return Optional.empty();
        }
        Matcher why = WHY.matcher(text).region(label.end(), text.length());
        if (!why.lookingAt()
                || any.matcher(text).region(why.end(), text.length()).lookingAt()
                || NOT_WHY.matcher(text).region(label.end(), text.length()).find()) {
            return Optional.empty();
        }
        return Optional.ofNullable(bySpelling.get(spelling(label.group())));
    }

    private boolean isRelated(String claim) {
        Matcher label = any.matcher(claim);
        if (!label.find()) {
            return false;
        }
        String before = claim.substring(0, label.start());
        return RELATED.matcher(before).find()
                || TO.matcher(before).find() && !DECIDED.matcher(before).find();
    }

    /** A statement without the labels that it sets aside, and of several clauses the one that concludes. */
    private String claim(String statement) {
        String conclusion = Sentences.conclusion(statement);
        String claim = found(conclusion).size() == 1 ? conclusion : statement;
        String kept = NEITHER.matcher(Doubt.withoutContrast(claim, any)).replaceFirst("");
        return found(kept).isEmpty() ? claim : kept;
    }

    /** Whether a label stands first and words of its own explain it: "No, it would not float." */
    private boolean explained(String claim) {
        Matcher label = any.matcher(claim);
        return label.lookingAt()
                && EXPLANATION.matcher(claim.substring(label.end())).matches();
    }

    private Set<String> found(String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = any.matcher(text);
        while (!bySpelling.isEmpty() && matcher.find()) {
            String spelling = spelling(matcher.group());
            if (!COMMON.contains(spelling) || standsAlone(text, matcher)) {
                found.add(bySpelling.get(spelling));
            }
        }
        return found;
    }

    private static boolean standsAlone(String text, Matcher matcher) {
        String before = text.substring(0, matcher.start()).stripTrailing();
        String after = text.substring(matcher.end()).stripLeading();
        boolean begins = before.isEmpty() || ".:,;\"'(=".indexOf(before.charAt(before.length() - 1)) >= 0;
        boolean ends = after.isEmpty() || ".:,;\"')!\u2014-".indexOf(after.charAt(0)) >= 0;
        boolean beside = ends && BESIDE.matcher(before).find() || before.endsWith("/") || after.startsWith("/");
        boolean numbered = after.matches("(?s)\\.\\s?\\d.*"); // "No. 7"
        return !numbered
                && (begins && ends
                        || beside
                        || ends && before.matches("(?s).*\\b(?:is|be|answer|say|with|as|ist|lautet|est|es)"));
    }

    /** Without characters that nobody sees, which could hide a second label. */
    private static String clean(String text) {
        return java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFKC)
                .replaceAll("\\p{Cf}|\\u0338", "")
                .replaceAll("(?<=\\p{L})[\\u2010-\\u2013\\u2212](?=\\p{L})", "-");
    }

    private static String spelling(String label) {
        return clean(label)
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("^[\"'(\\[]+|[\"')\\].!]+$", "")
                .replaceAll("[\\s_-]+", " ")
                .strip();
    }

    @Override
    public String toString() {
        return "LabelChecker" + labels;
    }
}
