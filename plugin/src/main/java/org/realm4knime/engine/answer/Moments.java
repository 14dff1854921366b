package org.realm4knime.engine.answer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times of day, durations and dates in the notations that people use for the same: 8:15 am and 08.15 Uhr, 2:58 and 2
 * hours 58 minutes, 05/14/2022 and May 14, 2022.
 */
final class Moments {

    private sealed interface Moment permits Time, Date {}

    /** A duration, or a time of day as the time since midnight. */
    private record Time(long seconds) implements Moment {}

    /**
     * A date.
     *
     * @param open whether the first figure may be the month as well: 05/06/2022
     */
    private record Date(int day, int month, int year, boolean open) implements Moment {}

    /** @param sure whether it cannot be a number */
    private record Found(Moment moment, boolean sure, int start, int end) {}

    private static final String FREE = "(?<![\\d:.,/-])";
    private static final String ENDS = "(?!\\d|[:.,/-]\\d)";
    private static final String AND = "\\s*(?:,\\s*and|,|and|und|et|y)?\\s*";
    private static final String HALF = "(?<half>[ap])\\.?\\s?m\\b\\.?|uhr\\b|o.clock\\b";

    private static final Pattern NUMERIC_DATE = Pattern.compile(FREE + "(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4})" + ENDS);
    private static final Pattern ISO_DATE = Pattern.compile(FREE + "(\\d{4})([/-])(\\d{1,2})\\2(\\d{1,2})" + ENDS);
    private static final String MONTH =
            "(jan|feb|m(?:ar|\u00E4r|rz)|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|enero|gennaio"
                    + "|f[e\u00E9]v|a[bv]r|magg"
                    + "|juin|giug|juil|lugl|ao[u\u00FB]t|agos|sett|otto|d\u00E9c|dic)\\p{L}*\\.?";
    /** Months that do not begin as in English. */
    private static final Map<String, String> IN_ENGLISH = Map.ofEntries(
            Map.entry("m\u00E4r", "mar"),
            Map.entry("mrz", "mar"),
            Map.entry("mai", "may"),
            Map.entry("okt", "oct"),
            Map.entry("dez", "dec"),
            Map.entry("enero", "jan"),
            Map.entry("gennaio", "jan"),
            Map.entry("fev", "feb"),
            Map.entry("f\u00E9v", "feb"),
            Map.entry("abr", "apr"),
            Map.entry("avr", "apr"),
            Map.entry("magg", "may"),
            Map.entry("juin", "jun"),
            Map.entry("giug", "jun"),
            Map.entry("juil", "jul"),
            Map.entry("lugl", "jul"),
            Map.entry("aout", "aug"),
            Map.entry("ao\u00FBt", "aug"),
            Map.entry("agos", "aug"),
            Map.entry("sett", "sep"),
            Map.entry("otto", "oct"),
            Map.entry("d\u00E9c", "dec"),
            Map.entry("dic", "dec"));

    private static final Pattern MONTH_FIRST =
            Pattern.compile("\\b" + MONTH + "\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b");
    private static final Pattern DAY_FIRST =
            Pattern.compile(FREE + "(\\d{1,2})(?:st|nd|rd|th|er|\\.)?(?:\\s+|-)(?:of\\s+|de\\s+)?" + MONTH
                    + ",?(?:\\s+|-)(?:de\\s+)?(\\d{4})\\b");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final Pattern CLOCK = Pattern.compile(FREE + "(?<hours>\\d{1,2})(?<sign>[:.h])(?<minutes>[0-5]\\d)"
            + "(?:[:.](?<seconds>[0-5]\\d))?" + ENDS + "(?:\\s?(?:" + HALF
            + "|(?:h|hrs?|hours)\\b|(?<shorter>m|mins?|minutes?|minuten)\\b))?");
    private static final Pattern INTRODUCED = Pattern.compile("\\b(?:at|um)\\s+$");
    private static final Pattern FULL_HOUR = Pattern.compile(FREE + "(?<hours>\\d{1,2})\\s?(?:" + HALF + ")");
    private static final Pattern DAYS_AND_CLOCK =
            Pattern.compile(FREE + "(\\d{1,6})\\s?days?" + AND + "(\\d{1,2}):([0-5]\\d):([0-5]\\d)" + ENDS);
    private static final String AMOUNT = "(\\d{1,6}(?:\\.\\d{1,4})?)\\s?";
    private static final Pattern DURATION = Pattern.compile(FREE + "(?=\\d)"
            + part("d|days?|tagen?|tage|jours?|d\u00EDas?") + part("h|hrs?|hours?|std|stunden?|heures?|horas?")
            + part("m|mins?|minutes?|minuten|minutos?") + part("s|secs?|seconds?|sekunden?|segundos?|secondes?"));
    /** A unit or a name rather than a time: 5 m. */
    private static final Pattern LETTER_ALONE = Pattern.compile("[\\d.]+\\s?[md]\\W*");

    private static final int[] SECONDS = {86_400, 3600, 60, 1};

    private static final Pattern CLAUSE = Pattern.compile("->|=>|[\u2192\u21D2=]|\\bi\\.e\\.,?");
    /** In front of a moment these words make another one of it. */
    private static final Pattern CHANGED =
            Pattern.compile("(?:\\b(?:before|after|until|till|to|from|since|past|than|over"
                    + "|under|between|least|most|minus|plus|nearly|almost|vor|nach|bis|von|seit|ab|quarter|half|up"
                    + "|each|per)"
                    + "|[-+*/])\\s*$");

    private static final String DAYS_OF_WEEK =
            "(?:an?\\s|on\\s)?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\\.?";
    private static final String FILLS =
            "\\([hmsdy:/. -]+\\)|\\b(?:in total|total|altogether|exactly|long|in all)\\b" + "|[\\s.,;:!?)(\\]\"'*]";
    private static final Pattern TAIL = Pattern.compile("(?:" + FILLS + ")*+");
    private static final Pattern DATE_TAIL = Pattern.compile("(?:" + FILLS + "|" + DAYS_OF_WEEK + ")*+");
    private static final Pattern NOTHING = Pattern.compile("(?:[\\s.,()]|\\bat\\b|\\bum\\b)*");
    private static final Pattern DAY_OF_WEEK = Pattern.compile("[\\s.,()]*(?:" + DAYS_OF_WEEK + ")?[\\s.,()]*");

    private static final int LONGEST = 400;

    private Moments() {}

    private static String part(String units) {
        return "(?:" + AMOUNT + "(?:" + units + ")\\b\\.?" + AND + ")?";
    }

    /**
     * Whether an answer says the same moment as the reference: all that it names in its last clause are that one.
     *
     * @param given the answer to judge: a moment, or a sentence that comes to one
     * @param right the reference
     * @return false too where the reference is anything but a moment
     */
    static boolean same(String given, String right) {
        Optional<Moment> reference = reference(right);
        if (reference.isEmpty() || given.length() > LONGEST || Doubt.leavesOpen(given) || Doubt.denies(given)) {
            return false;
        }
        String[] clauses = CLAUSE.split(Sentences.conclusion(plain(given)));
        String clause = clauses.length == 0 ? "" : clauses[clauses.length - 1];
        List<Found> all = all(clause);
        if (all.isEmpty() || !all.stream().allMatch(found -> same(found.moment(), reference.get()))) {
            return false;
        }
        String lead = clause.substring(0, all.get(0).start());
        String tail = clause.substring(all.get(all.size() - 1).end());
        Pattern allowed = reference.get() instanceof Date ? DATE_TAIL : TAIL;
        return without(clause, all).chars().noneMatch(Character::isDigit)
                && !CHANGED.matcher(lead).find()
                && allowed.matcher(tail).matches();
    }

    private static Optional<Moment> reference(String text) {
        if (text.length() > LONGEST || text.chars().noneMatch(Character::isDigit)) {
            return Optional.empty(); // most references among texts are words
        }
        String plain = plain(text);
        List<Found> all = all(plain);
        if (all.size() != 1 || !all.get(0).sure()) {
            return Optional.empty();
        }
        Pattern rest = all.get(0).moment() instanceof Date ? DAY_OF_WEEK : NOTHING;
        return rest.matcher(without(plain, all)).matches()
                ? Optional.of(all.get(0).moment())
                : Optional.empty();
    }

    private static String plain(String text) {
        return MathText.plain(text).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean same(Moment given, Moment right) {
        if (given instanceof Date one && right instanceof Date other && one.open() != other.open()) {
            return one.day() == one.month()
                    && one.day() == other.day()
                    && one.month() == other.month()
                    && one.year() == other.year();
        }
        return given.equals(right);
    }

    private static String without(String text, List<Found> moments) {
        StringBuilder rest = new StringBuilder(text);
        for (Found found : moments) {
            rest.replace(found.start(), found.end(), " ".repeat(found.end() - found.start()));
        }
        return rest.toString();
    }

    /** All moments of a text, from left to right; they do not overlap. */
    private static List<Found> all(String text) {
        List<Found> found = new ArrayList<>();
        String rest = text;
        rest = take(rest, ISO_DATE, match -> date(match, 4, 3, 1, false), found);
        rest = take(rest, NUMERIC_DATE, Moments::numeric, found);
        rest = take(rest, MONTH_FIRST, match -> named(match, 2, 1), found);
        rest = take(rest, DAY_FIRST, match -> named(match, 1, 2), found);
        rest = take(rest, DAYS_AND_CLOCK, Moments::daysAndClock, found);
        rest = take(rest, DURATION, Moments::duration, found);
        rest = takeClocks(rest, CLOCK, found);
        takeClocks(rest, FULL_HOUR, found);
        found.sort(Comparator.comparingInt(Found::start));
        return found;
    }

    /** Takes what a pattern finds out of a text, so that no other finds a part of it again. */
    private static String take(
            String text, Pattern pattern, Function<MatchResult, Optional<Moment>> reading, List<Found> found) {
        List<Found> taken = new ArrayList<>();
        pattern.matcher(text)
                .results()
                .filter(match -> match.end() > match.start())
                .forEach(match -> reading.apply(match)
                        .ifPresent(moment -> taken.add(new Found(moment, true, match.start(), match.end()))));
        found.addAll(taken);
        return without(text, taken);
    }

    private static String takeClocks(String text, Pattern pattern, List<Found> found) {
        List<Found> taken = new ArrayList<>();
        Matcher clock = pattern.matcher(text);
        while (clock.find()) {
            clock(clock, text, pattern == CLOCK).ifPresent(taken::add);
        }
        found.addAll(taken);
        return without(text, taken);
    }

    /** With a point it is a time only if it looks like one: 08.15, at 8.15, 8.15 Uhr; 8.15 is a number. */
    private static Optional<Found> clock(Matcher clock, String text, boolean minutes) {
        int hours = Integer.parseInt(clock.group("hours"));
        String half = clock.group("half");
        if (half != null && (hours < 1 || hours > 12)) {
            return Optional.empty();
        }
        boolean colon = minutes && clock.group("sign").equals(":");
        boolean marked =
                half != null || (clock.group().endsWith("uhr") || clock.group().endsWith("clock"));
        boolean point = minutes && clock.group("sign").equals(".");
        boolean introduced =
                INTRODUCED.matcher(text.substring(0, clock.start())).find();
        if (point && clock.group("hours").length() == 1 && !marked && !introduced) {
            return Optional.empty();
        }
        int ofDay = half == null ? hours : hours % 12 + (half.equals("p") ? 12 : 0);
        String seconds = minutes ? clock.group("seconds") : null;
        if (minutes && clock.group("shorter") != null) {
            long time = hours * 60L + Long.parseLong(clock.group("minutes")); // 2:58 minutes
            return Optional.of(new Found(new Time(time), true, clock.start(), clock.end()));
        }
        long time = ofDay * 3600L
                + (minutes ? 60 * Long.parseLong(clock.group("minutes")) : 0)
                + (seconds == null ? 0 : Long.parseLong(seconds));
        return Optional.of(new Found(new Time(time), colon || marked, clock.start(), clock.end()));
    }

    private static Optional<Moment> daysAndClock(MatchResult match) {
        long seconds = 0;
        for (int i = 0; i < SECONDS.length; i++) {
            seconds += SECONDS[i] * Long.parseLong(match.group(i + 1));
        }
        return Optional.of(new Time(seconds));
    }

    private static Optional<Moment> duration(MatchResult match) {
        if (LETTER_ALONE.matcher(match.group()).matches()) {
            return Optional.empty();
        }
        double seconds = 0;
        for (int i = 0; i < SECONDS.length; i++) {
            seconds += match.group(i + 1) == null ? 0 : SECONDS[i] * Double.parseDouble(match.group(i + 1));
        }
        return Optional.of(new Time(Math.round(seconds)));
    }

    private static Optional<Moment> numeric(MatchResult match) {
        int first = Integer.parseInt(match.group(1));
        int second = Integer.parseInt(match.group(3));
        if (second > 12) {
            return date(match, 3, 1, 4, false);
        }
        return date(match, 1, 3, 4, first <= 12 && !match.group(2).equals("."));
    }

    private static Optional<Moment> date(MatchResult match, int day, int month, int year, boolean open) {
        return date(
                Integer.parseInt(match.group(day)),
                Integer.parseInt(match.group(month)),
                Integer.parseInt(match.group(year)),
                open);
    }

    private static Optional<Moment> named(MatchResult match, int day, int month) {
        String name = match.group(month);
        int number = 1 + MONTHS.indexOf(IN_ENGLISH.getOrDefault(name, name));
        return date(Integer.parseInt(match.group(day)), number, Integer.parseInt(match.group(3)), false);
    }

    private static Optional<Moment> date(int day, int month, int year, boolean open) {
        boolean there = day >= 1 && day <= 31 && month >= 1 && month <= 12;
        return there ? Optional.of(new Date(day, month, year, open)) : Optional.empty();
    }
}
