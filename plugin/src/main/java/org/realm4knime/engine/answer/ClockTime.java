package org.realm4knime.engine.answer;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time of day in the notations that people use for the same: 8:15, 08.15 Uhr, 8:15 am. */
final class ClockTime {

    private static final String HALF = "\\s?(?:(?<half>[ap])\\.?\\s?m\\.?|h|hrs?|hours|uhr|o.clock)?";
    /** A reference is a time for sure only with a colon. */
    private static final Pattern SURE =
            Pattern.compile("(?<hours>\\d{1,2}):(?<minutes>[0-5]\\d)(?::(?<seconds>[0-5]\\d))?" + HALF);

    private static final Pattern GIVEN = Pattern.compile(
            "(?:at |um )?(?<hours>\\d{1,2})[:.h](?<minutes>[0-5]\\d)(?:[:.](?<seconds>[0-5]\\d))?" + HALF);

    private ClockTime() {}

    /**
     * Whether an answer is the same time as the reference.
     *
     * @param given the answer to judge, nothing but a time
     * @param right the reference
     * @return false too where the reference is no time
     */
    static boolean same(String given, String right) {
        Optional<Integer> reference = seconds(SURE, right);
        return reference.isPresent() && reference.equals(seconds(GIVEN, given));
    }

    /** Seconds since midnight. */
    private static Optional<Integer> seconds(Pattern form, String text) {
        Matcher time = form.matcher(MathText.plain(text).strip().toLowerCase(Locale.ROOT));
        if (!time.matches()) {
            return Optional.empty();
        }
        int hours = Integer.parseInt(time.group("hours"));
        String half = time.group("half");
        if (half != null && (hours < 1 || hours > 12)) {
            return Optional.empty();
        }
        int ofDay = half == null ? hours : hours % 12 + (half.equals("p") ? 12 : 0);
        String seconds = time.group("seconds");
        return Optional.of((ofDay * 60 + Integer.parseInt(time.group("minutes"))) * 60
                + (seconds == null ? 0 : Integer.parseInt(seconds)));
    }
}
