package org.realm4knime.engine.answer;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;
import org.realm4knime.engine.answer.Units.Unit;

/** Quantities with units of measure and currencies: which may be compared, and their exact ratios. */
public final class Measure {

    private static final Pattern POUNDS = Pattern.compile("(?i)pounds?");
    private static final Set<String> CURRENCIES = Set.of("dollar", "euro", "pound sterling", "rupee", "franc");
    private static final Pattern HUNDREDTHS =
            Pattern.compile("(?i)\u00A2|c|ct|cts|cents?|p|pence|penn(?:y|ies)|centimes?|rappen|paise");

    private static final Pattern SYMBOL =
            Pattern.compile("\\p{L}{1,4}/\\p{L}{1,3}[\u00B2\u00B3]?|\\p{L}{1,3}[\u00B2\u00B3]"
                    + "|\u00B0[CF]?|[\u00B5munpkMGT]?(?:W|Wh|J|V|A|Hz|Pa|B|b|N|mol|bar|cal|eV|g)");

    private Measure() {}

    /**
     * Whether two units may stand for the same thing. A unit that is missing or unknown, such as "apples", is taken to
     * be the other one: the question usually names it.
     *
     * @param first a unit as written
     * @param second a unit as written
     * @return false if both are known and measure different things
     */
    static boolean comparable(String first, String second) {
        Unit one = find(first, second);
        Unit other = find(second, first);
        if (one == null || other == null) {
            // two symbols of which one is not known, such as 5 km/h and 5 kn, are not taken for each other
            return !(symbol(first) && symbol(second)) || first.equals(second);
        }
        return one.dimension().equals(other.dimension());
    }

    /**
     * The value in the base unit of its dimension, if both units are known.
     *
     * @param quantity a value with its unit
     * @param otherUnit the unit it is compared with
     * @return the value in the base unit; the value itself if one of the units is unknown
     */
    static BigFraction inBaseUnit(Quantity quantity, String otherUnit) {
        Unit unit = find(quantity.unit(), otherUnit);
        return unit == null || Units.find(otherUnit) == null
                ? quantity.value()
                : quantity.value().multiply(unit.factor());
    }

    /**
     * Whether units of different size for the same thing occur, such as hours and minutes.
     *
     * @param names words and currency signs, known units or not
     * @return whether two of them are known, measure the same and differ in size
     */
    public static boolean mixed(List<String> names) {
        return names.stream()
                .map(Units::find)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(Unit::dimension, Collectors.mapping(Unit::factor, Collectors.toSet())))
                .values()
                .stream()
                .anyMatch(factors -> factors.size() > 1);
    }

    /**
     * Whether amounts in two units are one quantity when they stand side by side: 2 hours 30 minutes, 4 euros and 50
     * cents.
     *
     * @param larger unit of the first amount, as written
     * @param smaller unit of the second, as written
     */
    static boolean isDivided(String larger, String smaller) {
        Unit whole = Units.find(larger);
        if (whole != null
                && CURRENCIES.contains(whole.dimension())
                && HUNDREDTHS.matcher(smaller).matches()) {
            return true;
        }
        Unit part = Units.find(smaller);
        return whole != null
                && part != null
                && whole.dimension().equals(part.dimension())
                && whole.factor().compareTo(part.factor()) > 0;
    }

    /**
     * A number with its unit.
     *
     * @param number the number as written
     * @param unit the unit as written, or empty
     * @return a currency sign before the number, any other unit after it
     */
    static String written(String number, String unit) {
        if (unit.isEmpty()) {
            return number;
        }
        char last = unit.charAt(unit.length() - 1); // also of US$
        boolean sign = Character.getType(last) == Character.CURRENCY_SYMBOL && last != '\u00A2';
        if (!sign) {
            return number + " " + unit;
        }
        return number.startsWith("-") ? "-" + unit + number.substring(1) : unit + number;
    }

    /**
     * Whether a name is a unit that can be converted.
     *
     * @param name a unit as written
     * @return whether it is known
     */
    static boolean known(String name) {
        return Units.find(name) != null;
    }

    /** Whether a unit is written as a symbol, which no noun is: m/s, kWh, \u00B0C, m\u00B2. */
    private static boolean symbol(String unit) {
        return Units.find(unit) != null || SYMBOL.matcher(unit).matches();
    }

    /** Pounds are money beside a sign of money. */
    private static @Nullable Unit find(String unit, String other) {
        Unit beside = Units.find(other);
        boolean money = POUNDS.matcher(unit).matches() && beside != null && beside.equals(Units.find("\u00A3"));
        return money ? beside : Units.find(unit);
    }
}
