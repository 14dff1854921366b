package org.realm4knime.engine.answer;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** The units of measure and currencies that are known. Names are English, those of times also in other languages. */
final class Units {

    /**
     * A unit.
     *
     * @param dimension what it measures; units of the same dimension convert into each other
     * @param factor its size in the base unit of the dimension
     */
    record Unit(String dimension, BigFraction factor) {

        private Unit per(Unit other) {
            return new Unit(dimension + "/" + other.dimension, factor.divide(other.factor));
        }
    }

    /** A prefix of the International System of Units. */
    private record Prefix(List<String> symbols, String name, int exponent) {}

    private static final List<Prefix> PREFIXES = List.of(
            new Prefix(List.of("n"), "nano", -9),
            new Prefix(List.of("\u00B5", "\u03BC", "u"), "micro", -6),
            new Prefix(List.of("m"), "milli", -3),
            new Prefix(List.of("c"), "centi", -2),
            new Prefix(List.of("d"), "deci", -1),
            new Prefix(List.of("h"), "hecto", 2),
            new Prefix(List.of("k"), "kilo", 3),
            new Prefix(List.of("M"), "mega", 6),
            new Prefix(List.of("G"), "giga", 9),
            new Prefix(List.of("T"), "tera", 12));

    /** Symbols that mean something else in the other case: mW and MW, Mb and MB. */
    private static final Set<String> BY_CASE =
            Set.of("mw", "mb", "gb", "kb", "tb", "mg", "mj", "mpa", "mhz", "mv", "ma", "mn", "mwh", "nm", "k");

    /** Currencies by their code, as a regular expression. */
    static final String CODES =
            "usd|eur|gbp|jpy|chf|inr|sek|nok|dkk|pln|czk|huf|cad|aud|nzd|cny|brl|mxn|zar|rub|krw|sgd|hkd";

    private static final Map<String, Unit> UNITS = all();

    private Units() {}

    /**
     * Finds a unit.
     *
     * @param name as written: a symbol, a name, or one per another with a slash
     * @return the unit; null if it is not known
     */
    static @Nullable Unit find(String name) {
        Unit exact = UNITS.get(name);
        if (exact != null) {
            return exact;
        }
        if (name.endsWith("\u00B2") || name.endsWith("\u00B3")) {
            return raised(find(name.substring(0, name.length() - 1)), name.endsWith("\u00B3"));
        }
        int slash = name.indexOf('/');
        if (slash > 0) {
            Unit above = find(name.substring(0, slash));
            Unit below = find(name.substring(slash + 1));
            return above == null || below == null ? null : above.per(below);
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return BY_CASE.contains(lower) ? null : UNITS.get(lower);
    }

    /** An area or a volume; the base units are the square metre and the litre. */
    private static @Nullable Unit raised(@Nullable Unit length, boolean cubed) {
        if (length == null || !length.dimension().equals("length")) {
            return null;
        }
        return cubed
                ? new Unit("volume", length.factor().pow(3).multiply(1000))
                : new Unit("area", length.factor().pow(2));
    }

    private static Map<String, Unit> all() {
        Map<String, Unit> units = new HashMap<>();
        addPrefixed(units, "length", of(1, 1), "m", "meter", "meters", "metre", "metres");
        addPrefixed(units, "mass", of(1, 1), "g", "gram", "grams", "gramme", "grammes");
        addPrefixed(units, "volume", of(1, 1), "l", "liter", "liters", "litre", "litres");
        addPrefixed(units, "volume", of(1, 1), "L");
        addPrefixed(units, "energy", of(1, 1), "J", "joule", "joules");
        addPrefixed(units, "energy", of(3600, 1), "Wh");
        addPrefixed(units, "energy", of(4184, 1000), "cal", "calorie", "calories");
        addPrefixed(units, "power", of(1, 1), "W", "watt", "watts");
        addPrefixed(units, "voltage", of(1, 1), "V", "volt", "volts");
        addPrefixed(units, "current", of(1, 1), "A", "ampere", "amperes", "amps");
        addPrefixed(units, "charge", of(1, 1), "Ah");
        addPrefixed(units, "resistance", of(1, 1), "\u03A9", "ohm", "ohms");
        addPrefixed(units, "frequency", of(1, 1), "Hz", "hertz");
        addPrefixed(units, "pressure", of(1, 1), "Pa", "pascal", "pascals");
        addPrefixed(units, "pressure", of(100_000, 1), "bar");
        addPrefixed(units, "force", of(1, 1), "N", "newton", "newtons");
        addPrefixed(units, "amount", of(1, 1), "mol", "mole", "moles");
        addPrefixed(units, "data", of(1, 1_000_000), "B", "byte", "bytes");
        addPrefixed(units, "biological activity", of(1, 1), "IU");
        addPrefixed(units, "time", of(1, 1), "s", "second", "seconds");
        addOther(units);
        addTimes(units);
        addMoney(units);
        return Map.copyOf(units);
    }

    private static BigFraction of(long size, long over) {
        return new BigFraction(BigInteger.valueOf(size), BigInteger.valueOf(over));
    }

    private static void addPrefixed(
            Map<String, Unit> units, String dimension, BigFraction size, String symbol, String... names) {
        units.put(symbol, new Unit(dimension, size));
        for (String name : names) {
            units.put(name, new Unit(dimension, size));
        }
        for (Prefix prefix : PREFIXES) {
            BigFraction ten = new BigFraction(10).pow(prefix.exponent());
            Unit unit = new Unit(dimension, size.multiply(ten));
            prefix.symbols().forEach(sign -> units.put(sign + symbol, unit));
            for (String name : names) {
                units.put(prefix.name() + name, unit);
            }
        }
    }

    private static void addOther(Map<String, Unit> units) {
        add(units, "length", of(254, 10_000), "inch", "inches");
        add(units, "length", of(3048, 10_000), "ft", "foot", "feet");
        add(units, "length", of(9144, 10_000), "yd", "yard", "yards");
        add(units, "length", of(1_609_344, 1000), "mi", "mile", "miles");
        add(units, "length", of(9_460_730_472_580_800L, 1), "ly");
        add(units, "mass", of(1, 1_000_000), "mcg");
        add(units, "mass", of(1000, 1), "kilo", "kilos");
        add(units, "mass", of(1_000_000, 1), "t", "tonne", "tonnes");
        add(units, "mass", of(45_359_237, 100_000), "lb", "lbs", "pound", "pounds");
        add(units, "mass", of(45_359_237, 1_600_000), "oz", "ounce", "ounces");
        add(units, "area", of(10_000, 1), "ha", "hectare", "hectares");
        add(units, "area", of(40_468_564_224L, 10_000_000), "acre", "acres");
        add(units, "length/time", of(5, 18), "kmh", "kph");
        add(units, "length/time", of(44_704, 100_000), "mph");
        add(units, "torque", of(1, 1), "Nm");
        add(units, "celsius", of(1, 1), "\u00B0C", "celsius");
        add(units, "fahrenheit", of(1, 1), "\u00B0F", "fahrenheit");
        add(units, "kelvin", of(1, 1), "K", "kelvin");
        add(units, "radian", of(1, 1), "rad", "radian", "radians");
        add(units, "length", of(1852, 1), "nmi");
        add(units, "length/time", of(1852, 3600), "kn", "knot", "knots");
        add(units, "mass", of(635_029_318, 100_000), "stone");
        add(units, "mass", of(100_000, 1), "quintal", "quintals");
        add(units, "gallon", of(1, 1), "gal", "gallon", "gallons");
        add(units, "force", of(44_482_216_152_605L, 10_000_000_000_000L), "lbf");
        add(units, "rotation", of(1, 1), "rpm");
        add(units, "gon", of(1, 1), "gon", "grad");
        add(units, "clock", of(1, 1), "am", "pm", "uhr");
        add(units, "data", of(1, 1000), "KB");
    }

    /** Also in German, French and Spanish, where the names differ. */
    private static void addTimes(Map<String, Unit> units) {
        add(units, "time", of(1, 1), "sec", "sekunde", "sekunden", "seconde", "secondes", "segundo", "segundos");
        add(units, "time", of(60, 1), "min", "mins", "minute", "minutes", "minuten", "minuto", "minutos");
        add(units, "time", of(3600, 1), "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden");
        add(units, "time", of(3600, 1), "heure", "heures", "hora", "horas");
        add(units, "time", of(86_400, 1), "day", "days", "tag", "tage", "tagen", "jour", "jours");
        add(units, "time", of(86_400, 1), "d\u00EDa", "d\u00EDas");
        add(units, "time", of(604_800, 1), "week", "weeks", "woche", "wochen", "semaine", "semaines");
        add(units, "time", of(604_800, 1), "semana", "semanas");
        add(units, "time", of(31_536_000, 12), "month", "months", "monat", "monate", "monaten", "mois", "mes", "meses");
        add(units, "time", of(31_536_000, 1), "year", "years", "jahr", "jahre", "jahren", "ans");
        add(units, "time", of(31_536_000, 1), "a\u00F1o", "a\u00F1os");
        add(units, "time", of(1_209_600, 1), "fortnight", "fortnights");
        add(units, "time", of(315_360_000, 1), "decade", "decades");
    }

    private static void addMoney(Map<String, Unit> units) {
        add(units, "dollar", of(1, 1), "$", "usd", "dollar", "dollars", "bucks");
        add(units, "dollar", of(1, 100), "\u00A2", "cent", "cents");
        add(units, "euro", of(1, 1), "\u20AC", "eur", "euro", "euros");
        add(units, "pound sterling", of(1, 1), "\u00A3", "gbp", "quid");
        add(units, "yen", of(1, 1), "\u00A5", "jpy", "yen");
        add(units, "rupee", of(1, 1), "\u20B9", "inr", "rs", "rs.", "rupee", "rupees");
        add(units, "franc", of(1, 1), "chf", "fr", "fr.", "franc", "francs", "franken");
        for (String code : CODES.split("\\|")) {
            if (!units.containsKey(code)) {
                add(units, code, of(1, 1), code);
            }
        }
        add(units, "dollar", of(1, 1), "us$");
        add(units, "cad", of(1, 1), "ca$", "c$");
        add(units, "aud", of(1, 1), "au$", "a$");
        add(units, "nzd", of(1, 1), "nz$");
        add(units, "hkd", of(1, 1), "hk$");
        add(units, "mxn", of(1, 1), "mx$");
        add(units, "cny", of(1, 1), "yuan", "renminbi", "rmb");
        add(units, "peso", of(1, 1), "peso", "pesos");
        add(units, "krona", of(1, 1), "krona", "kronor", "kroner", "kronen");
    }

    private static void add(Map<String, Unit> units, String dimension, BigFraction size, String... names) {
        for (String name : names) {
            units.put(name, new Unit(dimension, size));
        }
    }
}
