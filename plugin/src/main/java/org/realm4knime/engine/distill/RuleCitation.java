package org.realm4knime.engine.distill;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.realm4knime.engine.problem.Rule;

/**
 * Decides which rules a rationale cites. A rule is cited when the rationale names its id, or repeats its substance: all
 * of the rule's numbers and one of its content words; of a rule without numbers, half of its content words.
 *
 * <p>Pro: needs no judge model and works for terse rationales. Con: a rationale that paraphrases a rule in other words
 * is missed, so requiring citations drops some good rationales, never keeps one that mentions nothing of a rule.
 */
public final class RuleCitation {

    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");
    private static final Pattern WORD = Pattern.compile("\\p{L}{4,}");
    /** Frequent in rules of any domain, so that repeating them shows nothing. */
    private static final Set<String> COMMON = Set.of(
            "with", "from", "that", "this", "then", "than", "when", "after", "before", "must", "should", "have", "been",
            "will", "only", "each", "every", "there", "they", "their", "which", "where", "percent", "rule", "rules");

    private RuleCitation() {}

    /** Ids of the rules that the text cites, in the order of {@code rules}. */
    public static List<String> cited(String text, List<Rule> rules) {
        return rules.stream().filter(rule -> cites(text, rule)).map(Rule::id).toList();
    }

    private static boolean cites(String text, Rule rule) {
        if (Pattern.compile("(?<![\\p{L}\\d])" + Pattern.quote(rule.id()) + "(?![\\p{L}\\d])", Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find()) {
            return true;
        }
        Set<String> numbers = matches(NUMBER, rule.text());
        Set<String> words = matches(WORD, rule.text());
        words.removeAll(COMMON);
        Set<String> textWords = matches(WORD, text);
        long shared = words.stream().filter(textWords::contains).count();
        if (numbers.isEmpty()) {
            return !words.isEmpty() && 2 * shared >= words.size();
        }
        return shared >= 1 && matches(NUMBER, text).containsAll(numbers);
    }

    private static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }
}
