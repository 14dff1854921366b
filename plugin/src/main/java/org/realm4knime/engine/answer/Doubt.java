package org.realm4knime.engine.answer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words that take an answer back or leave it open. An answer that is hedged, negated or taken back is none. */
final class Doubt {

    /** That an answer may be one, in German, French and Spanish. */
    private static final String MAYBE = "vielleicht|vermutlich|m\u00F6glicherweise|k\u00F6nnte|peut-\u00EAtre|pourrait"
            + "|quiz\u00E1s?|tal vez|podr\u00EDa";

    /** That an answer is none. */
    private static final String WRONG = "wrong|incorrect|mistaken|invalid|false|not (?:right|correct|true|it)"
            + "|falsch|unrichtig|faux|fausse|incorrecte?|falso|incorrect[oa]";

    private static final Pattern RETRACTION = Pattern.compile("(?iu)\\W*(?:or\\b|and/or\\b|wait\\b|actually\\b|hmm+\\b"
            + "|no[,.!]|not\\b|nope\\b|correction\\b|alternatively,?\\s(?:it|the answer|this|\\W?\\d"
            + "|\\W?[A-Z]\\b|maybe|perhaps)|maybe\\b|perhaps\\b|possibly\\b|oops\\b|sorry\\b"
            + "|scratch that|i mean\\b|unless\\b|otherwise\\b|but (?:wait|it|the answer|that|this|maybe|perhaps)\\b"
            + "|it (?:could|might|may) (?:also )?be\\b|i(?:'m| am) not sure"
            + "|(?:(?:which|that|this|it) )?(?:is|was|seems|looks) (?:" + WRONG + ")\\b"
            + "|oder\\b|nein\\b|doch nicht\\b|vielleicht\\b|moment\\b|das (?:ist|war) (?:" + WRONG + ")\\b"
            + "|ou\\b|non[,.!]|peut-\u00EAtre\\b|attends|o (?:tal vez|bien)\\b|quiz\u00E1s?\\b|espera\\b).*");
    private static final Pattern HEDGED =
            Pattern.compile("(?iu)\\b(?:maybe|perhaps|possibly|unlikely|doubt|not|never|isn['\u2019]t"
                    + "|cannot|can['\u2019]t|might|could|guess(?:ing)?|unsure|wonder"
                    + "|nicht|nie|pas|jamais|nunca|" + MAYBE + ")\\b");
    private static final Pattern NEGATED =
            Pattern.compile("(?iu)\\b(?:not|no|never|neither|nor|none|cannot|without|except|but"
                    + "|instead|rather than|anything|unlikely|refus\\w*|fail\\w*|den(?:y|ies|ied)|against|avoid\\w*"
                    + "|unable|impossible|nobody|hardly|scarcely|barely|rarely|seldom|far from|out of the question"
                    + "|wrong|incorrect|mistaken"
                    + "|nicht|kein(?:e[rsmn]?|esfalls|eswegs)?|nie(?:mals)?|weder|ohne|statt|sondern"
                    + "|falsch|unm\u00F6glich"
                    + "|ne|pas|jamais|aucune?|ni|sans|faux|ning\u00FAn|ninguna?|nunca|jam\u00E1s|tampoco"
                    + "|incorrect[oa]|imposible)\\b"
                    + "|n['\u2019]t\\b|\\bn['\u2019](?=\\p{L})");
    private static final Pattern OPEN =
            Pattern.compile("(?iu)\\b(?:or|either|maybe|perhaps|possibly|might|could|(?-i:may)|if|unless"
                    + "|depend(?:s|ing)?|doubt(?= (?:the|that|it|if|whether|this))|unsure|unknown"
                    + "|guess(?:ing)?|probably|versus|vs|and/or|almost|potentially"
                    + "|oder|entweder|eventuell|wom\u00F6glich|wahrscheinlich|wenn|beinahe"
                    + "|ou|probablement|presque|probablemente|casi|" + MAYBE + ")\\b|\\?");
    /** Around a label or a letter these words say that it does not hold, or not quite. */
    private static final Pattern SET_ASIDE = Pattern.compile("(?i)\\b(?:rul(?:e[sd]?|ing) out|eliminat\\w*|exclud\\w*"
            + "|refrain\\w*|prohibit(?:s|ed|ing)?|forbid\\w*|prevent(?:s|ed|ing)?|partly|partial(?:ly)?|in part"
            + "|half|somewhat|mostly"
            + "|largely|inappropriate|conditionally|provisionally|tentatively|reject\\w*|mistake"
            + "|premature|false"
            + "|postpon\\w*|withdraw\\w*|pending|hesita\\w*|lack\\w*|sin|non|nicht ganz"
            + "|teilweise|teils|halb|partiellement|en partie|parcialmente|en parte)\\b");

    /** Not behind a line's first dash, which is a bullet; and what takes the answer back is no reason for it. */
    private static final Pattern REASON =
            Pattern.compile("(?i)(?:[,;]?\\s*(?:\\bbecause\\b|\u2014|\u2013\\s)|[,;]\\s*(?:since|as"
                    + "|given that|which|so that|for)\\s|(?<=\\S)[^\\S\\n]+-\\s(?=\\p{L}{2}))"
                    + "(?!\\s*(?:no|nope|nein|non|or|wait|actually|rather)\\b"
                    + "|\\s*(?:is|was|seems|would be|must be) (?:\\w+ )?(?:" + WRONG + ")\\b)");

    /** Begins where white space does, and gives none of it back: so a text of nothing but spaces takes no longer. */
    private static final Pattern CONTRAST =
            Pattern.compile("(?i)(?<!\\s)\\s*+(?:[,;(]\\s*+(?:and\\s++)?(?:not|instead of)"
                    + "|(?:[,;(]\\s*+)?rather than)\\s++"
                    + "(?:(?:the|his|her|their|its|my|your)\\s++)?([^,;()]{1,60}|\\([A-Z]\\))\\)?[\\s.]*+$");

    private static final Pattern CLAUSE_END = Pattern.compile("[.,;:!?]\\s");

    private static final int CONTEXT = 200;

    private Doubt() {}

    /**
     * An answer with the words before it, if these leave it open: "perhaps the answer is".
     *
     * @param answer what is stated
     * @param before the line up to the statement
     * @return the answer, behind these words if they do
     */
    static String withContext(String answer, String before) {
        Matcher end = CLAUSE_END.matcher(before);
        String clause = before;
        while (end.find()) {
            clause = before.substring(end.end());
        }
        return HEDGED.matcher(clause).find() ? clause.strip() + " " + answer : answer;
    }

    /**
     * An answer with the sentence behind it, if that takes it back: "Or 6.", "Wait, ...".
     *
     * @param answer what is stated
     * @param text the text it stands in
     * @param end index after the statement
     * @return the answer, followed by that sentence if it does
     */
    static String withRetraction(String answer, String text, int end) {
        String rest = text.substring(Math.min(end, text.length()), Math.min(text.length(), end + CONTEXT));
        String next = rest.substring(0, Sentences.endOfFirst(rest));
        if (next.codePoints().noneMatch(Character::isLetterOrDigit)) {
            String more = rest.substring(next.length());
            next = more.substring(0, Sentences.endOfFirst(more));
        }
        return RETRACTION.matcher(next).lookingAt() ? answer + " " + next.strip() : answer;
    }

    /**
     * Whether words around an answer deny it or set something else against it.
     *
     * @param words the words
     * @return whether there is such a word
     */
    static boolean denies(String words) {
        return NEGATED.matcher(words).find();
    }

    /**
     * Whether words around a label or a letter deny it, set it aside or say that it holds in part.
     *
     * @param words the words, without the label
     * @return whether there is such a word
     */
    static boolean setsAside(String words) {
        return denies(words) || SET_ASIDE.matcher(words).find();
    }

    /**
     * Whether words around an answer leave open whether it is one.
     *
     * @param words the words
     * @return whether there is such a word
     */
    static boolean leavesOpen(String words) {
        return OPEN.matcher(words).find();
    }

    /**
     * A statement without what it sets aside: "B, not A" is "B", and "6 (not 5)" is "6".
     *
     * @param statement a statement
     * @param other what an answer looks like; other words, as in "yes, not really", are left alone
     * @return what stands before the contrast
     */
    static String withoutContrast(String statement, Pattern other) {
        Matcher contrast = CONTRAST.matcher(statement);
        return contrast.find()
                        && contrast.start() > 0
                        && other.matcher(contrast.group(1).strip()).matches()
                ? statement.substring(0, contrast.start())
                : statement;
    }

    /**
     * A statement without the reason it gives: "(B), as (A) is too warm" is "(B)".
     *
     * @param statement a statement
     * @return what stands before the reason
     */
    static String withoutReason(String statement) {
        Matcher reason = REASON.matcher(statement);
        return reason.find() && reason.start() > 0 ? statement.substring(0, reason.start()) : statement;
    }
}
