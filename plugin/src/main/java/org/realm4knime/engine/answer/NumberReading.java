package org.realm4knime.engine.answer;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * Reads a short text as one number, if the number and its unit cover it: {@code $1,200}, {@code 18 eggs a day},
 * {@code x = 5}, {@code She needs 4 buses}. A text with a second number, a root, a variable or a sign of operation is
 * an expression, and one with a word that changes, compares or doubts the number is none: {@code 2\sqrt{3}}, {@code
 * 4:45}, {@code 9 of 12}, {@code at least 4}, {@code 3 or 5}. A power of whole numbers is computed.
 */
final class NumberReading {

    private static final Pattern WRAPPED = Pattern.compile("(?s)\\((.*)\\)|\\{(.*)}|\"(.*)\"|'(.*)'|\u201C(.*)\u201D");
    private static final Pattern DOLLARS = Pattern.compile("(?s)\\$+([^$]*)\\$+");
    /** A formula within a sentence: the dollar signs stand close to it, and no digit beside it, as in a price. */
    private static final Pattern FORMULA = Pattern.compile("(?<!\\d)\\$(?=[^\\s$])([^$]{0,200})(?<!\\s)\\$(?!\\d)");

    private static final Pattern FINAL_STOP = Pattern.compile("(?<![.\\s\uFF0E\u3002])[.\\s\uFF0E\u3002]+$");
    private static final String PICTURE = "[\\p{Cf}\\uFE0F\\s\\p{So}&&[^\u00B0\u2103\u2109]]";
    /** Characters that nobody sees, and pictures such as a tick, around an answer. */
    private static final Pattern ORNAMENT =
            Pattern.compile("^[\\p{Cf}\\uFE0F\\s]+|(?<!" + PICTURE + ")" + PICTURE + "+$");

    /** Crosses, which say that a number is wrong. */
    private static final Pattern CROSS = Pattern.compile("[\u274C\u2716-\u2718\u274E\uD83D\uDEAB]");

    private static final Pattern ANOTHER = Pattern.compile("[-+]?\\p{Sc}?\\d[\\d.,/]*\\s?%?(?:\\s\\p{L}+)?");
    private static final Pattern POWER = Pattern.compile("(-)?(\\d{1,9})\\s?(?:\\^|\\*\\*)\\s?\\(?(\\d{1,4})\\)?");
    private static final Pattern UNIT_POWER =
            Pattern.compile("(?<=\\p{L}{2}|(?<!\\p{L})m)\\s?\\^\\s?\\(?([23])\\)?(?!\\d)");
    private static final Pattern SQUARE_UNIT = Pattern.compile("\\b(square|sq\\.?|cubic|cu\\.?)\\s+"
            + "(units?|inch(?:es)?|in|f(?:ee|oo)?t|yards?|miles?"
            + "|(?:centi|kilo|milli|deci)?met(?:er|re)s?|[cdkm]?m)\\b");
    /** In front of a number alone: "minus 12", "it is minus 12". */
    private static final Pattern SIGN_WORD =
            Pattern.compile("(?i)(?:(?<=^|^\\s|[=:]\\s?|\\b(?:is|to|was|ist|est|es)\\s))minus\\s+(?=\\p{Sc}?\\d)");

    /** A unit of several words, and its symbol. */
    private record UnitName(Pattern written, String symbol) {
        static UnitName of(String written, String symbol) {
            return new UnitName(Pattern.compile("(?i)(?<!\\p{L})" + written + "\\b"), symbol);
        }
    }

    private static final List<UnitName> UNIT_NAMES = List.of(
            UnitName.of(
                    "(kilomet(?:er|re)s?|met(?:er|re)s?|miles?|feet|km|m) per (hour|minute|second|h|min|s)", "$1/$2"),
            UnitName.of("kilowatt[- ]hours?", "kWh"),
            UnitName.of("watt[- ]hours?", "Wh"),
            UnitName.of("light[- ]years?", "ly"),
            UnitName.of("nautical miles?", "nmi"),
            UnitName.of("canadian dollars?", "CAD"),
            UnitName.of("australian dollars?", "AUD"),
            UnitName.of("(?:us|american) dollars?", "USD"),
            UnitName.of("\u00B0\\s(C|F)", "\u00B0$1"),
            UnitName.of("(?<=\\d )degrees? (?:celsius|C)", "\u00B0C"),
            UnitName.of("(?<=\\d )degrees? (?:fahrenheit|F)", "\u00B0F"));

    private static final Pattern RELATION = Pattern.compile("[=\u2248]");

    /** Words before the number: letters and what stands between them. */
    private static final Pattern LEAD = Pattern.compile("[\\p{L}\\s,:'\u2019\"~\u2248=-]*\\+?\\s?");
    /** Words after the number and its unit. */
    private static final Pattern TAIL = Pattern.compile(
            "(?:[/-]\\p{L}{2,20})?(?:\\s?[,\\p{Sc}]?\\s?(?:\\([\\p{L}\\s,'\u2019-]*\\)|[\\p{L}][\\p{L}'\u2019]*+"
                    + "(?:[-/][\\p{L}][\\p{L}'\u2019]*+)*+|\u00B0[CF]?|\\^[23](?!\\d))[.,]?)*+\\s*");
    /** A variable; "a" is a word, and "Bob's" holds none. */
    private static final Pattern VARIABLE =
            Pattern.compile("(?<![\\p{L}'\u2019.])(?![aAiI](?!\\p{L}))\\p{L}(?![\\p{L}'\u2019.])");

    private static final Pattern LAST_WORD = Pattern.compile("(?:\\b([\\p{L}]+)\\s+)?\\b([\\p{L}]+)[\\s:$]*$");
    private static final Pattern NAME = Pattern.compile("[^,;]*");

    /** Words that make another number of it, before or after it. */
    private static final Pattern CHANGES =
            Pattern.compile("(?iu)\\b(?:plus|minus|times|squared?|cubed?|roots?|factorial|divided"
                    + "|multiplied|half|halves|quarters?|thirds?|fifths?|tenths?|twice|double|triple|thrice"
                    + "|multiples?|factors?|power"
                    + "|dozens?|lakhs?|crores?|bn|mn|mio|mrd|k|" + SpelledNumber.BUT_ONE
                    + "|hundreds?|thousands?|millions?|billions?|infinity|pi|sqrt|log|ln|mod|between|least"
                    + "|most|than|within"
                    + "|halbe[nrs]?|h\u00E4lfte|viertel|drittel|doppelte[ns]?|dreifache[ns]?|dutzend"
                    + "|hundert|tausend|tsd"
                    + "|million(?:en|es)?|milliarden?|mindestens|h\u00F6chstens|wenigstens|zwischen"
                    + "|moiti\u00E9|mille|milliers?|milliards?|douzaines?|centaines?"
                    + "|mitad|doble|tercio|mil|mill\u00F3n|millones|docenas?|cientos?|entre"
                    + "|T(?:EUR|CHF|USD|\u20AC))(?!\\p{L})"
                    + "|\\bau (?:moins|plus|maximum|minimum)\\b|\\bal menos\\b|\\ba lo (?:sumo|menos)\\b"
                    + "|[\u0370-\u03A8\u03AA-\u03C8\u03CA-\u03FF]");

    /** In front of a number these words relate another one to it. */
    private static final Set<String> RELATES = Set.of(
            "of",
            "than",
            "by",
            "to",
            "from",
            "over",
            "under",
            "below",
            "above",
            "near",
            "nearly",
            "almost",
            "until",
            "till",
            "before",
            "after",
            "per",
            "and",
            "with",
            "every",
            "another",
            "extra",
            "additional",
            "further",
            "for",
            "in",
            "on",
            "at",
            "past",
            "beyond",
            "towards",
            "into",
            "through",
            "up",
            "down",
            "no",
            "step",
            "page",
            "von",
            "bis",
            "ab",
            "unter",
            "\u00FCber",
            "fast",
            "knapp",
            "maximal",
            "minimal",
            "de",
            "moins",
            "menos",
            "m\u00E1s",
            "hasta",
            "sobre",
            "sous");

    private static final Set<String> TOTALS = Set.of(
            "total",
            "cost",
            "price",
            "amount",
            "speed",
            "profit",
            "loss",
            "average",
            "mean",
            "value",
            "score",
            "sum",
            "weight",
            "length",
            "distance",
            "area",
            "volume",
            "rate",
            "change",
            "result",
            "salary",
            "income",
            "age",
            "summe",
            "somme",
            "suma",
            "prix",
            "precio",
            "montant",
            "co\u00FBt",
            "costo",
            "coste");

    /** Units of one letter, and such as {@link Units} does not know, that may follow a number without a space. */
    private static final Set<String> LETTER_UNITS =
            Set.of("m", "g", "l", "L", "h", "s", "V", "W", "N", "J", "A", "C", "F", "K", "\u03A9");

    private static final Set<String> SHORT_UNITS =
            Set.of("pts", "pcs", "px", "ppm", "in", "sq", "cu", "yrs", "wk", "deg");

    private static final int MAX_WORDS = 14;
    private static final int MAX_LENGTH = 400;
    private static final int MAX_BITS = 4096;

    private NumberReading() {}

    /**
     * Reads a text that is one number.
     *
     * @param text the text, in any notation
     * @param mark how comma and point are read
     * @return the number, or empty if the text is anything else
     */
    static Optional<Quantity> covering(String text, DecimalMark mark) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String claim = SpelledNumber.withoutRepetition(Doubt.withoutContrast(Doubt.withoutReason(text), ANOTHER));
        String bare = ORNAMENT.matcher(MathText.plain(claim)).replaceAll("");
        String plain = unwrapped(formulas(bare));
        if (plain.isEmpty() || CROSS.matcher(text).find() || Doubt.leavesOpen(plain) || Doubt.denies(plain)) {
            return Optional.empty();
        }
        Matcher power = POWER.matcher(plain);
        if (power.matches()) {
            return power(plain, power);
        }
        return result(inSymbols(plain)).flatMap(result -> single(unwrapped(result), mark));
    }

    /**
     * Writes the exponent of a unit as a part of it, as it is no number, and units of several words by their symbol:
     * {@code 9 cm^2} and {@code 9 square cm} become {@code 9 cm}\u00B2, {@code 9 kilometers per hour} become {@code 9
     * kilometers/hour}; and a minus in words becomes a sign.
     *
     * @param plain plain notation, see {@link MathText}
     * @return the text with such units and signs rewritten
     */
    static String inSymbols(String plain) {
        String named = SIGN_WORD.matcher(plain).replaceAll("-");
        for (UnitName unit : UNIT_NAMES) {
            named = unit.written().matcher(named).replaceAll(unit.symbol());
        }
        String raised =
                UNIT_POWER.matcher(named).replaceAll(power -> power.group(1).equals("2") ? "\u00B2" : "\u00B3");
        return SQUARE_UNIT
                .matcher(raised)
                .replaceAll(unit -> unit.group(2) + (unit.group(1).startsWith("s") ? "\u00B2" : "\u00B3"));
    }

    /** Without the dollar signs around formulas in a sentence: "The largest $n$ is $34$." */
    private static String formulas(String plain) {
        return DOLLARS.matcher(plain).matches() ? plain : FORMULA.matcher(plain).replaceAll("$1");
    }

    private static Optional<Quantity> single(String text, DecimalMark mark) {
        String spaced = Quantity.withGroupSpaces(text);
        List<Quantity> all = Quantity.all(spaced, mark);
        if (all.size() != 1) {
            return Optional.empty();
        }
        Quantity only = all.get(0);
        return lead(spaced.substring(0, only.start())) && unit(spaced, only) && tail(spaced.substring(only.end()))
                ? Optional.of(only)
                : Optional.empty();
    }

    /** The last side of an equation; empty if the other sides hold more than a name or a calculation. */
    private static Optional<String> result(String plain) {
        Matcher relation = RELATION.matcher(plain);
        int end = -1;
        while (relation.find()) {
            end = relation.end();
        }
        if (end < 0) {
            return Optional.of(plain);
        }
        String left = plain.substring(0, end - 1);
        boolean name = NAME.matcher(left.replaceAll("(?<=\\d),(?=\\d{3})", "")).matches() && !left.contains("and ");
        boolean compares = left.endsWith("<") || left.endsWith(">") || left.endsWith("!");
        return name && !compares ? Optional.of(plain.substring(end)) : Optional.empty();
    }

    private static boolean lead(String lead) {
        if (!LEAD.matcher(lead).matches()
                || CHANGES.matcher(lead).find()
                || lead.strip().split("\\s+").length > MAX_WORDS) {
            return false;
        }
        Matcher last = LAST_WORD.matcher(lead);
        if (!last.find()) {
            return !lead.strip().endsWith("-");
        }
        String word = last.group(2).toLowerCase(Locale.ROOT);
        boolean total = word.equals("of")
                && last.group(1) != null
                && TOTALS.contains(last.group(1).toLowerCase(Locale.ROOT));
        // "x 4" is a product
        return total || !RELATES.contains(word) && (word.length() > 1 || lead.contains(":"));
    }

    /** Letters right behind a number are its unit only if they are known as one or form a word. */
    static boolean unit(String text, Quantity quantity) {
        String unit = quantity.unit();
        if (unit.isEmpty()
                || !Character.isLetter(unit.charAt(0))
                || quantity.start() + unit.length() > quantity.end()) {
            return true;
        }
        int at = quantity.end() - unit.length();
        boolean suffix = text.startsWith(unit, Math.max(0, at));
        if (!suffix) {
            return true;
        }
        if (Character.isIdeographic(unit.charAt(0))) {
            return HAN_SCALES.indexOf(unit.charAt(0)) < 0;
        }
        boolean attached = at > 0 && !Character.isWhitespace(text.charAt(at - 1));
        if (CHANGES.matcher(unit).matches()) {
            return false;
        }
        if (unit.length() == 1) {
            return LETTER_UNITS.contains(unit) || !attached && (unit.equals("a") || unit.equals("t"));
        }
        return !attached
                || Measure.known(unit)
                || SHORT_UNITS.contains(unit)
                || unit.length() > 3 && unit.codePoints().anyMatch(c -> "aeiouAEIOU".indexOf(c) >= 0);
    }

    /** Ten, a hundred, a thousand and so on, which in Chinese and Japanese stand behind a number. */
    private static final String HAN_SCALES = "\u5341\u767E\u5343\u4E07\u842C\u4EBF\u5104\u5146";

    private static boolean tail(String tail) {
        return TAIL.matcher(tail).matches()
                && !CHANGES.matcher(tail.replaceFirst("^\\s*(?:more|less|fewer)\\s.*than\\b", ""))
                        .find()
                && !tail.stripLeading().startsWith("and ")
                && !VARIABLE.matcher(tail).find()
                && tail.strip().split("\\s+").length <= MAX_WORDS;
    }

    private static Optional<Quantity> power(String plain, Matcher power) {
        BigInteger base = new BigInteger(power.group(2));
        int exponent = Integer.parseInt(power.group(3));
        if (base.bitLength() * (long) exponent > MAX_BITS) {
            return Optional.empty();
        }
        BigFraction value = new BigFraction(base.pow(exponent));
        return Optional.of(
                new Quantity(power.group(1) == null ? value : value.negate(), false, "", plain, 0, plain.length()));
    }

    private static String unwrapped(String text) {
        String plain = text.strip();
        while (true) {
            String bare = FINAL_STOP.matcher(plain).replaceAll("").strip();
            Matcher wrapped = WRAPPED.matcher(bare);
            Matcher dollars = DOLLARS.matcher(bare);
            if (wrapped.matches() && bare.indexOf(',') < 0) {
                for (int group = 1; group <= wrapped.groupCount(); group++) {
                    bare = wrapped.group(group) == null ? bare : wrapped.group(group);
                }
            } else if (dollars.matches()) {
                bare = dollars.group(1);
            }
            if (bare.equals(plain)) {
                return plain;
            }
            plain = bare.strip();
        }
    }
}
