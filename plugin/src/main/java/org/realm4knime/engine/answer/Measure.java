package org.realm4knime.engine.answer;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.math3.fraction.BigFraction;

/** Units of measure and currencies: which may be compared, and their exact ratios. Names are English. */
public final class Measure {

    /**
     * A unit.
     *
     * @param dimension what it measures; units of the same dimension convert into each other
     * @param factor its size in the base unit of the dimension
     */
    private record Unit(String dimension, BigFraction factor) {}

    private static final Map<String, Unit> UNITS = units();

    /** Symbols that mean something else in the other case: mW and MW, Mb and MB. */
    private static final Set<String> PREFIXED =
            Set.of("mw", "mb", "gb", "kb", "tb", "mg", "mj", "mpa", "mhz", "mv", "ma");

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
        Unit one = find(first);
        Unit other = find(second);
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
        Unit unit = find(quantity.unit());
        return unit == null || find(otherUnit) == null
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
                .map(Measure::find)
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
        Unit whole = find(larger);
        if (whole != null
                && CURRENCIES.contains(whole.dimension())
                && HUNDREDTHS.matcher(smaller).matches()) {
            return true;
        }
        Unit part = find(smaller);
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
        boolean sign = Character.getType(unit.charAt(0)) == Character.CURRENCY_SYMBOL && unit.charAt(0) != '\u00A2';
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
        return find(name) != null;
    }

    /** Whether a unit is written as a symbol, which no noun is: m/s, kWh, \u00B0C, m\u00B2. */
    private static boolean symbol(String unit) {
        return find(unit) != null || SYMBOL.matcher(unit).matches();
    }

    private static Unit find(String unit) {
        Unit exact = UNITS.get(unit);
        return exact != null || PREFIXED.contains(unit.toLowerCase(Locale.ROOT))
                ? exact
                : UNITS.get(unit.toLowerCase(Locale.ROOT));
    }

    private static Map<String, Unit> units() {
        Map<String, Unit> units = new HashMap<>();
        add(units, "length", 1, 1000, "mm", "millimeter", "millimeters", "millimetre", "millimetres");
        add(units, "length", 1, 100, "cm", "centimeter", "centimeters", "centimetre", "centimetres");
        add(units, "length", 1, 1, "m", "meter", "meters", "metre", "metres");
        add(units, "length", 1000, 1, "km", "kilometer", "kilometers", "kilometre", "kilometres");
        add(units, "length", 254, 10_000, "inch", "inches");
        add(units, "length", 3048, 10_000, "ft", "foot", "feet");
        add(units, "length", 9144, 10_000, "yd", "yard", "yards");
        add(units, "length", 1_609_344, 1000, "mi", "mile", "miles");
        add(units, "mass", 1, 1000, "mg", "milligram", "milligrams");
        add(units, "mass", 1, 1, "g", "gram", "grams");
        add(units, "mass", 1000, 1, "kg", "kilogram", "kilograms", "kilo", "kilos");
        add(units, "mass", 1_000_000, 1, "t", "tonne", "tonnes");
        add(units, "mass", 45_359_237, 100_000, "lb", "lbs", "pound", "pounds");
        add(units, "mass", 45_359_237, 1_600_000, "oz", "ounce", "ounces");
        addTimes(units);
        add(units, "volume", 1, 1000, "ml", "milliliter", "milliliters", "millilitre", "millilitres");
        add(units, "volume", 1, 1, "l", "liter", "liters", "litre", "litres");
        addDerived(units);
        add(units, "dollar", 1, 1, "$", "usd", "dollar", "dollars");
        add(units, "dollar", 1, 100, "\u00A2", "cent", "cents");
        add(units, "euro", 1, 1, "\u20AC", "eur", "euro", "euros");
        add(units, "pound sterling", 1, 1, "\u00A3", "gbp");
        add(units, "yen", 1, 1, "\u00A5", "jpy", "yen");
        add(units, "rupee", 1, 1, "\u20B9", "inr", "rs", "rs.", "rupee", "rupees");
        add(units, "franc", 1, 1, "chf", "franc", "francs");
        return Map.copyOf(units);
    }

    /** Also in German, French and Spanish, where the names differ. */
    private static void addTimes(Map<String, Unit> units) {
        add(units, "time", 1, 1, "s", "sec", "second", "seconds", "sekunde", "sekunden", "seconde", "secondes");
        add(units, "time", 1, 1, "segundo", "segundos");
        add(units, "time", 60, 1, "min", "mins", "minute", "minutes", "minuten", "minuto", "minutos");
        add(units, "time", 3600, 1, "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "heure", "heures");
        add(units, "time", 3600, 1, "hora", "horas");
        add(units, "time", 86_400, 1, "day", "days", "tag", "tage", "tagen", "jour", "jours", "d\u00EDa", "d\u00EDas");
        add(units, "time", 604_800, 1, "week", "weeks", "woche", "wochen", "semaine", "semaines", "semana", "semanas");
        add(units, "time", 31_536_000, 12, "month", "months", "monat", "monate", "monaten", "mois", "mes", "meses");
        add(units, "time", 31_536_000, 1, "year", "years", "jahr", "jahre", "jahren", "ans", "a\u00F1o", "a\u00F1os");
    }

    private static void addDerived(Map<String, Unit> units) {
        add(units, "area", 1, 1_000_000, "mm\u00B2");
        add(units, "area", 1, 10_000, "cm\u00B2");
        add(units, "area", 1, 1, "m\u00B2", "meters\u00B2", "metres\u00B2");
        add(units, "area", 10_000, 1, "ha", "hectare", "hectares");
        add(units, "area", 1_000_000, 1, "km\u00B2");
        add(units, "volume", 1, 1000, "cm\u00B3");
        add(units, "volume", 1, 1, "dm\u00B3");
        add(units, "volume", 1000, 1, "m\u00B3");
        add(units, "speed", 1, 1, "m/s");
        add(units, "speed", 5, 18, "km/h", "kmh", "kph");
        add(units, "speed", 44_704, 100_000, "mph");
        add(units, "celsius", 1, 1, "\u00B0C", "celsius");
        add(units, "fahrenheit", 1, 1, "\u00B0F", "fahrenheit");
        add(units, "energy", 1, 1, "J", "joule", "joules");
        add(units, "energy", 1000, 1, "kJ");
        add(units, "energy", 3_600_000, 1, "kWh");
        add(units, "power", 1, 1, "W", "watt", "watts");
        add(units, "power", 1000, 1, "kW", "kilowatt", "kilowatts");
        add(units, "power", 1_000_000, 1, "MW", "megawatt", "megawatts");
        add(units, "data", 1, 1000, "kB", "KB");
        add(units, "data", 1, 1, "MB", "megabyte", "megabytes");
        add(units, "data", 1000, 1, "GB", "gigabyte", "gigabytes");
        add(units, "data", 1_000_000, 1, "TB", "terabyte", "terabytes");
    }

    private static void add(Map<String, Unit> units, String dimension, int size, int over, String... names) {
        for (String name : names) {
            units.put(name, new Unit(dimension, new BigFraction(size, over)));
        }
    }
}
